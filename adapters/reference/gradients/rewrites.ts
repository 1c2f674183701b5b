// Operators that are put together of others, which are differentiated in their place: as ONNX has them as functions, and
// the norms as their names say.
import type { Attributes, Node } from '../../../core/onnx/model.ts';
import { type Tensor, tensor } from '../../../core/onnx/tensor.ts';
import { floatOf, intOf, intsOf } from '../../../core/operators/definition.ts';
import { operators } from '../../../core/operators/index.ts';
import { axisOf } from '../../../core/operators/positions.ts';
import type { Call } from './rule.ts';

/** Nodes that take x0, x1, ... and the tensors that they have, and give y0, y1, ... but for what is constant in them. */
export interface Rewritten {
  readonly nodes: readonly Node[];
  readonly constants: Readonly<Record<string, Tensor>>;
}

type Rewrite = (call: Call) => Rewritten;

const node = (
  operator: string,
  inputs: readonly string[],
  output: string,
  attributes: Attributes = {},
): Node => ({ operator, inputs, outputs: [output], attributes });

/** In the type of what the operator takes, which it is not rounded to. */
const constant = ({ inputs }: Call, shape: readonly number[], values: readonly number[]): Tensor =>
  tensor(inputs[0]?.type ?? 'float64', shape, values);

const number = (call: Call, value: number): Tensor => constant(call, [], [value]);
const wholes = (values: readonly number[]): Tensor =>
  tensor('int64', [values.length], values.map(BigInt));

const shapeOf = ({ inputs }: Call, index = 0): readonly number[] => inputs[index]?.shape ?? [];

const lastAxis = (call: Call): number =>
  axisOf(intOf(call.attributes, 'axis', -1), shapeOf(call).length);

/** A sum along the axes of the attributes, or along all, between nodes that come before and one that comes behind. */
const summed =
  (before: readonly Node[], of: string, behind: (sum: string) => Node): Rewrite =>
  ({ attributes }) => {
    const axes = intsOf(attributes, 'axes');
    const { keepdims } = attributes;
    const kept: Attributes = keepdims ? { keepdims } : {};
    return {
      nodes: [...before, node('ReduceSum', axes ? [of, 'axes'] : [of], 's', kept), behind('s')],
      constants: axes ? { axes: wholes(axes) } : {},
    };
  };

const as =
  (operator: string) =>
  (sum: string): Node =>
    node(operator, [sum], 'y0');
const square = (x: string, result: string): Node => node('Mul', [x, x], result);

/** With the largest taken off, which is a constant: it changes nothing in the gradient of what does not change with it. */
const shifted = (call: Call, axes: readonly number[] | undefined, more: Rewritten): Rewritten => {
  const along: Attributes = axes ? { axes: { ints: axes } } : {};
  const [largest] = operators['ReduceMax']?.(call.inputs, along, 1) ?? [];
  return {
    nodes: [node('Sub', ['x0', 'largest'], 'd'), node('Exp', ['d'], 'e'), ...more.nodes],
    constants: { ...more.constants, ...(largest && { largest }) },
  };
};

const softmax =
  (behind: readonly Node[]): Rewrite =>
  (call) => {
    const axes = [lastAxis(call)];
    return shifted(call, axes, {
      nodes: [node('ReduceSum', ['e', 'axes'], 's'), ...behind],
      constants: { axes: wholes(axes) },
    });
  };

const logSumExp: Rewrite = (call) =>
  shifted(call, intsOf(call.attributes, 'axes'), summed([], 'e', as('Log'))(call));

/** Less the mean, and over the root of the variance, along axes: the values n. */
const normalized = (axes: readonly number[]): readonly Node[] => {
  const mean = (x: string, result: string): Node =>
    node('ReduceMean', [x], result, { axes: { ints: axes } });
  return [
    mean('x0', 'm'),
    node('Sub', ['x0', 'm'], 'd'),
    square('d', 'q'),
    mean('q', 'v'),
    node('Add', ['v', 'epsilon'], 'e'),
    node('Sqrt', ['e'], 'r'),
    node('Div', ['d', 'r'], 'n'),
  ];
};

const epsilonOf = (call: Call): Tensor => number(call, floatOf(call.attributes, 'epsilon', 1e-5));

