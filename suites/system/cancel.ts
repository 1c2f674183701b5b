// SYS-LIF-003: a call that waits can be ended by whoever made it.
import { expect } from 'chai';
import type { Answer, Case, Context } from '../../core/case.ts';
import { begun, devicesWith, Ground, isState } from '../driver/stream/ground.ts';
import { expectRefusal, refusal, succeeds } from '../support.ts';

const SECOND = 1000;

/** Makes a call of its own id, so that it can be named while it is open. */
const call = (context: Context, id: string, method: string, params: object): Promise<Answer> =>
  context.attemptLine(
    'SYS-LIF-003/ended',
    JSON.stringify({ jsonrpc: '2.0', id, method, params }),
    id,
  );

/** Asks for a call to be ended, and states whether there was one. */
const cancels = async (
  context: Context,
  expectation: 'SYS-LIF-003/there-was' | 'SYS-LIF-003/there-was-none',
  request: string,
): Promise<void> => {
  const { cancelled } = await succeeds(context, expectation, 'system.cancel', { request });
  const there = expectation === 'SYS-LIF-003/there-was';
  context.expectation(expectation, { expected: there, observed: cancelled }, () =>
    expect(cancelled).to.equal(there),
  );
};

const waiting: Case = {
  id: 'SYS-LIF-003/waiting',
  title: 'a call that waits is ended within a second, and what it waited for is as before',
  requirements: ['SYS-LIF-003'],
  expectations: [
    'SYS-LIF-003/there-was',
    'SYS-LIF-003/ended',
    'SYS-LIF-003/in-time',
    'SYS-LIF-003/unchanged',
    'SYS-LIF-003/there-was-none',
  ],
  premises: ['devices', 'finished'],
  needs: ['driver.memory', 'driver.stream', 'driver.event', 'driver.event.host'],
  kind: 'own',
  run: async (context) => {
    for (const device of await devicesWith(context)) {
      const ground = new Ground(context, device);
      const stream = await ground.stream();
      const event = await ground.event();
      const held = await ground.hold(stream);
      await ground.record(event, stream);
      const waits: [string, object][] = [
        ['driver.stream.synchronize', { stream }],
        ['driver.event.synchronize', { event }],
        ['driver.stream.synchronize', { stream, timeoutMilliseconds: 3_600_000 }],
      ];
      for (const [method, params] of waits) {
        const id = `wait-${context.random.letters(8)}`;
        const open = begun(call(context, id, method, params));
        // The endpoint has it before the cancel that names it: requests that are open together have no order.
        await context.given('system.ping', {});
        const before = context.now();
        await cancels(context, 'SYS-LIF-003/there-was', id);
        const answer = await open.answer;
        const took = context.now() - before;
        const expected = refusal('BY_CLIENT');
        expectRefusal(context, 'SYS-LIF-003/ended', expected, answer, `${method}: `);
        context.expectation(
          'SYS-LIF-003/in-time',
          { expected: `at most ${SECOND} ms`, observed: `${took.toFixed(1)} ms` },
          () => expect(took).to.be.at.most(SECOND),
        );
        await cancels(context, 'SYS-LIF-003/there-was-none', id);
        const query = 'driver.stream.query';
        await isState(context, 'SYS-LIF-003/unchanged', query, { stream }, 'pending');
      }
      await ground.signal(held);
      await ground.finish(stream);
      await ground.leave();
    }
  },
};

const none: Case = {
  id: 'SYS-LIF-003/none',
  title: 'a call that was never made, or is answered, or does not wait, is not there to be ended',
  requirements: ['SYS-LIF-003'],
  expectations: ['SYS-LIF-003/there-was-none'],
  kind: 'shared',
  run: async (context) => {
    await cancels(context, 'SYS-LIF-003/there-was-none', `never-${context.random.letters(8)}`);
    const id = `ping-${context.random.letters(8)}`;
    const line = JSON.stringify({ jsonrpc: '2.0', id, method: 'system.ping', params: {} });
    await context.attemptLine('SYS-LIF-003/there-was-none', line, id);
    await cancels(context, 'SYS-LIF-003/there-was-none', id);
  },
};

export const cancel: readonly Case[] = [waiting, none];
