// DRV-KRN-009: the same launch comes to the same bits, also where another answer would be admitted.
import type { Case } from '../../../core/case.ts';
import { Bench, devicesWithKernels, float, floatsOf, line, number } from './bench.ts';
import { randomFloats } from './results.ts';
import { sameEachTime } from './same.ts';

const RUN = 'DRV-KRN-009/run';
const TIMES = 20;
const ELEMENTS = 501;

const repeated: Case = {
  id: 'DRV-KRN-009/repeated',
  title: '20 launches with the same floats leave the same bits each time',
  requirements: ['DRV-KRN-009'],
  expectations: [RUN, 'DRV-KRN-009/same'],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.stream'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWithKernels(context)) {
      const bench = new Bench(context, device);
      const kernel = await bench.kernel(RUN, 'saxpy');
      const stream = await bench.stream();
      const size = bench.lineOf(kernel, 64);
      const x = await bench.holding(floatsOf(randomFloats(context, ELEMENTS)));
      const input = floatsOf(randomFloats(context, ELEMENTS));
      const y = await bench.holding(input);
      const [a = 1] = randomFloats(context, 1);
      const launch = async (): Promise<void> => {
        await context.given('driver.memory.write', {
          allocation: y.allocation,
          offsetBytes: '0',
          data: { base64: input.toString('base64') },
        });
        await bench.launch(RUN, stream, {
          kernel: kernel.kernel,
          groups: line(Math.ceil(ELEMENTS / size)),
          groupSize: line(size),
          arguments: [
            { allocation: x.allocation },
            { allocation: y.allocation },
            float(a),
            number(ELEMENTS),
          ],
        });
        await bench.completes(RUN, stream);
      };
      await sameEachTime(bench, 'DRV-KRN-009/same', y, TIMES, launch);
      await bench.leave();
    }
  },
};

export const repeatedCases: readonly Case[] = [repeated];
