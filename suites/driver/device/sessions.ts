// DRV-DEV-007: a handle is its own session's and nobody else's.
import { expect } from 'chai';
import type { Case, Context } from '../../../core/case.ts';
import { refusal, refuses, succeeds } from '../../support.ts';
import { allocate, bytesOf, generator, readsBack } from '../memory/bytes.ts';
import { devicesWith, Ground, isState } from '../stream/ground.ts';
import { devicesOf } from './devices.ts';

const SIZE = 256;

/** Two sessions, one allocation of the first with known contents, and one of the second. */
const twoSessions = async (context: Context) => {
  const [device] = await devicesOf(context);
  if (!device) throw new Error('devicesOf gives one at least');
  const other = await context.open('ready');
  const foreign = await allocate(context, device.device, SIZE);
  const own = await allocate(other, device.device, SIZE);
  const bytes = bytesOf(generator(context, 'first session', SIZE));
  await context.given('driver.memory.write', {
    allocation: foreign,
    offsetBytes: '0',
    data: { base64: bytes.toString('base64') },
  });
  const kept = () => readsBack(context, 'DRV-DEV-007/kept', foreign, 0, bytes);
  return { device, other, foreign, own, kept };
};

const REFUSED = 'DRV-DEV-007/refused';

const foreign: Case = {
  id: 'DRV-DEV-007/foreign',
  title: 'another session’s handle answers HANDLE_INVALID to everything, and nothing is touched',
  requirements: ['DRV-DEV-007'],
  expectations: [REFUSED, 'DRV-DEV-007/kept'],
  premises: ['devices'],
  kind: 'shared',
  run: async (context) => {
    const { other, foreign: allocation, kept } = await twoSessions(context);
    const range = { allocation, offsetBytes: '0' };
    const uses: [string, object][] = [
      ['driver.memory.read', { ...range, lengthBytes: 16 }],
      ['driver.memory.digest', { ...range, lengthBytes: '16' }],
      ['driver.memory.write', { ...range, data: { base64: 'AAAA' } }],
      ['driver.memory.free', { allocation }],
    ];
    for (const [method, params] of uses) {
      await refuses(other, REFUSED, refusal('HANDLE_INVALID'), method, params);
      await kept();
    }
  },
};

const foreignCopy: Case = {
  id: 'DRV-DEV-007/foreign-copy',
  title: 'a copy from or to another session’s allocation answers HANDLE_INVALID',
  requirements: ['DRV-DEV-007'],
  expectations: [REFUSED, 'DRV-DEV-007/kept'],
  premises: ['devices'],
  needs: ['driver.memory.copy'],
  kind: 'shared',
  run: async (context) => {
    const { other, foreign: theirs, own, kept } = await twoSessions(context);
    for (const [source, destination] of [
      [theirs, own],
      [own, theirs],
    ]) {
      await refuses(other, REFUSED, refusal('HANDLE_INVALID'), 'driver.memory.copy', {
        source: { allocation: source, offsetBytes: '0' },
        destination: { allocation: destination, offsetBytes: '0' },
        lengthBytes: '16',
      });
      await kept();
    }
  },
};

const foreignFill: Case = {
  id: 'DRV-DEV-007/foreign-fill',
  title: 'a fill of another session’s allocation answers HANDLE_INVALID',
  requirements: ['DRV-DEV-007'],
  expectations: [REFUSED, 'DRV-DEV-007/kept'],
  premises: ['devices'],
  needs: ['driver.memory.fill'],
  kind: 'shared',
  run: async (context) => {
    const { device, other, foreign: allocation, kept } = await twoSessions(context);
    const [length = 1] = device.memory.fillPatternBytes ?? [];
    await refuses(other, REFUSED, refusal('HANDLE_INVALID'), 'driver.memory.fill', {
      allocation,
      offsetBytes: '0',
      lengthBytes: String(length),
      pattern: context.random.bytes(length).toString('base64'),
    });
    await kept();
  },
};

/** Requests of one session that name a stream, or an event, of another; where its device has streams. */
const foreignStream: Case = {
  id: 'DRV-DEV-007/foreign-stream',
  title: 'another session’s streams and events answer HANDLE_INVALID, and go on',
  requirements: ['DRV-DEV-007'],
  expectations: [REFUSED, 'DRV-DEV-007/goes-on'],
  premises: ['devices'],
  needs: ['driver.stream', 'driver.event', 'driver.event.host'],
  kind: 'shared',
  run: async (context) => {
    const [device] = await devicesWith(context);
    if (!device) throw new Error('devicesWith gives one at least');
    const other = await context.open('ready');
    const [theirs, ours] = [new Ground(context, device), new Ground(other, device)];
    const [stream, event] = [await theirs.stream(), await theirs.event()];
    const [ownStream, ownEvent] = [await ours.stream(), await ours.event()];
    const { allocation } = await ours.memory('own');
    const held = await theirs.hold(stream);
    await theirs.record(event, stream);
    const data = { base64: 'AAAA' };
    const place = { allocation, offsetBytes: '0' };
    const far = { allocation, offsetBytes: '64' };
    const uses: [string, object][] = [
      ['driver.stream.query', { stream }],
      ['driver.stream.synchronize', { stream, timeoutMilliseconds: 0 }],
      ['driver.stream.write', { stream, ...place, data }],
      ['driver.stream.copy', { stream, source: place, destination: far, lengthBytes: '16' }],
      ['driver.stream.waitEvent', { stream, event: ownEvent }],
      ['driver.stream.waitEvent', { stream: ownStream, event }],
      ['driver.event.record', { stream, event: ownEvent }],
      ['driver.event.record', { stream: ownStream, event }],
      ['driver.event.query', { event }],
      ['driver.event.synchronize', { event, timeoutMilliseconds: 0 }],
      ['driver.event.host.signal', { event: held }],
      ['driver.event.destroy', { event }],
      ['driver.stream.destroy', { stream }],
    ];
    for (const [method, params] of uses) {
      await refuses(other, REFUSED, refusal('HANDLE_INVALID'), method, params);
    }
    const goesOn = 'DRV-DEV-007/goes-on';
    await isState(context, goesOn, 'driver.event.query', { event }, 'pending');
    await theirs.signal(held);
    await isState(context, goesOn, 'driver.stream.synchronize', { stream }, 'complete');
    await theirs.leave();
  },
};

const ownHandles: Case = {
  id: 'DRV-DEV-007/own-handles',
  title: 'three sessions that ask for the same get handles that none of them shares',
  requirements: ['DRV-DEV-007'],
  expectations: ['DRV-DEV-007/own-handles'],
  premises: ['devices'],
  kind: 'shared',
  run: async (context) => {
    const [first] = await devicesOf(context);
    const given = new Map<string, number>();
    const sessions = [context, await context.open('ready'), await context.open('ready')];
    for (const [index, session] of sessions.entries()) {
      for (let count = 0; count < 8; count += 1) {
        const { allocation } = await succeeds(
          session,
          'DRV-DEV-007/own-handles',
          'driver.memory.allocate',
          { device: first?.device ?? '', sizeBytes: String(SIZE) },
        );
        const before = given.get(allocation);
        context.expectation(
          'DRV-DEV-007/own-handles',
          {
            expected: `session ${index + 1}: a handle that no other session has`,
            observed: before === undefined ? allocation : `${allocation}, of session ${before + 1}`,
          },
          () => expect(before ?? index).to.equal(index),
        );
        given.set(allocation, index);
      }
    }
  },
};

export const sessions: readonly Case[] = [
  foreign,
  foreignCopy,
  foreignFill,
  foreignStream,
  ownHandles,
];
