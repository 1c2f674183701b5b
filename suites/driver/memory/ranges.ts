// DRV-MEM-009 of what names one range: memory ends where it was said to end.
import type { Case } from '../../../core/case.ts';
import { refusal, refuses, succeeds } from '../../support.ts';
import { devicesOf } from '../device/devices.ts';
import { digests, MESSAGE, readsBack, SIDE, twoSides } from './bytes.ts';
import { rangesBeyond, WRAPPING_RANGES } from './outside.ts';

/** Requests of every method that names one range of one allocation. */
export const transfers = (
  allocation: string,
  offset: bigint,
  length: bigint,
): [string, object][] => {
  const range = { allocation, offsetBytes: String(offset) };
  const size = Number(length);
  const uses: [string, object][] = [
    ['driver.memory.digest', { ...range, lengthBytes: String(length) }],
  ];
  if (length <= BigInt(MESSAGE)) {
    uses.push(['driver.memory.read', { ...range, lengthBytes: size }]);
    const base64 = Buffer.alloc(size, 0xa5).toString('base64');
    uses.push(['driver.memory.write', { ...range, data: { base64 } }]);
  }
  return uses;
};

const BOUNDARY = 'DRV-MEM-009/transfer-boundary';

const transfer: Case = {
  id: 'DRV-MEM-009/transfers',
  title:
    'a write, read or digest that leaves its allocation is refused, one that ends at its end is carried out',
  requirements: ['DRV-MEM-009'],
  expectations: ['DRV-MEM-009/transfer', BOUNDARY, 'DRV-MEM-009/kept'],
  premises: ['devices'],
  kind: 'own',
  run: async (context) => {
    for (const device of await devicesOf(context)) {
      const { source, unchanged } = await twoSides(context, device);
      const length = BigInt(context.random.integer(2, SIDE - 1));
      for (const [offset, size] of rangesBeyond(length)) {
        for (const [method, params] of transfers(source.allocation, offset, size)) {
          await refuses(context, 'DRV-MEM-009/transfer', refusal('COPY_RANGE'), method, params);
        }
        await unchanged('DRV-MEM-009/kept');
      }
      for (const count of [1, Number(length)]) {
        const from = SIDE - count;
        const data = context.random.bytes(count);
        await succeeds(context, BOUNDARY, 'driver.memory.write', {
          allocation: source.allocation,
          offsetBytes: String(from),
          data: { base64: data.toString('base64') },
        });
        data.copy(source.bytes, from);
        await readsBack(context, BOUNDARY, source.allocation, from, data);
        await digests(context, BOUNDARY, source.allocation, from, data);
        await unchanged('DRV-MEM-009/kept');
      }
    }
  },
};

const transferWraps: Case = {
  id: 'DRV-MEM-009/transfers-wrap',
  title: 'a write, read or digest whose offset plus length exceeds 2^64 is refused',
  requirements: ['DRV-MEM-009'],
  expectations: ['DRV-MEM-009/transfer-wraps', 'DRV-MEM-009/kept'],
  premises: ['devices'],
  kind: 'own',
  run: async (context) => {
    for (const device of await devicesOf(context)) {
      const { source, unchanged } = await twoSides(context, device);
      for (const [offset, size] of WRAPPING_RANGES) {
        for (const [method, params] of transfers(source.allocation, offset, size)) {
          await refuses(
            context,
            'DRV-MEM-009/transfer-wraps',
            refusal('COPY_RANGE'),
            method,
            params,
          );
        }
        await unchanged('DRV-MEM-009/kept');
      }
    }
  },
};

/** The shortest pattern that the first device takes. */
const patternOf = (lengths: readonly number[] = [1]): Buffer =>
  Buffer.alloc(Math.min(...lengths), 0xa5);

const fillRange: Case = {
  id: 'DRV-MEM-009/fills',
  title: 'a fill that leaves its allocation is refused, one that ends at its end is carried out',
  requirements: ['DRV-MEM-009'],
  expectations: ['DRV-MEM-009/fill', 'DRV-MEM-009/fill-boundary', 'DRV-MEM-009/kept'],
  premises: ['devices'],
  needs: ['driver.memory.fill'],
  kind: 'own',
  run: async (context) => {
    for (const device of await devicesOf(context)) {
      const { source, unchanged } = await twoSides(context, device);
      const pattern = patternOf(device.memory.fillPatternBytes);
      const side = BigInt(SIDE);
      const unit = BigInt(pattern.length);
      const length = BigInt(context.random.integer(2, SIDE / pattern.length - 1)) * unit;
      const request = (offset: bigint, size: bigint) => ({
        allocation: source.allocation,
        offsetBytes: String(offset),
        lengthBytes: String(size),
        pattern: pattern.toString('base64'),
      });
      for (const [offset, size] of rangesBeyond(length, unit)) {
        await refuses(
          context,
          'DRV-MEM-009/fill',
          refusal('COPY_RANGE'),
          'driver.memory.fill',
          request(offset, size),
        );
        await unchanged('DRV-MEM-009/kept');
      }
      await succeeds(
        context,
        'DRV-MEM-009/fill-boundary',
        'driver.memory.fill',
        request(side - length, length),
      );
      source.bytes.fill(pattern, SIDE - Number(length));
      await unchanged('DRV-MEM-009/kept');
    }
  },
};

const fillWraps: Case = {
  id: 'DRV-MEM-009/fills-wrap',
  title: 'a fill whose offset plus length exceeds 2^64 is refused and changes no byte',
  requirements: ['DRV-MEM-009'],
  expectations: ['DRV-MEM-009/fill-wraps', 'DRV-MEM-009/kept'],
  premises: ['devices'],
  needs: ['driver.memory.fill'],
  kind: 'own',
  run: async (context) => {
    for (const device of await devicesOf(context)) {
      const { source, unchanged } = await twoSides(context, device);
      const pattern = patternOf(device.memory.fillPatternBytes);
      const unit = BigInt(pattern.length);
      // The last whole pattern below 2^64: beyond it no offset is a multiple of the pattern's length.
      const last = ((2n ** 64n - 1n) / unit) * unit;
      for (const [offset, size] of [
        [last, unit],
        [last, 2n * unit],
        [last - 7n * unit, 16n * unit],
      ] as const) {
        await refuses(
          context,
          'DRV-MEM-009/fill-wraps',
          refusal('COPY_RANGE'),
          'driver.memory.fill',
          {
            allocation: source.allocation,
            offsetBytes: String(offset),
            lengthBytes: String(size),
            pattern: pattern.toString('base64'),
          },
        );
        await unchanged('DRV-MEM-009/kept');
      }
    }
  },
};

export const ranges: readonly Case[] = [transfer, transferWraps, fillRange, fillWraps];
