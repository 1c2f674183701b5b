// Models that several cases use, and the run that shows that an endpoint still serves.
import { expect } from 'chai';
import type { Context, ExpectationId } from '../../../core/case.ts';
import type { Model } from '../../../core/onnx/model.ts';
import { type Tensor, tensor } from '../../../core/onnx/tensor.ts';
import type { Random } from '../../../core/random.ts';
import { succeeds } from '../../support.ts';
import { attemptRun, loadParams, modelOf, node, outputOf, value } from '../models.ts';
import { between, numbers } from '../trials/trial.ts';

/** y = x + x, of two rows and three columns: nothing that could go wrong. */
export const doubling: Model = modelOf({
  nodes: [node('Add', ['x', 'x'], ['y'])],
  inputs: [value('x', 'float32', [2, 3])],
  outputs: [value('y', 'float32', [2, 3])],
});

/** What `doubling` takes, and what it makes of it: exact, since a float is doubled without rounding. */
export const doubled = (random: Random): { given: Tensor; expected: Tensor } => {
  const given = numbers(
    'float32',
    [2, 3],
    Array.from({ length: 6 }, () => random.integer(-1000, 1000)),
  );
  return { given, expected: { ...given, values: given.values.map((x) => 2 * Number(x)) } };
};

/** States that a good model still computes what it should. */
export const goesOn = async (context: Context, expectation: ExpectationId): Promise<void> => {
  const { given, expected } = doubled(context.random);
  const { model } = await succeeds(
    context,
    expectation,
    'framework.model.load',
    loadParams(doubling),
  );
  const answer = await attemptRun(context, expectation, model, { x: given }, ['y']);
  const observed = outputOf(answer, 'y')?.values ?? null;
  context.expectation(expectation, { expected: expected.values, observed }, () =>
    expect(observed).to.deep.equal(expected.values),
  );
  await context.given('framework.model.unload', { model });
};

/** Another in each of its weights, so that no two are the same model. */
export const weighted = (weight: number): Model =>
  modelOf({
    nodes: [node('Mul', ['x', 'w'], ['y'])],
    initializers: { w: tensor('float32', [], [weight]) },
    inputs: [value('x', 'float32', ['n'])],
    outputs: [value('y', 'float32', ['n'])],
  });

/** Eighths, few enough that sums of their products are exact in any order, and in fewer bits than a float has. */
export const eighths = (random: Random, shape: readonly number[]): Tensor => {
  const { values } = between(random, 'int32', shape, [-12, 12]);
  return numbers(
    'float32',
    shape,
    values.map((one) => Number(one) / 8),
  );
};

/** Two layers of a network whose batch is open, with weights of its own: rows that a product could mix. */
export const network = (random: Random): Model =>
  modelOf({
    nodes: [
      node('MatMul', ['x', 'w'], ['a']),
      node('Add', ['a', 'b'], ['c']),
      node('Tanh', ['c'], ['y']),
    ],
    initializers: { w: eighths(random, [5, 5]), b: eighths(random, [5]) },
    inputs: [value('x', 'float32', ['batch', 5])],
    outputs: [value('y', 'float32', ['batch', 5])],
  });
