// DRV-EVT-006: twice the work takes twice as long, by the device's clock.
import { expect } from 'chai';
import type { Case } from '../../../core/case.ts';
import { Bench, devicesWithKernels } from '../kernel/bench.ts';
import { COMPUTED, RUN, type Stopwatch, stopwatch, type Timed, TOLD } from './stopwatch.ts';

const SCALES = 'DRV-EVT-006/scales';

/** What twice the work may take, in times of what once the work does. */
const LEAST = 1.6;
const MOST = 2.6;

/** More than a processor could do within `LONG`: each step is four instructions that wait for each other. */
const MOST_ROUNDS = 2 ** 17;

/** How long once the work is to take, in milliseconds. */
const LONG = 20;
/** How much longer it is to take than a launch without work, and than a step of the device's clock. */
const LONGER_THAN_IDLE = 10;
const LONGER_THAN_STEP = 20;
/** Longer than this it is not made. */
const LONGEST = 300;
/** How many launches without work are tried. */
const IDLE = 5;
/** How many times more rounds are tried next at most, and how many times more than would do. */
const STRIDE = 8;
const MARGIN = 1.05;

/** What a launch that was to take so long may take at least, once the machine is at rest: the share of that. */
const NEARLY = 0.8;

/** Turns of once, twice, once and twice the work: so many at least, and more until the client's clock is at rest. */
const TURNS = 4;
/** How long the client waits for that, in milliseconds. */
const PATIENCE = 6000;
/** How many times as long as the other the quickest of one half of a series may take to the client. */
const QUIET = 1.1;
/** How many times as long as once the work twice the work takes to the client, on a machine at rest: 1.9 where a tenth is no work. */
const CLIENT_LEAST = 1.8;
const CLIENT_MOST = 2.2;
/** How many launches the client watches where the device's times are outside the limits. */
const WATCHED = 4;
/** What clocks may differ by. */
const SHARE = 0.01;

const quickest = (launches: readonly Timed[]): number =>
  Math.min(...launches.map(({ client }) => client));

/** How long once the work is to take to the client, in milliseconds: so long that all else is little beside it. */
const aimOf = async ({ context }: Bench, timed: Stopwatch): Promise<number> => {
  const idle: Timed[] = [];
  while (idle.length < IDLE) idle.push(await timed(0));
  const step = Math.max(...idle.map(({ resolution }) => resolution)) / 1e6;
  const aim = Math.max(LONG, LONGER_THAN_IDLE * quickest(idle), LONGER_THAN_STEP * step);
  context.premise(
    'short',
    { expected: `launches of ${LONGEST} ms at most`, observed: `${aim.toFixed(3)} ms` },
    () => expect(aim).to.be.at.most(LONGEST),
  );
  return aim;
};

/** How many more rounds a launch needs that is to take longer; what was held up takes less than it seems. */
const moreRounds = (rounds: number, takes: number, aim: number): number =>
  Math.min(Math.ceil((rounds * aim * MARGIN) / takes), rounds * STRIDE, MOST_ROUNDS);

/** How many rounds take so long. */
const enoughRounds = async (timed: Stopwatch, aim: number): Promise<number> => {
  let rounds = 1;
  for (;;) {
    const { client } = await timed(rounds);
    if (client >= aim || rounds === MOST_ROUNDS) return rounds;
    rounds = moreRounds(rounds, client, aim);
  }
};

/** Whether the client saw that a launch took longer, or not so long, as the device says. */
const isWrong = ({ client, seen, device, resolution }: Timed): boolean =>
  device + resolution < seen * 1e6 * (1 - SHARE) ||
  device - resolution > client * 1e6 * (1 + SHARE);

/** Launches in two halves, which say whether the machine is at rest. */
class Series {
  readonly #halves: readonly [Timed[], Timed[]] = [[], []];

  add(half: 0 | 1, launch: Timed): void {
    this.#halves[half].push(launch);
  }

