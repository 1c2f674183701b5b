// DRV-EVT-003: an event is what it was recorded for last.
import type { Case } from '../../../core/case.ts';
import { succeeds } from '../../support.ts';
import { devicesWith, Ground, isState, MOMENT } from '../stream/ground.ts';

const QUERY = 'driver.event.query';
const SYNCHRONIZE = 'driver.event.synchronize';
const RECORD = 'driver.event.record';

const pending: Case = {
  id: 'DRV-EVT-003/pending',
  title: 'an event that is recorded again while it is pending waits for the second recording',
  requirements: ['DRV-EVT-003'],
  expectations: ['DRV-EVT-003/recorded', 'DRV-EVT-003/superseded', 'DRV-EVT-003/second'],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.stream', 'driver.event'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWith(context)) {
      const ground = new Ground(context, device);
      const stream = await ground.stream();
      const [event, beside] = [await ground.event(), await ground.event()];
      const first = await ground.hold(stream);
      await ground.record(event, stream);
      await ground.record(beside, stream);
      const second = await ground.hold(stream);
      await succeeds(context, 'DRV-EVT-003/recorded', RECORD, { event, stream });
      await ground.signal(first);
      // Recorded behind the first recording: complete, so that one is complete too.
      await context.given(SYNCHRONIZE, { event: beside });
      await isState(context, 'DRV-EVT-003/superseded', QUERY, { event }, 'pending');
      const params = { event, timeoutMilliseconds: MOMENT };
      await isState(context, 'DRV-EVT-003/superseded', SYNCHRONIZE, params, 'pending');
      await ground.signal(second);
      await isState(context, 'DRV-EVT-003/second', SYNCHRONIZE, { event }, 'complete');
      await ground.leave();
    }
  },
};

const complete: Case = {
  id: 'DRV-EVT-003/complete',
  title: 'an event that is complete is pending when it is recorded again, in each of ten rounds',
  requirements: ['DRV-EVT-003'],
  expectations: ['DRV-EVT-003/again', 'DRV-EVT-003/round'],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.stream', 'driver.event'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWith(context)) {
      const ground = new Ground(context, device);
      const stream = await ground.stream();
      const event = await ground.event();
      for (let round = 0; round < 10; round += 1) {
        const held = await ground.hold(stream);
        await succeeds(context, 'DRV-EVT-003/again', RECORD, { event, stream });
        await isState(context, 'DRV-EVT-003/again', QUERY, { event }, 'pending');
        await ground.signal(held);
        await isState(context, 'DRV-EVT-003/round', SYNCHRONIZE, { event }, 'complete');
      }
      await ground.leave();
    }
  },
};

const earlierWait: Case = {
  id: 'DRV-EVT-003/earlier-wait',
  title: 'a stream that was told to wait before the second recording waits for the first',
  requirements: ['DRV-EVT-003'],
  expectations: [
    'DRV-EVT-003/earlier-wait',
    'DRV-EVT-003/still-pending',
    'DRV-EVT-003/other-stream',
  ],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.stream', 'driver.event'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWith(context, 2)) {
      const ground = new Ground(context, device);
      const [recorded, stream] = [await ground.stream(), await ground.stream()];
      const event = await ground.event();
      const first = await ground.hold(recorded);
      await ground.record(event, recorded);
      await context.given('driver.stream.waitEvent', { stream, event });
      const second = await ground.hold(recorded);
      await ground.record(event, recorded);
      const waited = 'driver.stream.synchronize';
      const moment = { stream, timeoutMilliseconds: MOMENT };
      await isState(context, 'DRV-EVT-003/earlier-wait', waited, moment, 'pending');
      await ground.signal(first);
      await isState(context, 'DRV-EVT-003/earlier-wait', waited, { stream }, 'complete');
      await isState(context, 'DRV-EVT-003/still-pending', QUERY, { event }, 'pending');
      await ground.signal(second);
      await context.given(SYNCHRONIZE, { event });
      // The latest counts in whatever stream it is.
      const third = await ground.hold(stream);
      await ground.record(event, stream);
      await isState(context, 'DRV-EVT-003/other-stream', QUERY, { event }, 'pending');
      await ground.record(event, recorded);
      await isState(context, 'DRV-EVT-003/other-stream', SYNCHRONIZE, { event }, 'complete');
      await ground.signal(third);
      await ground.leave();
    }
  },
};

export const recordAgainCases: readonly Case[] = [pending, complete, earlierWait];
