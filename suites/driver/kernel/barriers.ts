// DRV-KRN-008: a group shares local memory and meets at barriers, whatever its size.
import type { Case } from '../../../core/case.ts';
import { Bench, devicesWithKernels, holds, line, number, wordsOf } from './bench.ts';
import { randomWords } from './results.ts';

const RUN = 'DRV-KRN-008/run';
const EXCHANGED = 'DRV-KRN-008/exchanged';
const GROUPS = 3;
const ROUNDS = 5;

/** What the kernel leaves of one group's words. */
const exchanged = (group: readonly number[]): number[] => {
  let words = group;
  for (let round = 0; round < ROUNDS; round += 1) {
    const now = words;
    words = now.map((_, l) => (Math.imul(now[(l + 1) % now.length] ?? 0, 3) + l) >>> 0);
  }
  return [...words].reverse();
};

/** Has groups of each size hand words round among their items. */
const exchange = async (bench: Bench, sizes: (most: number) => number[]): Promise<void> => {
  const kernel = await bench.kernel(RUN, 'exchange');
  const stream = await bench.stream();
  const most = Math.min(
    bench.lineOf(kernel, kernel.maxGroupItems),
    Math.floor(bench.limits.maxLocalBytes / 8),
  );
  for (const size of sizes(most)) {
    const words = randomWords(bench.context, GROUPS * size);
    const source = await bench.holding(wordsOf(words));
    const target = await bench.holding(wordsOf(words));
    await bench.launch(RUN, stream, {
      kernel: kernel.kernel,
      groups: line(GROUPS),
      groupSize: line(size),
      arguments: [
        { allocation: source.allocation },
        { allocation: target.allocation },
        { localBytes: size * 8 },
        number(ROUNDS),
      ],
    });
    await bench.completes(RUN, stream);
    const expected = Array.from({ length: GROUPS }, (_, group) =>
      exchanged(words.slice(group * size, (group + 1) * size)),
    );
    await holds(bench, EXCHANGED, target, wordsOf(expected.flat()));
  }
};

const caseOf = (id: Case['id'], title: string, sizes: (most: number) => number[]): Case => ({
  id,
  title,
  requirements: ['DRV-KRN-008'],
  expectations: [RUN, EXCHANGED],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.stream'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWithKernels(context)) {
      const bench = new Bench(context, device);
      await exchange(bench, sizes);
      await bench.leave();
    }
  },
});

/** Around what hardware carries out together. */
const SMALL = [1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 31, 32, 33];

const small = caseOf(
  'DRV-KRN-008/small',
  'groups of few items, and of odd numbers of them, hand words round among all',
  (most) => SMALL.filter((size) => size <= most),
);

/** Powers of two and one less, up to the largest. */
const powers = (most: number): number[] => {
  const sizes = [];
  for (let size = 64; size <= most; size *= 2) sizes.push(size - 1, size);
  return sizes;
};

const large = caseOf(
  'DRV-KRN-008/large',
  'groups of powers of two and one less, up to the largest, hand words round among all items',
  (most) => (powers(most).length > 0 ? powers(most) : [most]),
);

export const barrierCases: readonly Case[] = [small, large];
