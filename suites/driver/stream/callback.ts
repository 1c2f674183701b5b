// DRV-STR-009: host code runs in its turn.
import type { Case } from '../../../core/case.ts';
import { succeeds } from '../../support.ts';
import { bytesOf, digests, generator } from '../memory/bytes.ts';
import { devicesWith, Ground, isState, MOMENT, SIZE } from './ground.ts';

const callback: Case = {
  id: 'DRV-STR-009/in-turn',
  title:
    'a callback is called after what was put before it, and what is behind it waits for its return',
  requirements: ['DRV-STR-009'],
  expectations: [
    'DRV-STR-009/put',
    'DRV-STR-009/not-before',
    'DRV-STR-009/called',
    'DRV-STR-009/after',
    'DRV-STR-009/not-left',
    'DRV-STR-009/behind',
  ],
  premises: ['devices', 'finished'],
  needs: ['driver.memory', 'driver.stream', 'driver.event', 'driver.event.host'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWith(context)) {
      const ground = new Ground(context, device);
      const stream = await ground.warmStream();
      const [before, copied] = [await ground.memory('before'), await ground.memory('copied')];
      const [behind, last] = [await ground.memory('behind'), await ground.memory('last')];
      const [enter, leave] = [await ground.hostEvent(), await ground.hostEvent()];
      const held = await ground.hold(stream);
      await ground.copy(stream, before, copied);
      await succeeds(context, 'DRV-STR-009/put', 'driver.stream.callback', {
        stream,
        enter,
        leave,
      });
      await ground.copy(stream, behind, last);
      const wait = 'driver.event.synchronize';
      const moment = { event: enter, timeoutMilliseconds: MOMENT };
      await isState(context, 'DRV-STR-009/not-before', wait, moment, 'pending');
      await ground.signal(held);
      await isState(context, 'DRV-STR-009/called', wait, { event: enter }, 'complete');
      await digests(context, 'DRV-STR-009/after', copied.allocation, 0, before.bytes);
      const open = { stream, timeoutMilliseconds: MOMENT };
      const synchronize = 'driver.stream.synchronize';
      await isState(context, 'DRV-STR-009/not-left', synchronize, open, 'pending');
      // The last copy waits for the return, and so must see these bytes and not those from before.
      await context.pause(MOMENT);
      const data = generator(context, `new bytes on ${device.device}`, SIZE);
      await context.given('driver.memory.write', {
        allocation: behind.allocation,
        offsetBytes: '0',
        data: { generator: data },
      });
      await ground.signal(leave);
      await ground.finish(stream);
      await digests(context, 'DRV-STR-009/behind', last.allocation, 0, bytesOf(data));
      await ground.leave();
    }
  },
};

export const callbackCases: readonly Case[] = [callback];
