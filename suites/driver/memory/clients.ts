// DRV-MEM-007 and -012: where allocations lie - apart from each other, and on aligned addresses.
import { expect } from 'chai';
import type { Case } from '../../../core/case.ts';
import { succeeds } from '../../support.ts';
import { devicesOf } from '../device/devices.ts';
import { bytesOf, digests, fits, generator } from './bytes.ts';

const CLIENTS = 8;
const EACH = 4;

const disjoint: Case = {
  id: 'DRV-MEM-007/disjoint',
  title: 'eight clients that allocate at once get memory of which none shares a byte',
  requirements: ['DRV-MEM-007'],
  expectations: ['DRV-MEM-007/allocated', 'DRV-MEM-007/kept'],
  premises: ['devices'],
  kind: 'shared',
  run: async (context) => {
    for (const { device } of await devicesOf(context)) {
      // Drawn before anything is sent: the order of answers must not decide what is asked.
      const clients = Array.from({ length: CLIENTS }, (_, client) =>
        Array.from({ length: EACH }, (_, nth) => ({
          size: context.random.integer(1, 20_000),
          label: `client ${client}, allocation ${nth} on ${device}`,
        })),
      );
      const held = await Promise.all(
        clients.map(async (wanted) => {
          const own: { allocation: string; bytes: Buffer }[] = [];
          for (const { size, label } of wanted) {
            const { allocation } = await succeeds(
              context,
              'DRV-MEM-007/allocated',
              'driver.memory.allocate',
              { device, sizeBytes: String(size) },
            );
            const data = generator(context, label, size);
            await succeeds(context, 'DRV-MEM-007/allocated', 'driver.memory.write', {
              allocation,
              offsetBytes: '0',
              data: { generator: data },
            });
            own.push({ allocation, bytes: bytesOf(data) });
          }
          return own;
        }),
      );
      for (const { allocation, bytes } of held.flat()) {
        await digests(context, 'DRV-MEM-007/kept', allocation, 0, bytes);
      }
      for (const { allocation } of held.flat()) {
        await context.given('driver.memory.free', { allocation });
      }
    }
  },
};

const isPowerOfTwo = (value: bigint): boolean => (value & (value - 1n)) === 0n;

const aligned: Case = {
  id: 'DRV-MEM-012/aligned',
  title: 'the address of an allocation is a multiple of the alignment that the device declares',
  requirements: ['DRV-MEM-012'],
  expectations: ['DRV-MEM-012/declared', 'DRV-MEM-012/aligned'],
  premises: ['devices'],
  needs: ['driver.memory'],
  kind: 'shared',
  run: async (context) => {
    for (const described of await devicesOf(context)) {
      const { device, memory } = described;
      const declared = memory.alignmentBytes;
      const alignment = BigInt(declared ?? 0);
      context.expectation(
        'DRV-MEM-012/declared',
        {
          expected: `${device}: a power of two, 64 at least`,
          observed: `${device}: ${declared ?? 'no alignmentBytes'}`,
        },
        () => expect(alignment >= 64n && isPowerOfTwo(alignment)).to.equal(true),
      );
      const live: string[] = [];
      const sizes = [1, 3, 64, 100, 4097, 65537, context.random.integer(1, 20_000), 1];
      for (const size of sizes.filter((one) => fits(described, one))) {
        const { allocation, address } = await succeeds(
          context,
          'DRV-MEM-012/aligned',
          'driver.memory.allocate',
          { device, sizeBytes: String(size) },
        );
        live.push(allocation);
        context.expectation(
          'DRV-MEM-012/aligned',
          {
            expected: `${size} bytes: an address that is a multiple of ${alignment}`,
            observed: `${size} bytes: ${address ?? 'no address'}`,
          },
          () => expect(address !== undefined && BigInt(address) % alignment === 0n).to.equal(true),
        );
      }
      for (const allocation of live) await context.given('driver.memory.free', { allocation });
    }
  },
};

export const clients: readonly Case[] = [disjoint, aligned];
