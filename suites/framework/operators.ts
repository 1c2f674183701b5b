// FRM-OPS-001, -002, -007, -008, -012: every operator of level 1, for every type, held against its definition.
import { expect } from 'chai';
import type { Answer, Case, CaseId, Context, ExpectationId } from '../../core/case.ts';
import type { Value } from '../../core/onnx/element.ts';
import type { Model } from '../../core/onnx/model.ts';
import type { Tensor } from '../../core/onnx/tensor.ts';
import type { Evaluated } from '../../core/operators/definition.ts';
import { operators } from '../../core/operators/index.ts';
import {
  elementWords,
  formWords,
  ofTrial,
  trialWords,
  withinWords,
} from '../../core/operators/words.ts';
import { Random } from '../../core/random.ts';
import { OPERATORS, type RequirementId } from '../../schemas/generated/standard.ts';
import type {
  ElementType,
  ModelLoadResult,
  ModelRunResult,
  RegisteredOperator,
} from '../../schemas/generated/types.ts';
import { brief, canonicalOf } from '../support.ts';
import { Nearness } from './measured.ts';
import { attemptRun, loadParams, modelOf, node, outputsOf, value } from './models.ts';
import { firstFar, toleranceOf } from './near.ts';
import { trialsOf } from './trials/index.ts';
import type { Trial } from './trials/trial.ts';

/** The row that judges a trial, by what it is about. */
const ROWS = {
  values: 'FRM-OPS-002',
  special: 'FRM-OPS-007',
  broadcast: 'FRM-OPS-008',
  integers: 'FRM-OPS-012',
} as const satisfies Record<Trial['about'], RequirementId>;

const RUN = 'FRM-OPS-001/run';

const named = <T>(items: readonly T[], letter: string): [string, T][] =>
  items.map((one, index) => [`${letter}${index}`, one]);

/** The model of one node that a trial runs. */
const modelFor = (operator: string, trial: Trial, results: readonly Evaluated[]): Model => {
  const given = named(trial.inputs, 'x').map(([name, one]) => [one ? name : '', one] as const);
  const isConstant = (index: number): boolean => trial.constant?.includes(index) === true;
  const outputs = named(results, 'y');
  return modelOf({
    nodes: [
      node(
        operator,
        given.map(([name]) => name),
        outputs.map(([name]) => name),
        trial.attributes,
      ),
    ],
    initializers: Object.fromEntries(
      given.flatMap(([name, one], index) => (one && isConstant(index) ? [[name, one]] : [])),
    ),
    inputs: given.flatMap(([name, one], index) =>
      one && !isConstant(index) ? [value(name, one.type, one.shape)] : [],
    ),
    // What the lengths are is the operator's to say.
    outputs: outputs.map(([name, { type, shape }]) =>
      value(
        name,
        type,
        shape.map((_, axis) => `${name}_${axis}`),
      ),
    ),
  });
};

/** An element of a result in words, with what the inputs have in its place, where they are as long as the result. */
const told = ({ inputs }: Trial, index: number, values: readonly Value[]): string => {
  const from = inputs.flatMap((one) => {
    const found = one?.values.length === values.length ? one.values[index] : undefined;
    return found === undefined ? [] : [found];
  });
  return elementWords(index, from.length === inputs.length ? from : [], values[index]);
};

const elementsOf = ({ inputs }: Trial): number =>
  inputs.reduce((sum, one) => sum + (one?.values.length ?? 0), 0);

/** The trial in words. */
const wordsOf = (operator: string, { inputs, attributes }: Trial): string =>
  trialWords(operator, inputs, attributes);

/** What came of loading and running the model of a trial: its outputs, or the refusal. */
const ran = async (
  context: Context,
  expectation: ExpectationId,
  operator: string,
  trial: Trial,
  exact: readonly Evaluated[],
): Promise<Record<string, Tensor | undefined> | Answer> => {
  const model = modelFor(operator, trial, exact);
  const loading = await context.attempt(expectation, 'framework.model.load', loadParams(model));
  if (loading.kind === 'error') return loading;
  const { model: handle } = loading.result as ModelLoadResult;
  const given = Object.fromEntries(
    named(trial.inputs, 'x').flatMap(([name, one]) =>
      one && model.inputs.some((info) => info.name === name) ? [[name, one]] : [],
    ),
  );
  const names = named(exact, 'y').map(([name]) => name);
  const answer = await attemptRun(context, expectation, handle, given, names);
  await context.given('framework.model.unload', { model: handle });
  return answer.kind === 'error' ? answer : outputsOf(answer.result as ModelRunResult);
};

const isAnswer = (one: object): one is Answer => 'kind' in one && 'error' in one;

const exactOf = (operator: string, { inputs, attributes = {}, outputs = 1 }: Trial) => {
  const definition = operators[operator];
  if (!definition) throw new Error(`${operator} is not defined here`);
  return definition(inputs, attributes, outputs);
};

/** States that a trial has a result. */
const states = (context: Context, id: ExpectationId, where: string, refused?: Answer): void =>
  context.expectation(
    id,
    {
      expected: ofTrial(where, 'a result'),
      observed: ofTrial(where, refused ? brief(refused) : 'a result'),
    },
    () => expect(refused).to.equal(undefined),
  );

/** Whether a refusal says that the endpoint has not the operator, or not for the type. */
const isWithout = (answer: Answer): boolean =>
  ['UNIMPLEMENTED', 'INVALID_ARGUMENT'].includes(canonicalOf(answer) ?? '');

