// What doctor asks: cases of the suites that tell an adapter's faults, and a few of its own, which are in
// no profile because they ask for an adapter's soundness and not for a row of the standard.
import { expect } from 'chai';
import type { AnyCase, Case, CaseId, Context, ExpectationId } from '../../core/case.ts';
import { generate, sha256 } from '../../core/generator.ts';
import { declares } from '../../core/plan.ts';
import { cases } from '../index.ts';
import { firstDevice, refusal, refuses, succeeds } from '../support.ts';

const BOTH = 'SYS-FRM-001/doctor-both';

const inFlight: Case = {
  id: 'SYS-FRM-001/doctor-in-flight',
  title: 'two requests that are open at once are both answered',
  requirements: ['SYS-FRM-001'],
  expectations: [BOTH],
  kind: 'shared',
  run: async (context) => {
    const native = declares(context.identity?.capabilities ?? {}, 'driver.device');
    for (const method of ['system.ping', ...(native ? ['driver.device.list'] : [])]) {
      const attempts = [1, 2].map(() => context.attempt(BOTH, method, {}));
      const answers = await Promise.all(attempts);
      context.expectation(BOTH, { expected: 2, observed: answers.length }, () =>
        expect(answers).to.have.lengthOf(2),
      );
    }
  },
};

const FLUSHED = 'SYS-FRM-001/doctor-flushed';
/** Requests that are on their way when stdin closes. */
const LAST = 8;

const flushed: Case = {
  id: FLUSHED,
  title: 'what was read whole before stdin closed is answered before the end',
  requirements: ['SYS-FRM-001'],
  expectations: [FLUSHED],
  kind: 'own',
  run: async (context) => {
    const attempts = Array.from({ length: LAST }, () =>
      context.attempt(FLUSHED, 'system.ping', {}),
    );
    const [answers] = await Promise.all([Promise.all(attempts), context.close()]);
    context.expectation(FLUSHED, { expected: LAST, observed: answers.length }, () =>
      expect(answers).to.have.lengthOf(LAST),
    );
  },
};

/** Seeds, labels and lengths of published vectors (spec/vectors/generator.json). */
export const VECTORS = [
  { seed: 'a', label: 'b', length: 16 },
  { seed: 'a', label: 'b', length: 169 },
  { seed: 'Zürich', label: 'größe', length: 32 },
  { seed: 'causeway', label: 'DRV-MEM-001/mebibyte whole', length: 4097 },
] as const;

/** Writes each vector to an allocation of its own, and states that the same bytes are read. */
const comesBack = async (
  context: Context,
  expectation: ExpectationId,
  dataOf: (vector: (typeof VECTORS)[number], bytes: Buffer) => object,
  then: (whole: { allocation: string }, bytes: Buffer) => Promise<void> = async () => {},
): Promise<void> => {
  const device = await firstDevice(context);
  for (const vector of VECTORS) {
    const bytes = generate(vector.seed, vector.label, vector.length);
    const { allocation } = await succeeds(context, expectation, 'driver.memory.allocate', {
      device,
      sizeBytes: String(vector.length),
    });
    const answer = await context.attempt(expectation, 'driver.memory.write', {
      allocation,
      offsetBytes: '0',
      data: dataOf(vector, bytes),
    });
    context.expectation(expectation, { expected: 'a result', observed: answer.kind }, () =>
      expect(answer.kind).to.equal('result'),
    );
    const { base64 } = await succeeds(context, expectation, 'driver.memory.read', {
      allocation,
      offsetBytes: '0',
      lengthBytes: vector.length,
    });
    const read = Buffer.from(base64, 'base64');
    const first = read.findIndex((byte, index) => byte !== bytes[index]);
    const where = first < 0 ? '' : `, other from byte ${first} on`;
    context.expectation(
      expectation,
      {
        expected: `${bytes.length} bytes, ${sha256(bytes).slice(0, 16)}`,
        observed: `${read.length} bytes, ${sha256(read).slice(0, 16)}${where}`,
      },
      () => expect(read.equals(bytes)).to.equal(true),
    );
    await then({ allocation }, bytes);
    await context.given('driver.memory.free', { allocation });
  }
};

const LITERAL = 'DRV-MEM-001/doctor-literal';

const literal: Case = {
  id: LITERAL,
  title: 'bytes that a message carries come back',
  requirements: ['DRV-MEM-001'],
  expectations: [LITERAL],
  premises: ['devices'],
  kind: 'shared',
  needs: ['driver.device'],
  run: (context) =>
    comesBack(context, LITERAL, (_vector, bytes) => ({ base64: bytes.toString('base64') })),
};

const GENERATED = 'DRV-MEM-001/doctor-generated';
const DIGEST = 'DRV-MEM-001/doctor-digest';

const generated: Case = {
  id: GENERATED,
  title: 'bytes that a generator names are those of the published vectors, read and digested',
  requirements: ['DRV-MEM-001'],
  expectations: [GENERATED, DIGEST],
  premises: ['devices'],
  kind: 'shared',
  needs: ['driver.device'],
  run: (context) =>
    comesBack(
      context,
      GENERATED,
      ({ seed, label, length }) => ({
        generator: { kind: 'shake128', seed, label, length: String(length) },
      }),
      async ({ allocation }, bytes) => {
        const { sha256: observed } = await succeeds(context, DIGEST, 'driver.memory.digest', {
          allocation,
          offsetBytes: '0',
          lengthBytes: String(bytes.length),
        });
        const expected = sha256(bytes);
        context.expectation(DIGEST, { expected, observed }, () =>
          expect(observed).to.equal(expected),
        );
      },
    ),
};

const RANGE = 'DRV-MEM-009/doctor-range';