  /** How long the quickest launch took to the client, in milliseconds. */
  get client(): number {
    return quickest(this.#halves.flat());
  }

  /** How long one took to the device at least, in nanoseconds. */
  get device(): number {
    return Math.min(...this.#halves.flat().map(({ device }) => device));
  }

  /** How far the halves are from each other, to the client: noise only ever adds, so that only the quickest count. */
  get apart(): number {
    const [one, other] = this.#halves.map(quickest) as [number, number];
    return Math.max(one, other) / Math.min(one, other);
  }
}

/** Once and twice the work by turns, so that what changes on the machine changes for both. */
class Turns {
  readonly rounds: number;
  readonly once = new Series();
  readonly twice = new Series();
  readonly #timed: Stopwatch;

  constructor(timed: Stopwatch, rounds: number) {
    this.#timed = timed;
    this.rounds = rounds;
  }

  /** Two of each. */
  async take(): Promise<void> {
    for (const half of [0, 1] as const) {
      this.once.add(half, await this.#timed(this.rounds));
      this.twice.add(half, await this.#timed(2 * this.rounds));
    }
  }

  get apart(): number {
    return Math.max(this.once.apart, this.twice.apart);
  }

  /** How many times as long twice the work took to the client. */
  get ratio(): number {
    return this.twice.client / this.once.client;
  }

  /** Whether the client's clock says that a right one would be within the limits. */
  get atRest(): boolean {
    return this.apart <= QUIET && this.ratio >= CLIENT_LEAST && this.ratio <= CLIENT_MOST;
  }
}

/**
 * Takes turns until the client's clock is at rest, or patience is over. Whether to go on is asked of that clock alone:
 * the device's has no part in when it is judged.
 */
const takeTurns = async ({ context }: Bench, timed: Stopwatch, aim: number): Promise<Turns> => {
  const until = context.now() + PATIENCE;
  let turns = new Turns(timed, await enoughRounds(timed, aim));
  for (let count = 1; ; count += 1) {
    await turns.take();
    const { rounds, once } = turns;
    const late = context.now() >= until;
    const more = moreRounds(rounds, once.client, aim);
    if (once.client < aim * NEARLY && more > rounds && !late) {
      // It was held up when its rounds were counted.
      turns = new Turns(timed, more);
      count = 0;
    } else if (count >= TURNS && (turns.atRest || late)) return turns;
  }
};

const scaling: Case = {
  id: 'DRV-EVT-006/scales',
  title: 'twice the rounds of a kernel take about twice as long by the device’s clock',
  requirements: ['DRV-EVT-006'],
  expectations: [RUN, TOLD, COMPUTED, SCALES],
  premises: ['devices', 'short', 'long', 'quiet', 'twice'],
  needs: ['driver.memory', 'driver.stream', 'driver.event', 'driver.kernel'],
  kind: 'shared',
  timing: true,
  run: async (context) => {
    for (const device of await devicesWithKernels(context)) {
      const bench = new Bench(context, device);
      const timed = await stopwatch(bench);
      const aim = await aimOf(bench, timed);
      const { rounds, once, twice, apart, ratio } = await takeTurns(bench, timed, aim);
      const times = twice.device / once.device;
      const scales = once.device > 0 && times >= LEAST && times <= MOST;
      const watched: Timed[] = [];
      while (!scales && watched.length < WATCHED) watched.push(await timed(2 * rounds, true));
      const wrong = watched.filter(isWrong).length;
      const states = (): void =>
        context.expectation(
          SCALES,
          {
            expected: `${device.device}: ${2 * rounds} rounds take ${LEAST} to ${MOST} times as long as ${rounds}`,
            observed: `${device.device}: ${twice.device} ns and ${once.device} ns, ${times.toFixed(3)} times; ${ratio.toFixed(3)} times to the client, who saw ${wrong} of ${watched.length} launches take another time`,
          },
          () => expect(scales).to.equal(true),
        );
      // What the client saw is proof, however busy the machine is. Times outside the limits that it bears out are the
      // busy machine's, and times within them that are not twice as long to it say little of the device.
      if (!scales && wrong > 0) states();
      const shortest = aim * NEARLY;
      context.premise(
        'long',
        {
          expected: `${rounds} rounds take ${shortest.toFixed(3)} ms to the client, or more`,
          observed: `${once.client.toFixed(3)} ms`,
        },
        () => expect(once.client).to.be.at.least(shortest),
      );
      context.premise(
        'twice',
        {
          expected: `${2 * rounds} rounds take ${CLIENT_LEAST} to ${CLIENT_MOST} times as long to the client`,
          observed: `${twice.client.toFixed(3)} ms, ${ratio.toFixed(3)} times`,
        },
        () => expect(ratio).to.be.within(CLIENT_LEAST, CLIENT_MOST),
      );
      context.premise(
        'quiet',
        {
          expected: `${LEAST} to ${MOST} times to the device, or a clock that the client sees wrong`,
          observed: `${times.toFixed(3)} times, by a clock that is right; halves of a series are ${apart.toFixed(3)} times apart to the client`,
        },
        () => expect(scales).to.equal(true),
      );
      states();
      await bench.leave();
    }
  },
};

export const scalingCases: readonly Case[] = [scaling];
