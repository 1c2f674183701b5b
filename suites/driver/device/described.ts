// DRV-DEV-002 and -003: the same order, and descriptions that agree with themselves and with each other.
import { expect } from 'chai';
import type { Case, Context } from '../../../core/case.ts';
import { declares } from '../../../core/plan.ts';
import type { Device } from '../../../schemas/generated/types.ts';
import { succeeds } from '../../support.ts';
import { allocate } from '../memory/bytes.ts';
import { devicesOf, standard } from './devices.ts';
import { initialized } from './visible.ts';

/** Memory that is held while devices are listed and described, in bytes. */
const TAKEN = 4096;

const ORDER = 'DRV-DEV-002/order';

const listedIds = async (session: Context): Promise<string[]> => {
  const { devices } = await succeeds(session, ORDER, 'driver.device.list', {});
  return devices.map(({ device }) => device);
};

/** States that what both lists have stands in the same order; what one lacks is DRV-DEV-001's. */
const sameOrder = (
  context: Context,
  expectation: typeof ORDER | 'DRV-DEV-002/visible',
  one: string[],
  other: string[],
) => {
  const expected = one.filter((id) => other.includes(id));
  const observed = other.filter((id) => one.includes(id));
  context.expectation(expectation, { expected, observed }, () =>
    expect(observed).to.deep.equal(expected),
  );
};

/** Takes memory of a device, where there is any to be had, and gives what frees it. */
const taking = async (context: Context, device: string): Promise<() => Promise<void>> => {
  if (!declares(context.identity?.capabilities ?? {}, 'driver.memory')) return async () => {};
  const allocation = await allocate(context, device, TAKEN);
  return async () => {
    await context.given('driver.memory.free', { allocation });
  };
};

const order: Case = {
  id: 'DRV-DEV-002/order',
  title: 'three lists in two sessions have the devices in one order',
  requirements: ['DRV-DEV-002'],
  expectations: [ORDER],
  kind: 'shared',
  run: async (context) => {
    const first = await listedIds(context);
    if (first.length < 2) context.nothing('one device has no order');
    // What is free is not what devices are ordered by.
    const free = await taking(context, first[0] ?? '');
    sameOrder(context, ORDER, first, await listedIds(context));
    await free();
    const second = await context.open('ready');
    sameOrder(context, ORDER, first, await listedIds(second));
    await second.close();
  },
};

const visibleOrder: Case = {
  id: 'DRV-DEV-002/visible-order',
  title: 'the order of visibleDevices does not change that of the list',
  requirements: ['DRV-DEV-002'],
  expectations: [ORDER, 'DRV-DEV-002/visible'],
  needs: ['driver.visibility'],
  kind: 'shared',
  run: async (context) => {
    const first = (await listedIds(context)).slice(0, 128);
    if (first.length < 2) context.nothing('one device has no order');
    for (const visibleDevices of [first, [...first].reverse()]) {
      const session = await initialized(context, 'DRV-DEV-002/visible', visibleDevices);
      sameOrder(context, 'DRV-DEV-002/visible', first, await listedIds(session));
      await session.close();
    }
  },
};

const twice = (values: readonly unknown[]): unknown[] =>
  values.filter((value, index) => values.indexOf(value) !== index);

/** What does not agree in a description, in words. */
const faults = ({ memory, dataTypes, programFormats }: Device): string[] => {
  const granule = BigInt(memory.granularityBytes);
  const largest = BigInt(memory.maxAllocationBytes);
  const repeated = [
    ...twice(dataTypes),
    ...twice(programFormats),
    ...twice(memory.fillPatternBytes ?? []),
  ];
  const bytes = (['i8', 'u8'] as const).filter((type) => !dataTypes.includes(type));
  return [
    ...(granule > largest ? [`one granule, ${granule}, is above the largest, ${largest}`] : []),
    ...(largest > BigInt(memory.totalBytes)
      ? [`the largest, ${largest}, is above the total, ${memory.totalBytes}`]
      : []),
    ...repeated.map((value) => `${value} twice`),
    ...bytes.map((type) => `no ${type}`),
  ];
};

const agrees: Case = {
  id: 'DRV-DEV-003/agrees',
  title: 'each description agrees with itself',
  requirements: ['DRV-DEV-003'],
  expectations: ['DRV-DEV-003/agrees'],
  premises: ['devices'],
  kind: 'shared',
  run: async (context) => {
    for (const { device } of await devicesOf(context)) {
      const description = await succeeds(context, 'DRV-DEV-003/agrees', 'driver.device.get', {
        device,
      });
      const observed = faults(description);
      context.expectation('DRV-DEV-003/agrees', { expected: [], observed }, () =>
        expect(observed).to.deep.equal([]),
      );
    }
  },
};

const everySession: Case = {
  id: 'DRV-DEV-003/every-session',
  title:
    'two sessions that are open together describe each device alike, also while one has memory there',
  requirements: ['DRV-DEV-003'],
  expectations: ['DRV-DEV-003/alike'],
  premises: ['devices'],
  kind: 'shared',
  run: async (context) => {
    const other = await context.open('ready');
    for (const { device } of await devicesOf(context)) {
      const free = await taking(context, device);
      const [observed, expected] = [
        standard(await succeeds(context, 'DRV-DEV-003/alike', 'driver.device.get', { device })),
        standard(await succeeds(other, 'DRV-DEV-003/alike', 'driver.device.get', { device })),
      ];
      await free();
      context.expectation('DRV-DEV-003/alike', { expected, observed }, () =>
        expect(observed).to.deep.equal(expected),
      );
    }
    await other.close();
  },
};

export const described: readonly Case[] = [order, visibleOrder, agrees, everySession];
