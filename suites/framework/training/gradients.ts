// FRM-TRN-001: the gradients of every differentiable operator, held against central differences of its definition.
import { expect } from 'chai';
import type { Case, CaseId, Context } from '../../../core/case.ts';
import { fromMessage, sizeOf, type Tensor } from '../../../core/onnx/tensor.ts';
import { operators } from '../../../core/operators/index.ts';
import { operatorName, registered, typesOf } from '../../../core/operators/registered.ts';
import { formWords } from '../../../core/operators/words.ts';
import type {
  ElementType,
  ModelGradientResult,
  ModelLoadResult,
  RegisteredOperator,
} from '../../../schemas/generated/types.ts';
import { brief } from '../../support.ts';
import { attemptRun, inputsOf, loadParams } from '../models.ts';
import { firstFar, toleranceOf } from '../near.ts';
import { exactOf, givenTo, isWithout, modelFor, named, wordsOf } from '../node.ts';
import { trialsOf } from '../trials/index.ts';
import { between, type Trial } from '../trials/trial.ts';
import { slopesOf } from './differences.ts';

const GIVEN = 'FRM-TRN-001/given';
const FORM = 'FRM-TRN-001/form';
const VALUES = 'FRM-TRN-001/values';

const TYPES: readonly ElementType[] = ['float32', 'float64'];

/** Those types of a first input with which one to differentiate by may come: truth values choose among floats. */
const typesIn = (row: RegisteredOperator): ElementType[] =>
  typesOf(row).filter((type) => TYPES.includes(type) || type === 'bool');

/** How many elements the inputs of a trial have together: each costs two evaluations. */
const LARGEST = 64;

/** Of so many trials the first, and others in even steps. */
const FEW = { values: 2, broadcast: 1 } as const;

/** For the first type, and with each of an operator's attributes: who forgets one there differentiates another function. */
const MOST = 16;

/** An input to differentiate by, and its index. */
interface Variable {
  readonly index: number;
  readonly name: string;
  readonly point: Tensor;
}

/** Those of a trial, of one of the types. */
const variablesOf = ({ gradients = [] }: RegisteredOperator, trial: Trial): Variable[] =>
  gradients.flatMap((index) => {
    const point = trial.inputs[index];
    const isOpen = trial.constant?.includes(index) !== true;
    return point && isOpen && TYPES.includes(point.type)
      ? [{ index, name: `x${index}`, point }]
      : [];
  });

const few = <T>(items: readonly T[], count: number): T[] =>
  items.filter((_, index) => {
    const every = Math.max(1, Math.ceil(items.length / count));
    return index % every === 0;
  });

/** Some trials of an operator, that are small and have elements. */
const trials = (context: Context, row: RegisteredOperator, type: ElementType): Trial[] => {
  const suited = trialsOf(row.operator)(context.random, type).filter((trial) => {
    const size = variablesOf(row, trial).reduce((sum, { point }) => sum + sizeOf(point.shape), 0);
    if (size === 0 || size > LARGEST) return false;
    return exactOf(row.operator, trial).every(({ values }) => values.length > 0);
  });
  const chosen = (['values', 'broadcast'] as const).flatMap((about) =>
    few(
      suited.filter((trial) => trial.about === about),
      FEW[about],
    ),
  );
  if (type !== typesIn(row)[0]) return chosen;
  const attributesOf = ({ attributes = {} }: Trial): string => JSON.stringify(attributes);
  const had = new Set(chosen.map(attributesOf));
  const others = suited.filter((trial) => {
    const isNew = trial.about in FEW && !had.has(attributesOf(trial));
    had.add(attributesOf(trial));
    return isNew;
  });
  return [...chosen, ...others.slice(0, MOST)];
};

/** The sum of the first result's elements, each times its weight, with another tensor in the place of one that was given. */
const sumWith =
  (operator: string, trial: Trial, { values: weights }: Tensor, index: number) =>
  (moved: Tensor): number => {
    const { inputs, attributes = {}, outputs = 1 } = trial;
    const [result] = operators[operator]?.(inputs.with(index, moved), attributes, outputs) ?? [];
    return weights.reduce<number>(
      (sum, weight, at) => sum + Number(weight) * Number(result?.values[at]),
      0,
    );
  };

