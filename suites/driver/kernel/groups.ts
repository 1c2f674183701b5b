// DRV-KRN-006: what the reference kernels compute whose items work together, in several launches or over tiles.
import type { Case } from '../../../core/case.ts';
import { Bench, devicesWithKernels, floatsOf, holds, line, number, wordsOf } from './bench.ts';
import { readsWithin } from './floats.ts';
import { randomWords, untouched } from './results.ts';

const RUN = 'DRV-KRN-006/run';
/** As large as a group may be where the device has no smaller limit. */
const GROUP = 64;

const sum = (words: readonly number[]): number =>
  words.reduce((total, word) => (total + word) >>> 0, 0);

const reduce: Case = {
  id: 'DRV-KRN-006/reduce',
  title: 'a tree of sums has the sum of all, in two launches',
  requirements: ['DRV-KRN-006'],
  expectations: [RUN, 'DRV-KRN-006/reduce-result', 'DRV-KRN-006/reduce-groups'],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.stream'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWithKernels(context)) {
      const bench = new Bench(context, device);
      const kernel = await bench.kernel(RUN, 'reduce');
      const stream = await bench.stream();
      const size = bench.lineOf(kernel, GROUP);
      // Never whole groups.
      const n =
        size * Math.min(size, Math.floor(2000 / size)) -
        (size > 1 ? context.random.integer(1, size - 1) : 0);
      const groups = Math.ceil(n / size);
      const words = randomWords(context, n);
      const source = await bench.holding(wordsOf(words));
      const before = untouched(groups + 5);
      const parts = await bench.holding(wordsOf(before));
      const total = await bench.holding(wordsOf(untouched(1)));
      const launch = (from: string, to: string, count: number) =>
        bench.launch(RUN, stream, {
          kernel: kernel.kernel,
          groups: line(Math.ceil(count / size)),
          groupSize: line(size),
          arguments: [
            { allocation: from },
            { allocation: to },
            { localBytes: size * 4 },
            number(count),
          ],
        });
      await launch(source.allocation, parts.allocation, n);
      // What is left over of groups is summed here: a group of one item makes no tree.
      if (groups <= size) await launch(parts.allocation, total.allocation, groups);
      await bench.completes(RUN, stream);
      const sums = before.map((word, group) =>
        group < groups ? sum(words.slice(group * size, (group + 1) * size)) : word,
      );
      await holds(bench, 'DRV-KRN-006/reduce-groups', parts, wordsOf(sums));
      const all = groups <= size ? [sum(words)] : untouched(1);
      await holds(bench, 'DRV-KRN-006/reduce-result', total, wordsOf(all));
      await bench.leave();
    }
  },
};

const scan: Case = {
  id: 'DRV-KRN-006/scan',
  title: 'a prefix scan has each sum of all before, in three launches that build on each other',
  requirements: ['DRV-KRN-006'],
  expectations: [RUN, 'DRV-KRN-006/scan-result'],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.stream'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWithKernels(context)) {
      const bench = new Bench(context, device);
      const kernel = await bench.kernel(RUN, 'scan');
      const add = await bench.kernel(RUN, 'offset');
      const stream = await bench.stream();
      const size = Math.min(bench.lineOf(kernel, GROUP), bench.lineOf(add, GROUP));
      // Never whole groups, and fewer of them than one has items.
      const n = size > 2 ? size * (size - 1) - context.random.integer(1, size - 1) : 1;
      const groups = Math.ceil(n / size);
      const words = randomWords(context, n);
      const source = await bench.holding(wordsOf(words));
      const before = untouched(n + 65);
      const [target, sums, offsets, unused] = [
        await bench.holding(wordsOf(before)),
        await bench.holding(wordsOf(untouched(groups))),
        await bench.holding(wordsOf(untouched(groups))),
        await bench.holding(wordsOf(untouched(1))),
      ];
      const scanned = (from: string, to: string, totals: string, count: number) =>
        bench.launch(RUN, stream, {
          kernel: kernel.kernel,
          groups: line(Math.ceil(count / size)),
          groupSize: line(size),
          arguments: [
            { allocation: from },
            { allocation: to },
            { allocation: totals },
            { localBytes: size * 8 },
            number(count),
          ],
        });
      await scanned(source.allocation, target.allocation, sums.allocation, n);
      await scanned(sums.allocation, offsets.allocation, unused.allocation, groups);
      await bench.launch(RUN, stream, {
        kernel: add.kernel,
        groups: line(groups),
        groupSize: line(size),
        arguments: [
          { allocation: target.allocation },
          { allocation: offsets.allocation },
          number(n),
        ],
      });
      await bench.completes(RUN, stream);
      let total = 0;
      const expected = before.map((word, i) => {
        if (i >= n) return word;
        total += words[i] ?? 0;
        return total;
      });
      await holds(bench, 'DRV-KRN-006/scan-result', target, wordsOf(expected));
      await bench.leave();
    }
  },
};

/** Sides that no tile divides. */
const [ROWS, INNER, COLUMNS] = [61, 71, 67];

const product: Case = {
  id: 'DRV-KRN-006/product',
  title: 'a matrix product over tiles in local memory is exact where every sum is',
  requirements: ['DRV-KRN-006'],
  expectations: [RUN, 'DRV-KRN-006/product-result'],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.stream'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWithKernels(context)) {
      const bench = new Bench(context, device);
      const kernel = await bench.kernel(RUN, 'product');
      const stream = await bench.stream();
      const { maxGroupSize } = bench.limits;
      const most = Math.min(Math.sqrt(kernel.maxGroupItems), maxGroupSize.x, maxGroupSize.y, 8);
      const side = Math.floor(most);
      // Products below 2^14 and sums of 71 of them: no rounding anywhere.
      const numbers = (count: number): number[] =>
        Array.from({ length: count }, () => context.random.integer(-127, 127));
      const [a, b] = [numbers(ROWS * INNER), numbers(INNER * COLUMNS)];
      const [one, other, target] = [
        await bench.holding(floatsOf(a)),
        await bench.holding(floatsOf(b)),
        await bench.holding(wordsOf(untouched(ROWS * COLUMNS))),
      ];
      await bench.launch(RUN, stream, {
        kernel: kernel.kernel,
        groups: { x: Math.ceil(COLUMNS / side), y: Math.ceil(ROWS / side), z: 1 },
        groupSize: { x: side, y: side, z: 1 },
        arguments: [
          { allocation: one.allocation },
          { allocation: other.allocation },
          { allocation: target.allocation },
          { localBytes: side * side * 4 },
          { localBytes: side * side * 4 },
          number(ROWS),
          number(INNER),
          number(COLUMNS),
        ],
      });
      await bench.completes(RUN, stream);
      const expected = Array.from({ length: ROWS * COLUMNS }, (_, at) => {
        const [row, column] = [Math.floor(at / COLUMNS), at % COLUMNS];
        let total = 0;
        for (let k = 0; k < INNER; k += 1) {
          total += (a[row * INNER + k] ?? 0) * (b[k * COLUMNS + column] ?? 0);
        }
        return total;
      });
      await readsWithin(
        bench,
        'DRV-KRN-006/product-result',
        target,
        // Numbers whose sum is zero come to either zero.
        expected.map((value) => (value === 0 ? [0, -0] : [value])),
      );
      await bench.leave();
    }
  },
};

export const groupCases: readonly Case[] = [reduce, scan, product];
