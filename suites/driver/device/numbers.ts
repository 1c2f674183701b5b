// DRV-DEV-006: what is said to be free can be had.
import { expect } from 'chai';
import type { Case } from '../../../core/case.ts';
import { succeeds } from '../../support.ts';
import { devicesOf } from './devices.ts';

const reported: Case = {
  id: 'DRV-DEV-006/reported',
  title: 'the total is that of the device’s description, and no more than it is free',
  requirements: ['DRV-DEV-006'],
  expectations: ['DRV-DEV-006/total', 'DRV-DEV-006/free'],
  premises: ['devices'],
  kind: 'shared',
  run: async (context) => {
    for (const { device, memory } of await devicesOf(context)) {
      const info = await succeeds(context, 'DRV-DEV-006/total', 'driver.memory.info', { device });
      context.expectation(
        'DRV-DEV-006/total',
        { expected: `${device}: ${memory.totalBytes}`, observed: `${device}: ${info.totalBytes}` },
        () => expect(info.totalBytes).to.equal(memory.totalBytes),
      );
      context.expectation(
        'DRV-DEV-006/free',
        { expected: `at most ${info.totalBytes}`, observed: info.freeBytes },
        () => expect(BigInt(info.freeBytes) <= BigInt(info.totalBytes)).to.equal(true),
      );
    }
  },
};

const quarter: Case = {
  id: 'DRV-DEV-006/quarter',
  title: 'a quarter of the largest allocation can be had while twice as much is reported free',
  requirements: ['DRV-DEV-006'],
  expectations: ['DRV-DEV-006/quarter'],
  premises: ['devices'],
  needs: ['driver.memory'],
  kind: 'shared',
  run: async (context) => {
    let tried = 0;
    for (const { device, memory } of await devicesOf(context)) {
      const granule = BigInt(memory.granularityBytes);
      const size = (BigInt(memory.maxAllocationBytes) / 4n / granule) * granule;
      const { freeBytes } = await context.given('driver.memory.info', { device });
      // A device that others keep busy says nothing about this row.
      if (size === 0n || BigInt(freeBytes) < size * 2n) continue;
      tried += 1;
      const { allocation } = await succeeds(
        context,
        'DRV-DEV-006/quarter',
        'driver.memory.allocate',
        { device, sizeBytes: String(size) },
      );
      await context.given('driver.memory.free', { allocation });
    }
    if (tried === 0) context.nothing('no device has that much free');
  },
};

export const numbers: readonly Case[] = [reported, quarter];
