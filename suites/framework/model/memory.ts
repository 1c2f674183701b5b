// FRM-MOD-003: what a loaded model takes is given back when it is unloaded.
import { expect } from 'chai';
import type { Case, Context } from '../../../core/case.ts';
import { modelBytes } from '../../../core/onnx/model-bytes.ts';
import type { Random } from '../../../core/random.ts';
import { goesThrough, succeeds } from '../../support.ts';
import { bytesParams, inputsOf, modelOf, node, value } from '../models.ts';
import { between } from '../trials/trial.ts';

/** Cycles of which nothing is judged, and those of a round. */
const FIRST_CYCLES = 20;
const CYCLES = 10;
/** The part of the model's bytes that a cycle may leave: less is lost among pages, of which a heap takes many at once. */
const SHARE = 0.1;
/**
 * A heap grows in leaps before it is as large as it needs to be, and shrinks in leaps too: what leaks grows in nearly
 * every round, and what does not in few. So many of so many rounds that are one behind another must add nothing.
 */
const FLAT = 3;
const LAST = 5;
const ROUNDS = 30;

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

/** Whether memory grows no longer. */
const isFlat = (more: readonly number[], limit: number): boolean =>
  more.slice(-LAST).filter((bytes) => bytes <= limit).length >= FLAT;

/** How much more is held after each round, until that is flat. */
const growth = async (
  context: Context,
  rounds: number,
  limit: number,
  cycle: () => Promise<unknown>,
): Promise<readonly number[]> => {
  const more: number[] = [];
  let before = held(context);
  while (more.length < rounds && !isFlat(more, limit)) {
    for (let count = CYCLES; count > 0; count -= 1) await cycle();
    const after = held(context);
    more.push(after - before);
    before = after;
  }
  return more;
};

const CYCLE = 'FRM-MOD-003/cycle';
const MEMORY = 'FRM-MOD-003/memory';

/** Likewise where as much is said and nothing loaded, in a session of its own: what was kept makes a collector wait longer. */
const growthBySaying = async (
  context: Context,
  limit: number,
  bytes: Uint8Array,
): Promise<readonly number[]> => {
  const other = await context.open('ready');
  // Cut short: no model.
  const load = bytesParams(bytes.subarray(0, bytes.length - 8));
  const more = await growth(other, ROUNDS, limit, () =>
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
    const limit = Math.round(bytes.length * SHARE * CYCLES);
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
    const more = await growth(context, ROUNDS, limit, cycle);
    await succeeds(context, CYCLE, 'framework.model.load', load);
    const ends = isFlat(more, limit);
    // Where a collector has not begun yet, memory grows also where as much is said and nothing is loaded.
    const said = ends ? [] : await growthBySaying(context, limit, bytes);
    const flat = `add ${limit} bytes at most, ${FLAT} times of ${LAST}`;
    context.premise(
      'collected',
      {
        expected: `${CYCLES} loads of what is no model ${flat}`,
        observed: ends ? 'it was not asked' : `they add ${said.join(', then ')} bytes`,
      },
      () => expect(ends || isFlat(said, limit)).to.equal(true),
    );
    context.expectation(
      MEMORY,
      {
        expected: `${CYCLES} cycles of ${bytes.length} bytes ${flat}`,
        observed: `they add ${more.join(', then ')} bytes`,
      },
      () => expect(ends).to.equal(true),
    );
  },
};

export const memoryCases: readonly Case[] = [unloadedMemory];
