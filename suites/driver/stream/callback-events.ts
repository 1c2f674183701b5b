// DRV-STR-009: what a callback cannot be told by. One that is taken with events that nobody completes holds its stream for
// ever; one that completes what is complete tells of nothing.
import type { Case } from '../../../core/case.ts';
import { refusal, refuses, succeeds } from '../../support.ts';
import { devicesWith, Ground, isState } from './ground.ts';

const REFUSED = 'DRV-STR-009/refused';
const NOT_PUT = 'DRV-STR-009/not-put';
const LEFT_BEFORE = 'DRV-STR-009/left-before';

const CALLBACK = 'driver.stream.callback';

const events: Case = {
  id: 'DRV-STR-009/events',
  title:
    'a callback is refused whose events are not two host events, the first of them pending, and is not put there',
  requirements: ['DRV-STR-009'],
  expectations: [REFUSED, NOT_PUT, LEFT_BEFORE],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.stream', 'driver.event', 'driver.event.host'],
  kind: 'own',
  run: async (context) => {
    for (const device of await devicesWith(context)) {
      const ground = new Ground(context, device);
      const stream = await ground.warmStream();
      const [host, signalled] = [await ground.hostEvent(), await ground.hostEvent()];
      await ground.signal(signalled);
      const recorded = await ground.event();
      for (const [enter, leave] of [
        [recorded, host],
        [host, recorded],
        [host, host],
        [signalled, host],
      ]) {
        const params = { stream, enter, leave };
        await refuses(context, REFUSED, refusal('EVENT_STATE'), CALLBACK, params);
      }
      await isState(context, NOT_PUT, 'driver.stream.query', { stream }, 'complete');
      await isState(context, NOT_PUT, 'driver.event.query', { event: host }, 'pending');
      await succeeds(context, LEFT_BEFORE, CALLBACK, { stream, enter: host, leave: signalled });
      await isState(context, LEFT_BEFORE, 'driver.stream.synchronize', { stream }, 'complete');
      await isState(context, LEFT_BEFORE, 'driver.event.query', { event: host }, 'complete');
      await ground.leave();
    }
  },
};

export const callbackEventCases: readonly Case[] = [events];
