// Convolutions, and their transposes, over any number of spatial dimensions.
import type { Value } from '../onnx/element.ts';
import type { Attributes } from '../onnx/model.ts';
import type { Tensor } from '../onnx/tensor.ts';
import {
  intOf,
  intsOf,
  type Operator,
  type Operators,
  required,
  ShapeError,
  textOf,
} from './definition.ts';
import { indexOf, positionsOf, stridesOf } from './positions.ts';
import { product, summed } from './sums.ts';
import { halves, sidesOf, spanOf, type Tap, tapsOf } from './windows.ts';

/**
 * The products of data and weights, one for each channel and each pair of places in the first of these channels; `steps`
 * say how far apart their channels lie.
 */
const overChannels = (
  data: Tensor,
  weights: Tensor,
  starts: readonly (readonly [number, number])[],
  channels: number,
  [step = 0, weightStep = 0]: readonly (number | undefined)[],
): Value[] =>
  Array.from({ length: channels }, (_, channel) =>
    starts.map(([from, by]) =>
      product(data.type, [
        data.values[from + channel * step] ?? 0,
        weights.values[by + channel * weightStep] ?? 0,
      ]),
    ),
  ).flat();

const biasOf = (inputs: readonly (Tensor | undefined)[], channel: number): Value[] => {
  const bias = inputs[2]?.values[channel];
  return bias === undefined ? [] : [bias];
};

const convolution: Operator = (inputs, attributes) => {
  const [data, weights] = [required(inputs, 0), required(inputs, 1)];
  const { type } = data;
  const [batch = 0, channels = 0, ...input] = data.shape;
  const [features = 0, share = 0, ...kernel] = weights.shape;
  const group = intOf(attributes, 'group', 1);
  if (channels !== share * group || features % group !== 0) {
    throw new ShapeError(`${channels} channels for ${group} groups of ${share}`);
  }
  const sides = sidesOf(input, kernel, attributes);
  const shape = [batch, features, ...sides.map(({ output }) => output)];
  const [ofData, ofWeights] = [stridesOf(data.shape), stridesOf(weights.shape)];
  const windows = new Map<string, readonly Tap[]>();
  /** The window at a place: the same for each image and each feature. */
  const windowAt = (place: readonly number[]): readonly Tap[] => {
    const key = place.join();
    const known = windows.get(key) ?? tapsOf(sides, place).filter((tap) => tap.place === 'inside');
    windows.set(key, known);
    return known;
  };
  return [
    summed(type, shape, ([image = 0, feature = 0, ...place]) => {
      const first = Math.floor(feature / (features / group)) * share;
      const starts = windowAt(place).map((tap): [number, number] => [
        indexOf(ofData, [image, first, ...tap.input]),
        indexOf(ofWeights, [feature, 0, ...tap.kernel]),
      ]);
      const products = overChannels(data, weights, starts, share, [ofData[1], ofWeights[1]]);
      return [...products, ...biasOf(inputs, feature)];
    }),
  ];
};

/** What is cut off a dimension of the transpose at its beginning, and how long it then is. */
const cutOf = (
  length: number,
  kernel: number,
  axis: number,
  rank: number,
  attributes: Attributes,
): readonly [number, number] => {
  const stride = intsOf(attributes, 'strides')?.[axis] ?? 1;
  const dilation = intsOf(attributes, 'dilations')?.[axis] ?? 1;
  const extra = intsOf(attributes, 'output_padding')?.[axis] ?? 0;
  const whole = stride * (length - 1) + extra + spanOf(kernel, dilation);
  const auto = textOf(attributes, 'auto_pad', 'NOTSET');
  const asked =
    intsOf(attributes, 'output_shape')?.[axis] ??
    (auto.startsWith('SAME') ? length * stride : undefined);
  if (asked !== undefined) return [halves(whole - asked, auto !== 'SAME_UPPER')[0], asked];
  const pads = auto === 'NOTSET' ? intsOf(attributes, 'pads') : undefined;
  const [before, after] = [pads?.[axis] ?? 0, pads?.[axis + rank] ?? 0];
  return [before, whole - before - after];
};

const transpose: Operator = (inputs, attributes) => {
  const [data, weights] = [required(inputs, 0), required(inputs, 1)];
  const { type } = data;
  const [batch = 0, channels = 0, ...input] = data.shape;
  const [height = 0, share = 0, ...kernel] = weights.shape;
  const group = intOf(attributes, 'group', 1);
  if (channels !== height || channels % group !== 0) {
    throw new ShapeError(`${channels} channels for weights of ${height}, ${group} groups`);
  }
  const cuts = input.map((length, axis) =>
    cutOf(length, kernel[axis] ?? 1, axis, input.length, attributes),
  );
  const shape = [batch, share * group, ...cuts.map(([, length]) => length)];
  const [ofData, ofWeights] = [stridesOf(data.shape), stridesOf(weights.shape)];
  const taps = [...positionsOf(kernel)];
  const [strides, dilations] = [intsOf(attributes, 'strides'), intsOf(attributes, 'dilations')];
  /** Which element of the input one of the kernel carries here; undefined where there is none. */
  const sourceOf = (place: readonly number[], tap: readonly number[]) => {
    const source = place.map(
      (index, axis) =>
        (index + (cuts[axis]?.[0] ?? 0) - (tap[axis] ?? 0) * (dilations?.[axis] ?? 1)) /
        (strides?.[axis] ?? 1),
    );
    const isThere = source.every(
      (index, axis) => Number.isInteger(index) && index >= 0 && index < (input[axis] ?? 0),
    );
    return isThere ? source : undefined;
  };
  return [
    summed(type, shape, ([image = 0, feature = 0, ...place]) => {
      const first = Math.floor(feature / share) * (channels / group);
      const starts = taps.flatMap((tap): [number, number][] => {
        const source = sourceOf(place, tap);
        if (!source) return [];
        const from = indexOf(ofData, [image, first, ...source]);
        return [[from, indexOf(ofWeights, [first, feature % share, ...tap])]];
      });
      const steps = [ofData[1], ofWeights[0]];
      const products = overChannels(data, weights, starts, channels / group, steps);
      return [...products, ...biasOf(inputs, feature)];
    }),
  ];
};

export const convolutions: Operators = { Conv: convolution, ConvTranspose: transpose };
