// DRV-DEV-005: what a session was not given is not there for it.
import { expect } from 'chai';
import type { Case, Context, ExpectationId } from '../../../core/case.ts';
import { refusal, refuses, succeeds } from '../../support.ts';
import { devicesOf, strangers } from './devices.ts';

const parametersFor = (visibleDevices: string[]) => ({
  protocolVersions: ['1.0'],
  client: { name: 'causeway', version: '1' },
  visibleDevices,
});

/** One more session, initialized with these devices alone. */
export const initialized = async (
  context: Context,
  expectation: ExpectationId,
  visibleDevices: string[],
): Promise<Context> => {
  const session = await context.open('cold');
  await succeeds(session, expectation, 'system.initialize', parametersFor(visibleDevices));
  return session;
};

/** Calls `act` with a session for each device alone, and the ids that are hidden from it. */
const eachAlone = async (
  context: Context,
  expectation: ExpectationId,
  act: (session: Context, shown: string, hidden: string[]) => Promise<void>,
): Promise<void> => {
  // One id that is listed twice is one device; that it is, DRV-DEV-001 finds wrong.
  const ids = [...new Set((await devicesOf(context)).map(({ device }) => device))];
  if (ids.length < 2) context.nothing('with one device there is none to hide');
  for (const shown of ids) {
    const session = await initialized(context, expectation, [shown]);
    await act(
      session,
      shown,
      ids.filter((id) => id !== shown),
    );
    await session.close();
  }
};

const hidden: Case = {
  id: 'DRV-DEV-005/hidden',
  title: 'a session lists the devices that it was given, and knows no other',
  requirements: ['DRV-DEV-005'],
  expectations: ['DRV-DEV-005/initialized', 'DRV-DEV-005/listed', 'DRV-DEV-005/get'],
  premises: ['devices'],
  kind: 'shared',
  run: async (context) => {
    await eachAlone(context, 'DRV-DEV-005/initialized', async (session, shown, others) => {
      const { devices } = await succeeds(session, 'DRV-DEV-005/listed', 'driver.device.list', {});
      const observed = devices.map(({ device }) => device);
      context.expectation('DRV-DEV-005/listed', { expected: [shown], observed }, () =>
        expect(observed).to.deep.equal([shown]),
      );
      for (const device of others) {
        await refuses(session, 'DRV-DEV-005/get', refusal('DEVICE'), 'driver.device.get', {
          device,
        });
      }
    });
  },
};

const hiddenMemory: Case = {
  id: 'DRV-DEV-005/hidden-memory',
  title: 'a device that a session was not given allocates nothing for it',
  requirements: ['DRV-DEV-005'],
  expectations: ['DRV-DEV-005/initialized', 'DRV-DEV-005/allocate'],
  premises: ['devices'],
  needs: ['driver.memory'],
  kind: 'shared',
  run: async (context) => {
    await eachAlone(context, 'DRV-DEV-005/initialized', async (session, shown, others) => {
      const sizeBytes = '256';
      for (const device of others) {
        await refuses(
          session,
          'DRV-DEV-005/allocate',
          refusal('DEVICE'),
          'driver.memory.allocate',
          { device, sizeBytes },
        );
      }
      await succeeds(session, 'DRV-DEV-005/allocate', 'driver.memory.allocate', {
        device: shown,
        sizeBytes,
      });
    });
  },
};

const hiddenInfo: Case = {
  id: 'DRV-DEV-005/hidden-info',
  title: 'a device that a session was not given does not say what is free on it',
  requirements: ['DRV-DEV-005'],
  expectations: ['DRV-DEV-005/initialized', 'DRV-DEV-005/info'],
  premises: ['devices'],
  needs: ['driver.memory.info'],
  kind: 'shared',
  run: async (context) => {
    await eachAlone(context, 'DRV-DEV-005/initialized', async (session, _shown, others) => {
      for (const device of others) {
        await refuses(session, 'DRV-DEV-005/info', refusal('DEVICE'), 'driver.memory.info', {
          device,
        });
      }
    });
  },
};

const unknownVisible: Case = {
  id: 'DRV-DEV-005/unknown',
  title:
    'a session that is to see a device that is not there is refused, and can be initialized yet',
  requirements: ['DRV-DEV-005'],
  expectations: ['DRV-DEV-005/unknown', 'DRV-DEV-005/still-new', 'DRV-DEV-005/all-listed'],
  premises: ['devices'],
  kind: 'shared',
  run: async (context) => {
    const devices = await devicesOf(context);
    const known = [...new Set(devices.map(({ device }) => device))];
    for (const stranger of strangers(context, devices)) {
      const session = await context.open('cold');
      for (const visible of [[stranger], [...known, stranger], [stranger, ...known]]) {
        await refuses(
          session,
          'DRV-DEV-005/unknown',
          refusal('DEVICE'),
          'system.initialize',
          parametersFor(visible),
        );
      }
      await succeeds(session, 'DRV-DEV-005/still-new', 'system.initialize', parametersFor(known));
      const { devices: all } = await succeeds(
        session,
        'DRV-DEV-005/all-listed',
        'driver.device.list',
        {},
      );
      const observed = all.map(({ device }) => device);
      context.expectation('DRV-DEV-005/all-listed', { expected: known, observed }, () =>
        expect(observed).to.have.members(known),
      );
      await session.close();
    }
  },
};

export const visible: readonly Case[] = [hidden, hiddenMemory, hiddenInfo, unknownVisible];
