// The wire log, read once: which part of it belongs to which attempt, and which methods were used.
import { METHODS } from '../schemas/generated/standard.ts';
import type { WireEntry, WireSlice } from '../schemas/generated/types.ts';
import type { GatheredAttempt } from './gather.ts';

/** Entries of a session's beginning. */
const HANDSHAKE = 3;

/** Names to keep: a part of a line would keep all of the file's block that the line was read with. */
const NAMES = new Map(Object.keys(METHODS).map((name) => [name, name]));

/** The method of a line that the runner wrote: it stands near the beginning. */
const methodOf = (text: string): string | undefined => {
  const name = /"method":"([^"]+)"/.exec(text.slice(0, 256))?.[1];
  return name === undefined ? undefined : (NAMES.get(name) ?? name);
};

/** What the wire log says of a run, as far as it was read. */
export class Traffic {
  entries = 0;
  /** The time of the last entry. */
  until = 0;
  /** How each session began that has not ended, and how many entries it has. */
  readonly #sessions = new Map<string, { readonly handshake: WireSlice; entries: number }>();

  /** Takes the next entry, and gives it to the attempt that it was made in. */
  see(entry: WireEntry, attempt: GatheredAttempt | undefined): void {
    this.entries += 1;
    this.until = entry.t / 1000;
    const { session, n } = entry;
    const place = { session, from: n, to: n };
    const known = this.#sessions.get(session) ?? { handshake: place, entries: 0 };
    known.entries += 1;
    if (known.entries <= HANDSHAKE) known.handshake.to = n;
    if (entry.kind === 'end') this.#sessions.delete(session);
    else this.#sessions.set(session, known);

    if (!attempt) return;
    const own = attempt.slices.get(session);
    if (own) own.slice.to = n;
    else attempt.slices.set(session, { slice: { ...place }, handshake: known.handshake });
    const method = entry.kind === 'send' ? methodOf(entry.text) : undefined;
    if (method !== undefined) attempt.methods.add(method);
  }
}

/** The slices of some attempts, with the beginnings of the sessions that were begun before them. */
export const slicesOf = (attempts: readonly GatheredAttempt[]): WireSlice[] => {
  const own = attempts.flatMap((attempt) => [...attempt.slices.values()]);
  const sessions = new Map<string, { handshake: WireSlice; from: number }>();
  for (const { slice, handshake } of own) {
    const { from } = sessions.get(slice.session) ?? slice;
    sessions.set(slice.session, { handshake, from: Math.min(from, slice.from) });
  }
  return [
    ...[...sessions.values()].flatMap(({ handshake, from }) =>
      handshake.to < from ? [handshake] : [],
    ),
    ...own.map(({ slice }) => slice),
  ];
};