/** Holds one gradient against differences. */
const holds = (
  context: Context,
  where: string,
  { name, point }: Variable,
  slopes: ReadonlyMap<number, number>,
  observed: Tensor,
): void => {
  const [places, values] = [[...slopes.keys()], [...slopes.values()]];
  const size = Math.max(0, ...values.map(Math.abs));
  const found = places.map((at) => observed.values[at] ?? Number.NaN);
  const far = firstFar(
    { type: point.type, shape: [values.length], values, magnitudes: values.map(() => size) },
    { type: point.type, shape: [values.length], values: found },
    toleranceOf('gradient'),
    false,
  );
  const told = (some: readonly unknown[]): string =>
    far === undefined
      ? `${some.length} of ${point.values.length} elements, which are smooth`
      : `element ${places[far]}, at ${point.values[places[far] ?? 0]}: ${some[far]}`;
  context.expectation(
    VALUES,
    {
      expected: `${where}, by ${name}: ${told(values)}`,
      observed: `${where}, by ${name}: ${told(found)}`,
    },
    () => expect(far).to.equal(undefined),
  );
};

/** Judges the gradients of one trial; false where the endpoint has not the operator, or not for the type. */
const judged = async (
  context: Context,
  row: RegisteredOperator,
  trial: Trial,
): Promise<boolean> => {
  const exact = exactOf(row.operator, trial);
  const where = wordsOf(row.operator, trial);
  const model = modelFor(row.operator, trial, exact);
  const loading = await context.attempt(GIVEN, 'framework.model.load', loadParams(model));
  if (loading.kind === 'error' && isWithout(loading)) return false;
  const { model: handle } = (loading.kind === 'result' ? loading.result : {}) as ModelLoadResult;
  const given = givenTo(model, trial);
  // Further results are places, or kept for whoever differentiates: the first is what is differentiable.
  const { type, shape } = exact[0] ?? { type: 'float32', shape: [] };
  const weights = between(context.random, type, shape, [-1.5, 1.5]);
  // In another order than the model's.
  const variables = variablesOf(row, trial).toReversed();
  const answer = await context.attempt(GIVEN, 'framework.model.gradient', {
    model: handle,
    inputs: inputsOf(given),
    weights: inputsOf({ y0: weights }),
    variables: variables.map(({ name }) => name),
  });
  if (answer.kind === 'error' && isWithout(answer)) {
    const outputs = named(exact, 'y').map(([name]) => name);
    const running = await attemptRun(context, GIVEN, handle, given, outputs);
    if (running.kind === 'error') return false;
  }
  context.expectation(
    GIVEN,
    {
      expected: `${where}: gradients`,
      observed: `${where}: ${answer.kind === 'error' ? brief(answer) : 'gradients'}`,
    },
    () => expect(answer.kind).to.equal('result'),
  );
  await context.given('framework.model.unload', { model: handle });
  const { gradients } = (answer as { result: ModelGradientResult }).result;
  const expected = variables.map(({ name, point }) => `${name} ${formWords(point)}`);
  const forms = gradients.map(({ name, value }) => `${name} ${formWords(value)}`);
  context.expectation(
    FORM,
    { expected: `${where}: ${expected}`, observed: `${where}: ${forms}` },
    () => expect(forms).to.deep.equal(expected),
  );
  for (const [place, variable] of variables.entries()) {
    const message = gradients[place];
    const slopes = slopesOf(sumWith(row.operator, trial, weights, variable.index), variable.point);
    const observed = message && fromMessage(message.value);
    holds(context, where, variable, slopes, observed ?? { type: 'float64', shape: [], values: [] });
  }
  return true;
};

const caseOf = (row: RegisteredOperator): Case => ({
  id: `FRM-TRN-001/${operatorName(row.operator)}` as CaseId,
  title: `the gradients of ${row.operator} are those of central differences`,
  requirements: ['FRM-TRN-001'],
  expectations: [GIVEN, FORM, VALUES],
  needs: ['framework.model'],
  kind: 'shared',
  run: async (context) => {
    let had = 0;
    for (const type of typesIn(row)) {
      for (const trial of trials(context, row, type)) {
        if (await judged(context, row, trial)) had += 1;
      }
    }
    if (had === 0) context.nothing(`the endpoint runs no ${row.operator} of floats`);
  },
});

export const gradientCases: readonly Case[] = registered
  .filter(({ gradients }) => gradients)
  .map(caseOf);