/** Runs one trial and judges it; the refusal where the endpoint has not the operator, or not for the type. */
const judged = async (
  context: Context,
  { operator, tolerance }: RegisteredOperator,
  trial: Trial,
  nearness?: Nearness,
): Promise<Answer | undefined> => {
  const exact = exactOf(operator, trial);
  const where = wordsOf(operator, trial);
  const row = ROWS[trial.about];
  const found = await ran(context, `${row}/form`, operator, trial, exact);
  if (isAnswer(found)) {
    if (isWithout(found)) return found;
    states(context, `${row}/form`, where, found);
    return undefined;
  }
  for (const [name, wanted] of named(exact, 'y')) {
    const observed = found[name];
    const form = observed ? formWords(observed) : 'that has not the bytes of its shape';
    context.expectation(
      `${row}/form`,
      {
        expected: ofTrial(where, `${name} ${formWords(wanted)}`),
        observed: ofTrial(where, `${name} ${form}`),
      },
      () => expect(form).to.equal(formWords(wanted)),
    );
    if (!observed) continue;
    const far = firstFar(wanted, observed, toleranceOf(tolerance), trial.about === 'special');
    nearness?.add(wanted, observed);
    // A broken expectation ends the case.
    if (far !== undefined) nearness?.tell(context);
    const shown = (values: readonly Value[]): string =>
      far === undefined ? `${values.length} elements` : told(trial, far, values);
    context.expectation(
      `${row}/values`,
      {
        expected: ofTrial(where, withinWords(shown(wanted.values), tolerance)),
        observed: ofTrial(where, shown(observed.values)),
      },
      () => expect(far).to.equal(undefined),
    );
  }
  return undefined;
};

const WORDS = {
  values: 'as its definition says',
  special: 'of NaN, infinities and zeros with a sign as IEEE 754 and its definition decide',
  broadcast: 'of shapes that broadcast, also to nothing',
  integers: 'of integers at the ends of their type and around zero',
} as const;

/** Draws nothing, which costs nothing: enough to see what trials there are. */
class Still extends Random {
  override integer(least: number): number {
    return least;
  }
}

const still = new Still('', '');

/** What trials of an operator and a type there are does not depend on the seed. */
const abouts = ({ operator }: RegisteredOperator, type: ElementType): Trial['about'][] => {
  const trials = trialsOf(operator)(still, type);
  return [...new Set(trials.map(({ about }) => about))];
};

/** FRM-OPS-001: the operator is there, for every type of level 1. */
const presence = (row: RegisteredOperator): Case => ({
  id: `FRM-OPS-001/${row.operator.toLowerCase()}`,
  title: `${row.operator} runs, of ${row.types.join(', ')}`,
  requirements: ['FRM-OPS-001'],
  expectations: [RUN],
  kind: 'shared',
  run: async (context) => {
    for (const type of row.types) {
      const [trial] = trialsOf(row.operator)(context.random, type);
      if (!trial) throw new Error(`${row.operator} of ${type} has no trial`);
      const found = await ran(context, RUN, row.operator, trial, exactOf(row.operator, trial));
      const where = wordsOf(row.operator, trial);
      states(context, RUN, where, isAnswer(found) ? found : undefined);
    }
  },
});

const caseOf = (row: RegisteredOperator, type: ElementType, about: Trial['about']): Case => {
  const requirement = ROWS[about];
  return {
    id: `${requirement}/${row.operator.toLowerCase()}-${type}` as CaseId,
    title: `${row.operator} of ${type} computes ${WORDS[about]}`,
    requirements: [requirement],
    expectations: [`${requirement}/form`, `${requirement}/values`],
    kind: 'shared',
    run: async (context) => {
      const nearness = about === 'values' ? new Nearness(row, type) : undefined;
      const trials = trialsOf(row.operator)(context.random, type).filter(
        (trial) => trial.about === about,
      );
      const refusals = new Map<Trial, Answer>();
      // The smallest first: what breaks is then the least that shows it.
      for (const trial of trials.toSorted((one, other) => elementsOf(one) - elementsOf(other))) {
        const refused = await judged(context, row, trial, nearness);
        if (refused) refusals.set(trial, refused);
      }
      nearness?.tell(context);
      const had = trials.findIndex((trial) => !refusals.has(trial));
      if (had < 0) context.nothing(`the endpoint has no ${row.operator} of ${type}`);
      // What is had of one shape and not of another is refused without a reason, where level 1 has the type.
      for (const trial of row.types.includes(type) ? trials.slice(had) : []) {
        const refused = refusals.get(trial);
        if (!refused) continue;
        const where = wordsOf(row.operator, trial);
        context.expectation(
          `${requirement}/form`,
          {
            expected: ofTrial(where, 'a result, as of other shapes'),
            observed: ofTrial(where, brief(refused)),
          },
          () => expect(refused).to.equal(undefined),
        );
      }
    },
  };
};

const rows: readonly RegisteredOperator[] = OPERATORS.map(
  (one) => structuredClone(one) as RegisteredOperator,
);

export const operatorCases: readonly Case[] = rows.flatMap((row) => [
  presence(row),
  ...[...row.types, ...(row.further ?? [])].flatMap((type) =>
    abouts(row, type).map((about) => caseOf(row, type, about)),
  ),
]);
