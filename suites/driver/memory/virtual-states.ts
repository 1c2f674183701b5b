// DRV-MEM-016: what must not be done to addresses apart from memory, by any method, and what it leaves as it was: a mapping
// over another takes away what a program has there, and memory that is destroyed while it is mapped is somebody else's.
import type { Case, Context, ExpectationId } from '../../../core/case.ts';
import { declares } from '../../../core/plan.ts';
import type { Device } from '../../../schemas/generated/types.ts';
import { refusal, refuses, succeeds } from '../../support.ts';
import { devicesOf } from '../device/devices.ts';
import { allocate, bytesOf, digests, generator } from './bytes.ts';
import type { Use } from './naming.ts';
import { LARGEST } from './virtual.ts';

const UNMAPPED = 'DRV-MEM-016/unmapped';
const OCCUPIED = 'DRV-MEM-016/occupied';
const IN_USE = 'DRV-MEM-016/in-use';
const PLACES = 'DRV-MEM-016/places';
const STILL = 'DRV-MEM-016/still';
const FREED = 'DRV-MEM-016/freed';

const MAP = 'driver.memory.virtual.map';
const UNMAP = 'driver.memory.virtual.unmap';

/** Room for what is asked for in one place; no interface has smaller pages. */
const SMALLEST = 4096;

/** So few bytes that they are a whole number of any pattern's. */
const COUNT = 16;

/** What names a range of one allocation, of the methods that the endpoint declares. */
const usesAt = (
  context: Context,
  { memory }: Device,
  allocation: string,
  own: string,
  offset: number,
): readonly Use[] => {
  const capabilities = context.identity?.capabilities ?? {};
  const place = { allocation, offsetBytes: String(offset) };
  const ownPlace = { allocation: own, offsetBytes: '0' };
  const lengthBytes = String(COUNT);
  const copies: readonly Use[] = [
    ['driver.memory.copy', { source: place, destination: ownPlace, lengthBytes }],
    ['driver.memory.copy', { source: ownPlace, destination: place, lengthBytes }],
  ];
  const [length = 1] = memory.fillPatternBytes ?? [];
  const pattern = Buffer.alloc(length, 0xa5).toString('base64');
  const fill = {
    allocation,
    offsetBytes: String(Math.ceil(offset / length) * length),
    lengthBytes: String(length * COUNT),
    pattern,
  };
  const fills: readonly Use[] = [['driver.memory.fill', fill]];
  const base64 = Buffer.alloc(COUNT, 0xa5).toString('base64');
  return [
    ['driver.memory.read', { ...place, lengthBytes: COUNT }],
    ['driver.memory.write', { ...place, data: { base64 } }],
    ['driver.memory.digest', { ...place, lengthBytes }],
    ...(declares(capabilities, 'driver.memory.copy') ? copies : []),
    ...(declares(capabilities, 'driver.memory.fill') ? fills : []),
  ];
};

/** A range of two units of which the first is mapped, another like it that is empty, and memory for both. */
const halfMapped = async (context: Context, device: string, unit: number) => {
  const made = async (units: number) => {
    const place = { device, sizeBytes: String(units * unit) };
    return (await context.given('driver.memory.virtual.create', place)).physical;
  };
  const reserved = async () => {
    const place = { device, sizeBytes: String(2 * unit) };
    return (await context.given('driver.memory.virtual.reserve', place)).allocation;
  };
  const [range, empty] = [await reserved(), await reserved()];
  const [first, second, wide] = [await made(1), await made(1), await made(2)];
  await context.given(MAP, { allocation: range, offsetBytes: '0', physical: first });
  const data = generator(context, `mapped on ${device}`, unit);
  await context.given('driver.memory.write', {
    allocation: range,
    offsetBytes: '0',
    data: { generator: data },
  });
  return { range, empty, first, second, wide, bytes: bytesOf(data) };
};

const statesOn = async (context: Context, described: Device, unit: number): Promise<void> => {
  const { device } = described;
  const { range, empty, first, second, wide, bytes } = await halfMapped(context, device, unit);
  const own = await allocate(context, device, COUNT);
  const state = refusal('MEMORY_STATE');
  const areRefused = async (
    expectation: ExpectationId,
    expected: typeof state,
    uses: readonly Use[],
  ): Promise<void> => {
    for (const [method, params] of uses) {
      await refuses(context, expectation, expected, method, params);
    }
    await digests(context, STILL, range, 0, bytes);
  };
  const at = (allocation: string, offset: number) => ({ allocation, offsetBytes: String(offset) });
  const unmapped = usesAt(context, described, range, own, unit);
  await areRefused(UNMAPPED, state, unmapped);
  // Half of it is there.
  const across = usesAt(context, described, range, own, unit - COUNT / 2);
  await areRefused(UNMAPPED, state, across.slice(0, 3));
  await areRefused(OCCUPIED, state, [
    [MAP, { ...at(range, 0), physical: second }],
    [MAP, { ...at(range, 0), physical: wide }],
    [UNMAP, at(range, unit)],
    [UNMAP, at(empty, 0)],
  ]);
  await areRefused(IN_USE, state, [['driver.memory.virtual.destroy', { physical: first }]]);
  await areRefused(PLACES, refusal('COPY_RANGE'), [
    [MAP, { ...at(empty, 2 * unit), physical: second }],
    [MAP, { ...at(empty, unit), physical: wide }],
  ]);
  const odd = { device, sizeBytes: String(unit + 1) };
  await areRefused(PLACES, refusal('SIZE'), [
    [MAP, { ...at(empty, 1), physical: second }],
    ['driver.memory.virtual.reserve', odd],
    ['driver.memory.virtual.create', odd],
  ]);
  // Nothing of what was refused is mapped.
  await areRefused(UNMAPPED, state, unmapped.slice(0, 1));
  await areRefused(UNMAPPED, state, usesAt(context, described, empty, own, 0).slice(0, 1));
  // The end of a range is the end of its mappings, and of nothing else.
  await succeeds(context, FREED, 'driver.memory.free', { allocation: range });
  await succeeds(context, FREED, MAP, { ...at(empty, 0), physical: first });
  await digests(context, FREED, empty, 0, bytes);
  await succeeds(context, FREED, 'driver.memory.free', { allocation: empty });
  for (const physical of [first, second, wide]) {
    await succeeds(context, FREED, 'driver.memory.virtual.destroy', { physical });
  }
  await context.given('driver.memory.free', { allocation: own });
};

const states: Case = {
  id: 'DRV-MEM-016/states',
  title:
    'what is not mapped is reached by no method, and what is mapped is neither covered nor destroyed',
  requirements: ['DRV-MEM-016'],
  expectations: [UNMAPPED, OCCUPIED, IN_USE, PLACES, STILL, FREED],
  premises: ['devices'],
  needs: ['driver.memory'],
  kind: 'own',
  run: async (context) => {
    const fitting = (await devicesOf(context)).filter(({ memory }) => {
      const unit = Number(memory.mappingBytes ?? 0);
      return unit >= SMALLEST && unit <= LARGEST && 2 * unit <= Number(memory.maxAllocationBytes);
    });
    if (fitting.length === 0) {
      context.nothing('no device maps memory in units of a size that is tried');
    }
    for (const device of fitting) {
      await statesOn(context, device, Number(device.memory.mappingBytes));
    }
  },
};

export const virtualStates: readonly Case[] = [states];
