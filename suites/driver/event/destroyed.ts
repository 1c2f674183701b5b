// DRV-EVT-010: an event's name can be taken away at any time, and who waits for what it was recorded for waits on.
import type { Case, Context } from '../../../core/case.ts';
import { declares } from '../../../core/plan.ts';
import { refusal, refuses, succeeds } from '../../support.ts';
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

const DESTROYED = 'DRV-EVT-010/destroyed';
const GONE = 'DRV-EVT-010/gone';
const SERVING = 'DRV-EVT-010/serving';
const WAITS = 'DRV-EVT-010/waits';
const GOES_ON = 'DRV-EVT-010/goes-on';

const SYNCHRONIZE = 'driver.event.synchronize';

const destroys = (context: Context, event: string) =>
  succeeds(context, DESTROYED, 'driver.event.destroy', { event });

/** States that an event is no more there for any method that the endpoint has. */
const isGone = async (context: Context, event: string, stream: string): Promise<void> => {
  const capabilities = context.identity?.capabilities ?? {};
  const ofHost: [method: string, params: object][] = [['driver.event.host.signal', { event }]];
  const ofTiming: typeof ofHost = [['driver.event.timing.elapsed', { start: event, end: event }]];
  const uses: typeof ofHost = [
    ['driver.event.query', { event }],
    [SYNCHRONIZE, { event, timeoutMilliseconds: 0 }],
    ['driver.event.record', { event, stream }],
    ['driver.stream.waitEvent', { event, stream }],
    ...(declares(capabilities, 'driver.event.host') ? ofHost : []),
    ...(declares(capabilities, 'driver.event.timing') ? ofTiming : []),
    ['driver.event.destroy', { event }],
  ];
  for (const [method, params] of uses) {
    await refuses(context, GONE, refusal('HANDLE_INVALID'), method, params);
  }
};

const settled: Case = {
  id: 'DRV-EVT-010/settled',
  title:
    'an event that nobody waits for is destroyed, recorded or not, and its handle names nothing after',
  requirements: ['DRV-EVT-010'],
  expectations: [DESTROYED, GONE, SERVING],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.stream'],
  kind: 'shared',
  run: async (context) => {
    const hasHost = declares(context.identity?.capabilities ?? {}, 'driver.event.host');
    for (const device of await devicesWith(context)) {
      const ground = new Ground(context, device);
      const stream = await ground.stream();
      const place = { device: device.device };
      const made = async (): Promise<string> =>
        (await context.given('driver.event.create', place)).event;
      const all = [await made(), await made()];
      const [, complete = ''] = all;
      await ground.record(complete, stream);
      await context.given(SYNCHRONIZE, { event: complete });
      if (hasHost) {
        const { event } = await context.given('driver.event.host.create', place);
        await ground.signal(event);
        all.push(event);
      }
      for (const event of all) await destroys(context, event);
      // What is made next must not be named by what was destroyed.
      const next = await ground.event();
      await ground.record(next, stream);
      for (const event of all) await isGone(context, event, stream);
      await isState(context, SERVING, SYNCHRONIZE, { event: next }, 'complete');
      await ground.leave();
    }
  },
};

const pending: Case = {
  id: 'DRV-EVT-010/pending',
  title:
    'an event that others wait for is destroyed at once, and they wait for what was recorded all the same',
  requirements: ['DRV-EVT-010'],
  expectations: [DESTROYED, GONE, SERVING, WAITS, GOES_ON],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.stream', 'driver.event.host'],
  kind: 'own',
  run: async (context) => {
    for (const device of await devicesWith(context, 2)) {
      const ground = new Ground(context, device);
      const [recorded, waiting] = [await ground.stream(), await ground.stream()];
      const [source, target] = [await ground.memory('source'), await ground.memory('target')];
      const last = await ground.memory('last');
      const held = await ground.hold(recorded);
      await ground.copy(recorded, source, target);
      const recording = async (): Promise<string> => {
        const { event } = await context.given('driver.event.create', { device: device.device });
        await ground.record(event, recorded);
        return event;
      };
      const [ofStream, ofCall] = [await recording(), await recording()];
      await context.given('driver.stream.waitEvent', { stream: waiting, event: ofStream });
      await ground.copy(waiting, target, last);
      await destroys(context, ofStream);
      const call = begun(context.attempt(WAITS, SYNCHRONIZE, { event: ofCall }));
      await staysOpen(context, WAITS, call, SYNCHRONIZE);
      await destroys(context, ofCall);
      for (const event of [ofStream, ofCall]) await isGone(context, event, waiting);
      await succeeds(context, SERVING, 'system.ping', {});
      await staysOpen(context, WAITS, call, SYNCHRONIZE);
      const moment = { stream: waiting, timeoutMilliseconds: MOMENT };
      await isState(context, WAITS, 'driver.stream.synchronize', moment, 'pending');
      await digests(context, WAITS, last.allocation, 0, last.bytes);
      await ground.signal(held);
      expectState(context, GOES_ON, await call.answer, ['complete'], SYNCHRONIZE);
      const whole = { stream: waiting };
      await isState(context, GOES_ON, 'driver.stream.synchronize', whole, 'complete');
      for (const { allocation } of [target, last]) {
        await digests(context, GOES_ON, allocation, 0, source.bytes);
      }
      await ground.leave();
    }
  },
};

export const destroyedCases: readonly Case[] = [settled, pending];
