// Journal and wire log, read side by side: each case is given when neither has more of it, so that what is held
// at a time are the cases in hand.
import type { JournalEvent, WireEntry } from '../schemas/generated/types.ts';
import { Attempts, type GatheredAttempt } from './gather.ts';

/** How much of each case the journal has still to tell; cases are numbered as they come, from 0 on. */
export class Ahead {
  readonly #numbers = new Map<string, number>();
  readonly #events: number[] = [];
  /** The case that was asked for last: what is told of one mostly stands together. */
  #id: string | undefined;
  #number: number | undefined;

  add(id: string): number {
    const number = this.#events.push(0) - 1;
    this.#numbers.set(id, number);
    this.#id = undefined;
    return number;
  }

  numberOf(id: string): number | undefined {
    if (id !== this.#id) {
      this.#id = id;
      this.#number = this.#numbers.get(id);
    }
    return this.#number;
  }

  expect(event: JournalEvent): void {
    if (!('case' in event)) return;
    const number = this.numberOf(event.case) ?? this.add(event.case);
    this.#events[number] = (this.#events[number] ?? 0) + 1;
  }

  pass(event: JournalEvent): void {
    const number = 'case' in event ? this.numberOf(event.case) : undefined;
    if (number !== undefined) this.#events[number] = (this.#events[number] ?? 0) - 1;
  }

  isOver(id: string): boolean {
    return this.#events[this.numberOf(id) ?? -1] === 0;
  }
}

/** All attempts of each case in turn. `see` takes every entry, with the attempt that it was made in. */
export function* walk(
  journal: Iterable<JournalEvent>,
  wire: Iterable<WireEntry>,
  ahead: Ahead,
  see: (entry: WireEntry, attempt: GatheredAttempt | undefined) => void,
): Generator<readonly GatheredAttempt[]> {
  const attempts = new Attempts();
  const events = journal[Symbol.iterator]();
  let over = false;
  const read = (): void => {
    const { done, value } = events.next();
    if (done) {
      over = true;
      return;
    }
    ahead.pass(value);
    attempts.see(value);
  };
  /** Whether it is known where an attempt ends; one that was cut ends with its part of the run, or never. */
  const isSettled = (one: GatheredAttempt): boolean =>
    one.to < Number.POSITIVE_INFINITY || (ahead.isOver(one.case) && one !== attempts.latest);

  /** The first attempt that does not end before an entry; gives the cases whose last attempt does. */
  function* reach(n: number): Generator<readonly GatheredAttempt[], GatheredAttempt | undefined> {
    for (;;) {
      while (!over && (!attempts.first || !isSettled(attempts.first))) read();
      const { first } = attempts;
      if (!first || first.to >= n) return first;
      attempts.first = first.next;
      const own = attempts.byCase.get(first.case);
      if (own?.at(-1) !== first || !ahead.isOver(first.case)) continue;
      attempts.byCase.delete(first.case);
      yield own;
    }
  }

  for (const entry of wire) {
    const attempt = yield* reach(entry.n);
    see(entry, attempt && attempt.from <= entry.n ? attempt : undefined);
  }
  yield* reach(Number.POSITIVE_INFINITY);
  while (!over) read();
  yield* attempts.byCase.values();
}
