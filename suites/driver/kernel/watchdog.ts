// DRV-KRN-010: a kernel that does not come to an end is stopped, and the device goes on.
import { expect } from 'chai';
import type { Case, Context } from '../../../core/case.ts';
import type { Device, LaunchFailure, WorkState } from '../../../schemas/generated/types.ts';
import { succeeds } from '../../support.ts';
import type { Held } from '../memory/routes.ts';
import { MOMENT } from '../stream/ground.ts';
import { Bench, devicesWithKernels, holds, line, number, readWords, wordsOf } from './bench.ts';

const RUN = 'DRV-KRN-010/run';
const LIMIT = 'DRV-KRN-010/limit';
const STOPPED = 'DRV-KRN-010/stopped';
const TOLD = 'DRV-KRN-010/told';
const ENDED = 'DRV-KRN-010/ended';
const OTHERS = 'DRV-KRN-010/others';
const ANEW = 'DRV-KRN-010/anew';

/** When the kernel ends by itself, about; in milliseconds, as all that follow. */
const BY_ITSELF = 60_000;
/** The longest limit that is tried: far below that. */
const LONGEST = 15_000;
/** For the launch to begin, and for what stops it. */
const SLACK = 5000;
/** How long a call waits, and by how much a machine that is calm is late to end it. */
const STEP = 250;
const CALM = 1000;
/** Of the kernel, for something that is quickly done. */
const FEW_TURNS = 16;

/** The devices that are tried: with a stream beside the one that fails. */
const devicesWithLimits = async (context: Context) => {
  const devices = (await devicesWithKernels(context)).filter(
    ({ streams }) => (streams?.max ?? 0) >= 2,
  );
  const limited = devices.flatMap((device) => {
    const limit = device.kernels?.maxMilliseconds;
    context.expectation(
      LIMIT,
      { expected: `${device.device}: maxMilliseconds`, observed: limit ?? 'none' },
      () => expect(limit).to.be.a('number'),
    );
    return limit === undefined || limit > LONGEST ? [] : [{ device, limit }];
  });
  if (limited.length === 0) {
    context.nothing(`no device has two streams and a limit of at most ${LONGEST} ms`);
  }
  return limited;
};

/** Puts launches into streams that end after so many turns, and count them. */
const launcher = async (bench: Bench) => {
  const { kernel } = await bench.kernel(RUN, 'spin');
  return (stream: string, { allocation }: Held, turns: number): Promise<string | undefined> =>
    bench.launch(RUN, stream, {
      kernel,
      groups: line(1),
      groupSize: line(1),
      arguments: [{ allocation }, number(turns)],
    });
};

const freshCounter = (bench: Bench): Promise<Held> => bench.holding(wordsOf([0, 0]));

const COUNTED = wordsOf([0, FEW_TURNS]);

/** How many turns take a minute, by the quickest of three launches: a crowded machine makes it fewer. */
const turnsByItself = async (bench: Bench, launch: Awaited<ReturnType<typeof launcher>>) => {
  const stream = await bench.stream();
  let least = Number.POSITIVE_INFINITY;
  for (let time = 0; time < 3; time += 1) {
    const counter = await freshCounter(bench);
    const before = bench.context.now();
    await launch(stream, counter, FEW_TURNS);
    await bench.completes(RUN, stream);
    least = Math.min(least, bench.context.now() - before);
    await holds(bench, RUN, counter, COUNTED);
  }
  return Math.min(2 ** 32 - 1, Math.ceil((BY_ITSELF / Math.max(least, 1)) * FEW_TURNS));
};

interface Waited {
  readonly state: WorkState;
  readonly failure: LaunchFailure | undefined;
  readonly took: number;
  /** By how much an answer was later than it was asked to be. */
  readonly late: number;
}

/** Waits for a stream, for `most` milliseconds and a step. */
const wait = async (context: Context, stream: string, most: number): Promise<Waited> => {
  const began = context.now();
  let late = 0;
  for (;;) {
    const asked = context.now();
    const params = { stream, timeoutMilliseconds: STEP };
    const { state, failure } = await succeeds(
      context,
      STOPPED,
      'driver.stream.synchronize',
      params,
    );
    late = Math.max(late, context.now() - asked - STEP);
    const took = context.now() - began;
    if (state !== 'pending' || took > most) return { state, failure, took, late };
  }
};

