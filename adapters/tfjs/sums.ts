// Operators that make one element of many: products of matrices, convolutions, pooling, reductions. ONNX has channels
// ahead of places, and the engine has them behind: what it takes is turned, and turned back.
import type { Attributes } from '../../core/onnx/model.ts';
import { floatOf, intOf, intsOf, textOf } from '../../core/operators/definition.ts';
import type { Engine, EngineTensor } from './engine.ts';
import { direct, type Given, input, lacking, type Mapping, type Mappings } from './mapping.ts';

const gemm: Mapping = {
  admits: (attributes) =>
    floatOf(attributes, 'alpha', 1) === 1 && floatOf(attributes, 'beta', 1) === 1,
  call: (engine, given) => [
    engine.call('fused.matMul', {
      a: input(given, 0),
      b: input(given, 1),
      transposeA: intOf(given.attributes, 'transA', 0) !== 0,
      transposeB: intOf(given.attributes, 'transB', 0) !== 0,
      bias: given.inputs[2],
    }),
  ],
};

const lastAxis = (attributes: Attributes): readonly unknown[] => [intOf(attributes, 'axis', -1)];

/** Axes are an attribute, or of ReduceSum a parameter; all where there are none. */
const reduced = (operation: string): Mapping => ({
  parameters: [1],
  admits: (attributes) => intOf(attributes, 'noop_with_empty_axes', 0) === 0,
  call: (engine, given) => {
    const axes = given.parameters[1] ?? intsOf(given.attributes, 'axes');
    const keeps = intOf(given.attributes, 'keepdims', 1) !== 0;
    return [engine.call(operation, input(given, 0), axes?.length === 0 ? undefined : axes, keeps)];
  },
});

const allPlaces = (operation: string): Mapping => ({
  call: (engine, given) => {
    const one = input(given, 0);
    const places = one.shape.slice(2).map((_, index) => index + 2);
    return [engine.call(operation, one, places, true)];
  },
});

/** With the channels, which are ONNX's second dimension, as the last. */
const toLast = (engine: Engine, one: EngineTensor): EngineTensor =>
  engine.call('transpose', one, [0, ...one.shape.slice(2).map((_, index) => index + 2), 1]);

const toSecond = (engine: Engine, one: EngineTensor): EngineTensor => {
  const last = one.shape.length - 1;
  return engine.call('transpose', one, [
    0,
    last,
    ...one.shape.slice(2).map((_, index) => index + 1),
  ]);
};

const inPlane = (attributes: Attributes, names: readonly string[]): boolean =>
  names.every((name) => (intsOf(attributes, name) ?? [1, 1]).length === 2);

/** Top, left, bottom and right in ONNX; a pair for each axis here. */
const padsOf = (attributes: Attributes) => {
  const [top = 0, left = 0, bottom = 0, right = 0] = intsOf(attributes, 'pads') ?? [];
  return [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
};

const isSaid = (attributes: Attributes): boolean =>
  ['NOTSET', 'VALID'].includes(textOf(attributes, 'auto_pad', 'NOTSET'));

const plane = (given: Given): EngineTensor => {
  const one = input(given, 0);
  if (one.shape.length !== 4) throw lacking('the engine has this for planes alone');
  return one;
};

const convolution: Mapping = {
  admits: (attributes) =>
    isSaid(attributes) &&
    intOf(attributes, 'group', 1) === 1 &&
    inPlane(attributes, ['kernel_shape', 'strides', 'dilations']),
  call: (engine, given) => {
    const { attributes } = given;
    const made = engine.call('fused.conv2d', {
      x: toLast(engine, plane(given)),
      filter: engine.call('transpose', input(given, 1), [2, 3, 1, 0]),
      strides: intsOf(attributes, 'strides') ?? [1, 1],
      pad: padsOf(attributes),
      dilations: intsOf(attributes, 'dilations') ?? [1, 1],
      bias: given.inputs[2],
    });
    return [toSecond(engine, made)];
  },
};

/** Padding is no part of a mean, as the engine has it. */
const pooled = (operation: string): Mapping => ({
  admits: (attributes, { outputs }) =>
    isSaid(attributes) &&
    outputs.length === 1 &&
    ['ceil_mode', 'count_include_pad'].every((name) => intOf(attributes, name, 0) === 0) &&
    (intsOf(attributes, 'dilations') ?? []).every((one) => one === 1) &&
    inPlane(attributes, ['kernel_shape', 'strides']),
  call: (engine, given) => {
    const { attributes } = given;
    const made = engine.call(
      operation,
      toLast(engine, plane(given)),
      intsOf(attributes, 'kernel_shape'),
      intsOf(attributes, 'strides') ?? [1, 1],
      padsOf(attributes),
    );
    return [toSecond(engine, made)];
  },
});

const normalization: Mapping = {
  admits: (attributes, { outputs }) =>
    intOf(attributes, 'training_mode', 0) === 0 && outputs.length === 1,
  call: (engine, given) => {
    const [scale, offset, mean, variance] = [1, 2, 3, 4].map((index) => input(given, index));
    const made = engine.call(
      'batchNorm',
      toLast(engine, input(given, 0)),
      mean,
      variance,
      offset,
      scale,
      floatOf(given.attributes, 'epsilon', 1e-5),
    );
    return [toSecond(engine, made)];
  },
};

export const sums: Mappings = {
  AveragePool: pooled('avgPool'),
  BatchNormalization: normalization,
  Conv: convolution,
  Einsum: {
    call: (engine, given) => [
      engine.call('einsum', textOf(given.attributes, 'equation', ''), ...given.inputs),
    ],
  },
  Gemm: gemm,
  GlobalAveragePool: allPlaces('mean'),
  GlobalMaxPool: allPlaces('max'),
  LogSoftmax: direct('logSoftmax', lastAxis),
  MatMul: direct('matMul'),
  MaxPool: pooled('maxPool'),
  ReduceL2: reduced('euclideanNorm'),
  ReduceLogSumExp: reduced('logSumExp'),
  ReduceMax: reduced('max'),
  ReduceMean: reduced('mean'),
  ReduceMin: reduced('min'),
  ReduceProd: reduced('prod'),
  ReduceSum: reduced('sum'),
  Softmax: direct('softmax', lastAxis),
};
