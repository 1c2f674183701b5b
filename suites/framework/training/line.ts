// A model that is trained without a rounding: whole inputs, weights that are quarters, and powers of two for the rest, so
// that for some steps the order of a sum makes no difference, nor how many of its terms are added at a time.
import type { Context } from '../../../core/case.ts';
import type { Model } from '../../../core/onnx/model.ts';
import { type Tensor, tensor } from '../../../core/onnx/tensor.ts';
import type { Random } from '../../../core/random.ts';
import type { Methods } from '../../../schemas/generated/standard.ts';
import { inputsOf, loaded, modelOf, node, value } from '../models.ts';
import { between, numbers } from '../trials/trial.ts';

const BATCH = 4;
export const WIDTH = 3;

/** The mean of (x w + b - t) squared, of a batch. */
const line = (w: Tensor, b: Tensor) =>
  modelOf({
    nodes: [
      node('MatMul', ['x', 'w'], ['xw']),
      node('Add', ['xw', 'b'], ['y']),
      node('Sub', ['y', 't'], ['e']),
      node('Mul', ['e', 'e'], ['q']),
      node('ReduceMean', ['q'], ['loss'], { keepdims: { int: 0 } }),
    ],
    initializers: { w, b },
    inputs: [value('x', 'float32', [BATCH, WIDTH]), value('t', 'float32', [BATCH, 1])],
    outputs: [value('loss', 'float32', [])],
  });

const whole = (random: Random, shape: readonly number[], most: number): Tensor =>
  tensor('float32', shape, between(random, 'int32', shape, [-most, most]).values);

/** A model whose weights are quarters. */
export const lineOfQuarters = (random: Random): Model => {
  const quarters = (shape: readonly number[]): Tensor => {
    const { values } = whole(random, shape, 8);
    return numbers(
      'float32',
      shape,
      values.map((one) => Number(one) / 4),
    );
  };
  return line(quarters([WIDTH, 1]), quarters([1]));
};

/** The same, loaded. */
export const loadedLine = (context: Context): Promise<string> =>
  loaded(context, lineOfQuarters(context.random));

/** A training of it, as it is begun. */
export const beginParams = (model: string): Methods['framework.training.begin']['params'] => ({
  model,
  loss: 'loss',
  parameters: ['w', 'b'],
  optimizer: { kind: 'sgd', rate: 0.125, momentum: 0.5 },
});

/** A batch. */
export const tensorsOf = (random: Random) => ({
  x: whole(random, [BATCH, WIDTH], 1),
  t: whole(random, [BATCH, 1], 4),
});

/** The same, as a step takes it. */
export const batchOf = (random: Random) => inputsOf(tensorsOf(random));

/** A training that the case stands on. */
export const begun = async (context: Context): Promise<string> => {
  const params = beginParams(await loadedLine(context));
  return (await context.given('framework.training.begin', params)).training;
};
