// DRV-EVT-009: events that the client completes.
import { expect } from 'chai';
import type { Case } from '../../../core/case.ts';
import { declares } from '../../../core/plan.ts';
import { refusal, refuses, succeeds } from '../../support.ts';
import { devicesWith, Ground, isState } from '../stream/ground.ts';

const offered: Case = {
  id: 'DRV-EVT-009/offered',
  title: 'a host event is pending until its signal, complete from then on, and serves once',
  requirements: ['DRV-EVT-009'],
  expectations: [
    'DRV-EVT-009/offered',
    'DRV-EVT-009/pending',
    'DRV-EVT-009/not-destroyed',
    'DRV-EVT-009/not-recorded',
    'DRV-EVT-009/complete',
    'DRV-EVT-009/once',
    'DRV-EVT-009/destroyed',
  ],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.stream'],
  kind: 'shared',
  run: async (context) => {
    const has = declares(context.identity?.capabilities ?? {}, 'driver.event.host');
    context.expectation(
      'DRV-EVT-009/offered',
      {
        expected: 'driver.event.host declared',
        observed: `driver.event.host ${has ? '' : 'not '}declared`,
      },
      () => expect(has).to.equal(true),
    );
    for (const device of await devicesWith(context)) {
      const ground = new Ground(context, device);
      const stream = await ground.stream();
      const { event } = await succeeds(context, 'DRV-EVT-009/offered', 'driver.event.host.create', {
        device: device.device,
      });
      const state = refusal('EVENT_STATE');
      await isState(context, 'DRV-EVT-009/pending', 'driver.event.query', { event }, 'pending');
      await refuses(context, 'DRV-EVT-009/not-destroyed', state, 'driver.event.destroy', { event });
      await refuses(context, 'DRV-EVT-009/not-recorded', state, 'driver.event.record', {
        event,
        stream,
      });
      await isState(context, 'DRV-EVT-009/pending', 'driver.event.query', { event }, 'pending');
      const signal = 'driver.event.host.signal';
      await succeeds(context, 'DRV-EVT-009/complete', signal, { event });
      await isState(context, 'DRV-EVT-009/complete', 'driver.event.query', { event }, 'complete');
      await refuses(context, 'DRV-EVT-009/once', state, signal, { event });
      await isState(context, 'DRV-EVT-009/once', 'driver.event.query', { event }, 'complete');
      await succeeds(context, 'DRV-EVT-009/destroyed', 'driver.event.destroy', { event });
      await ground.leave();
    }
  },
};

export const hostCases: readonly Case[] = [offered];
