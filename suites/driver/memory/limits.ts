// DRV-MEM-002, -004 and -005: what comes of asking for nothing, for too much, and again and again.
import { expect } from 'chai';
import type { Case, Context } from '../../../core/case.ts';
import { refusal, refuses, succeeds } from '../../support.ts';
import { devicesOf } from '../device/devices.ts';
import { allocate, bytesOf, generator, readsBack } from './bytes.ts';
import { leaksNothing } from './cycles.ts';

const zero: Case = {
  id: 'DRV-MEM-002/zero',
  title: 'an allocation of zero bytes is refused',
  requirements: ['DRV-MEM-002'],
  expectations: ['DRV-MEM-002/refused'],
  premises: ['devices'],
  kind: 'shared',
  run: async (context) => {
    for (const { device } of await devicesOf(context)) {
      await refuses(context, 'DRV-MEM-002/refused', refusal('SIZE'), 'driver.memory.allocate', {
        device,
        sizeBytes: '0',
      });
    }
  },
};

const SMALL = 4096;

/** Asks for more than there is, and leaves nothing of it: whether it was refused is DRV-MEM-003's. */
const askTooMuch = async (context: Context, device: string, size: bigint): Promise<boolean> => {
  const answer = await context.attempt('DRV-MEM-004/small', 'driver.memory.allocate', {
    device,
    sizeBytes: String(size),
  });
  if (answer.kind === 'error') return true;
  const { allocation } = answer.result as { allocation: string };
  const used = await context.attempt('DRV-MEM-004/small', 'driver.memory.write', {
    allocation,
    offsetBytes: String(size - 1n),
    data: { base64: 'AA==' },
  });
  await context.given('driver.memory.free', { allocation });
  return used.kind === 'error';
};

const afterTooMuch: Case = {
  id: 'DRV-MEM-004/after-refusal',
  title: 'after a refusal of too much, a little can be had, and what was there is kept',
  requirements: ['DRV-MEM-004'],
  expectations: ['DRV-MEM-004/small', 'DRV-MEM-004/usable', 'DRV-MEM-004/kept'],
  premises: ['devices', 'refused'],
  kind: 'shared',
  run: async (context) => {
    for (const { device, memory } of await devicesOf(context)) {
      const before = await allocate(context, device, SMALL);
      const held = bytesOf(generator(context, `before on ${device}`, SMALL));
      await context.given('driver.memory.write', {
        allocation: before,
        offsetBytes: '0',
        data: { base64: held.toString('base64') },
      });
      const size = BigInt(memory.totalBytes) + BigInt(memory.granularityBytes);
      for (let round = 0; round < 3; round += 1) {
        const refused = await askTooMuch(context, device, size);
        context.premise(
          'refused',
          { expected: `${size} bytes on ${device} refused`, observed: refused },
          () => expect(refused).to.equal(true),
        );
        const { allocation } = await succeeds(
          context,
          'DRV-MEM-004/small',
          'driver.memory.allocate',
          { device, sizeBytes: String(SMALL) },
        );
        const bytes = bytesOf(generator(context, `after ${round} on ${device}`, SMALL));
        await succeeds(context, 'DRV-MEM-004/usable', 'driver.memory.write', {
          allocation,
          offsetBytes: '0',
          data: { base64: bytes.toString('base64') },
        });
        await readsBack(context, 'DRV-MEM-004/usable', allocation, 0, bytes);
        await readsBack(context, 'DRV-MEM-004/kept', before, 0, held);
        await context.given('driver.memory.free', { allocation });
      }
      await context.given('driver.memory.free', { allocation: before });
    }
  },
};

const cycles: Case = {
  id: 'DRV-MEM-005/cycles',
  title: '1 000 allocations that are freed again leave as much free as the first 100',
  requirements: ['DRV-MEM-005'],
  expectations: ['DRV-MEM-005/carried-out', 'DRV-MEM-005/free'],
  premises: ['devices'],
  needs: ['driver.memory'],
  kind: 'shared',
  run: async (context) => {
    const [first] = await devicesOf(context);
    if (!first) throw new Error('devicesOf gives one at least');
    const { device, memory } = first;
    const largest = Math.min(65536, Number(memory.maxAllocationBytes));
    await leaksNothing(context, 'DRV-MEM-005/free', first, async (count) => {
      for (let done = 0; done < count; done += 1) {
        const { allocation } = await succeeds(
          context,
          'DRV-MEM-005/carried-out',
          'driver.memory.allocate',
          { device, sizeBytes: String(context.random.integer(1, largest)) },
        );
        await succeeds(context, 'DRV-MEM-005/carried-out', 'driver.memory.free', { allocation });
      }
    });
  },
};

export const limits: readonly Case[] = [zero, afterTooMuch, cycles];
