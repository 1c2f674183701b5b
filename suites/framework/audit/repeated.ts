// FRM-AUD-001: what was asked before is computed again.
import { expect } from 'chai';
import type { Case, Context } from '../../../core/case.ts';
import type { Model } from '../../../core/onnx/model.ts';
import type { Tensor } from '../../../core/onnx/tensor.ts';
import { goesThrough, succeeds } from '../../support.ts';
import { loaded } from '../models.ts';
import {
  drawn,
  idle,
  layers,
  manifold,
  type Ran,
  rowsAreRight,
  runOf,
  weightsOf,
} from './layers.ts';

const RUN = 'FRM-AUD-001/run';
const RIGHT = 'FRM-AUD-001/right';

const ROWS = 16;
/** More layers do not fit a message well; what is to take longer has them side by side. */
const DEEPEST = 256;
const MOST = 64 * DEEPEST;
/** How long a run is to take at least, in milliseconds, and in times of one that computes nothing. */
const LONG = 5;
const LONGER_THAN_IDLE = 5;
/** Less than so many times as long, an answer that is only kept would not be told from one that is computed. */
const TELLING = 3;
/** A run is quick that takes less than this part of the quickest on an input that was never given before. */
const QUICK = 0.5;
/**
 * The share of quick runs from which on they are no accident, and up to which they are: where others work on the machine
 * too, every fresh run may be held up, and a repeated one not.
 */
const KEPT = 0.5;
const BY_CHANCE = 0.25;
/** Runs of which the quickest counts, where it is found out how long one takes. */
const TRIES = 5;
/** Turns that are taken together, and for how long more of them are taken, in milliseconds. */
const TURNS = 10;
const PATIENCE = 6000;
/** Runs of each kind of which the result is looked at. */
const SAMPLED = 3;

interface Timed extends Ran {
  readonly milliseconds: number;
}

/** Runs a model, and takes the time. */
const stopwatch =
  (context: Context, model: string) =>
  async (x: Tensor): Promise<Timed> => {
    const request = runOf(model, x);
    const before = context.now();
    const result = await goesThrough(context, RUN, 'framework.model.run', request);
    return { x, result, milliseconds: context.now() - before };
  };

const quickest = (runs: readonly Timed[]): number =>
  Math.min(...runs.map(({ milliseconds }) => milliseconds));

/** What the quickest of a few runs takes, each on an input of its own. */
const timeOf = async (context: Context, model: string): Promise<number> => {
  const inputs = Array.from({ length: TRIES }, () => drawn(context.random, ROWS));
  const timed = stopwatch(context, model);
  const runs: Timed[] = [];
  for (const x of inputs) runs.push(await timed(x));
  // The first may have had something to prepare.
  return quickest(runs.slice(1));
};

/** The runs of one kind: on inputs that are new, that came just before, or that come again and again. */
type Kind = 'fresh' | 'again' | 'same';
const REPEATS = ['again', 'same'] as const;

class Turns {
  readonly runs: Readonly<Record<Kind, Timed[]>> = { fresh: [], again: [], same: [] };
  readonly #context: Context;
  readonly #timed: ReturnType<typeof stopwatch>;
  readonly #model: string;
  readonly #same: Tensor;

  constructor(context: Context, model: string) {
    this.#context = context;
    this.#timed = stopwatch(context, model);
    this.#model = model;
    this.#same = drawn(context.random, ROWS);
  }

