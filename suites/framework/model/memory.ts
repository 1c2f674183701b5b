// FRM-MOD-003: what a loaded model takes is given back when it is unloaded.
import { expect } from 'chai';
import type { Case, Context } from '../../../core/case.ts';
import { modelBytes } from '../../../core/onnx/model-bytes.ts';
import type { Random } from '../../../core/random.ts';
import { goesThrough, succeeds } from '../../support.ts';
import { bytesParams, inputsOf, modelOf, node, value } from '../models.ts';
import { between } from '../trials/trial.ts';

/** Cycles of which nothing is judged. */
const FIRST_CYCLES = 20;
/** The part of the model's bytes that a cycle may leave: less is lost among pages, of which a heap takes many at once. */
const SHARE = 0.1;
/**
 * A heap grows in leaps before it is as large as it needs to be, and shrinks in leaps too: what leaks grows in nearly
 * every round, and what does not in few. So many of so many rounds that are one behind another must add nothing.
 */
const FLAT = 3;
const LAST = 5;
/** Short rounds are enough for most. The heap of an engine in JavaScript was as large as it needed to be after a thousand. */
const SERIES = [
  { rounds: 10, cycles: 10 },
  { rounds: 30, cycles: 100 },
] as const;
/** In how many long rounds one behind another, and by which part of the bytes, what grows is known to go on. */
const STEADY = 6;
const MUCH = 0.4;

const WEIGHTS = [160, 100] as const;

/** As large as a message takes. */
const large = (random: Random) =>
  modelOf({
    nodes: [node('MatMul', ['x', 'w'], ['y'])],
    initializers: { w: between(random, 'float32', WEIGHTS, [-1, 1]) },
    inputs: [value('x', 'float32', [1, WEIGHTS[0]])],
    outputs: [value('y', 'float32', [1, WEIGHTS[1]])],
  });

const held = (context: Context): number => {
  const resident = context.resident();
  if (resident === 'no-process') context.nothing('the endpoint is no process of its own');
  context.premise(
    'seen',
    { expected: 'the memory that the endpoint’s processes hold', observed: resident },
    () => expect(resident).to.be.a('number'),
  );
  return Number(resident);
};

/** Rounds of one length, and how much more was held after each. */
interface Series {
  readonly cycles: number;
  readonly more: readonly number[];
}

/** What a round may add, where a cycle loads so many bytes. */
const limitOf = ({ cycles }: Series, loaded: number): number => Math.round(cycles * loaded * SHARE);

/** Whether memory grew no longer in the end. */
const isFlat = (series: Series, loaded: number): boolean =>
  series.more.slice(-LAST).filter((bytes) => bytes <= limitOf(series, loaded)).length >= FLAT;

/** Whether memory grows as by models that are kept, for longer than a heap does. */
const isSteady = ({ cycles, more }: Series, loaded: number): boolean =>
  more.length >= STEADY && more.slice(-STEADY).every((bytes) => bytes >= cycles * loaded * MUCH);

const growthIn = async (
  context: Context,
  { rounds, cycles }: (typeof SERIES)[number],
  isOver: (series: Series) => boolean,
  cycle: () => Promise<unknown>,
): Promise<Series> => {
  const more: number[] = [];
  let before = held(context);
  while (more.length < rounds && !isOver({ cycles, more })) {
    for (let count = cycles; count > 0; count -= 1) await cycle();
    const after = held(context);
    more.push(after - before);
    before = after;
  }
  return { cycles, more };
};

/** How memory grows until that is flat: the last series, in longer rounds where short ones do not end it. */
const growth = async (
  context: Context,
  loaded: number,
  cycle: () => Promise<unknown>,
): Promise<Series> => {
  const isOver = (series: Series): boolean => isFlat(series, loaded) || isSteady(series, loaded);
  const [short, long] = SERIES;
  const first = await growthIn(context, short, (series) => isFlat(series, loaded), cycle);
  return isFlat(first, loaded) ? first : growthIn(context, long, isOver, cycle);
};

const flatWords = (series: Series, loaded: number): string =>
  `add ${limitOf(series, loaded)} bytes at most, ${FLAT} times of ${LAST}`;

const seriesWords = ({ more }: Series): string => `they add ${more.join(', then ')} bytes`;

const CYCLE = 'FRM-MOD-003/cycle';
const MEMORY = 'FRM-MOD-003/memory';

/** Likewise where as much is said and nothing loaded, in a session of its own: what was kept makes a collector wait longer. */
const growthBySaying = async (context: Context, bytes: Uint8Array): Promise<Series> => {
  const other = await context.open('ready');
  // Cut short: no model.
  const load = bytesParams(bytes.subarray(0, bytes.length - 8));
  const more = await growth(other, bytes.length, () =>
    other.attempt(MEMORY, 'framework.model.load', load),
  );
  await other.close();
  return more;
};

const unloadedMemory: Case = {
  id: 'FRM-MOD-003/memory',
  title: 'what loads, runs and unloads a model again and again holds no more memory in the end',
  requirements: ['FRM-MOD-003'],
  expectations: [CYCLE, MEMORY],
  premises: ['seen', 'collected'],
  kind: 'own',
  process: true,
  run: async (context) => {
    held(context);
    const bytes = modelBytes(large(context.random));
    const load = bytesParams(bytes);
    const x = between(context.random, 'float32', [1, WEIGHTS[0]], [-1, 1]);
    const inputs = inputsOf({ x });
    const cycle = async (): Promise<void> => {
      const { model } = await goesThrough(context, CYCLE, 'framework.model.load', load);
      await goesThrough(context, CYCLE, 'framework.model.run', { model, inputs, outputs: ['y'] });
      await goesThrough(context, CYCLE, 'framework.model.unload', { model });
    };
    // Before that nothing is as it stays.
    for (let count = FIRST_CYCLES; count > 0; count -= 1) await cycle();
    const series = await growth(context, bytes.length, cycle);
    await succeeds(context, CYCLE, 'framework.model.load', load);
    const ends = isFlat(series, bytes.length);
    // Where a collector has not begun yet, memory grows also where as much is said and nothing is loaded.
    const said = ends ? undefined : await growthBySaying(context, bytes);
    context.premise(
      'collected',
      {
        expected: `loads of what is no model ${flatWords(said ?? series, bytes.length)}`,
        observed: said ? seriesWords(said) : 'it was not asked',
      },
      () => expect(said === undefined || isFlat(said, bytes.length)).to.equal(true),
    );
    context.expectation(
      MEMORY,
      {
        expected: `${series.cycles} cycles of ${bytes.length} bytes ${flatWords(series, bytes.length)}`,
        observed: seriesWords(series),
      },
      () => expect(ends).to.equal(true),
    );
  },
};

export const memoryCases: readonly Case[] = [unloadedMemory];