/** The axes from one on. */
const axesFrom = (call: Call, first: number): number[] =>
  shapeOf(call)
    .map((_, axis) => axis)
    .slice(first);

const layer: Rewrite = (call) => ({
  nodes: [
    ...normalized(axesFrom(call, lastAxis(call))),
    node('Mul', ['n', 'x1'], call.inputs[2] ? 'w' : 'y0'),
    ...(call.inputs[2] ? [node('Add', ['w', 'x2'], 'y0')] : []),
    node('Identity', ['m'], 'y1'),
    node('Reciprocal', ['r'], 'y2'),
  ],
  constants: { epsilon: epsilonOf(call) },
});

const instance: Rewrite = (call) => ({
  nodes: [
    ...normalized(axesFrom(call, 2)),
    node('Reshape', ['x1', 'each'], 'scale'),
    node('Reshape', ['x2', 'each'], 'shift'),
    node('Mul', ['n', 'scale'], 'w'),
    node('Add', ['w', 'shift'], 'y0'),
  ],
  constants: {
    epsilon: epsilonOf(call),
    each: wholes([-1, ...axesFrom(call, 2).map(() => 1)]),
  },
});

const byNorm: Rewrite = (call) => {
  const isSizes = intOf(call.attributes, 'p', 2) === 1;
  return {
    nodes: [
      isSizes ? node('Abs', ['x0'], 'q') : square('x0', 'q'),
      node('ReduceSum', ['q', 'axes'], 's'),
      isSizes ? node('Identity', ['s'], 'r') : node('Sqrt', ['s'], 'r'),
      node('Div', ['x0', 'r'], 'y0'),
    ],
    constants: { axes: wholes([lastAxis(call)]) },
  };
};

/** Which channels lie near one is a matrix of zeros and ones. */
const response: Rewrite = (call) => {
  const { attributes } = call;
  const [images = 1, channels = 1] = shapeOf(call);
  const size = intOf(attributes, 'size', 1);
  const [before, behind] = [Math.floor((size - 1) / 2), Math.ceil((size - 1) / 2)];
  const near = Array.from({ length: channels ** 2 }, (_, place) => {
    const distance = (place % channels) - Math.floor(place / channels);
    return distance >= -before && distance <= behind ? 1 : 0;
  });
  return {
    nodes: [
      node('Reshape', ['x0', 'flat'], 'f'),
      square('f', 'q'),
      node('MatMul', ['near', 'q'], 's'),
      node('Mul', ['s', 'alpha'], 'a'),
      node('Add', ['a', 'bias'], 'b'),
      node('Pow', ['b', 'beta'], 'p'),
      node('Div', ['f', 'p'], 'g'),
      node('Reshape', ['g', 'whole'], 'y0'),
    ],
    constants: {
      near: constant(call, [channels, channels], near),
      flat: wholes([images, channels, -1]),
      whole: wholes(shapeOf(call)),
      alpha: number(call, floatOf(attributes, 'alpha', 1e-4) / size),
      beta: number(call, floatOf(attributes, 'beta', 0.75)),
      bias: number(call, floatOf(attributes, 'bias', 1)),
    },
  };
};

const clip: Rewrite = ({ inputs }) => ({
  nodes: [
    inputs[1] ? node('Max', ['x0', 'x1'], 'r') : node('Identity', ['x0'], 'r'),
    inputs[2] ? node('Min', ['r', 'x2'], 'y0') : node('Identity', ['r'], 'y0'),
  ],
  constants: {},
});

export const rewrites: Readonly<Record<string, Rewrite>> = {
  Clip: clip,
  Softmax: softmax([node('Div', ['e', 's'], 'y0')]),
  LogSoftmax: softmax([node('Log', ['s'], 'l'), node('Sub', ['d', 'l'], 'y0')]),
  ReduceL1: summed([node('Abs', ['x0'], 'a')], 'a', as('Identity')),
  ReduceL2: summed([square('x0', 'q')], 'q', as('Sqrt')),
  ReduceLogSum: summed([], 'x0', as('Log')),
  ReduceLogSumExp: logSumExp,
  ReduceSumSquare: summed([square('x0', 'q')], 'q', as('Identity')),
  LayerNormalization: layer,
  InstanceNormalization: instance,
  LpNormalization: byNorm,
  LRN: response,
};
