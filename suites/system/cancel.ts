// SYS-LIF-003: a call that waits can be ended by whoever made it.
import { expect } from 'chai';
import type { Answer, Case, Context } from '../../core/case.ts';
import { begun, devicesWith, Ground, isState, MOMENT } from '../driver/stream/ground.ts';
import { expectRefusal, refusal, succeeds } from '../support.ts';

const IN_TIME = 'SYS-LIF-003/in-time';

/** In milliseconds. */
const SECOND = 1000;
/** How often a wait that was ended late is ended again, watched. */
const WATCHED = 3;
/** How late the machine may be for a late end to be the endpoint's. */
const CALM = 250;

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

/** How a wait was ended. */
interface Ended {
  readonly took: number;
  /** The longest that the endpoint took to answer a ping meanwhile, and that our own pauses were late. */
  readonly silence: number;
  readonly late: number;
}

/** Makes a call that waits, has it ended, and looks at what it waited for; `watched`, it looks at the clock as well. */
const endsWait = async (
  context: Context,
  stream: string,
  [method, params]: readonly [string, object],
  watched: boolean,
): Promise<Ended> => {
  const id = `wait-${context.random.letters(8)}`;
  let over = 0;
  const open = begun(
    call(context, id, method, params).finally(() => {
      over = context.now();
    }),
  );
  // The endpoint has it before the cancel that names it: requests that are open together have no order.
  await context.given('system.ping', {});
  const before = context.now();
  await cancels(context, 'SYS-LIF-003/there-was', id);
  let silence = watched ? context.now() - before : Number.POSITIVE_INFINITY;
  let late = watched ? 0 : Number.POSITIVE_INFINITY;
  for (let moment = 0; watched && moment <= SECOND; moment += MOMENT) {
    const paused = context.now();
    await context.pause(MOMENT);
    const asked = context.now();
    late = Math.max(late, asked - paused - MOMENT);
    await context.given('system.ping', {});
    silence = Math.max(silence, context.now() - asked);
  }
  const answer = await open.answer;
  const expected = refusal('BY_CLIENT');
  expectRefusal(context, 'SYS-LIF-003/ended', expected, answer, `${method}: `);
  await cancels(context, 'SYS-LIF-003/there-was-none', id);
  await isState(context, 'SYS-LIF-003/unchanged', 'driver.stream.query', { stream }, 'pending');
  return { took: over - before, silence, late };
};

/**
 * States that a wait was ended in time. One that was late is ended again, watched: late while the endpoint answered
 * pings as ever, or each time on a machine that was in time itself, it is the endpoint's doing.
 */
const endsInTime = async (
  context: Context,
  stream: string,
  wait: readonly [string, object],
): Promise<void> => {
  const isLate = ({ took }: Ended): boolean => took > SECOND;
  const decides = (ended: Ended): boolean => !isLate(ended) || ended.silence <= CALM;
  let last = await endsWait(context, stream, wait, false);
  let calm = 0;
  for (let tries = 0; !decides(last) && tries < WATCHED; tries += 1) {
    last = await endsWait(context, stream, wait, true);
    if (last.late <= CALM) calm += 1;
  }
  context.premise(
    'calm',
    {
      expected: `an end in time, or a machine that is late by ${CALM} ms at most`,
      observed: `an end after ${last.took.toFixed(1)} ms, and such a machine in ${calm} of ${WATCHED} tries`,
    },
    () => expect(decides(last) || 2 * calm > WATCHED).to.equal(true),
  );
  context.expectation(
    IN_TIME,
    { expected: `at most ${SECOND} ms`, observed: `${last.took.toFixed(1)} ms` },
    () => expect(last.took).to.be.at.most(SECOND),
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
