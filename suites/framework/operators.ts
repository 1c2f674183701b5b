// FRM-OPS-001, -002, -007, -008, -012: every operator of level 1, for every type, held against its definition.
import { expect } from 'chai';
import type { Case, CaseId, Context, ExpectationId } from '../../core/case.ts';
import type { Model } from '../../core/onnx/model.ts';
import type { Tensor } from '../../core/onnx/tensor.ts';
import type { Evaluated } from '../../core/operators/definition.ts';
import { operators } from '../../core/operators/index.ts';
import { Random } from '../../core/random.ts';
import {
  OPERATORS,
  type OperatorName,
  type RequirementId,
} from '../../schemas/generated/standard.ts';
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

const form = ({ type, shape }: Pick<Tensor, 'type' | 'shape'>): string => `${type} [${shape}]`;

/** An element with what it was made of, where that is one element of each input. */
const told = (trial: Trial, index: number, shown: unknown): string => {
  const same = trial.inputs.every(
    (one) => one && one.values.length === trial.inputs[0]?.values.length,
  );
  const from = same ? ` of ${trial.inputs.map((one) => one?.values[index]).join(', ')}` : '';
  return `element ${index}${from}: ${Object.is(shown, -0) ? '-0' : shown}`;
};

/** Runs one trial and judges it; false where the endpoint has not the operator for the type, and need not. */
const judged = async (
  context: Context,
  { operator, tolerance, types }: RegisteredOperator,
  type: ElementType,
  trial: Trial,
): Promise<boolean> => {
  const definition = operators[operator];
  if (!definition) throw new Error(`${operator} is not defined here`);
  const exact = definition(trial.inputs, trial.attributes ?? {}, trial.outputs ?? 1);
  const model = modelFor(operator, trial, exact);
  const where = `${operator} of ${trial.inputs.map((one) => (one ? form(one) : 'nothing')).join(', ')}${trial.attributes && Object.keys(trial.attributes).length > 0 ? ` with ${JSON.stringify(trial.attributes)}` : ''}`;
  const isAsked = types.includes(type);
  const row = ROWS[trial.about];
  const asForm: ExpectationId = `${row}/form`;
  const asValues: ExpectationId = `${row}/values`;
  const running: ExpectationId = isAsked ? RUN : asForm;
  const answers = (answer: Awaited<ReturnType<typeof attemptRun>>): boolean => {
    if (answer.kind === 'result') return true;
    const refusal = canonicalOf(answer);
    if (!isAsked && (refusal === 'UNIMPLEMENTED' || refusal === 'INVALID_ARGUMENT')) return false;
    context.expectation(
      running,
      { expected: `${where}: a result`, observed: `${where}: ${brief(answer)}` },
      () => expect(answer.kind).to.equal('result'),
    );
    return false;
  };
  const loading = await context.attempt(running, 'framework.model.load', loadParams(model));
  if (!answers(loading)) return false;
  const { model: handle } = (loading as { result: ModelLoadResult }).result;
  const given = Object.fromEntries(
    named(trial.inputs, 'x').flatMap(([name, one]) =>
      one && model.inputs.some((info) => info.name === name) ? [[name, one]] : [],
    ),
  );
  const names = named(exact, 'y').map(([name]) => name);
  const ran = await attemptRun(context, running, handle, given, names);
  if (!answers(ran)) return false;
  context.expectation(RUN, { expected: `${where}: a result`, observed: `${where}: a result` }, () =>
    expect(ran.kind).to.equal('result'),
  );
  const found = outputsOf((ran as { result: ModelRunResult }).result);
  for (const [name, wanted] of named(exact, 'y')) {
    const observed = found[name];
    context.expectation(
      asForm,
      {
        expected: `${where}: ${name} ${form(wanted)}`,
        observed: `${where}: ${name} ${observed ? form(observed) : 'that has not the bytes of its shape'}`,
      },
      () => expect(observed && form(observed)).to.equal(form(wanted)),
    );
    if (!observed) continue;
    const far = firstFar(wanted, observed, toleranceOf(tolerance), trial.about === 'special');
    context.expectation(
      asValues,
      {
        expected: `${where}: ${far === undefined ? `${wanted.values.length} elements` : told(trial, far, wanted.values[far])}, ${tolerance}`,
        observed: `${where}: ${far === undefined ? `${wanted.values.length} elements, ${tolerance}` : told(trial, far, observed.values[far])}`,
      },
      () => expect(far).to.equal(undefined),
    );
  }
  await context.given('framework.model.unload', { model: handle });
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
const abouts = (operator: OperatorName, type: ElementType): Trial['about'][] => {
  const trials = trialsOf(operator)(still, type);
  return [...new Set(trials.map(({ about }) => about))];
};

const caseOf = (row: RegisteredOperator, type: ElementType, about: Trial['about']): Case => {
  const requirement = ROWS[about];
  const isAsked = row.types.includes(type);
  return {
    id: `${requirement}/${row.operator.toLowerCase()}-${type}` as CaseId,
    title: `${row.operator} of ${type} computes ${WORDS[about]}`,
    requirements: [requirement, ...(isAsked ? (['FRM-OPS-001'] as const) : [])],
    expectations: [
      ...(isAsked ? ([RUN] as const) : []),
      `${requirement}/form`,
      `${requirement}/values`,
    ],
    kind: 'shared',
    run: async (context) => {
      const trials = trialsOf(row.operator as OperatorName)(context.random, type);
      let had = 0;
      for (const trial of trials.filter((one) => one.about === about)) {
        if (await judged(context, row, type, trial)) had += 1;
      }
      if (had === 0) context.nothing(`the endpoint has no ${row.operator} of ${type}`);
    },
  };
};

const rows: readonly RegisteredOperator[] = OPERATORS.map(
  (one) => structuredClone(one) as RegisteredOperator,
);

export const operatorCases: readonly Case[] = rows.flatMap((row) =>
  [...row.types, ...(row.further ?? [])].flatMap((type) =>
    abouts(row.operator as OperatorName, type).map((about) => caseOf(row, type, about)),
  ),
);
