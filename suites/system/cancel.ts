// SYS-LIF-003: a call that waits can be ended by whoever made it.
import { expect } from 'chai';
import type { Answer, Case, Context } from '../../core/case.ts';
import type { RequestId } from '../../schemas/generated/types.ts';
import {
  begun,
  devicesWith,
  expectState,
  Ground,
  isState,
  MOMENT,
} from '../driver/stream/ground.ts';
import { expectRefusal, refusal, succeeds } from '../support.ts';

const IN_TIME = 'SYS-LIF-003/in-time';

/** In milliseconds. */
const SECOND = 1000;
/** Of an end that is late, where the endpoint or the machine stood still meanwhile. */
const TRIES = 4;
/** How late the machine may be for a late end to be the endpoint's. */
const CALM = 250;

/** Makes a call of its own id, so that it can be named while it is open. */
const call = (context: Context, id: RequestId, method: string, params: object): Promise<Answer> =>
  context.attemptLine(
    'SYS-LIF-003/ended',
    JSON.stringify({ jsonrpc: '2.0', id, method, params }),
    id,
  );

/** Asks for a call to be ended, and states whether there was one. */
const cancels = async (
  context: Context,
  expectation: 'SYS-LIF-003/there-was' | 'SYS-LIF-003/there-was-none',
  request: RequestId,
): Promise<void> => {
  const { cancelled } = await succeeds(context, expectation, 'system.cancel', { request });
  const there = expectation === 'SYS-LIF-003/there-was';
  context.expectation(expectation, { expected: there, observed: cancelled }, () =>
    expect(cancelled).to.equal(there),
  );
};

/** How a wait was ended; in milliseconds. */
interface Ended {
  readonly took: number;
  /** The longest that the endpoint took meanwhile to answer anything else. */
  readonly silence: number;
  /** By how much our own pauses were late meanwhile. */
  readonly late: number;
}

/** Makes a call that waits, has it ended, and looks at what it waited for. */
const endsWait = async (
  context: Context,
  stream: string,
  [method, params]: readonly [string, object],
): Promise<Ended> => {
  const { random } = context;
  const number = random.integer(1e6, 1e9);
  // A number is another id than its digits: each is tried while the other is open.
  const id = method === 'driver.event.synchronize' ? number : String(number);
  const other = typeof id === 'number' ? String(number) : number;
  let over: number | undefined;
  const open = begun(
    call(context, id, method, params).finally(() => {
      over = context.now();
    }),
  );
  // The endpoint has it before the cancel that names it: requests that are open together have no order.
  await context.given('system.ping', {});
  await cancels(context, 'SYS-LIF-003/there-was-none', other);
  const before = context.now();
  await cancels(context, 'SYS-LIF-003/there-was', id);
  let silence = context.now() - before;
  let late = 0;
  for (;;) {
    const asked = context.now();
    await context.given('system.ping', {});
    silence = Math.max(silence, context.now() - asked);
    if (over !== undefined) break;
    const paused = context.now();
    await context.pause(MOMENT);
    late = Math.max(late, context.now() - paused - MOMENT);
  }
  const answer = await open.answer;
  const expected = refusal('BY_CLIENT');
  expectRefusal(context, 'SYS-LIF-003/ended', expected, answer, `${method}: `);
  await cancels(context, 'SYS-LIF-003/there-was-none', id);
  await isState(context, 'SYS-LIF-003/unchanged', 'driver.stream.query', { stream }, 'pending');
  return { took: over - before, silence, late };
};

/**
 * States that a wait was ended in time. It is the endpoint that is late where it answered all else as ever meanwhile, or
 * was late each time on a machine that was in time itself.
 */
const endsInTime = async (
  context: Context,
  stream: string,
  wait: readonly [string, object],
): Promise<void> => {
  const decides = ({ took, silence }: Ended): boolean => took <= SECOND || silence <= CALM;
  const tries: Ended[] = [];
  while (tries.length < TRIES && !tries.some(decides)) {
    tries.push(await endsWait(context, stream, wait));
  }
  const decided = tries.find(decides);
  const calm = tries.filter(({ late }) => late <= CALM).length;
  context.premise(
    'calm',
    {
      expected: `an end in time, or one that the machine has no part in: it is late by ${CALM} ms at most`,
      observed: decided ? 'such an end' : `such a machine in ${calm} of ${TRIES} tries`,
    },
    () => expect(decided !== undefined || 2 * calm > TRIES).to.equal(true),
  );
  const took = decided?.took ?? Math.min(...tries.map((one) => one.took));
  context.expectation(
    IN_TIME,
    { expected: `at most ${SECOND} ms`, observed: `${took.toFixed(1)} ms` },
    () => expect(took).to.be.at.most(SECOND),
  );
};

const waiting: Case = {
  id: 'SYS-LIF-003/waiting',
  title: 'a call that waits is ended within a second, and what it waited for is as before',
  requirements: ['SYS-LIF-003'],
  expectations: [
    'SYS-LIF-003/there-was',
    'SYS-LIF-003/ended',
    'SYS-LIF-003/there-was-none',
    'SYS-LIF-003/unchanged',
    IN_TIME,
  ],
  premises: ['devices', 'finished', 'calm'],
  needs: ['driver.memory', 'driver.stream', 'driver.event', 'driver.event.host'],
  kind: 'own',
  run: async (context) => {
    for (const device of await devicesWith(context)) {
      const ground = new Ground(context, device);
      const stream = await ground.stream();
      const event = await ground.event();
      const held = await ground.hold(stream);
      await ground.record(event, stream);
      await endsInTime(context, stream, ['driver.stream.synchronize', { stream }]);
      await endsInTime(context, stream, ['driver.event.synchronize', { event }]);
      const timeoutMilliseconds = 3_600_000;
      const params = { stream, timeoutMilliseconds };
      await endsInTime(context, stream, ['driver.stream.synchronize', params]);
      // Of two that wait for the same, one is ended, and the other waits on.
      const other = begun(
        context.attempt('SYS-LIF-003/unchanged', 'driver.stream.synchronize', { stream }),
      );
      await endsWait(context, stream, ['driver.stream.synchronize', { stream }]);
      await ground.signal(held);
      const state = await other.answer;
      expectState(context, 'SYS-LIF-003/unchanged', state, ['complete'], 'the other wait');
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
