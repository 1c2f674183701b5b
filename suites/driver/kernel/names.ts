// DRV-KRN-003: a name that a module does not have is no kernel's.
import type { Case } from '../../../core/case.ts';
import { refusal, refuses } from '../../support.ts';
import { Bench, devicesWithKernels } from './bench.ts';

/** A letter more or less, at either end, and in another case. */
const NEAR = ['copyx', 'xcopy', 'cop', 'opy', 'Copy', 'COPY'];

const names: Case = {
  id: 'DRV-KRN-003/unknown',
  title: 'a kernel is not given by a name that its module does not have',
  requirements: ['DRV-KRN-003'],
  expectations: ['DRV-KRN-003/loaded', 'DRV-KRN-003/unknown'],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.stream'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWithKernels(context)) {
      const bench = new Bench(context, device);
      const module = await bench.load('DRV-KRN-003/loaded', 'copy');
      for (const name of [context.random.letters(8), ...NEAR, 'main']) {
        await refuses(context, 'DRV-KRN-003/unknown', refusal('KERNEL'), 'driver.kernel.get', {
          module,
          name,
        });
      }
      await bench.leave();
    }
  },
};

export const nameCases: readonly Case[] = [names];
