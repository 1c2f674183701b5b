// Random legal sequences of calls against a model of what they should do, shrunk to the shortest that still
// departs from it. The case's seed decides all of it, and nothing is awaited but the endpoint's answers.
import { createRequire } from 'node:module';
import type { AsyncCommand } from 'fast-check';
import type { Context } from '../core/case.ts';

/** Loaded when a case asks for it: most runs of the command line have no use for it. */
const library = (): typeof import('fast-check') =>
  createRequire(import.meta.url)('fast-check') as typeof import('fast-check');

export type FastCheck = typeof import('fast-check');

/** What an endpoint did otherwise than the model. */
export class Departure extends Error {
  readonly expected: unknown;
  readonly observed: unknown;

  constructor(expected: unknown, observed: unknown) {
    super('departs from the model');
    this.expected = expected;
    this.observed = observed;
  }
}

/** What every model has: the steps that were taken, as a report shows them. */
export interface Taken {
  readonly taken: string[];
}

/** A step of a sequence. */
export type Step<Model extends Taken> = AsyncCommand<Model, Context>;

export interface Sequences<Model extends Taken> {
  /** The steps that there are, each with its arguments. */
  steps(fc: FastCheck): import('fast-check').Arbitrary<Step<Model>>[];
  /** Brings about what a new model has, where that is more than nothing. */
  begin?(): Promise<void>;
  /** A model of what there is at first. */
  model(): Model;
  /** Looks at everything once more, and gives back what the sequence took. */
  finish(model: Model, context: Context): Promise<void>;
}

/** The shortest sequence that departs, and how. */
export interface Found {
  readonly steps: readonly string[];
  readonly departure: Departure;
  readonly expected: unknown;
  readonly observed: unknown;
}

/** One step: when it is possible, and what it does to model and endpoint, in words. */
export const step = <Model extends Taken>(
  isPossible: (model: Model) => boolean,
  run: (model: Model, context: Context) => Promise<string>,
): Step<Model> => ({
  check: isPossible,
  run: async (model, context) => {
    model.taken.push(await run(model, context));
  },
  toString: () => 'step',
});

/** The item at an index that may be beyond the end. */
export const pick = <T>(items: readonly T[], index: number): T => {
  const item = items[index % items.length];
  if (item === undefined) throw new Error('a step ran that was not possible');
  return item;
};

/** What a case states of a sequence that departs, or of none. */
export const sidesOf = (found: Found | undefined) => ({
  expected: found ? found.expected : 'as the model has it',
  observed: found ? { after: found.steps, is: found.observed } : 'so after every sequence',
});

const RUNS = 32;
const LONGEST = 20;
/** Sequences in all, those of shrinking too. */
const MOST = 400;

/** Tries sequences until one departs; undefined where none does. */
export const departing = async <Model extends Taken>(
  context: Context,
  { steps, begin, model, finish }: Sequences<Model>,
): Promise<Found | undefined> => {
  const fc = library();
  const seed = context.random.integer(0, 2 ** 31 - 1);
  let tried = 0;
  // A word that ends the case, thrown by an endpoint that died: no further word may be spoken.
  let over: unknown;
  /** How a sequence departs; undefined where it does not, or is not tried any more. */
  const departs = async (sequence: Iterable<Step<Model>>): Promise<Found | undefined> => {
    tried += 1;
    if (over !== undefined || tried > MOST) return undefined;
    const own = model();
    try {
      await begin?.();
      await fc.asyncModelRun(() => ({ model: own, real: context }), sequence);
      await finish(own, context);
    } catch (error) {
      if (error instanceof Departure) {
        const { expected, observed } = error;
        return { steps: own.taken, departure: error, expected, observed };
      }
      over = error;
    }
    return undefined;
  };
  // Of the sequences that depart the last tried is the shortest.
  let found: { readonly sequence: readonly Step<Model>[]; readonly how: Found } | undefined;
  const commands = fc.commands(steps(fc), { maxCommands: LONGEST, size: 'max' });
  const property = fc.asyncProperty(commands, async (sequence) => {
    const how = await departs(sequence);
    if (how) found = { sequence: [...sequence], how };
    return how === undefined;
  });
  await fc.check(property, { seed, numRuns: RUNS });
  // The library leaves steps before the end that make no difference.
  for (let at = 0; found && at < found.sequence.length; ) {
    const sequence: readonly Step<Model>[] = found.sequence.toSpliced(at, 1);
    const how = await departs(sequence);
    if (how) found = { sequence, how };
    else at += 1;
  }
  if (over !== undefined) throw over;
  return found?.how;
};
