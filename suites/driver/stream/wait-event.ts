// DRV-STR-005: what stands behind a wait comes after what is waited for.
import type { Case } from '../../../core/case.ts';
import { succeeds } from '../../support.ts';
import { bytesOf, digests, generator } from '../memory/bytes.ts';
import { devicesWith, Ground, isState, MOMENT, SIZE } from './ground.ts';

const SYNCHRONIZE = 'driver.stream.synchronize';
const HOPS = 8;

const across: Case = {
  id: 'DRV-STR-005/across',
  title: 'bytes that go from stream to stream by events arrive, and none goes before it may',
  requirements: ['DRV-STR-005'],
  expectations: ['DRV-STR-005/put', 'DRV-STR-005/waits', 'DRV-STR-005/sees'],
  premises: ['devices', 'finished'],
  needs: ['driver.memory', 'driver.stream', 'driver.event'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWith(context, 2)) {
      const ground = new Ground(context, device);
      const streams = [await ground.warmStream(), await ground.warmStream()];
      const [first = '', second = ''] = streams;
      let from = await ground.memory('what is handed on');
      const handed = from.bytes;
      const held = await ground.hold(first);
      for (let hop = 0; hop < HOPS; hop += 1) {
        const stream = streams[hop % 2] ?? '';
        const to = await ground.memory(`hop ${hop}`);
        await ground.copy(stream, from, to);
        const event = await ground.event();
        await ground.record(event, stream);
        await succeeds(context, 'DRV-STR-005/put', 'driver.stream.waitEvent', {
          stream: streams[(hop + 1) % 2] ?? '',
          event,
        });
        from = to;
      }
      // Long enough for the second stream to run ahead, if it does not wait.
      const params = { stream: second, timeoutMilliseconds: MOMENT };
      await isState(context, 'DRV-STR-005/waits', SYNCHRONIZE, params, 'pending');
      await context.pause(MOMENT);
      await ground.signal(held);
      await ground.finish(first);
      await ground.finish(second);
      await digests(context, 'DRV-STR-005/sees', from.allocation, 0, handed);
      await ground.leave();
    }
  },
};

const heldSees: Case = {
  id: 'DRV-STR-005/host',
  title: 'what stands behind a host event sees what was written before its signal',
  requirements: ['DRV-STR-005'],
  expectations: ['DRV-STR-005/held', 'DRV-STR-005/held-sees'],
  premises: ['devices', 'finished'],
  needs: ['driver.memory', 'driver.stream', 'driver.event'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWith(context)) {
      const ground = new Ground(context, device);
      const stream = await ground.warmStream();
      const [source, target] = [await ground.memory('source'), await ground.memory('target')];
      const event = await ground.hostEvent();
      await succeeds(context, 'DRV-STR-005/held', 'driver.stream.waitEvent', { stream, event });
      await ground.copy(stream, source, target);
      const params = { stream, timeoutMilliseconds: MOMENT };
      await isState(context, 'DRV-STR-005/held', SYNCHRONIZE, params, 'pending');
      // A driver that says so and copies all the same has had its moment.
      await context.pause(MOMENT);
      // The copy has not begun: it is held, and so must see these bytes and not those from before.
      const data = generator(context, `new bytes on ${device.device}`, SIZE);
      await context.given('driver.memory.write', {
        allocation: source.allocation,
        offsetBytes: '0',
        data: { generator: data },
      });
      await ground.signal(event);
      await ground.finish(stream);
      await digests(context, 'DRV-STR-005/held-sees', target.allocation, 0, bytesOf(data));
      await ground.leave();
    }
  },
};

const others: Case = {
  id: 'DRV-STR-005/others',
  title: 'a stream that waits for another holds up no third',
  requirements: ['DRV-STR-005'],
  expectations: ['DRV-STR-005/others'],
  premises: ['devices', 'finished'],
  needs: ['driver.memory', 'driver.stream', 'driver.event'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWith(context, 3)) {
      const ground = new Ground(context, device);
      const [producer, consumer] = [await ground.stream(), await ground.stream()];
      const third = await ground.stream();
      const [source, target] = [await ground.memory('source'), await ground.memory('target')];
      const held = await ground.hold(producer);
      const event = await ground.event();
      await ground.record(event, producer);
      await context.given('driver.stream.waitEvent', { stream: consumer, event });
      await ground.copy(third, source, target);
      await isState(context, 'DRV-STR-005/others', SYNCHRONIZE, { stream: third }, 'complete');
      await ground.signal(held);
      await ground.finish(consumer);
      await ground.leave();
    }
  },
};

const unrecorded: Case = {
  id: 'DRV-STR-005/unrecorded',
  title: 'a wait for an event that was never recorded holds up nothing',
  requirements: ['DRV-STR-005'],
  expectations: ['DRV-STR-005/unrecorded'],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.stream', 'driver.event'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWith(context)) {
      const ground = new Ground(context, device);
      const stream = await ground.stream();
      const event = await ground.event();
      await succeeds(context, 'DRV-STR-005/unrecorded', 'driver.stream.waitEvent', {
        stream,
        event,
      });
      await isState(context, 'DRV-STR-005/unrecorded', SYNCHRONIZE, { stream }, 'complete');
      await ground.leave();
    }
  },
};

const TWO_HELD = 'DRV-STR-005/two-held';

/** Puts a copy into a stream behind two waits, and ends these one after the other. */
const behindTwo = async (ground: Ground, stream: string, order: readonly [0 | 1, 0 | 1]) => {
  const { context } = ground;
  const [source, target] = [await ground.memory('source'), await ground.memory('target')];
  const events = [await ground.hold(stream), await ground.hold(stream)];
  await ground.copy(stream, source, target);
  const params = { stream, timeoutMilliseconds: MOMENT };
  await ground.signal(events[order[0]] ?? '');
  await isState(context, TWO_HELD, SYNCHRONIZE, params, 'pending');
  await ground.signal(events[order[1]] ?? '');
  await isState(context, TWO_HELD, SYNCHRONIZE, { stream }, 'complete');
  await digests(context, TWO_HELD, target.allocation, 0, source.bytes);
};

const several: Case = {
  id: 'DRV-STR-005/several',
  title:
    'a stream that waits for two events waits for both, and of two that wait for one event each does',
  requirements: ['DRV-STR-005'],
  expectations: [TWO_HELD, 'DRV-STR-005/each-waits', 'DRV-STR-005/goes-on'],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.stream', 'driver.event'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWith(context, 2)) {
      const ground = new Ground(context, device);
      const streams = [await ground.stream(), await ground.stream()];
      const [first = ''] = streams;
      await behindTwo(ground, first, [0, 1]);
      await behindTwo(ground, first, [1, 0]);
      const event = await ground.hold(first);
      for (const stream of streams.slice(1)) {
        await context.given('driver.stream.waitEvent', { stream, event });
      }
      for (const stream of streams) {
        const params = { stream, timeoutMilliseconds: MOMENT };
        await isState(context, 'DRV-STR-005/each-waits', SYNCHRONIZE, params, 'pending');
      }
      await ground.signal(event);
      for (const stream of streams) {
        await isState(context, 'DRV-STR-005/goes-on', SYNCHRONIZE, { stream }, 'complete');
        // It is complete: who waits for it now need not wait.
        await context.given('driver.stream.waitEvent', { stream, event });
        await isState(context, 'DRV-STR-005/goes-on', SYNCHRONIZE, { stream }, 'complete');
      }
      await ground.leave();
    }
  },
};

/** What a stream that is held asks for is stated first, and then what builds on it. */
export const waitEventCases: readonly Case[] = [heldSees, across, others, several, unrecorded];
