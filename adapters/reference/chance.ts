// Random numbers of the reference: drawn when a model is loaded, and then tensors that the model holds.
import { randomBytes } from 'node:crypto';
import { rounded } from '../../core/onnx/element.ts';
import type { Attributes, Model, Node } from '../../core/onnx/model.ts';
import { sizeOf, type Tensor, tensor } from '../../core/onnx/tensor.ts';
import { floatOf, intOf, intsOf } from '../../core/operators/definition.ts';
import { Random } from '../../core/random.ts';
import { refused } from './refused.ts';

/** What a message has room for. */
const MOST = 16_384;
const FLOAT = 1;

/** From 0 to below 1, in steps that a float32 keeps apart from 1. */
const unit = (random: Random): number => random.integer(0, 2 ** 24 - 1) / 2 ** 24;

const DRAWS: Readonly<Record<string, (random: Random, attributes: Attributes) => number>> = {
  RandomUniform: (random, attributes) => {
    const [low, high] = [floatOf(attributes, 'low', 0), floatOf(attributes, 'high', 1)];
    return low + unit(random) * (high - low);
  },
  // Box and Muller's way.
  RandomNormal: (random, attributes) => {
    const radius = Math.sqrt(-2 * Math.log(1 - unit(random)));
    const made = radius * Math.cos(2 * Math.PI * unit(random));
    return floatOf(attributes, 'mean', 0) + floatOf(attributes, 'scale', 1) * made;
  },
};

const drawn = ({ operator, attributes = {} }: Node): Tensor => {
  const shape = intsOf(attributes, 'shape') ?? [];
  if (intOf(attributes, 'dtype', FLOAT) !== FLOAT) throw refused('OPERATOR');
  if (shape.some((length) => length < 0)) throw refused('MODEL');
  if (sizeOf(shape) > MOST) throw refused('HOST_MEMORY');
  const seed =
    'seed' in attributes ? String(floatOf(attributes, 'seed', 0)) : randomBytes(9).toString('hex');
  const random = new Random(seed, operator);
  const values = Array.from({ length: sizeOf(shape) }, () =>
    rounded('float32', DRAWS[operator]?.(random, attributes) ?? 0),
  );
  return tensor('float32', shape, values);
};

/** A model with what its nodes draw by chance in their place. */
export const withDrawn = (model: Model): Model => {
  const isDrawn = ({ operator, domain = '' }: Node): boolean =>
    domain === '' && Object.hasOwn(DRAWS, operator);
  const found = model.nodes.filter(isDrawn).map((node) => [node.outputs[0] ?? '', drawn(node)]);
  return {
    ...model,
    nodes: model.nodes.filter((node) => !isDrawn(node)),
    initializers: { ...model.initializers, ...Object.fromEntries(found) },
  };
};