const range: Case = {
  id: RANGE,
  title: 'a read past the end is refused for its range',
  requirements: ['DRV-MEM-009'],
  expectations: [RANGE],
  premises: ['devices'],
  kind: 'shared',
  needs: ['driver.device'],
  run: async (context) => {
    const device = await firstDevice(context);
    const { allocation } = await context.given('driver.memory.allocate', {
      device,
      sizeBytes: '256',
    });
    await refuses(context, RANGE, refusal('COPY_RANGE'), 'driver.memory.read', {
      allocation,
      offsetBytes: '512',
      lengthBytes: 16,
    });
  },
};

const UNIT = 'SYS-FRM-002/doctor-clock-unit';
const STEADY = 'SYS-FRM-002/doctor-clock-steady';
const RESOLUTION = 'SYS-FRM-002/doctor-clock-resolution';
/** Between two readings, in milliseconds: many times what a call takes. */
const INTERVAL = 300;
const READINGS = 20;
/** Clocks differ in speed by less than this. */
const DRIFT = 0.02;

/** A reading, and moments of ours, in milliseconds, between which it was made. */
interface Reading {
  readonly nanoseconds: bigint;
  readonly resolution: bigint;
  readonly before: number;
  readonly after: number;
}

const readClock = async (context: Context, expectation: ExpectationId): Promise<Reading> => {
  const before = context.now();
  const reading = await succeeds(context, expectation, 'system.clock', {});
  return {
    nanoseconds: BigInt(reading.nanoseconds),
    resolution: BigInt(reading.resolutionNanoseconds),
    before,
    after: context.now(),
  };
};

const greatestDivisor = (one: bigint, other: bigint): bigint =>
  other === 0n ? one : greatestDivisor(other, one % other);

/** The least difference between two readings, and what all differences are multiples of. */
const stepsOf = (readings: readonly Reading[]): { least: bigint; common: bigint } => {
  let least = 0n;
  let common = 0n;
  for (const [index, { nanoseconds }] of readings.entries()) {
    const step = nanoseconds - (readings[index - 1]?.nanoseconds ?? nanoseconds);
    if (step === 0n) continue;
    least = least === 0n || step < least ? step : least;
    common = greatestDivisor(step, common);
  }
  return { least, common };
};

const clock: Case = {
  id: 'SYS-FRM-002/doctor-clock',
  title: 'the clock counts nanoseconds, never goes back, and its steps are as it declares them',
  requirements: ['SYS-FRM-002'],
  expectations: [UNIT, STEADY, RESOLUTION],
  kind: 'shared',
  timing: true,
  run: async (context) => {
    const first = await readClock(context, UNIT);
    await context.pause(INTERVAL);
    const second = await readClock(context, UNIT);
    const least = second.before - first.after;
    const most = second.after - first.before;
    const counted = Number(second.nanoseconds - first.nanoseconds);
    const tolerance = Number(first.resolution);
    context.expectation(
      UNIT,
      { expected: { nanoseconds: [least * 1e6, most * 1e6] }, observed: { nanoseconds: counted } },
      () => {
        expect(counted).to.be.at.least(least * 1e6 * (1 - DRIFT) - tolerance);
        expect(counted).to.be.at.most(most * 1e6 * (1 + DRIFT) + tolerance);
      },
    );
    const readings = [first, second];
    for (let count = 0; count < READINGS; count += 1) {
      const reading = await readClock(context, STEADY);
      const before = readings.at(-1)?.nanoseconds ?? 0n;
      context.expectation(
        STEADY,
        { expected: `at least ${before}`, observed: String(reading.nanoseconds) },
        () => expect(reading.nanoseconds >= before).to.equal(true),
      );
      readings.push(reading);
    }
    const { least: step, common } = stepsOf(readings);
    const { resolution } = first;
    context.expectation(
      RESOLUTION,
      {
        expected: `steps of ${resolution} ns, as declared`,
        observed: `readings ${step} ns apart at least, all multiples of ${common} ns`,
      },
      () => {
        // Rounded up to whole nanoseconds, a step may look shorter by one. That all of so many readings
        // fall on every tenth nanosecond or fewer by chance does not happen.
        expect(step >= resolution - 1n, 'finer').to.equal(true);
        expect(common < 10n * resolution, 'coarser').to.equal(true);
      },
    );
  },
};

/** The case ids that checks read, by what they tell. */
export const ASKED = {
  inFlight: inFlight.id,
  flushed: flushed.id,
  literal: literal.id,
  generated: generated.id,
  clock: clock.id,
  results: 'SYS-FRM-002/results',
  errors: ['SYS-ERR-005/parse', 'SYS-ERR-005/envelope', 'SYS-ERR-005/notification'],
  precedence: [
    'SYS-NEG-003/cold',
    'SYS-NEG-004/twice',
    'SYS-ERR-005/precedence',
    'SYS-ERR-005/handle-precedence',
  ],
  capabilities: ['SYS-CAP-001/implemented', 'SYS-CAP-002/undeclared', 'SYS-CAP-002/canary'],
  adapter: 'SYS-ADP-001/declared',
  handles: ['DRV-MEM-006/freed'],
  refusals: ['DRV-DEV-004/unknown', range.id],
} as const satisfies Record<string, CaseId | readonly CaseId[]>;

const own: readonly Case[] = [clock, inFlight, flushed, literal, generated, range];

/** Doctor's own cases: no profile has them, and a replay of its evidence needs them. */
export const ownCases: readonly AnyCase[] = own;

const asked = new Set<string>(Object.values(ASKED).flat());

/** What doctor runs: its own cases, which tell most, then those of the suites that it reads. */
export const doctorCases: readonly AnyCase[] = [
  ...own,
  ...cases.filter((one) => asked.has(one.id)),
];
