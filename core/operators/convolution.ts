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
import { halves, sidesOf, spanOf, tapsOf } from './windows.ts';

const at = ({ shape, values }: Tensor, position: readonly number[]): Value =>
  values[indexOf(stridesOf(shape), position)] ?? 0;

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
  return [
    summed(type, shape, ([image = 0, feature = 0, ...place]) => {
      const first = Math.floor(feature / (features / group)) * share;
      const taps = tapsOf(sides, place).filter((tap) => tap.place === 'inside');
      const products = Array.from({ length: share }, (_, channel) =>
        taps.map((tap) =>
          product(type, [
            at(data, [image, first + channel, ...tap.input]),
            at(weights, [feature, channel, ...tap.kernel]),
          ]),
        ),
      );
      return [...products.flat(), ...biasOf(inputs, feature)];
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
  /** Which element of the input one of the kernel carries here; undefined where there is none. */
  const sourceOf = (place: readonly number[], tap: readonly number[]) => {
    const source = place.map((index, axis) => {
      const stride = intsOf(attributes, 'strides')?.[axis] ?? 1;
      const dilation = intsOf(attributes, 'dilations')?.[axis] ?? 1;
      return (index + (cuts[axis]?.[0] ?? 0) - (tap[axis] ?? 0) * dilation) / stride;
    });
    const isThere = source.every(
      (index, axis) => Number.isInteger(index) && index >= 0 && index < (input[axis] ?? 0),
    );
    return isThere ? source : undefined;
  };
  return [
    summed(type, shape, ([image = 0, feature = 0, ...place]) => {
      const mine = Math.floor(feature / share);
      const products = [...positionsOf(kernel)].flatMap((tap) => {
        const source = sourceOf(place, tap);
        if (!source) return [];
        return Array.from({ length: channels / group }, (_, index) => {
          const channel = (mine * channels) / group + index;
          return product(type, [
            at(data, [image, channel, ...source]),
            at(weights, [channel, feature % share, ...tap]),
          ]);
        });
      });
      return [...products, ...biasOf(inputs, feature)];
    }),
  ];
};

export const convolutions: Operators = { Conv: convolution, ConvTranspose: transpose };
