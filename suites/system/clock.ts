// SYS-TIM: the endpoint's clock, held against the times of the messages that carry its readings.
import { expect } from 'chai';
import type { Case, Context, ExpectationId } from '../../core/case.ts';
import { brief, originOf } from '../support.ts';

/** One reading: it was made between two moments of the client's, in milliseconds. */
interface Reading {
  readonly nanoseconds: bigint;
  readonly resolution: bigint;
  readonly before: number;
  readonly after: number;
}

const read = async (context: Context, expectation: ExpectationId): Promise<Reading> => {
  const before = context.now();
  const answer = await context.attempt(expectation, 'system.clock', {});
  const after = context.now();
  if (answer.kind === 'error') {
    context.expectation(
      expectation,
      { expected: 'a reading', observed: brief(answer), origin: originOf(answer) },
      () => expect(answer.kind).to.equal('result'),
    );
  }
  const { nanoseconds, resolutionNanoseconds } = (
    answer as { result: { nanoseconds: string; resolutionNanoseconds: string } }
  ).result;
  return {
    nanoseconds: BigInt(nanoseconds),
    resolution: BigInt(resolutionNanoseconds),
    before,
    after,
  };
};

/** The client's own times are whole microseconds, at both ends of an interval. */
const ROUNDING = 2000;

/** What passed between two readings: by them, and at least and at most by the client, in nanoseconds. */
const between = (one: Reading, other: Reading) => ({
  passed: Number(other.nanoseconds - one.nanoseconds),
  least: (other.before - one.after) * 1e6 - ROUNDING,
  most: (other.after - one.before) * 1e6 + ROUNDING,
  resolution: Number(one.resolution),
});

const READINGS = 1000;
/** After so many readings the clock is left alone for a moment. */
const ROW = 50;
/** A clock that is coarser takes longer to be tried than a case has. */
const COARSEST = 20_000_000n;
/** Differences whose greatest common divisor is the clock's step: all of them even is one in 2^20. */
const ENOUGH = 20;

const readings = async (context: Context): Promise<Reading[]> => {
  const expectation = 'SYS-TIM-001/declared';
  const first = await read(context, expectation);
  context.premise(
    'fine-enough',
    {
      expected: `a resolution of at most ${COARSEST} ns`,
      observed: `${first.resolution} ns`,
    },
    () => expect(first.resolution <= COARSEST).to.equal(true),
  );
  const found = [first];
  const twoSteps = Math.ceil((2 * Number(first.resolution)) / 1e6);
  while (found.length < READINGS) {
    if (found.length % ROW === 0) await context.pause(twoSteps + context.random.integer(1, 3));
    found.push(await read(context, expectation));
  }
  return found;
};

const greatestCommonDivisor = (one: bigint, other: bigint): bigint =>
  other === 0n ? one : greatestCommonDivisor(other, one % other);

/** States that the declared resolution is neither finer nor coarser than the steps between readings. */
const resolutionIsTrue = (context: Context, steps: readonly bigint[], declared: bigint): void => {
  const smallest = steps.reduce((least, step) => (step < least ? step : least));
  // Both readings are rounded to whole nanoseconds, and the declared step is rounded up.
  context.expectation(
    'SYS-TIM-001/not-finer',
    { expected: `steps of ${declared} ns or more`, observed: `a step of ${smallest} ns` },
    () => expect(smallest >= declared - 1n).to.equal(true),
  );
  const common = steps.reduce(greatestCommonDivisor);
  context.expectation(
    'SYS-TIM-001/not-coarser',
    {
      expected: `steps that are not all multiples of more than ${declared} ns`,
      observed: `${steps.length} steps, all multiples of ${common} ns`,
    },
    () => expect(common <= declared).to.equal(true),
  );
};

/** What a clock may gain or lose here; how true its rate is, SYS-TIM-002 asks. */
const SHARE = 0.01;

const isWithin = (one: Reading, other: Reading): boolean => {
  const { passed, least, most, resolution } = between(one, other);
  return passed + resolution >= least * (1 - SHARE) && passed - resolution <= most * (1 + SHARE);
};

