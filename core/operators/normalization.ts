// Operators that shift and scale elements by what others near them, or along an axis, are.
import type { Value } from '../onnx/element.ts';
import type { Tensor } from '../onnx/tensor.ts';
import {
  type Evaluated,
  floatOf,
  intOf,
  type Operator,
  type Operators,
  required,
  ShapeError,
} from './definition.ts';
import { type Groups, groupsOf } from './groups.ts';
import { axisOf, broadcastValues, positionsOf, stridesOf } from './positions.ts';
import { added, sizesOf } from './sums.ts';

const EPSILON = 1e-5;

/** Of each element, which channel it is in. */
const channelsOf = (shape: readonly number[]): number[] =>
  [...positionsOf(shape)].map((position) => position[1] ?? 0);

/** Of one group: its mean, one over its deviation, and the sizes that both were summed from. */
interface Moments {
  readonly mean: number;
  readonly inverse: number;
  readonly size: number;
  /** How many times as large as the variance the mean of the squares is: what is lost where one is made of the other. */
  readonly loss: number;
}

const momentsOf = (values: readonly number[], epsilon: number): Moments => {
  const mean = added(values) / values.length;
  const variance = added(values.map((x) => (x - mean) ** 2)) / values.length + epsilon;
  const squares = added(values.map((x) => x * x)) / values.length;
  return {
    mean,
    inverse: 1 / Math.sqrt(variance),
    size: sizesOf(values) / values.length,
    loss: 1 + squares / variance,
  };
};

const momentsOfAll = ({ values }: Tensor, { members }: Groups, epsilon: number): Moments[] =>
  members.map((indexes) =>
    momentsOf(
      indexes.map((index) => Number(values[index] ?? 0)),
      epsilon,
    ),
  );

/** Each element less the mean of its group, over its deviation, scaled and shifted. */
const normalized = (
  data: Tensor,
  { groupOf }: Groups,
  moments: readonly Moments[],
  scales: readonly Value[],
  shifts: readonly Value[] | undefined,
): Evaluated => {
  const each = data.values.map((value, index) => {
    const { mean, inverse, size, loss } = moments[groupOf[index] ?? 0] ?? momentsOf([], 0);
    const x = Number(value);
    const factor = inverse * Number(scales[index] ?? 1);
    const shift = Number(shifts?.[index] ?? 0);
    return {
      value: (x - mean) * factor + shift,
      magnitude: (Math.abs(x) + size) * Math.abs(factor) * loss + Math.abs(shift),
    };
  });
  return {
    type: data.type,
    shape: data.shape,
    values: each.map(({ value }) => value),
    magnitudes: each.map(({ magnitude }) => magnitude),
  };
};

/** What is one value for each channel, for each element. */
const perChannel = (one: Tensor, channels: readonly number[]): Value[] =>
  channels.map((channel) => one.values[channel] ?? 0);

/** By means and variances that are given. */
const batch: Operator = (inputs, attributes) => {
  if (intOf(attributes, 'training_mode', 0) !== 0)
    throw new ShapeError('training is not known here');
  const data = required(inputs, 0);
  const epsilon = floatOf(attributes, 'epsilon', EPSILON);
  const channels = channelsOf(data.shape);
  const [scale, shift, means, variances] = [1, 2, 3, 4].map((index) =>
    perChannel(required(inputs, index), channels),
  );
  const given = data.values.map((_, index): Moments => {
    const mean = Number(means?.[index] ?? 0);
    const inverse = 1 / Math.sqrt(Number(variances?.[index] ?? 0) + epsilon);
    return { mean, inverse, size: Math.abs(mean), loss: 1 };
  });
  return [normalized(data, groupsOf(data.shape, []), given, scale ?? [], shift)];
};

