// DRV-DEV-001: which devices there are, whenever it is asked.
import { expect } from 'chai';
import type { Case, Context } from '../../../core/case.ts';
import { brief, succeeds } from '../../support.ts';
import { devicesOf, standard } from './devices.ts';

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

export const listed: readonly Case[] = [stable, described];