const turnsOf = async ({ context }: Bench, { allocation }: Held): Promise<number> => {
  const range = { allocation, offsetBytes: '4', lengthBytes: 4 };
  const { base64 } = await context.given('driver.memory.read', range);
  return readWords(Buffer.from(base64, 'base64'))[0] ?? 0;
};

/** States that a launch was stopped in time, and of what its stream says that it failed. */
const isStopped = async (
  bench: Bench,
  stream: string,
  counter: Held,
  command: string | undefined,
  limit: number,
): Promise<void> => {
  const { context, device } = bench;
  const most = limit + SLACK;
  const { state, failure, took, late } = await wait(context, stream, most);
  context.premise(
    'calm',
    {
      expected: `a stream that failed, or answers that are late by ${CALM} ms at most`,
      observed: `${state}, and late by ${Math.round(late)} ms`,
    },
    () => expect(state === 'failed' || late <= CALM).to.equal(true),
  );
  const turns = state === 'complete' ? await turnsOf(bench, counter) : 0;
  context.premise(
    'long',
    { expected: `more to do than in ${most} ms`, observed: `${turns} turns done in ${took} ms` },
    () => expect(turns === 0 || took > most).to.equal(true),
  );
  context.expectation(
    STOPPED,
    {
      expected: `${device}: failed within ${most} ms`,
      observed: `${device}: ${state} after ${Math.round(took)} ms`,
    },
    () => expect(state).to.equal('failed'),
  );
  const observed = { command: failure?.command ?? null, cause: failure?.cause ?? null };
  const expected = { command: command ?? null, cause: 'timeout' };
  context.expectation(TOLD, { expected, observed }, () => expect(observed).to.deep.equal(expected));
};

/** States that a kernel that was stopped sees nothing more, and leaves nothing. */
const hasEnded = async (bench: Bench, counter: Held): Promise<void> => {
  const { context } = bench;
  await context.given('driver.memory.write', {
    allocation: counter.allocation,
    offsetBytes: '0',
    data: { base64: wordsOf([1]).toString('base64') },
  });
  await context.pause(MOMENT);
  await holds(bench, ENDED, counter, wordsOf([1, 0]));
};

const stops = async (context: Context, device: Device, limit: number): Promise<void> => {
  const bench = new Bench(context, device);
  const launch = await launcher(bench);
  const turns = await turnsByItself(bench, launch);
  // All of it before the launch: where that is not stopped it may keep everybody waiting.
  const [kept, counter] = [await bench.memory('kept'), await freshCounter(bench)];
  const stream = await bench.stream();
  const others: { stream: string; counter: Held }[] = [];
  for (let count = Math.min(2, (device.streams?.max ?? 0) - 1); count > 0; count -= 1) {
    others.push({ stream: await bench.stream(), counter: await freshCounter(bench) });
  }
  const command = await launch(stream, counter, turns);
  for (const other of others) await launch(other.stream, other.counter, FEW_TURNS);
  await isStopped(bench, stream, counter, command, limit);
  await hasEnded(bench, counter);
  for (const other of others) {
    await bench.completes(OTHERS, other.stream);
    await holds(bench, OTHERS, other.counter, COUNTED);
  }
  await holds(bench, 'DRV-KRN-010/kept', kept, kept.bytes);
  const fresh = await succeeds(context, ANEW, 'driver.stream.create', { device: device.device });
  const again = await freshCounter(bench);
  await launch(bench.keepStream(fresh.stream), again, FEW_TURNS);
  await bench.completes(ANEW, fresh.stream);
  await holds(bench, ANEW, again, COUNTED);
  await bench.leave();
};

const watchdog: Case = {
  id: 'DRV-KRN-010/stopped',
  title: 'a kernel that runs for longer than it may is stopped, and the device goes on',
  requirements: ['DRV-KRN-010'],
  expectations: [RUN, LIMIT, STOPPED, TOLD, ENDED, OTHERS, 'DRV-KRN-010/kept', ANEW],
  premises: ['devices', 'calm', 'long'],
  needs: ['driver.memory', 'driver.stream'],
  kind: 'shared',
  timing: true,
  run: async (context) => {
    for (const { device, limit } of await devicesWithLimits(context)) {
      await stops(context, device, limit);
    }
  },
};

export const watchdogCases: readonly Case[] = [watchdog];