/** States that between readings as much passed as between the requests for them. */
const wereReadWhenAsked = (context: Context, all: readonly Reading[]): void => {
  // The next alone leaves open all the time of two requests; with the one after it, one of three is sure.
  const pairs = [1, 2].flatMap((step) =>
    all.slice(step).map((later, index) => [all[index] as Reading, later] as const),
  );
  const wrong = pairs.find(([one, other]) => !isWithin(one, other));
  const shown = wrong && between(...wrong);
  context.expectation(
    'SYS-TIM-001/read-when-asked',
    {
      expected: shown
        ? `${Math.round(shown.least)} to ${Math.round(shown.most)} ns between two readings`
        : 'as much between readings as between their requests',
      observed: shown ? `${shown.passed} ns` : `so in ${pairs.length} pairs`,
    },
    () => expect(wrong).to.equal(undefined),
  );
};

const truthful: Case = {
  id: 'SYS-TIM-001/truthful',
  title: '1 000 readings never go back, keep the declared resolution, and are made when asked for',
  requirements: ['SYS-TIM-001'],
  expectations: [
    'SYS-TIM-001/declared',
    'SYS-TIM-001/monotonic',
    'SYS-TIM-001/not-finer',
    'SYS-TIM-001/not-coarser',
    'SYS-TIM-001/read-when-asked',
  ],
  premises: ['fine-enough', 'told-apart'],
  kind: 'shared',
  run: async (context) => {
    const all = await readings(context);
    const declared = new Set(all.map(({ resolution }) => resolution));
    context.expectation(
      'SYS-TIM-001/declared',
      { expected: 'the same resolution each time', observed: [...declared] },
      () => expect(declared.size).to.equal(1),
    );
    const differences = all
      .slice(1)
      .map(({ nanoseconds }, index) => nanoseconds - (all[index]?.nanoseconds ?? 0n));
    const back = differences.find((difference) => difference < 0n);
    context.expectation(
      'SYS-TIM-001/monotonic',
      { expected: 'no reading below the one before', observed: back ?? 'none' },
      () => expect(back).to.equal(undefined),
    );
    const steps = differences.filter((difference) => difference !== 0n);
    // A clock that hardly moves is not coarse but wrong: that is told below.
    if (steps.length >= ENOUGH) resolutionIsTrue(context, steps, all[0]?.resolution ?? 0n);
    wereReadWhenAsked(context, all);
    context.premise(
      'told-apart',
      { expected: `at least ${ENOUGH} steps between readings`, observed: steps.length },
      () => expect(steps.length).to.be.at.least(ENOUGH),
    );
  },
};

const MOST_DRIFT = 500;
const INTERVAL = 10_000;
/** The one that was answered soonest says best when it was made. */
const TRIES = 50;

const soonest = async (context: Context): Promise<Reading> => {
  let best = await read(context, 'SYS-TIM-002/drift');
  for (let tries = 1; tries < TRIES; tries += 1) {
    const next = await read(context, 'SYS-TIM-002/drift');
    if (next.after - next.before < best.after - best.before) best = next;
  }
  return best;
};

const drift: Case = {
  id: 'SYS-TIM-002/drift',
  title: 'over ten seconds the clock gains and loses at most 500 parts in a million',
  requirements: ['SYS-TIM-002'],
  expectations: ['SYS-TIM-002/drift'],
  premises: ['decided'],
  kind: 'own',
  timing: true,
  run: async (context) => {
    const first = await soonest(context);
    await context.pause(INTERVAL);
    const last = await soonest(context);
    const { passed, least, most, resolution } = between(first, last);
    const inMillion = (nanoseconds: number, client: number): number =>
      Math.round((nanoseconds / client - 1) * 1e6);
    const from = inMillion(passed - resolution, most);
    const to = inMillion(passed + resolution, least);
    const observed = `a drift between ${from} and ${to} in a million`;
    const within = from >= -MOST_DRIFT && to <= MOST_DRIFT;
    context.premise(
      'decided',
      { expected: `a measurement that tells whether it is above ${MOST_DRIFT}`, observed },
      () => expect(within || from > MOST_DRIFT || to < -MOST_DRIFT).to.equal(true),
    );
    context.expectation(
      'SYS-TIM-002/drift',
      { expected: `at most ${MOST_DRIFT} in a million, either way`, observed },
      () => expect(within).to.equal(true),
    );
  },
};

export const clock: readonly Case[] = [truthful, drift];