/** By the mean and variance of each channel of each image. */
const instance: Operator = (inputs, attributes) => {
  const data = required(inputs, 0);
  const epsilon = floatOf(attributes, 'epsilon', EPSILON);
  const channels = channelsOf(data.shape);
  const spatial = data.shape.map((_, axis) => axis).slice(2);
  const groups = groupsOf(data.shape, spatial);
  const moments = momentsOfAll(data, groups, epsilon);
  const [scale, shift] = [required(inputs, 1), required(inputs, 2)];
  return [
    normalized(data, groups, moments, perChannel(scale, channels), perChannel(shift, channels)),
  ];
};

/** By the mean and variance of all that lies along an axis and those behind it. */
const layer: Operator = (inputs, attributes, outputs) => {
  const [data, scale] = [required(inputs, 0), required(inputs, 1)];
  const epsilon = floatOf(attributes, 'epsilon', EPSILON);
  const first = axisOf(intOf(attributes, 'axis', -1), data.shape.length);
  const groups = groupsOf(data.shape, data.shape.map((_, axis) => axis).slice(first));
  const moments = momentsOfAll(data, groups, epsilon);
  const scales = broadcastValues(scale, data.shape);
  const shifts = inputs[2] && broadcastValues(inputs[2], data.shape);
  // Which type the statistics have is said by a number: binary32 unless something else is.
  const told = { type: 'float32' as const, shape: groups.shape };
  const means: Evaluated = {
    ...told,
    values: moments.map(({ mean }) => mean),
    magnitudes: moments.map(({ size }) => size),
  };
  const inverses: Evaluated = {
    ...told,
    values: moments.map(({ inverse }) => inverse),
    magnitudes: moments.map(({ inverse, loss }) => inverse * loss),
  };
  return [normalized(data, groups, moments, scales, shifts), means, inverses].slice(0, outputs);
};

const norms: Readonly<Record<number, (values: readonly number[]) => number>> = {
  1: sizesOf,
  2: (values) => Math.sqrt(added(values.map((x) => x * x))),
};

/** Over the norm of all that lies along an axis; what has none stays zero. */
const byNorm: Operator = (inputs, attributes) => {
  const { type, shape, values } = required(inputs, 0);
  const groups = groupsOf(shape, [axisOf(intOf(attributes, 'axis', -1), shape.length)]);
  const norm = norms[intOf(attributes, 'p', 2)];
  if (!norm) throw new ShapeError('of norms there are 1 and 2');
  const lengths = groups.members.map((indexes) =>
    norm(indexes.map((index) => Number(values[index] ?? 0))),
  );
  const over = (x: number, length: number): number => (length === 0 ? 0 : x / length);
  return [
    {
      type,
      shape,
      values: values.map((x, index) => over(Number(x), lengths[groups.groupOf[index] ?? 0] ?? 0)),
    },
  ];
};

/** Over a power of the squares of the channels near by. */
const response: Operator = (inputs, attributes) => {
  const { type, shape, values } = required(inputs, 0);
  const [alpha, beta] = [floatOf(attributes, 'alpha', 1e-4), floatOf(attributes, 'beta', 0.75)];
  const bias = floatOf(attributes, 'bias', 1);
  const size = intOf(attributes, 'size', 1);
  const [before, behind] = [Math.floor((size - 1) / 2), Math.ceil((size - 1) / 2)];
  const step = stridesOf(shape)[1] ?? 1;
  const channels = channelsOf(shape);
  const made = values.map((value, index) => {
    const channel = channels[index] ?? 0;
    const squares = Array.from(
      { length: before + behind + 1 },
      (_, place) => channel - before + place,
    )
      .filter((one) => one >= 0 && one < (shape[1] ?? 1))
      .map((one) => Number(values[index + (one - channel) * step] ?? 0) ** 2);
    return Number(value) / (bias + (alpha / size) * added(squares)) ** beta;
  });
  return [{ type, shape, values: made }];
};

export const normalization: Operators = {
  BatchNormalization: batch,
  InstanceNormalization: instance,
  LayerNormalization: layer,
  LpNormalization: byNorm,
  LRN: response,
};
