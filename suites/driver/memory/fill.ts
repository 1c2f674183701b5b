// DRV-MEM-011: a fill leaves its pattern, whole, and nothing beside it.
import { expect } from 'chai';
import type { Case, Context } from '../../../core/case.ts';
import type { Device } from '../../../schemas/generated/types.ts';
import { refusal, refuses, succeeds } from '../../support.ts';
import { devicesOf } from '../device/devices.ts';
import { allocate, bytesOf, digests, generator } from './bytes.ts';

/** A multiple of no power of two: something lies behind the last whole pattern, whatever its length. And more than one buffer holds. */
const SIZE = 300_007;

/** An allocation with known contents, and how it is filled. */
const canvas = async (context: Context, device: string, label: string) => {
  const allocation = await allocate(context, device, SIZE);
  const data = generator(context, label, SIZE);
  await context.given('driver.memory.write', {
    allocation,
    offsetBytes: '0',
    data: { generator: data },
  });
  const request = (offset: number, length: number, pattern: Buffer) => ({
    allocation,
    offsetBytes: String(offset),
    lengthBytes: String(length),
    pattern: pattern.toString('base64'),
  });
  return { allocation, bytes: Buffer.from(bytesOf(data)), request };
};

/** The lengths that a device declares; stated, since the row asks for one at least. */
const lengthsOf = (context: Context, { device, memory }: Device): number[] => {
  const lengths = memory.fillPatternBytes ?? [];
  context.expectation(
    'DRV-MEM-011/declared',
    { expected: `${device}: fillPatternBytes`, observed: `${device}: ${lengths.join(', ')}` },
    () => expect(lengths).to.not.have.lengthOf(0),
  );
  return lengths;
};

/** Whole patterns from anywhere to anywhere: first, last, one alone, all, lines of memory, and some seeded ones. */
const places = ({ random }: Context, unit: number): [offset: number, length: number][] => {
  const whole = Math.floor(SIZE / unit);
  const seeded = Array.from({ length: 8 }, (): [number, number] => {
    const offset = random.integer(0, whole - 1);
    return [offset, random.integer(1, whole - offset)];
  });
  const quarter = 16 * Math.floor(whole / 64);
  const all: [number, number][] = [
    [0, 1],
    [whole - 1, 1],
    [1, whole - 1],
    [0, whole],
    ...(quarter > 0 ? [[quarter, 2 * quarter] as [number, number]] : []),
    ...seeded,
  ];
  return all.map(([offset, length]) => [offset * unit, length * unit]);
};

/** The patterns for so many places: seeded, and of one byte alone and of zeros, which drivers may fill in other ways. */
const patterns = ({ random }: Context, unit: number, count: number): Buffer[] =>
  Array.from({ length: count }, (_, index) =>
    index < count - 2
      ? Buffer.from(random.bytes(unit))
      : Buffer.alloc(unit, index < count - 1 ? 0xa5 : 0),
  );

const exact: Case = {
  id: 'DRV-MEM-011/exact',
  title: 'a fill with each declared length of pattern leaves exactly that, and no more',
  requirements: ['DRV-MEM-011'],
  expectations: ['DRV-MEM-011/declared', 'DRV-MEM-011/filled', 'DRV-MEM-011/exact'],
  premises: ['devices'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesOf(context)) {
      const { allocation, bytes, request } = await canvas(context, device.device, device.device);
      for (const unit of lengthsOf(context, device)) {
        const all = places(context, unit);
        for (const [index, pattern] of patterns(context, unit, all.length).entries()) {
          const [offset, length] = all[index] ?? [0, 0];
          await succeeds(
            context,
            'DRV-MEM-011/filled',
            'driver.memory.fill',
            request(offset, length, pattern),
          );
          bytes.fill(pattern, offset, offset + length);
          await digests(context, 'DRV-MEM-011/exact', allocation, 0, bytes);
        }
      }
      await context.given('driver.memory.free', { allocation });
    }
  },
};

const refused: Case = {
  id: 'DRV-MEM-011/refused',
  title: 'a pattern of another length, and a range of no whole patterns, are refused',
  requirements: ['DRV-MEM-011'],
  expectations: ['DRV-MEM-011/declared', 'DRV-MEM-011/refused', 'DRV-MEM-011/kept'],
  premises: ['devices'],
  kind: 'own',
  run: async (context) => {
    for (const device of await devicesOf(context)) {
      const { allocation, bytes, request } = await canvas(context, device.device, device.device);
      const lengths = lengthsOf(context, device);
      const largest = Math.max(...lengths);
      const others = [3, 5, largest + 1, 2 * largest].filter((length) => !lengths.includes(length));
      // In range, and a whole number of patterns: nothing but the pattern's length is wrong.
      const faults = others.map((length) => [length, 2 * length, length]);
      for (const unit of lengths.filter((length) => length > 1)) {
        // By half a pattern too: who looks for whole words alone lets that pass.
        for (const off of [Math.floor(unit / 2), context.random.integer(1, unit - 1)]) {
          faults.push([unit + off, 2 * unit, unit], [unit, 2 * unit + off, unit], [0, off, unit]);
        }
      }
      for (const [offset = 0, length = 0, unit = 0] of faults) {
        await refuses(
          context,
          'DRV-MEM-011/refused',
          refusal('SIZE'),
          'driver.memory.fill',
          request(offset, length, bytesOf(generator(context, `pattern ${unit}`, unit))),
        );
        await digests(context, 'DRV-MEM-011/kept', allocation, 0, bytes);
      }
      await context.given('driver.memory.free', { allocation });
    }
  },
};

export const fill: readonly Case[] = [exact, refused];
