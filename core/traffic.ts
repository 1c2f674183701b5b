// The wire log, read once: which part of it belongs to which attempt, and which methods were used.
import { METHODS } from '../schemas/generated/standard.ts';
import type { WireEntry, WireSlice } from '../schemas/generated/types.ts';
import type { Watcher } from './case.ts';
import type { GatheredAttempt } from './gather.ts';

/** What the wire log says of a run. */
export interface Traffic {
  readonly entries: number;
  /** The time of the last entry. */
  readonly until: number;
  /** An attempt's own slices, by session. */
  readonly slices: ReadonlyMap<GatheredAttempt, ReadonlyMap<string, WireSlice>>;
  /** How each session began: open, initialize, its answer. */
  readonly handshakes: ReadonlyMap<string, WireSlice>;
  /** Methods that each case called, by case. */
  readonly methods: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Entries of a session's beginning. */
const HANDSHAKE = 3;

/** Names to keep: a part of a line would keep all of the file's block that the line was read with. */
const NAMES = new Map(Object.keys(METHODS).map((name) => [name, name]));

/** The method of a line that the runner wrote: it stands near the beginning. */
const methodOf = (text: string): string | undefined => {
  const name = /"method":"([^"]+)"/.exec(text.slice(0, 256))?.[1];
  return name === undefined ? undefined : (NAMES.get(name) ?? name);
};

/** Reads the log, showing each entry to the watchers. `attempts` are in the order of the journal. */
export const readTraffic = (
  wire: Iterable<WireEntry>,
  attempts: readonly GatheredAttempt[],
  watchers: readonly Watcher[],
): Traffic => {
  const slices = new Map<GatheredAttempt, Map<string, WireSlice>>();
  const handshakes = new Map<string, WireSlice>();
  const begun = new Map<string, number>();
  const methods = new Map<string, Set<string>>();
  let entries = 0;
  let until = 0;
  let current = 0;
  for (const entry of wire) {
    entries += 1;
    until = entry.t / 1000;
    for (const watcher of watchers) watcher.see(entry);

    const place = { session: entry.session, from: entry.n, to: entry.n };
    const handshake = handshakes.get(entry.session);
    const known = begun.get(entry.session) ?? 0;
    begun.set(entry.session, known + 1);
    if (!handshake) handshakes.set(entry.session, place);
    else if (known < HANDSHAKE) handshake.to = entry.n;

    while ((attempts[current]?.to ?? Number.POSITIVE_INFINITY) < entry.n) current += 1;
    const attempt = attempts[current];
    if (!attempt || entry.n < attempt.from) continue;
    const own = slices.get(attempt) ?? new Map<string, WireSlice>();
    slices.set(attempt, own);
    const slice = own.get(entry.session);
    if (slice) slice.to = entry.n;
    else own.set(entry.session, { ...place });
    const method = entry.kind === 'send' ? methodOf(entry.text) : undefined;
    if (method === undefined) continue;
    methods.set(attempt.case, (methods.get(attempt.case) ?? new Set()).add(method));
  }
  return { entries, until, slices, handshakes, methods };
};

/** The slices of some attempts, with the beginnings of the sessions that were begun before them. */
export const slicesOf = (traffic: Traffic, attempts: readonly GatheredAttempt[]): WireSlice[] => {
  const own = attempts.flatMap((attempt) => [...(traffic.slices.get(attempt)?.values() ?? [])]);
  const earlier = [...new Set(own.map((slice) => slice.session))].flatMap((session) => {
    const handshake = traffic.handshakes.get(session);
    const first = Math.min(
      ...own.filter((slice) => slice.session === session).map((slice) => slice.from),
    );
    return handshake && handshake.to < first ? [handshake] : [];
  });
  return [...earlier, ...own];
};
