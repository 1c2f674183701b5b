// DRV-STR-006: a stream that has work can be given up, and so can a session.
import { expect } from 'chai';
import type { Case, Context, Ending } from '../../../core/case.ts';
import { refusal, refuses, succeeds } from '../../support.ts';
import { digests } from '../memory/bytes.ts';
import { devicesWith, Ground, isState } from './ground.ts';

const busy: Case = {
  id: 'DRV-STR-006/busy',
  title: 'a held stream is destroyed at once, and its commands become of as the device declares',
  requirements: ['DRV-STR-006'],
  expectations: [
    'DRV-STR-006/destroyed',
    'DRV-STR-006/gone',
    'DRV-STR-006/serving',
    'DRV-STR-006/as-declared',
  ],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.stream', 'driver.event'],
  kind: 'own',
  run: async (context) => {
    for (const device of await devicesWith(context)) {
      const ground = new Ground(context, device);
      const { stream } = await context.given('driver.stream.create', { device: device.device });
      const [source, target] = [await ground.memory('source'), await ground.memory('target')];
      const last = await ground.memory('last');
      const held = await ground.hold(stream);
      await ground.copy(stream, source, target);
      await ground.copy(stream, target, last);
      const [event, other] = [await ground.event(), await ground.event()];
      await ground.record(event, stream);
      await succeeds(context, 'DRV-STR-006/destroyed', 'driver.stream.destroy', { stream });
      const invalid = refusal('HANDLE_INVALID');
      const place = { allocation: target.allocation, offsetBytes: '0' };
      const far = { allocation: source.allocation, offsetBytes: '0' };
      const uses: [method: string, params: object][] = [
        ['driver.stream.query', { stream }],
        ['driver.stream.synchronize', { stream, timeoutMilliseconds: 0 }],
        ['driver.stream.write', { stream, ...place, data: { base64: 'AAAA' } }],
        ['driver.stream.copy', { stream, source: place, destination: far, lengthBytes: '16' }],
        ['driver.stream.waitEvent', { stream, event: other }],
        ['driver.event.record', { stream, event: other }],
        ['driver.stream.destroy', { stream }],
      ];
      for (const [method, params] of uses) {
        await refuses(context, 'DRV-STR-006/gone', invalid, method, params);
      }
      await succeeds(context, 'DRV-STR-006/serving', 'system.ping', {});
      await ground.signal(held);
      const expectation = 'DRV-STR-006/as-declared';
      const drains = device.streams?.destroyBusy === 'drains';
      await isState(
        context,
        expectation,
        'driver.event.synchronize',
        { event },
        drains ? 'complete' : 'failed',
      );
      for (const { allocation, bytes } of [target, last]) {
        await digests(context, expectation, allocation, 0, drains ? source.bytes : bytes);
      }
      await ground.leave();
    }
  },
};

/** Holds a stream with work on each device. */
const holdAll = async (context: Context): Promise<void> => {
  for (const device of await devicesWith(context)) {
    const ground = new Ground(context, device);
    const stream = await ground.stream();
    const [source, target] = [await ground.memory('source'), await ground.memory('target')];
    await ground.hold(stream);
    await ground.copy(stream, source, target);
  }
};

const shutdown: Case = {
  id: 'DRV-STR-006/shutdown',
  title: 'a session shuts down while a stream is held',
  requirements: ['DRV-STR-006'],
  expectations: ['DRV-STR-006/shutdown'],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.stream', 'driver.event'],
  kind: 'own',
  run: async (context) => {
    await holdAll(context);
    await succeeds(context, 'DRV-STR-006/shutdown', 'system.shutdown', {});
  },
};

const closed: Case = {
  id: 'DRV-STR-006/closed',
  title: 'an endpoint ends by itself when its stdin closes while a stream is held',
  requirements: ['DRV-STR-006'],
  expectations: ['DRV-STR-006/closed'],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.stream', 'driver.event'],
  kind: 'own',
  run: async (context) => {
    const hold = async (session: Context): Promise<Ending> => {
      await holdAll(session);
      return session.close();
    };
    const first = await hold(context);
    // Late once can be the machine; late twice in a row is the endpoint.
    const ending = first.byItself ? first : await hold(await context.open('ready'));
    context.expectation(
      'DRV-STR-006/closed',
      {
        expected: 'it ends by itself, and not by a signal',
        observed: ending.byItself ? ending.how : 'still there when it was ended',
      },
      () => expect(ending.byItself && !ending.how?.startsWith('signal')).to.equal(true),
    );
  },
};

export const destroyCases: readonly Case[] = [busy, shutdown, closed];
