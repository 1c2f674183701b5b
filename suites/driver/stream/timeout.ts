// DRV-STR-008: who waits for so long is kept no longer than twice as long.
import { expect } from 'chai';
import type { Case, Context } from '../../../core/case.ts';
import { begun, devicesWith, expectState, Ground } from './ground.ts';

const PENDING = 'DRV-STR-008/pending';
const IN_TIME = 'DRV-STR-008/in-time';
const SYNCHRONIZE = 'driver.stream.synchronize';

/** In milliseconds. */
const TIMES = [100, 400];
const TRIES = 10;
/** The part of the time by which the machine itself may be late, for a late answer to say something. */
const CALM = 0.25;

interface Waited {
  readonly took: number;
  /** How late a timer of our own was meanwhile, and how long a ping took after it: whichever is more. */
  readonly noise: number;
}

/** Waits for a stream that is held, beside a timer of our own. */
const wait = async (
  context: Context,
  stream: string,
  timeoutMilliseconds: number,
): Promise<Waited> => {
  const before = context.now();
  let took = 0;
  const call = begun(
    context.attempt(PENDING, SYNCHRONIZE, { stream, timeoutMilliseconds }).finally(() => {
      took = context.now() - before;
    }),
  );
  await context.pause(timeoutMilliseconds);
  const late = context.now() - before - timeoutMilliseconds;
  expectState(context, PENDING, await call.answer, ['pending'], SYNCHRONIZE);
  const asked = context.now();
  await context.given('system.ping', {});
  return { took, noise: Math.max(late, context.now() - asked) };
};

const inTime: Case = {
  id: 'DRV-STR-008/in-time',
  title: 'a synchronize with a time says pending before twice that time is over',
  requirements: ['DRV-STR-008'],
  expectations: [PENDING, IN_TIME],
  premises: ['devices', 'calm'],
  needs: ['driver.memory', 'driver.stream'],
  kind: 'shared',
  timing: true,
  run: async (context) => {
    for (const device of await devicesWith(context)) {
      const ground = new Ground(context, device);
      const stream = await ground.stream();
      const event = await ground.hold(stream);
      for (const time of TIMES) {
        const most = 2 * time;
        const tries: Waited[] = [];
        // The best counts: what is late by the machine's fault is not so each time.
        const isEnough = (): boolean => tries.some(({ took }) => took <= most);
        while (tries.length < TRIES && !isEnough()) tries.push(await wait(context, stream, time));
        const calm = tries.filter(({ noise }) => noise <= CALM * time).length;
        context.premise(
          'calm',
          {
            expected: `an answer in time, or a machine that is late by ${CALM * time} ms at most in half of the tries`,
            observed: `such a machine in ${calm} of ${tries.length}`,
          },
          () => expect(isEnough() || calm >= TRIES / 2).to.equal(true),
        );
        const least = Math.min(...tries.map(({ took }) => took));
        context.expectation(
          IN_TIME,
          {
            expected: `${device.device}: once in ${TRIES} times ${most} ms, or less`,
            observed: `${device.device}: ${least.toFixed(1)} ms at the least`,
          },
          () => expect(least).to.be.at.most(most),
        );
      }
      await ground.signal(event);
      await ground.leave();
    }
  },
};

export const timeoutCases: readonly Case[] = [inTime];
