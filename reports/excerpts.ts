// Which cases show what went over the wire: a file that holds every conversation would not open.
import type { Result, WireEntry } from '../schemas/generated/types.ts';
import { firstToLookAt } from './groups.ts';

/** By case id, what went over the wire in it. */
export type Excerpts = ReadonlyMap<string, readonly WireEntry[]>;

/** Of a line no more than this is shown: a line may be 1 MiB, and the log has all of it. */
export const LINE_LIMIT = 16_384;
/** Of a long conversation, its beginning and its end say most. */
export const FIRST = 12;
export const LAST = 60;

/** Characters of excerpts in one report. */
const ROOM = 6_000_000;
/** What an entry takes beside its text. */
const AROUND = 200;

/** The entries of a conversation that are shown, and how many are left out between its two ends. */
export const abridged = <T>(entries: readonly T[]): { first: T[]; left: number; last: T[] } => {
  const left = entries.length - FIRST - LAST;
  return left <= 1
    ? { first: [...entries], left: 0, last: [] }
    : { first: entries.slice(0, FIRST), left, last: entries.slice(-LAST) };
};

const cost = (entries: readonly WireEntry[]): number => {
  const { first, last } = abridged(entries);
  return [...first, ...last].reduce((sum, entry) => {
    const text = 'text' in entry ? entry.text : 'stderr' in entry ? entry.stderr : '';
    return sum + AROUND + Math.min(text.length, LINE_LIMIT);
  }, 0);
};

/** The excerpts that there is room for: those of failures first, then of undecided cases, then the rest. */
export const fittingExcerpts = (results: readonly Result[], excerpts: Excerpts): Excerpts => {
  const loud = new Set(firstToLookAt(results));
  const inOrder = [...loud, ...results.filter((result) => !loud.has(result))];
  const kept = new Map<string, readonly WireEntry[]>();
  let room = ROOM;
  for (const { case: id } of inOrder) {
    const entries = excerpts.get(id) ?? [];
    const needed = cost(entries);
    if (entries.length === 0 || needed > room) continue;
    room -= needed;
    kept.set(id, entries);
  }
  return kept;
};
