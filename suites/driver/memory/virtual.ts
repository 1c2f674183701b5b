// DRV-MEM-016: memory keeps its contents wherever it is mapped.
import type { Case, Context, ExpectationId } from '../../../core/case.ts';
import { refusal, refuses, succeeds } from '../../support.ts';
import { devicesOf } from '../device/devices.ts';
import { bytesOf, digests, generator } from './bytes.ts';

/** Mappings above this are not tried: two of them are held, and hashed. */
export const LARGEST = 2 ** 24;

const MAPPED = 'DRV-MEM-016/mapped';

/** Memory of one unit, mapped and unmapped by what a case calls. */
const onDevice = (context: Context, device: string, unit: number) => ({
  reserve: async (units: number): Promise<string> => {
    const { allocation } = await succeeds(
      context,
      'DRV-MEM-016/reserved',
      'driver.memory.virtual.reserve',
      { device, sizeBytes: String(units * unit) },
    );
    return allocation;
  },
  create: async (): Promise<string> => {
    const { physical } = await succeeds(
      context,
      'DRV-MEM-016/reserved',
      'driver.memory.virtual.create',
      { device, sizeBytes: String(unit) },
    );
    return physical;
  },
  map: (allocation: string, at: number, physical: string) =>
    succeeds(context, MAPPED, 'driver.memory.virtual.map', {
      allocation,
      offsetBytes: String(at * unit),
      physical,
    }),
  unmap: (allocation: string, at: number) =>
    succeeds(context, MAPPED, 'driver.memory.virtual.unmap', {
      allocation,
      offsetBytes: String(at * unit),
    }),
  write: async (allocation: string, at: number, label: string): Promise<Buffer> => {
    const data = generator(context, `${label} on ${device}`, unit);
    await succeeds(context, MAPPED, 'driver.memory.write', {
      allocation,
      offsetBytes: String(at * unit),
      data: { generator: data },
    });
    return bytesOf(data);
  },
  holds: (expectation: ExpectationId, allocation: string, at: number, bytes: Buffer) =>
    digests(context, expectation, allocation, at * unit, bytes),
  refusesToRead: (allocation: string, at: number) =>
    refuses(context, 'DRV-MEM-016/unmapped', refusal('MEMORY_STATE'), 'driver.memory.read', {
      allocation,
      offsetBytes: String(at * unit),
      lengthBytes: 16,
    }),
});

const remapped: Case = {
  id: 'DRV-MEM-016/remapped',
  title: 'memory that is mapped elsewhere has its contents, whatever was mapped where it was',
  requirements: ['DRV-MEM-016'],
  expectations: [
    'DRV-MEM-016/reserved',
    MAPPED,
    'DRV-MEM-016/kept',
    'DRV-MEM-016/apart',
    'DRV-MEM-016/across',
    'DRV-MEM-016/unmapped',
  ],
  premises: ['devices'],
  needs: ['driver.memory'],
  kind: 'shared',
  run: async (context) => {
    let tried = 0;
    for (const { device, memory } of await devicesOf(context)) {
      const unit = Number(memory.mappingBytes ?? 0);
      if (unit === 0 || unit > LARGEST || 2 * unit > Number(memory.maxAllocationBytes)) continue;
      tried += 1;
      const on = onDevice(context, device, unit);
      const [range, other] = [await on.reserve(2), await on.reserve(2)];
      const [first, second] = [await on.create(), await on.create()];
      await on.refusesToRead(range, 0);
      await on.map(range, 0, first);
      const bytes = await on.write(range, 0, 'first');
      await on.unmap(range, 0);
      await on.refusesToRead(range, 0);
      await on.map(range, 0, second);
      const others = await on.write(range, 0, 'second');
      await on.map(range, 1, first);
      await on.holds('DRV-MEM-016/kept', range, 1, bytes);
      await on.holds('DRV-MEM-016/apart', range, 0, others);
      await on.holds('DRV-MEM-016/across', range, 0, Buffer.concat([others, bytes]));
      await on.unmap(range, 1);
      await on.map(other, 1, first);
      await on.holds('DRV-MEM-016/kept', other, 1, bytes);
      await on.unmap(other, 1);
      await on.unmap(range, 0);
      for (const physical of [first, second]) {
        await context.given('driver.memory.virtual.destroy', { physical });
      }
      for (const allocation of [range, other]) {
        await context.given('driver.memory.free', { allocation });
      }
    }
    if (tried === 0) context.nothing('no device maps memory in units that are small enough');
  },
};

export const virtual: readonly Case[] = [remapped];
