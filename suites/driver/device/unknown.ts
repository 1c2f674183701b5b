// DRV-DEV-004: an id that is not listed is no device's.
import type { Case, Context } from '../../../core/case.ts';
import { declares } from '../../../core/plan.ts';
import { METHODS } from '../../../schemas/generated/standard.ts';
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

/** Those that have cases of their own. */
const ELSEWHERE: readonly string[] = [
  'driver.device.get',
  'driver.memory.allocate',
  'driver.memory.info',
];

/** Every other method that takes an id, with params for it, and where in them ids are. */
const taking = ({ identity }: Context) =>
  Object.entries(METHODS).flatMap(([method, { needs, example }]) => {
    const params: object = example.params;
    const there = needs === null || declares(identity?.capabilities ?? {}, needs);
    if (!there || ELSEWHERE.includes(method) || !('device' in params)) return [];
    return [{ method, params, members: ['device', 'peer'].filter((name) => name in params) }];
  });

const unknownElsewhere: Case = {
  id: 'DRV-DEV-004/unknown-elsewhere',
  title: 'every other method that takes a device id refuses one that is not listed as not found',
  requirements: ['DRV-DEV-004'],
  expectations: ['DRV-DEV-004/elsewhere'],
  premises: ['devices'],
  kind: 'shared',
  run: async (context) => {
    const devices = await devicesOf(context);
    const methods = taking(context);
    if (methods.length === 0) context.nothing('no other method that takes a device id is declared');
    for (const { method, params, members } of methods) {
      for (const stranger of strangers(context, devices)) {
        for (const wrong of members) {
          const ids = members.map((name) => [name, name === wrong ? stranger : devices[0]?.device]);
          await refuses(context, 'DRV-DEV-004/elsewhere', refusal('DEVICE'), method, {
            ...params,
            ...Object.fromEntries(ids),
          });
        }
      }
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

export const unknownDevice: readonly Case[] = [
  unknown,
  unknownMemory,
  unknownInfo,
  unknownElsewhere,
];
