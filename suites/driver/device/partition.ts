// DRV-DEV-010: a share of a device grants what it says, and no more.
import { expect } from 'chai';
import type { Case, Context } from '../../../core/case.ts';
import type { Device } from '../../../schemas/generated/types.ts';
import { devicesOf } from './devices.ts';

/** A partition that takes more allocations than this to fill is not filled. */
const MOST = 256n;

/** Allocates until nothing is granted, in ever smaller pieces; says how much it was, and frees it. */
const fill = async (
  context: Context,
  device: string,
  from: bigint,
  granule: bigint,
  stop: bigint,
) => {
  const held: string[] = [];
  let granted = 0n;
  for (let size = from; size > 0n && granted <= stop; ) {
    const answer = await context.attempt('DRV-DEV-010/within', 'driver.memory.allocate', {
      device,
      sizeBytes: String(size),
    });
    if (answer.kind === 'error') {
      size = (size / 2n / granule) * granule;
      continue;
    }
    held.push((answer.result as { allocation: string }).allocation);
    granted += size;
  }
  for (const allocation of held) await context.given('driver.memory.free', { allocation });
  return granted;
};

/** What a device is to grant, and in which pieces; undefined where it is no partition that can be filled. */
const limitsOf = ({ memory, partition }: Device) => {
  if (!partition) return undefined;
  const granule = BigInt(memory.granularityBytes);
  const largest = (BigInt(memory.maxAllocationBytes) / granule) * granule;
  const limit = BigInt(partition.memoryLimitBytes);
  return limit / largest > MOST ? undefined : { granule, largest, limit };
};

const limited: Case = {
  id: 'DRV-DEV-010/limited',
  title: 'a partition can be filled up to its limit, and no further',
  requirements: ['DRV-DEV-010'],
  expectations: ['DRV-DEV-010/granted', 'DRV-DEV-010/within'],
  premises: ['devices'],
  needs: ['driver.memory'],
  kind: 'own',
  run: async (context) => {
    let tried = 0;
    for (const described of await devicesOf(context)) {
      const limits = limitsOf(described);
      if (!limits) continue;
      tried += 1;
      const { device } = described;
      const { granule, largest, limit } = limits;
      const granted = await fill(context, device, largest, granule, limit + granule);
      context.expectation(
        'DRV-DEV-010/within',
        {
          expected: `${device}: at most ${limit + granule} bytes granted`,
          observed: `${device}: ${granted} bytes`,
        },
        () => expect(granted <= limit + granule).to.equal(true),
      );
      context.expectation(
        'DRV-DEV-010/granted',
        {
          expected: `${device}: at least ${limit - granule} bytes granted`,
          observed: `${device}: ${granted} bytes`,
        },
        () => expect(granted >= limit - granule).to.equal(true),
      );
    }
    if (tried === 0) context.nothing('no device is a partition that can be filled');
  },
};

export const partition: readonly Case[] = [limited];
