// DRV-TEL-005: how warm a device is and how much power it takes can be true, and is not told by a sensor that is stuck.
import { expect } from 'chai';
import type { Case, Context, ExpectationId } from '../../../core/case.ts';
import type { Device, Metric } from '../../../schemas/generated/types.ts';
import { allocate } from '../memory/bytes.ts';
import { devicesWith, Ground } from '../stream/ground.ts';
import { seriesOf } from './named.ts';
import { metricOf, POWER, POWER_LIMIT, reading, TEMPERATURE } from './reading.ts';

/** In degrees Celsius. */
const WARMEST = 125;
/** In watts. */
const MOST_POWER = 50_000;
/** How far above what it is held to on average a device may be seen. */
const PEAK = 2;

/** How long a device is kept busy at least where its sensor stands still, in milliseconds, and in how many batches. */
const LOADED = 10_000;
const BATCHES = 10;
const COPIED = 2 ** 25;
const FEWEST_COMMANDS = 4;
/** As many as any stream takes. */
const MOST_COMMANDS = 64;
/** How long a batch of copies is to take at least, in milliseconds. */
const BATCH = 100;

/** Looks at a device at rest, and then while it works and when it has, until `moved` or long enough. */
const underLoad = async (
  context: Context,
  described: Device,
  moved: () => Promise<boolean>,
): Promise<boolean> => {
  const { device, memory } = described;
  const ground = new Ground(context, described);
  const size = Math.min(COPIED, Number(memory.maxAllocationBytes));
  const place = async () => ({
    allocation: ground.keepMemory(await allocate(context, device, size)),
    offsetBytes: '0',
  });
  const [source, destination] = [await place(), await place()];
  const stream = await ground.stream();
  const copy = { stream, source, destination, lengthBytes: String(size) };
  let done = await moved();
  const begun = context.now();
  let commands = FEWEST_COMMANDS;
  for (let batch = 0; !done && (batch < BATCHES || context.now() - begun < LOADED); batch += 1) {
    const before = context.now();
    for (let count = 0; count < commands; count += 1) {
      await context.given('driver.stream.copy', copy);
    }
    done = await moved();
    await ground.finish(stream);
    done ||= await moved();
    if (context.now() - before < BATCH) commands = Math.min(2 * commands, MOST_COMMANDS);
  }
  await ground.leave();
  return done;
};

/** Whether a value is above 0, and at most `most`. */
const isWithin = (value: Metric['value'], most: number): boolean =>
  typeof value === 'number' && value > 0 && value <= most;

/** All readings of one name on one device: what each sensor said at first, and whether one ever said another value. */
class Sensors {
  readonly #context: Context;
  readonly #expectation: ExpectationId;
  readonly #device: string;
  readonly #name: string;
  readonly #first = new Map<string, Metric['value']>();
  #moved = false;
  readings = 0;

  constructor(context: Context, expectation: ExpectationId, device: string, name: string) {
    this.#context = context;
    this.#expectation = expectation;
    this.#device = device;
    this.#name = name;
  }

  /** What each sensor said at first. */
  get first(): string {
    return [...this.#first.values()].join(', ');
  }

  /** Reads, and states that every sensor of the name says what can be true. */
  async moved(most: (metrics: readonly Metric[]) => number): Promise<boolean> {
    const metrics = await reading(this.#context, this.#expectation, this.#device);
    const named = metrics.filter(({ name }) => name === this.#name);
    const values = named.map(({ value }) => value);
    const limit = most(metrics);
    this.#context.expectation(
      this.#expectation,
      {
        expected: `${this.#device}: ${this.#name}, above 0 and at most ${limit}`,
        observed: `${this.#device}: ${values.join(', ') || `no ${this.#name}`}`,
      },
      () => {
        expect(values).to.not.have.lengthOf(0);
        expect(values.every((value) => isWithin(value, limit))).to.equal(true);
      },
    );
    this.readings += 1;
    for (const metric of named) {
      const series = seriesOf(metric);
      const first = this.#first.get(series) ?? metric.value;
      this.#first.set(series, first);
      this.#moved ||= metric.value !== first;
    }
    return this.#moved;
  }
}

const temperature: Case = {
  id: 'DRV-TEL-005/temperature',
  title: 'each device says how warm it is, in degrees that can be true, at rest and while it works',
  requirements: ['DRV-TEL-005'],
  expectations: ['DRV-TEL-005/temperature'],
  premises: ['devices', 'finished', 'moved'],
  needs: ['driver.telemetry.temperature', 'driver.memory', 'driver.stream'],
  kind: 'shared',
  run: async (context) => {
    for (const described of await devicesWith(context)) {
      const { device } = described;
      const sensors = new Sensors(context, 'DRV-TEL-005/temperature', device, TEMPERATURE);
      const moved = await underLoad(context, described, () => sensors.moved(() => WARMEST));
      // Whole degrees may stand still so long: that is no proof of a sensor that is stuck, and none of one that is not.
      context.premise(
        'moved',
        {
          expected: `${device}: more than one temperature`,
          observed: `${device}: ${moved ? 'so' : `${sensors.first} in ${sensors.readings} readings`}`,
        },
        () => expect(moved).to.equal(true),
      );
    }
  },
};

const power: Case = {
  id: 'DRV-TEL-005/power',
  title:
    'each device says how much power it takes, in watts that can be true, and not always the same',
  requirements: ['DRV-TEL-005'],
  expectations: ['DRV-TEL-005/power', 'DRV-TEL-005/power-limit', 'DRV-TEL-005/follows'],
  premises: ['devices', 'finished'],
  needs: ['driver.telemetry.power', 'driver.memory', 'driver.stream'],
  kind: 'shared',
  run: async (context) => {
    const most = (metrics: readonly Metric[]): number => {
      const limit = metricOf(metrics, POWER_LIMIT);
      context.expectation(
        'DRV-TEL-005/power-limit',
        {
          expected: `above 0 and at most ${MOST_POWER} W, where there is one`,
          observed: limit ?? 'none',
        },
        () => expect(limit === undefined || isWithin(limit, MOST_POWER)).to.equal(true),
      );
      return Math.min(MOST_POWER, PEAK * Number(limit ?? MOST_POWER));
    };
    for (const described of await devicesWith(context)) {
      const { device } = described;
      const sensors = new Sensors(context, 'DRV-TEL-005/power', device, POWER);
      const moved = await underLoad(context, described, () => sensors.moved(most));
      context.expectation(
        'DRV-TEL-005/follows',
        {
          expected: `${device}: more than one power, at rest and at work`,
          observed: `${device}: ${moved ? 'so' : `${sensors.first} W in ${sensors.readings} readings`}`,
        },
        () => expect(moved).to.equal(true),
      );
    }
  },
};

export const sensorCases: readonly Case[] = [temperature, power];
