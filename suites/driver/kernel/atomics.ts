// DRV-KRN-007: no increment is lost, and no number is given twice.
import type { Case } from '../../../core/case.ts';
import { Bench, devicesWithKernels, holds, line, number, readWords, wordsOf } from './bench.ts';

const RUN = 'DRV-KRN-007/run';
const INCREMENTS = 2 ** 18;
const TIMES = 16;

const tickets: Case = {
  id: 'DRV-KRN-007/tickets',
  title: '2^18 increments count to 2^18, and each number on the way is one item’s',
  requirements: ['DRV-KRN-007'],
  expectations: [RUN, 'DRV-KRN-007/none-lost', 'DRV-KRN-007/none-twice'],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.stream'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWithKernels(context)) {
      const bench = new Bench(context, device);
      const kernel = await bench.kernel(RUN, 'tickets');
      const stream = await bench.stream();
      const counter = await bench.holding(wordsOf([0]));
      const seen = await bench.memory('seen', INCREMENTS * 4);
      // A power of two: the items of all groups are as many as are wanted.
      const size = 2 ** Math.floor(Math.log2(bench.lineOf(kernel, 64)));
      await bench.launch(RUN, stream, {
        kernel: kernel.kernel,
        groups: line(INCREMENTS / TIMES / size),
        groupSize: line(size),
        arguments: [
          { allocation: counter.allocation },
          { allocation: seen.allocation },
          number(TIMES),
          number(INCREMENTS),
        ],
      });
      await bench.completes(RUN, stream);
      await holds(bench, 'DRV-KRN-007/none-lost', counter, wordsOf([INCREMENTS]));
      const once = readWords(seen.bytes).map((word) => word + 1);
      await holds(bench, 'DRV-KRN-007/none-twice', seen, wordsOf(once));
      await bench.leave();
    }
  },
};

export const atomicCases: readonly Case[] = [tickets];
