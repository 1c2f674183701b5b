// DRV-STR-004: who waited for a stream sees what it did.
import { expect } from 'chai';
import type { Case } from '../../../core/case.ts';
import { bytesOf, digests, fits, generator } from '../memory/bytes.ts';
import {
  begun,
  devicesWith,
  expectState,
  Ground,
  isState,
  MOMENT,
  SIZE,
  staysOpen,
} from './ground.ts';

const SYNCHRONIZE = 'driver.stream.synchronize';
const ROUNDS = 500;

const visible: Case = {
  id: 'DRV-STR-004/visible',
  title: '500 times, what was copied is read once the stream is synchronized',
  requirements: ['DRV-STR-004'],
  expectations: ['DRV-STR-004/synchronized', 'DRV-STR-004/visible'],
  premises: ['devices'],
  needs: ['driver.memory'],
  kind: 'shared',
  run: async (context) => {
    const devices = await devicesWith(context);
    for (const device of devices) {
      const ground = new Ground(context, device);
      const stream = await ground.stream();
      const [source, target] = [await ground.memory('source'), await ground.memory('target')];
      for (let round = 0; round < ROUNDS / devices.length; round += 1) {
        const data = generator(context, `round ${round} on ${device.device}`, SIZE);
        await context.given('driver.stream.write', {
          stream,
          allocation: source.allocation,
          offsetBytes: '0',
          data: { generator: data },
        });
        await ground.copy(stream, source, target);
        await isState(context, 'DRV-STR-004/synchronized', SYNCHRONIZE, { stream }, 'complete');
        await digests(context, 'DRV-STR-004/visible', target.allocation, 0, bytesOf(data));
      }
      await ground.leave();
    }
  },
};

/** What is large may take another way through the device, and be done later. */
const LARGE = 2 ** 20 + 3;

const waits: Case = {
  id: 'DRV-STR-004/waits',
  title:
    'each of two synchronizes is open while its stream is held, and then what was held is there',
  requirements: ['DRV-STR-004'],
  expectations: ['DRV-STR-004/waits', 'DRV-STR-004/waited', 'DRV-STR-004/held-visible'],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.event.host'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWith(context)) {
      const ground = new Ground(context, device);
      const stream = await ground.stream();
      const size = fits(device, LARGE) ? LARGE : SIZE;
      const source = await ground.memory('source', size);
      const target = await ground.memory('target', size);
      const event = await ground.hold(stream);
      await ground.copy(stream, source, target);
      const wait = () => begun(context.attempt('DRV-STR-004/waits', SYNCHRONIZE, { stream }));
      const calls = [wait(), wait()];
      for (const call of calls) await staysOpen(context, 'DRV-STR-004/waits', call, SYNCHRONIZE);
      await ground.signal(event);
      for (const call of calls) {
        const answer = await call.answer;
        expectState(context, 'DRV-STR-004/waited', answer, ['complete'], SYNCHRONIZE);
      }
      await digests(context, 'DRV-STR-004/held-visible', target.allocation, 0, source.bytes);
      await ground.leave();
    }
  },
};

const TIMEOUT = 100;
/** Waits of which the shortest counts: a busy machine makes one longer that was too short. */
const WAITS = 3;

const timeout: Case = {
  id: 'DRV-STR-004/timeout',
  title:
    'a synchronize with a time says pending when that is over, and the stream goes on after it',
  requirements: ['DRV-STR-004'],
  expectations: ['DRV-STR-004/timeout', 'DRV-STR-004/whole-time', 'DRV-STR-004/goes-on'],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.event.host'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWith(context)) {
      const ground = new Ground(context, device);
      const stream = await ground.stream();
      const event = await ground.hold(stream);
      const wait = async (timeoutMilliseconds: number): Promise<number> => {
        const before = context.now();
        const params = { stream, timeoutMilliseconds };
        await isState(context, 'DRV-STR-004/timeout', SYNCHRONIZE, params, 'pending');
        return context.now() - before;
      };
      await wait(0);
      let took = Number.POSITIVE_INFINITY;
      for (let count = 0; count < WAITS; count += 1) took = Math.min(took, await wait(TIMEOUT));
      context.expectation(
        'DRV-STR-004/whole-time',
        { expected: `${TIMEOUT} ms, or more`, observed: `${took.toFixed(1)} ms` },
        // A tenth for clocks of different steps on both sides.
        () => expect(took).to.be.at.least(0.9 * TIMEOUT),
      );
      const second = await ground.hold(stream);
      await ground.signal(event);
      // One of two that hold it is gone.
      await wait(MOMENT);
      await ground.signal(second);
      await isState(context, 'DRV-STR-004/goes-on', SYNCHRONIZE, { stream }, 'complete');
      await ground.leave();
    }
  },
};

export const synchronizeCases: readonly Case[] = [visible, waits, timeout];
