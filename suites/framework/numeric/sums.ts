// FRM-OPS-004 and FRM-OPS-010: tensors of thousands of elements, whose results are near enough, and the same again.
import { expect } from 'chai';
import type { Case, CaseId, Context, Sides } from '../../../core/case.ts';
import type { Evaluated } from '../../../core/operators/definition.ts';
import { typeName } from '../../../core/operators/registered.ts';
import { formWords } from '../../../core/operators/words.ts';
import { OPERATORS } from '../../../schemas/generated/standard.ts';
import type {
  ModelLoadResult,
  ModelRunResult,
  Tolerance,
} from '../../../schemas/generated/types.ts';
import { brief } from '../../support.ts';
import { attemptRun, loadParams } from '../models.ts';
import { firstFar, toleranceOf } from '../near.ts';
import {
  exactOf,
  formFound,
  givenTo,
  isAnswer,
  isWithout,
  modelFor,
  named,
  ran,
  told,
  wordsOf,
} from '../node.ts';
import { made, type Trial } from '../trials/trial.ts';
import { type LargeTrial, large } from './large.ts';

/** A bound for sums of so many terms, in whatever order they are added. */
const ofTerms = (tolerance: Tolerance, terms: number): Tolerance => {
  const least = terms * 2 ** -24;
  const { relative, absolute } = tolerance;
  return {
    ...tolerance,
    relative: { ...relative, float32: Math.max(relative.float32 ?? 0, least) },
    // What is made of a sum, as a logarithm, may be less than what it is made of.
    absolute:
      tolerance.id === 'elementary'
        ? { ...absolute, float32: Math.max(absolute.float32 ?? 0, least) }
        : absolute,
  };
};

const trialsOf = (operator: string, { random }: Context): readonly LargeTrial[] => {
  const trials = large[operator]?.(random) ?? [];
  if (trials.length === 0) throw new Error(`${operator} has no large trial`);
  return trials.map((trial) => ({ ...trial, ...made(trial) }));
};

const near = (operator: string, tolerance: string): Case => {
  const [formed, values] = ['FRM-OPS-004/form', 'FRM-OPS-004/values'] as const;
  return {
    id: `FRM-OPS-004/${typeName(operator, 'float32')}` as CaseId,
    title: `${operator} of thousands of elements is as near to its exact result as of a few`,
    requirements: ['FRM-OPS-004'],
    expectations: [formed, values],
    kind: 'shared',
    run: async (context) => {
      const trials = trialsOf(operator, context);
      const refused: Sides[] = [];
      for (const trial of trials) {
        const exact = exactOf(operator, trial);
        const where = wordsOf(operator, trial);
        const found = await ran(context, formed, operator, trial, exact);
        if (isAnswer(found) && isWithout(found)) {
          const [expected, observed] = ['a result, as of other shapes', brief(found)];
          refused.push({ expected: `${where}: ${expected}`, observed: `${where}: ${observed}` });
          continue;
        }
        for (const [name, wanted] of named(exact, 'y')) {
          const observed = isAnswer(found) ? undefined : found[name];
          const had = formFound(found, name);
          context.expectation(
            formed,
            {
              expected: `${where}: ${name} ${formWords(wanted)}`,
              observed: `${where}: ${name} ${had}`,
            },
            () => expect(had).to.equal(formWords(wanted)),
          );
          if (!observed) continue;
          const bound = ofTerms(toleranceOf(tolerance), trial.terms ?? 0);
          const far = firstFar(wanted, observed, bound, false);
          const shown = (all: Evaluated['values']): string =>
            far === undefined ? `${all.length} elements` : told(trial, far, all);
          context.expectation(
            values,
            {
              expected: `${where}: ${shown(wanted.values)}, ${tolerance}${trial.terms ? ` or of ${trial.terms} terms` : ''}`,
              observed: `${where}: ${shown(observed.values)}`,
            },
            () => expect(far).to.equal(undefined),
          );
        }
      }
      const isThere = refused.length < trials.length;
      if (!isThere) context.nothing(`the endpoint has no ${operator} of float32`);
      for (const sides of refused) {
        context.expectation(formed, sides, () => expect(sides.observed).to.equal(sides.expected));
      }
    },
  };
};

/** Those whose terms are many, and that many threads or lanes may add. */
const ADDING: readonly string[] = ['ReduceSum', 'MatMul', 'Conv', 'LayerNormalization', 'Softmax'];

const RUNS = 20;
const SAME = 'FRM-OPS-010/same';

/** Where two texts begin to differ; 0 where they do not. */
const differsAt = (one: string, other: string): number =>
  one === other ? 0 : [...one].findIndex((letter, index) => letter !== other[index]);

/** The same elements in the opposite order, in what is not the model's own. */
const turned = (trial: Trial): Trial => ({
  ...trial,
  inputs: trial.inputs.map((one, index) =>
    one && !trial.constant?.includes(index) ? { ...one, values: one.values.toReversed() } : one,
  ),
});

const again = (operator: string): Case => ({
  id: `FRM-OPS-010/${typeName(operator, 'float32')}` as CaseId,
  title: `${operator} gives the same bits in twenty runs, with something else between`,
  requirements: ['FRM-OPS-010'],
  expectations: [SAME],
  needs: ['framework.model'],
  kind: 'shared',
  run: async (context) => {
    const [trial] = trialsOf(operator, context);
    if (!trial) return;
    const exact = exactOf(operator, trial);
    const model = modelFor(operator, trial, exact);
    const loading = await context.attempt(SAME, 'framework.model.load', loadParams(model));
    if (loading.kind === 'error') return context.nothing(`it loads no ${operator} of float32`);
    const { model: handle } = loading.result as ModelLoadResult;
    const names = named(exact, 'y').map(([name]) => name);
    const bitsOf = async (one: Trial): Promise<string | undefined> => {
      const answer = await attemptRun(context, SAME, handle, givenTo(model, one), names);
      if (answer.kind === 'error') return undefined;
      return (answer.result as ModelRunResult).outputs.map(({ value }) => value.base64).join();
    };
    const first = await bitsOf(trial);
    if (first === undefined) return context.nothing(`it runs no ${operator} of float32`);
    for (let run = 2; run <= RUNS; run += 1) {
      if (run % 4 === 0) await bitsOf(turned(trial));
      const observed = (await bitsOf(trial)) ?? 'a refusal';
      const at = Math.max(0, differsAt(first, observed) - 8);
      context.expectation(
        SAME,
        {
          expected: `run ${run}: ...${first.slice(at, at + 24)}...`,
          observed: `run ${run}: ...${observed.slice(at, at + 24)}...`,
        },
        () => expect(observed === first).to.equal(true),
      );
    }
    await context.given('framework.model.unload', { model: handle });
  },
});

export const largeCases: readonly Case[] = [
  ...OPERATORS.filter(
    ({ operator, tolerance, types }) =>
      tolerance !== 'exact' && types[0] === 'float32' && operator !== 'DynamicQuantizeLinear',
  ).map(({ operator, tolerance }) => near(operator, tolerance)),
  ...ADDING.map(again),
];
