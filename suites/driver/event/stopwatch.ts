// Launches of the kernel `chain` that are timed, by the client's clock and the device's, and of which it is seen that
// they did their work: how DRV-EVT-006 knows how much of it there was.
import { expect } from 'chai';
import type { Context } from '../../../core/case.ts';
import { succeeds } from '../../support.ts';
import { type Bench, line, number, readWords, wordsOf } from '../kernel/bench.ts';
import { randomWords } from '../kernel/results.ts';
import { elapsed, timedEvents } from './timing.ts';

export const RUN = 'DRV-EVT-006/run';
export const TOLD = 'DRV-EVT-006/told';
export const COMPUTED = 'DRV-EVT-006/computed';

/** One group, so that no device has more of itself to give to a longer launch. */
const ITEMS = 64;
/** How many of them the case computes for itself, others for each number of rounds. */
const CHECKED = 8;
/** What the kernel does in one round. */
const STEPS = 256;

/** One launch: how long it took. */
export interface Timed {
  /** To the client, in milliseconds: no clock that is right says more. */
  readonly client: number;
  /** How long the client saw that it took at least, where it watched: no clock that is right says less. */
  readonly seen: number;
  /** To the device, in nanoseconds, and the step of its clock. */
  readonly device: number;
  readonly resolution: number;
}

/** What a word is after so many rounds. */
const chained = (word: number, rounds: number): number => {
  let x = word | 0;
  for (let step = rounds * STEPS; step > 0; step -= 1) {
    x = (Math.imul(x, 1664525) + 1013904223) | 0;
    x ^= x >>> 13;
  }
  return x >>> 0;
};

/** Some of the items, and what they leave after so many rounds. */
const sampler = ({ random }: Context, words: readonly number[]) => {
  const known = new Map<number, ReadonlyMap<number, number>>();
  const computed = (rounds: number): ReadonlyMap<number, number> => {
    const items = Array.from({ length: CHECKED }, () => random.integer(0, words.length - 1));
    return new Map(items.map((item) => [item, chained(words[item] ?? 0, rounds)]));
  };
  return (rounds: number): ReadonlyMap<number, number> => {
    const values = known.get(rounds) ?? computed(rounds);
    known.set(rounds, values);
    return values;
  };
};

/** What carries out so many rounds, and times them. */
export const stopwatch = async (bench: Bench) => {
  const { context } = bench;
  const { kernel, maxGroupItems } = await bench.kernel(RUN, 'chain');
  const size = bench.lineOf({ kernel, maxGroupItems }, ITEMS);
  const stream = await bench.stream();
  const [start = '', end = ''] = await timedEvents(bench, TOLD, 2);
  const words = randomWords(context, size);
  const sample = sampler(context, words);
  const source = await bench.holding(wordsOf(words));
  const { allocation } = await bench.holding(wordsOf(words.map((word) => ~word)));
  const reach = async (event: string): Promise<void> => {
    const { state } = await succeeds(context, RUN, 'driver.event.synchronize', { event });
    context.expectation(RUN, { expected: 'complete', observed: state }, () =>
      expect(state).to.equal('complete'),
    );
  };
  /** `watched`: the client hears that the first recording is complete before it launches, and of the launch before the second. */
  return async (rounds: number, watched = false): Promise<Timed> => {
    const before = context.now();
    await bench.record(start, stream);
    if (watched) await reach(start);
    const begun = context.now();
    await bench.launch(RUN, stream, {
      kernel,
      groups: line(1),
      groupSize: line(size),
      arguments: [{ allocation: source.allocation }, { allocation }, number(size), number(rounds)],
    });
    if (watched) await bench.completes(RUN, stream);
    const seen = watched ? context.now() - begun : 0;
    await bench.record(end, stream);
    await reach(end);
    const client = context.now() - before;
    const { nanoseconds, resolution } = await elapsed(context, TOLD, start, end);
    const { base64 } = await context.given('driver.memory.read', {
      allocation,
      offsetBytes: '0',
      lengthBytes: size * 4,
    });
    const left = readWords(Buffer.from(base64, 'base64'));
    const expected = sample(rounds);
    const observed = new Map([...expected.keys()].map((item) => [item, left[item] ?? 0]));
    const shown = (values: ReadonlyMap<number, number>) =>
      [...values].map(([item, value]) => `${value} of item ${item}`).join(', ');
    context.expectation(
      COMPUTED,
      {
        expected: `${rounds} rounds: ${shown(expected)}`,
        observed: `${rounds} rounds: ${shown(observed)}`,
      },
      () => expect(observed).to.deep.equal(expected),
    );
    return { client, seen, device: nanoseconds, resolution };
  };
};

export type Stopwatch = Awaited<ReturnType<typeof stopwatch>>;
