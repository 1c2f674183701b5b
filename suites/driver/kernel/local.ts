// DRV-KRN-012: local memory has the limit that it is described with.
import type { Case } from '../../../core/case.ts';
import { refusal, refuses } from '../../support.ts';
import { Bench, devicesWithKernels, holds, line, number, wordsOf } from './bench.ts';

const RUN = 'DRV-KRN-012/run';
const LARGEST = 2 ** 32 - 1;

const local: Case = {
  id: 'DRV-KRN-012/local',
  title: 'a launch with more local memory than a group can have is refused',
  requirements: ['DRV-KRN-012'],
  expectations: [RUN, 'DRV-KRN-012/above', 'DRV-KRN-012/nothing-put'],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.stream'],
  kind: 'shared',
  run: async (context) => {
    let tried = 0;
    for (const device of await devicesWithKernels(context)) {
      const bench = new Bench(context, device);
      const localBytes = (Math.floor(bench.limits.maxLocalBytes / 4) + 1) * 4;
      if (localBytes > LARGEST) continue;
      tried += 1;
      const { kernel } = await bench.kernel(RUN, 'reduce');
      const stream = await bench.stream();
      const [from, to] = [await bench.holding(wordsOf([7])), await bench.holding(wordsOf([9]))];
      await refuses(
        context,
        'DRV-KRN-012/above',
        refusal('LAUNCH_GEOMETRY'),
        'driver.kernel.launch',
        {
          stream,
          kernel,
          groups: line(1),
          groupSize: line(1),
          arguments: [
            { allocation: from.allocation },
            { allocation: to.allocation },
            { localBytes },
            number(1),
          ],
        },
      );
      await bench.completes(RUN, stream);
      await holds(bench, 'DRV-KRN-012/nothing-put', to, to.bytes);
      await bench.leave();
    }
    if (tried === 0) context.nothing('no message can say more than the local memory that there is');
  },
};

export const localCases: readonly Case[] = [local];
