// FRM-OPS-002 of models of several operators, and of runs that follow each other: what one writes over, another would
// compute with.
import { expect } from 'chai';
import type { Case, Context, ExpectationId } from '../../../core/case.ts';
import type { Model, Node } from '../../../core/onnx/model.ts';
import type { Tensor } from '../../../core/onnx/tensor.ts';
import { evaluate } from '../../../core/operators/graph.ts';
import type { ModelLoadResult } from '../../../schemas/generated/types.ts';
import { brief } from '../../support.ts';
import { attemptRun, loadParams, modelOf, node, outputOf, value } from '../models.ts';
import { isWithout } from '../node.ts';
import { between, numbers, wholes } from '../trials/trial.ts';

const SHAPE = [3, 7] as const;

/** Whole numbers, of which sums are exact. */
const whole = ({ random }: Context): Tensor =>
  numbers('float32', SHAPE, between(random, 'int32', SHAPE, [-999, 999]).values.map(Number));

const row = { row: wholes([21]), back: wholes(SHAPE) };
const scattered = {
  at: wholes([1, 2], [1, 2]),
  updates: numbers('float32', [1, 2], [5000, 6000]),
};

/** What invites to work in place: gives `last` of `first`, with constants of its own. */
interface Inviting {
  readonly nodes: (first: string, last: string) => readonly Node[];
  readonly constants?: Readonly<Record<string, Tensor>>;
}

/** Whose result has the elements' own places, or is written into a copy of what it takes. */
const INVITING: readonly Inviting[] = [
  ...['Neg', 'Relu', 'Abs', 'Identity'].map((operator) => ({
    nodes: (first: string, last: string) => [node(operator, [first], [last])],
  })),
  { nodes: (first, last) => [node('Add', [first, first], [last])] },
  { nodes: (first, last) => [node('Mul', [first, 'x'], [last])] },
  {
    nodes: (first, last) => [node('Identity', [first], ['same']), node('Neg', ['same'], [last])],
  },
  {
    nodes: (first, last) => [
      node('Reshape', [first, 'row'], ['flat']),
      node('Neg', ['flat'], ['less']),
      node('Reshape', ['less', 'back'], [last]),
    ],
    constants: row,
  },
  {
    nodes: (first, last) => [
      node('Transpose', [first], ['turned']),
      node('Neg', ['turned'], ['less']),
      node('Transpose', ['less'], [last]),
    ],
  },
  {
    nodes: (first, last) => [node('ScatterElements', [first, 'at', 'updates'], [last])],
    constants: scattered,
  },
];

const words = ({ nodes }: Model): string => nodes.map(({ operator }) => operator).join(', ');

const RUNS = 3;

/** Runs a model again and again, each time on something else; false where the endpoint has not its operators. */
const runsRightly = async (
  context: Context,
  expectation: ExpectationId,
  model: Model,
): Promise<boolean> => {
  const loading = await context.attempt(expectation, 'framework.model.load', loadParams(model));
  // Which operators there are is another row's.
  if (loading.kind === 'error' && isWithout(loading)) return false;
  const { model: handle } = (loading.kind === 'result' ? loading.result : {}) as ModelLoadResult;
  const outputs = model.outputs.map(({ name }) => name);
  for (let run = 1; run <= RUNS; run += 1) {
    const x = whole(context);
    const answer =
      loading.kind === 'error'
        ? loading
        : await attemptRun(context, expectation, handle, { x }, outputs);
    if (answer.kind === 'error' && isWithout(answer)) return false;
    const exact = evaluate(model, { x });
    for (const name of outputs) {
      const where = `${words(model)}, run ${run}, ${name}: `;
      // A zero's sign is not what this is about.
      const told = (one?: Tensor): string =>
        one?.values.map((each) => Number(each) + 0).join(', ') ?? brief(answer);
      const [expected, observed] = [told(exact[name]), told(outputOf(answer, name))];
      context.expectation(
        expectation,
        { expected: `${where}${expected}`, observed: `${where}${observed}` },
        () => expect(observed).to.equal(expected),
      );
    }
  }
  await context.given('framework.model.unload', { model: handle });
  return true;
};

const kept = (
  name: 'weights' | 'values' | 'inputs',
  title: string,
  modelFor: (inviting: Inviting, context: Context) => Model,
): Case => ({
  id: `FRM-OPS-002/kept-${name}`,
  title,
  requirements: ['FRM-OPS-002'],
  expectations: [`FRM-OPS-002/kept-${name}`],
  kind: 'shared',
  run: async (context) => {
    let had = 0;
    for (const inviting of INVITING) {
      const model = modelFor(inviting, context);
      if (await runsRightly(context, `FRM-OPS-002/kept-${name}`, model)) had += 1;
    }
    if (had === 0) context.nothing('the endpoint has none of these operators');
  },
});

const floats = (...names: readonly string[]) => names.map((name) => value(name, 'float32', SHAPE));

export const keptCases: readonly Case[] = [
  kept(
    'weights',
    'weights are what they were loaded as in each run, whatever works on them',
    ({ nodes, constants = {} }, context) =>
      modelOf({
        nodes: [...nodes('w', 'made'), node('Add', ['made', 'x'], ['y'])],
        initializers: { w: whole(context), ...constants },
        inputs: floats('x'),
        outputs: floats('y'),
      }),
  ),
  kept(
    'values',
    'a value that is taken twice is the same each time, and so where it is answered too',
    ({ nodes, constants = {} }) =>
      modelOf({
        nodes: [
          node('Add', ['x', 'x'], ['taken']),
          ...nodes('taken', 'made'),
          node('Sub', ['taken', 'made'], ['y']),
        ],
        initializers: constants,
        inputs: floats('x'),
        outputs: floats('taken', 'y', 'made'),
      }),
  ),
  kept(
    'inputs',
    'an input that is taken twice is the same each time',
    ({ nodes, constants = {} }) =>
      modelOf({
        nodes: [...nodes('x', 'made'), node('Sub', ['x', 'made'], ['y'])],
        initializers: constants,
        inputs: floats('x'),
        outputs: floats('made', 'y'),
      }),
  ),
];
