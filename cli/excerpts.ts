// The part of the wire log that a report shows beside a case: bounded, whatever was said.
import type { Result, WireEntry } from '../schemas/generated/types.ts';

/** Entries shown of one case. */
const SHOWN = 40;
/** Characters shown of one entry. */
const LONGEST = 2000;

const shortened = (entry: WireEntry): WireEntry =>
  'text' in entry && entry.text.length > LONGEST
    ? { ...entry, text: `${entry.text.slice(0, LONGEST)} ... (${entry.text.length} characters)` }
    : entry;

/** For each case that neither passed nor was not-applicable, the end of its exchange. */
export const excerpts = (
  results: readonly Result[],
  wire: Iterable<WireEntry>,
): Map<string, WireEntry[]> => {
  const wanted = results.filter(
    (one) => one.verdict !== 'pass' && one.verdict !== 'not-applicable' && one.wire.length > 0,
  );
  const found = new Map<string, WireEntry[]>(wanted.map((one) => [one.case, []]));
  // The log of a run may be long, and nothing of it is shown where all is well.
  if (wanted.length === 0) return found;
  const bySession = new Map<string, { from: number; to: number; held: WireEntry[] }[]>();
  for (const one of wanted) {
    for (const { session, from, to } of one.wire) {
      const place = { from, to, held: found.get(one.case) ?? [] };
      bySession.set(session, [...(bySession.get(session) ?? []), place]);
    }
  }
  for (const entry of wire) {
    for (const { from, to, held } of bySession.get(entry.session) ?? []) {
      if (entry.n < from || entry.n > to) continue;
      held.push(shortened(entry));
      if (held.length > SHOWN) held.shift();
    }
  }
  return found;
};
