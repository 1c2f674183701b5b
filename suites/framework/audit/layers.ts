// Models that cost as much as is asked for, and of whose results a row is soon computed: what audits run.
import { expect } from 'chai';
import type { Context, ExpectationId } from '../../../core/case.ts';
import type { Model, Node } from '../../../core/onnx/model.ts';
import { type Tensor, tensor } from '../../../core/onnx/tensor.ts';
import { evaluate } from '../../../core/operators/graph.ts';
import type { Random } from '../../../core/random.ts';
import type { ModelRunResult } from '../../../schemas/generated/types.ts';
import { brief } from '../../support.ts';
import { inputsOf, modelOf, node, outputsOf, value } from '../models.ts';
import { firstFar, toleranceOf } from '../near.ts';
import { between, numbers } from '../trials/trial.ts';

const WIDTH = 96;
/** So large that what a layer adds dies away: a result is near the exact one however many there are. */
const WEIGHT = 0.5 * Math.sqrt(3 / WIDTH);
/** The largest element of a row may be this many times as far off as a sum of its size. */
const GAIN = 32;

/** z = z w + x, so many times, from z = x. Each row is computed by itself. */
export const layers = (weights: Tensor, depth: number): Model =>
  modelOf({
    nodes: layerNodes('x', 'y', depth),
    initializers: { w: weights },
    inputs: [value('x', 'float32', ['rows', WIDTH])],
    outputs: [value('y', 'float32', ['rows', WIDTH])],
  });

const layerNodes = (from: string, to: string, depth: number): readonly Node[] =>
  Array.from({ length: depth }, (_, layer) => [
    node('MatMul', [layer === 0 ? from : `z${layer}`, 'w'], [`a${layer}`]),
    node('Add', [`a${layer}`, from], [layer === depth - 1 ? to : `z${layer + 1}`]),
  ]).flat();

/**
 * What `layers` computes, of so many rows, and so many times side by side: more work than fits a message in layers, for
 * engines to which those are little.
 */
export const manifold = (weights: Tensor, depth: number, copies: number, rows: number): Model => {
  const once = layers(weights, depth);
  if (copies === 1) return once;
  const last = [(copies - 1) * rows, copies * rows].map((row) =>
    tensor('int64', [1], [BigInt(row)]),
  );
  const [starts, ends] = last as [Tensor, Tensor];
  return {
    ...once,
    nodes: [
      node('Concat', Array(copies).fill('x'), ['all'], { axis: { int: 0 } }),
      ...layerNodes('all', 'z', depth),
      node('Slice', ['z', 'starts', 'ends'], ['y']),
    ],
    initializers: { w: weights, starts, ends },
  };
};

/** What takes and gives as much, and computes nothing. */
export const idle: Model = modelOf({
  nodes: [node('Identity', ['x'], ['y'])],
  inputs: [value('x', 'float32', ['rows', WIDTH])],
  outputs: [value('y', 'float32', ['rows', WIDTH])],
});

export const weightsOf = (random: Random): Tensor =>
  between(random, 'float32', [WIDTH, WIDTH], [-WEIGHT, WEIGHT]);

export const drawn = (random: Random, rows: number): Tensor =>
  between(random, 'float32', [rows, WIDTH], [-1, 1]);

/** A run of `model` on `x`, as a request. */
export const runOf = (model: string, x: Tensor) => ({
  model,
  inputs: inputsOf({ x }),
  outputs: ['y'],
});

/** One run: what it took and what it gave. */
export interface Ran {
  readonly x: Tensor;
  readonly result: ModelRunResult;
}

const rowOf = ({ values }: Tensor, row: number): readonly number[] =>
  values.slice(row * WIDTH, (row + 1) * WIDTH).map(Number);

/** States that a row of each run's result, drawn at random, is that of its own input; `what` says which runs. */
export const rowsAreRight = (
  context: Context,
  expectation: ExpectationId,
  model: Model,
  what: string,
  runs: readonly Ran[],
): void => {
  const rows = runs.map(({ x }) => context.random.integer(0, (x.shape[0] ?? 1) - 1));
  // All of them at once: a row costs little beside the weights.
  const given = runs.flatMap(({ x }, index) => rowOf(x, rows[index] ?? 0));
  const exact = evaluate(model, { x: numbers('float32', [runs.length, WIDTH], given) })['y'];
  if (!exact) throw new Error('the model has no y');
  for (const [index, { x, result }] of runs.entries()) {
    const { y } = outputsOf(result);
    const hasForm = y?.type === 'float32' && String(y.shape) === String(x.shape);
    const observed = hasForm ? rowOf(y, rows[index] ?? 0) : undefined;
    const expected = rowOf(exact, index);
    const size = GAIN * Math.max(...expected.map(Math.abs));
    const far =
      observed &&
      firstFar(
        { ...numbers('float32', [WIDTH], expected), magnitudes: expected.map(() => size) },
        numbers('float32', [WIDTH], observed),
        toleranceOf('accumulated'),
        false,
      );
    const at = far ?? 0;
    const where = `${what} ${index + 1} of ${runs.length}, row ${rows[index]}, element ${at}`;
    context.expectation(
      expectation,
      {
        expected: `${where}: ${expected[at]}`,
        observed: `${where}: ${observed ? observed[at] : brief({ kind: 'result', id: 0, result })}`,
      },
      () => expect(observed !== undefined && far === undefined).to.equal(true),
    );
  }
};
