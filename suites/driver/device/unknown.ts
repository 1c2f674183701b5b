// DRV-DEV-004: an id that is not listed is no device's.
import type { Case } from '../../../core/case.ts';
import { refusal, refuses } from '../../support.ts';
import { devicesOf, strangers } from './devices.ts';

const unknown: Case = {
  id: 'DRV-DEV-004/unknown',
  title: 'a device id that is not listed is refused as not found',
  requirements: ['DRV-DEV-004'],
  expectations: ['DRV-DEV-004/get'],
  premises: ['devices'],
  kind: 'shared',
  run: async (context) => {
    for (const device of strangers(context, await devicesOf(context))) {
      await refuses(context, 'DRV-DEV-004/get', refusal('DEVICE'), 'driver.device.get', { device });
    }
  },
};

const unknownMemory: Case = {
  id: 'DRV-DEV-004/unknown-memory',
  title: 'memory of a device that is not listed is refused as not found',
  requirements: ['DRV-DEV-004'],
  expectations: ['DRV-DEV-004/allocate'],
  premises: ['devices'],
  needs: ['driver.memory'],
  kind: 'shared',
  run: async (context) => {
    for (const device of strangers(context, await devicesOf(context))) {
      await refuses(context, 'DRV-DEV-004/allocate', refusal('DEVICE'), 'driver.memory.allocate', {
        device,
        sizeBytes: '256',
      });
    }
  },
};

const unknownInfo: Case = {
  id: 'DRV-DEV-004/unknown-info',
  title: 'what is free on a device that is not listed is refused as not found',
  requirements: ['DRV-DEV-004'],
  expectations: ['DRV-DEV-004/info'],
  premises: ['devices'],
  needs: ['driver.memory.info'],
  kind: 'shared',
  run: async (context) => {
    for (const device of strangers(context, await devicesOf(context))) {
      await refuses(context, 'DRV-DEV-004/info', refusal('DEVICE'), 'driver.memory.info', {
        device,
      });
    }
  },
};

export const unknownDevice: readonly Case[] = [unknown, unknownMemory, unknownInfo];