  /** One of each kind in each turn, so that what changes on the machine changes for all. */
  async take(): Promise<void> {
    const { random } = this.#context;
    const { fresh, again, same } = this.runs;
    const inputs = Array.from({ length: TURNS }, () => ({
      x: drawn(random, ROWS),
      sameFirst: random.integer(0, 1) === 1,
    }));
    // Begins the time of the next: what was drawn took time of its own.
    const begins = runOf(this.#model, this.#same);
    await succeeds(this.#context, RUN, 'framework.model.run', begins);
    for (const { x, sameFirst } of inputs) {
      if (sameFirst) same.push(await this.#timed(this.#same));
      fresh.push(await this.#timed(x));
      again.push(await this.#timed(x));
      if (!sameFirst) same.push(await this.#timed(this.#same));
    }
  }

  /** How many runs of a kind were quick. */
  quick(kind: Kind): number {
    const bound = QUICK * quickest(this.runs.fresh);
    return this.runs[kind].filter(({ milliseconds }) => milliseconds < bound).length;
  }

  #quickShare(kind: Kind): number {
    return this.quick(kind) / this.runs[kind].length;
  }

  isKept(kind: Kind): boolean {
    return this.#quickShare(kind) >= KEPT;
  }

  /** Whether more turns would tell nothing new. */
  get decided(): boolean {
    const isComputed = (kind: Kind): boolean => this.#quickShare(kind) <= BY_CHANCE;
    return REPEATS.some((kind) => this.isKept(kind)) || REPEATS.every(isComputed);
  }
}

interface Taken {
  readonly model: Model;
  readonly turns: Turns;
  /** What a run takes that computes nothing. */
  readonly least: number;
}

/** Whether an answer that is only kept would be told from one that is computed. */
const isTelling = ({ turns, least }: Taken): boolean =>
  quickest(turns.runs.fresh) >= TELLING * least;

/** Takes turns with a model of which a run takes long beside all else: the work is doubled until it does. */
const takeTurns = async (context: Context): Promise<Taken> => {
  const nothing = await loaded(context, idle);
  const weights = weightsOf(context.random);
  let least = Number.POSITIVE_INFINITY;
  for (let work = 1; ; work *= 2) {
    const depth = Math.min(work, DEEPEST);
    const handle = await loaded(context, manifold(weights, depth, work / depth, ROWS));
    // Each time anew: only the quickest was not held up.
    least = Math.min(least, await timeOf(context, nothing));
    const takes = await timeOf(context, handle);
    if (takes >= Math.max(LONG, least * LONGER_THAN_IDLE) || work === MOST) {
      const turns = new Turns(context, handle);
      const until = context.now() + PATIENCE;
      do {
        await turns.take();
        least = Math.min(least, await timeOf(context, nothing));
      } while (!turns.decided && context.now() < until);
      const taken = { model: layers(weights, depth), turns, least };
      // Else it seemed to take long only because it was held up.
      if (isTelling(taken) || work === MOST) return taken;
    }
    await context.given('framework.model.unload', { model: handle });
  }
};

const repeated: Case = {
  id: 'FRM-AUD-001/repeated',
  title: 'an input that was given before takes as long as one that was not',
  requirements: ['FRM-AUD-001'],
  expectations: [RUN, RIGHT, 'FRM-AUD-001/again', 'FRM-AUD-001/same'],
  premises: ['long', 'quiet'],
  kind: 'own',
  timing: true,
  run: async (context) => {
    const taken = await takeTurns(context);
    const { model, turns, least } = taken;
    // Of each kind: only what is repeated may be wrong.
    const sample = Object.values(turns.runs).flatMap((runs) =>
      Array.from({ length: SAMPLED }, () => context.random.pick(runs)),
    );
    rowsAreRight(context, RIGHT, model, 'timed run', sample);
    const fresh = quickest(turns.runs.fresh).toFixed(3);
    context.premise(
      'long',
      {
        expected: `a run that takes ${TELLING} times as long as one that computes nothing, which takes ${least.toFixed(3)} ms`,
        observed: `${fresh} ms`,
      },
      () => expect(isTelling(taken)).to.equal(true),
    );
    const told = (kind: Kind): string =>
      `${turns.quick(kind)} of ${turns.runs[kind].length} take less, the quickest ${quickest(turns.runs[kind]).toFixed(3)} ms`;
    context.premise(
      'quiet',
      {
        expected: `runs on inputs that came before of which ${BY_CHANCE} or less take less than ${QUICK} times the ${fresh} ms of others, or ${KEPT} or more do`,
        observed: REPEATS.map((kind) => `${kind}: ${told(kind)}`).join('; '),
      },
      () => expect(turns.decided).to.equal(true),
    );
    for (const kind of REPEATS) {
      context.expectation(
        `FRM-AUD-001/${kind}`,
        {
          expected: `fewer than ${KEPT} of the runs take less than ${QUICK} times the ${fresh} ms that the quickest on a new input takes`,
          observed: told(kind),
        },
        () => expect(turns.isKept(kind)).to.equal(false),
      );
    }
  },
};

export const repeatedCases: readonly Case[] = [repeated];
