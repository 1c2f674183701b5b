// DRV-KRN-004: a launch has an argument for each parameter, of its own, and no other.
import type { Case } from '../../../core/case.ts';
import type { KernelArgument } from '../../../schemas/generated/types.ts';
import { refusal, refuses } from '../../support.ts';
import { SIZE } from '../stream/ground.ts';
import { Bench, devicesWithKernels, holds, line, number } from './bench.ts';

const RUN = 'DRV-KRN-004/run';
const WORDS = SIZE / 4;

const unset: Case = {
  id: 'DRV-KRN-004/count',
  title: 'a launch with an argument too few or too many is refused, and nothing is written',
  requirements: ['DRV-KRN-004'],
  expectations: [
    RUN,
    'DRV-KRN-004/unset',
    'DRV-KRN-004/unset-again',
    'DRV-KRN-004/more',
    'DRV-KRN-004/nothing-put',
  ],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.stream'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWithKernels(context)) {
      const bench = new Bench(context, device);
      const copy = await bench.kernel(RUN, 'copy');
      const stream = await bench.stream();
      const [from, other, to] = [
        await bench.memory('from'),
        await bench.memory('other'),
        await bench.memory('to'),
      ];
      const size = bench.lineOf(copy, 64);
      const launch = {
        stream,
        kernel: copy.kernel,
        groups: line(Math.ceil(WORDS / size)),
        groupSize: line(size),
      };
      const all = (source: string): KernelArgument[] => [
        { allocation: source },
        { allocation: to.allocation },
        number(WORDS),
      ];
      const refused = async (
        expectation: `DRV-KRN-004/${string}`,
        reason: 'ARGS_UNSET' | 'ARGUMENT',
        given: readonly KernelArgument[],
      ): Promise<void> => {
        await refuses(context, expectation, refusal(reason), 'driver.kernel.launch', {
          ...launch,
          arguments: given,
        });
      };
      const few = (source: string): KernelArgument[][] => [
        [],
        all(source).slice(0, 1),
        all(source).slice(0, 2),
      ];
      for (const given of few(from.allocation)) {
        await refused('DRV-KRN-004/unset', 'ARGS_UNSET', given);
      }
      await bench.completes(RUN, stream);
      await holds(bench, 'DRV-KRN-004/nothing-put', to, to.bytes);
      await bench.launch(RUN, stream, { ...launch, arguments: all(from.allocation) });
      for (const given of few(other.allocation)) {
        await refused('DRV-KRN-004/unset-again', 'ARGS_UNSET', given);
      }
      for (const more of [number(1), { allocation: from.allocation }]) {
        await refused('DRV-KRN-004/more', 'ARGUMENT', [...all(other.allocation), more]);
      }
      await bench.completes(RUN, stream);
      await holds(bench, 'DRV-KRN-004/nothing-put', to, from.bytes);
      await bench.leave();
    }
  },
};

export const argumentCases: readonly Case[] = [unset];
