// DRV-EVT-001 and -002: what an event says before it is recorded, and after.
import { expect } from 'chai';
import type { Case } from '../../../core/case.ts';
import { succeeds } from '../../support.ts';
import { devicesOf } from '../device/devices.ts';
import { digests } from '../memory/bytes.ts';
import {
  begun,
  devicesWith,
  expectState,
  Ground,
  isState,
  MOMENT,
  staysOpen,
} from '../stream/ground.ts';

const QUERY = 'driver.event.query';
const SYNCHRONIZE = 'driver.event.synchronize';

const fresh: Case = {
  id: 'DRV-EVT-001/fresh',
  title: 'an event that was never recorded says so, or complete, and nobody waits for it',
  requirements: ['DRV-EVT-001'],
  expectations: ['DRV-EVT-001/created', 'DRV-EVT-001/query', 'DRV-EVT-001/synchronize'],
  premises: ['devices'],
  kind: 'shared',
  run: async (context) => {
    for (const { device } of await devicesOf(context)) {
      const { event } = await succeeds(context, 'DRV-EVT-001/created', 'driver.event.create', {
        device,
      });
      const states = ['unrecorded', 'complete'];
      await isState(context, 'DRV-EVT-001/query', QUERY, { event }, ...states);
      await isState(context, 'DRV-EVT-001/synchronize', SYNCHRONIZE, { event }, ...states);
      await context.given('driver.event.destroy', { event });
    }
  },
};

const prior: Case = {
  id: 'DRV-EVT-002/prior',
  title: 'an event is pending while what was put before it is held, and complete when that is done',
  requirements: ['DRV-EVT-002'],
  expectations: [
    'DRV-EVT-002/recorded',
    'DRV-EVT-002/pending',
    'DRV-EVT-002/timeout',
    'DRV-EVT-002/waits',
    'DRV-EVT-002/complete',
    'DRV-EVT-002/effects',
  ],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.stream', 'driver.event'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWith(context)) {
      const ground = new Ground(context, device);
      const stream = await ground.stream();
      const [source, target] = [await ground.memory('source'), await ground.memory('target')];
      const event = await ground.event();
      const held = await ground.hold(stream);
      await ground.copy(stream, source, target);
      await succeeds(context, 'DRV-EVT-002/recorded', 'driver.event.record', { event, stream });
      await isState(context, 'DRV-EVT-002/pending', QUERY, { event }, 'pending');
      const params = { event, timeoutMilliseconds: MOMENT };
      const before = context.now();
      await isState(context, 'DRV-EVT-002/timeout', SYNCHRONIZE, params, 'pending');
      const took = context.now() - before;
      context.expectation(
        'DRV-EVT-002/timeout',
        { expected: `${MOMENT} ms, or more`, observed: `${took.toFixed(1)} ms` },
        // A tenth for clocks of different steps on both sides.
        () => expect(took).to.be.at.least(0.9 * MOMENT),
      );
      const call = begun(context.attempt('DRV-EVT-002/waits', SYNCHRONIZE, { event }));
      await staysOpen(context, 'DRV-EVT-002/waits', call, SYNCHRONIZE);
      await isState(context, 'DRV-EVT-002/pending', QUERY, { event }, 'pending');
      await ground.signal(held);
      const answer = await call.answer;
      expectState(context, 'DRV-EVT-002/complete', answer, ['complete'], SYNCHRONIZE);
      await isState(context, 'DRV-EVT-002/complete', QUERY, { event }, 'complete');
      await isState(context, 'DRV-EVT-002/complete', SYNCHRONIZE, params, 'complete');
      await digests(context, 'DRV-EVT-002/effects', target.allocation, 0, source.bytes);
      await ground.leave();
    }
  },
};

const later: Case = {
  id: 'DRV-EVT-002/later',
  title: 'an event completes while what was put behind it is held',
  requirements: ['DRV-EVT-002'],
  expectations: ['DRV-EVT-002/later', 'DRV-EVT-002/later-effects'],
  premises: ['devices', 'finished'],
  needs: ['driver.memory', 'driver.stream', 'driver.event'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWith(context)) {
      const ground = new Ground(context, device);
      const stream = await ground.stream();
      const [source, target] = [await ground.memory('source'), await ground.memory('target')];
      const event = await ground.event();
      await ground.copy(stream, source, target);
      await ground.record(event, stream);
      const held = await ground.hold(stream);
      await isState(context, 'DRV-EVT-002/later', SYNCHRONIZE, { event }, 'complete');
      await isState(context, 'DRV-EVT-002/later', QUERY, { event }, 'complete');
      await digests(context, 'DRV-EVT-002/later-effects', target.allocation, 0, source.bytes);
      await ground.signal(held);
      await ground.finish(stream);
      await ground.leave();
    }
  },
};

export const stateCases: readonly Case[] = [fresh, prior, later];
