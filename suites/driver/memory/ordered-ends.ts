// DRV-MEM-014: what ends and when - the handle with the answer to the free, the memory when the stream has come there.
import type { Case } from '../../../core/case.ts';
import { refusal, refuses, succeeds } from '../../support.ts';
import { devicesWith, Ground, SIZE } from '../stream/ground.ts';
import { readsBack } from './bytes.ts';
import { leaksNothing } from './cycles.ts';
import { PUT, randomBytes, Turns } from './turns.ts';

const GONE = 'DRV-MEM-014/gone';
const LIKE_ANY = 'DRV-MEM-014/like-any';
const GIVEN_BACK = 'DRV-MEM-014/given-back';

const gone: Case = {
  id: 'DRV-MEM-014/gone',
  title: 'a handle is gone when its free is answered, though the memory is still used',
  requirements: ['DRV-MEM-014'],
  expectations: [PUT, GONE],
  premises: ['devices', 'finished'],
  needs: ['driver.memory', 'driver.event.host'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWith(context)) {
      const ground = new Ground(context, device);
      const turns = new Turns(ground, await ground.stream());
      const { stream } = turns;
      const { allocation: other } = await ground.memory('other');
      const held = await ground.hold(stream);
      const allocation = await turns.allocate();
      await turns.write(allocation, randomBytes(ground));
      await turns.free(allocation);
      const [place, live] = [
        { allocation, offsetBytes: '0' },
        { allocation: other, offsetBytes: '0' },
      ];
      const data = { base64: 'AAAA' };
      const uses: [method: string, params: object][] = [
        ['driver.stream.write', { stream, ...place, data }],
        ['driver.stream.copy', { stream, source: place, destination: live, lengthBytes: '16' }],
        ['driver.stream.copy', { stream, source: live, destination: place, lengthBytes: '16' }],
        ['driver.memory.ordered.free', { stream, allocation }],
        ['driver.memory.free', { allocation }],
        ['driver.memory.write', { ...place, data }],
        ['driver.memory.read', { ...place, lengthBytes: 16 }],
        ['driver.memory.digest', { ...place, lengthBytes: '16' }],
      ];
      for (const [method, params] of uses) {
        await refuses(context, GONE, refusal('HANDLE_INVALID'), method, params);
      }
      await ground.signal(held);
      await ground.finish(stream);
      await ground.leave();
    }
  },
};

const likeAny: Case = {
  id: 'DRV-MEM-014/like-any',
  title: 'once its stream has come to it, ordered memory is an allocation like any other',
  requirements: ['DRV-MEM-014'],
  expectations: [PUT, LIKE_ANY],
  premises: ['devices', 'finished'],
  needs: ['driver.memory'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWith(context)) {
      const ground = new Ground(context, device);
      const turns = new Turns(ground, await ground.stream());
      // A size that whatever comes in granules is no multiple of.
      const bytes = randomBytes(ground, SIZE - 5);
      const allocation = await turns.allocate(bytes.length);
      await turns.write(allocation, bytes);
      await ground.finish(turns.stream);
      await readsBack(context, LIKE_ANY, allocation, 0, bytes);
      const part = randomBytes(ground, 100);
      const place = { allocation, offsetBytes: '50' };
      await succeeds(context, LIKE_ANY, 'driver.memory.write', {
        ...place,
        data: { base64: part.toString('base64') },
      });
      part.copy(bytes, 50);
      await readsBack(context, LIKE_ANY, allocation, 0, bytes);
      await refuses(context, LIKE_ANY, refusal('COPY_RANGE'), 'driver.memory.read', {
        allocation,
        offsetBytes: String(bytes.length - 1),
        lengthBytes: 2,
      });
      await succeeds(context, LIKE_ANY, 'driver.memory.free', { allocation });
      await refuses(context, LIKE_ANY, refusal('HANDLE_INVALID'), 'driver.memory.free', {
        allocation,
      });
      await ground.leave();
    }
  },
};

/** Cycles that are put into a stream before it is waited for. */
const AT_ONCE = 20;

const givenBack: Case = {
  id: 'DRV-MEM-014/given-back',
  title: '1 000 ordered allocations that are freed again leave as much free as the first 100',
  requirements: ['DRV-MEM-014'],
  expectations: [PUT, GIVEN_BACK],
  premises: ['devices', 'finished'],
  needs: ['driver.memory', 'driver.memory.info'],
  kind: 'shared',
  run: async (context) => {
    const [first] = await devicesWith(context);
    if (!first) throw new Error('devicesWith gives one at least');
    const largest = Math.min(65536, Number(first.memory.maxAllocationBytes));
    const ground = new Ground(context, first);
    const turns = new Turns(ground, await ground.stream());
    await leaksNothing(context, GIVEN_BACK, first, async (count) => {
      for (let done = 0; done < count; done += 1) {
        await turns.free(await turns.allocate(context.random.integer(1, largest)));
        if (done % AT_ONCE === AT_ONCE - 1) await ground.finish(turns.stream);
      }
      await ground.finish(turns.stream);
    });
    await ground.leave();
  },
};

export const orderedEnds: readonly Case[] = [gone, likeAny, givenBack];
