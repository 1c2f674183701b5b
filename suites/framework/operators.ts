// FRM-OPS-001, -002, -007, -008, -012: every operator of level 1, for every type, held against its definition.
import { expect } from 'chai';
import type { Answer, Case, CaseId, Context, ExpectationId } from '../../core/case.ts';
import type { Model } from '../../core/onnx/model.ts';
import type { Tensor } from '../../core/onnx/tensor.ts';
import type { Evaluated } from '../../core/operators/definition.ts';
import { operators } from '../../core/operators/index.ts';
import { Random } from '../../core/random.ts';
import { OPERATORS, type RequirementId } from '../../schemas/generated/standard.ts';
import type {
  ElementType,
  ModelLoadResult,
  ModelRunResult,
  RegisteredOperator,
} from '../../schemas/generated/types.ts';
import { brief, canonicalOf } from '../support.ts';
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

export const named = <T>(items: readonly T[], letter: string): [string, T][] =>
  items.map((one, index) => [`${letter}${index}`, one]);

/** The model of one node that a trial runs. */
export const modelFor = (operator: string, trial: Trial, results: readonly Evaluated[]): Model => {
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

export const form = ({ type, shape }: Pick<Tensor, 'type' | 'shape'>): string =>
  `${type} [${shape}]`;

/** A bigint of a tensor among the attributes, as JSON can have it. */
const readable = (_name: string, one: unknown): unknown =>
  typeof one === 'bigint' ? Number(one) : one;

/** An element with what it was made of, where that is one element of each input. */
const told = (trial: Trial, index: number, shown: unknown): string => {
  const same = trial.inputs.every(
    (one) => one && one.values.length === trial.inputs[0]?.values.length,
  );
  const from = same ? ` of ${trial.inputs.map((one) => one?.values[index]).join(', ')}` : '';
  return `element ${index}${from}: ${Object.is(shown, -0) ? '-0' : shown}`;
};

/** What a trial runs and what it should come to, in words. */
export const wordsOf = (operator: string, { inputs, attributes = {} }: Trial): string => {
  const given = inputs.map((one) => (one ? form(one) : 'nothing')).join(', ');
  const how =
    Object.keys(attributes).length > 0 ? ` with ${JSON.stringify(attributes, readable)}` : '';
  return `${operator} of ${given}${how}`;
};

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

export const exactOf = (operator: string, { inputs, attributes = {}, outputs = 1 }: Trial) => {
  const definition = operators[operator];
  if (!definition) throw new Error(`${operator} is not defined here`);
  return definition(inputs, attributes, outputs);
};

/** States that a trial has a result. */
const states = (context: Context, id: ExpectationId, where: string, refused?: Answer): void =>
  context.expectation(
    id,
    {
      expected: `${where}: a result`,
      observed: `${where}: ${refused ? brief(refused) : 'a result'}`,
    },
    () => expect(refused).to.equal(undefined),
  );

/** Whether a refusal says that the endpoint has not the operator, or not for the type. */
export const isWithout = (answer: Answer): boolean =>
  ['UNIMPLEMENTED', 'INVALID_ARGUMENT'].includes(canonicalOf(answer) ?? '');

/** Runs one trial and judges it; false where the endpoint has not the operator, or not for the type. */
const judged = async (
  context: Context,
  { operator, tolerance }: RegisteredOperator,
  trial: Trial,
): Promise<boolean> => {
  const exact = exactOf(operator, trial);
  const where = wordsOf(operator, trial);
  const row = ROWS[trial.about];
  const found = await ran(context, `${row}/form`, operator, trial, exact);
  if (isAnswer(found)) {
    if (isWithout(found)) return false;
    states(context, `${row}/form`, where, found);
    return false;
  }
  for (const [name, wanted] of named(exact, 'y')) {
    const observed = found[name];
    context.expectation(
      `${row}/form`,
      {
        expected: `${where}: ${name} ${form(wanted)}`,
        observed: `${where}: ${name} ${observed ? form(observed) : 'that has not the bytes of its shape'}`,
      },
      () => expect(observed && form(observed)).to.equal(form(wanted)),
    );
    if (!observed) continue;
    const far = firstFar(wanted, observed, toleranceOf(tolerance), trial.about === 'special');
    const shown = (values: readonly unknown[]): string =>
      far === undefined ? `${values.length} elements` : told(trial, far, values[far]);
    context.expectation(
      `${row}/values`,
      {
        expected: `${where}: ${shown(wanted.values)}, ${tolerance}`,
        observed: `${where}: ${shown(observed.values)}`,
      },
      () => expect(far).to.equal(undefined),
    );
  }
  return true;
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
      let had = 0;
      for (const trial of trialsOf(row.operator)(context.random, type)) {
        if (trial.about !== about) continue;
        const isHad = await judged(context, row, trial);
        // What is had of one shape and not of another is refused without a reason, where level 1 has the type.
        if (!isHad && had > 0 && row.types.includes(type)) {
          const where = wordsOf(row.operator, trial);
          context.expectation(
            `${requirement}/form`,
            { expected: `${where}: a result, as of other shapes`, observed: `${where}: a refusal` },
            () => expect(isHad).to.equal(true),
          );
        }
        if (isHad) had += 1;
      }
      if (had === 0) context.nothing(`the endpoint has no ${row.operator} of ${type}`);
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
