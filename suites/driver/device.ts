// DRV-DEV: which devices there are, and what is said of them.
import { expect } from 'chai';
import type { Case, Context } from '../../core/case.ts';
import type { Device } from '../../schemas/generated/types.ts';
import { brief, refusal, refuses, succeeds } from '../support.ts';

/** The devices that cases try: all, up to four, so that a large machine does not take a day. */
export const devicesOf = async (context: Context): Promise<Device[]> => {
  const { devices } = await context.given('driver.device.list', {});
  context.premise(
    'devices',
    { expected: 'at least one device', observed: `${devices.length} devices` },
    () => expect(devices).to.not.have.lengthOf(0),
  );
  return devices.slice(0, 4);
};

const stable: Case = {
  id: 'DRV-DEV-001/stable',
  title: 'at least one device, each with an id of its own, the same in three sessions',
  requirements: ['DRV-DEV-001'],
  expectations: ['DRV-DEV-001/listed', 'DRV-DEV-001/unique', 'DRV-DEV-001/stable'],
  kind: 'own',
  run: async (context) => {
    const list = async (session: Context): Promise<string[]> => {
      const { devices } = await succeeds(session, 'DRV-DEV-001/listed', 'driver.device.list', {});
      return devices.map(({ device }) => device);
    };
    const first = await list(context);
    context.expectation(
      'DRV-DEV-001/listed',
      { expected: 'at least one device', observed: `${first.length} devices` },
      () => expect(first.length).to.be.at.least(1),
    );
    context.expectation(
      'DRV-DEV-001/unique',
      {
        expected: `${first.length} ids`,
        observed: `${new Set(first).size} of ${first.join(', ')}`,
      },
      () => expect(new Set(first).size).to.equal(first.length),
    );
    await context.close();
    for (const ordinal of ['second', 'third']) {
      const session = await context.open('ready');
      const again = await list(session);
      context.expectation(
        'DRV-DEV-001/stable',
        {
          expected: `in the ${ordinal} session: ${[...first].sort().join(', ')}`,
          observed: `in the ${ordinal} session: ${[...again].sort().join(', ')}`,
        },
        () => expect(again).to.have.members(first),
      );
      await session.close();
    }
  },
};

/** A value without extension members, which may change from call to call. */
const standard = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, member: unknown) => (key.startsWith('x-') ? undefined : member)),
  );

const described: Case = {
  id: 'DRV-DEV-001/described',
  title: 'each listed device is described as the list has it',
  requirements: ['DRV-DEV-001'],
  expectations: ['DRV-DEV-001/described'],
  premises: ['devices'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesOf(context)) {
      const answer = await context.attempt('DRV-DEV-001/described', 'driver.device.get', {
        device: device.device,
      });
      const observed = answer.kind === 'result' ? standard(answer.result) : brief(answer);
      const expected = standard(device);
      context.expectation('DRV-DEV-001/described', { expected, observed }, () =>
        expect(observed).to.deep.equal(expected),
      );
    }
  },
};

/** Ids that no list has: unlike any, and like one but for its end. */
const strangers = (context: Context, devices: readonly Device[]): string[] =>
  [
    `no-such-device-${context.random.letters(8)}`,
    `${devices[0]?.device.slice(0, 100)}-${context.random.letters(4)}`,
    '0',
  ].filter((id) => devices.every(({ device }) => device !== id));

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

export const device: readonly Case[] = [
  stable,
  described,
  unknown,
  unknownMemory,
  unknownInfo,
  reported,
  quarter,
];
