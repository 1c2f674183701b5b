// Pools: the largest or the mean of each window, or of all that a channel has.
import type { Value } from '../onnx/element.ts';
import type { Tensor } from '../onnx/tensor.ts';
import {
  intOf,
  intsOf,
  type Operator,
  type Operators,
  required,
  ShapeError,
} from './definition.ts';
import { groupsOf } from './groups.ts';
import { indexOf, positionsOf, stridesOf } from './positions.ts';
import { added, sizesOf, summed } from './sums.ts';
import { type Side, sidesOf, tapsOf } from './windows.ts';

const kernelOf = (attributes: Parameters<Operator>[1]): readonly number[] => {
  const kernel = intsOf(attributes, 'kernel_shape');
  if (!kernel) throw new ShapeError('a pool has a kernel');
  return kernel;
};

const shapeOf = ({ shape }: Tensor, sides: readonly Side[]): number[] => [
  ...shape.slice(0, 2),
  ...sides.map(({ output }) => output),
];

const most: Operator = (inputs, attributes, outputs) => {
  const data = required(inputs, 0);
  const spatial = data.shape.slice(2);
  const sides = sidesOf(spatial, kernelOf(attributes), attributes);
  const shape = shapeOf(data, sides);
  const strides = stridesOf(data.shape);
  // A number for each place: by rows, or by columns, of the spatial dimensions.
  const isByColumns = intOf(attributes, 'storage_order', 0) !== 0;
  const inside = isByColumns ? stridesOf([...spatial].reverse()).reverse() : strides.slice(2);
  const numbering = [...strides.slice(0, 2), ...inside];
  const best = [...positionsOf(shape)].map(([image = 0, channel = 0, ...place]) =>
    tapsOf(sides, place)
      .filter((tap) => tap.place === 'inside')
      .map((tap) => [image, channel, ...tap.input])
      .map((position): readonly [Value, number] => [
        data.values[indexOf(strides, position)] ?? 0,
        indexOf(numbering, position),
      ])
      .reduce((one, other) => (other[0] > one[0] ? other : one)),
  );
  return [
    { type: data.type, shape, values: best.map(([value]) => value) },
    ...(outputs > 1
      ? [{ type: 'int64' as const, shape, values: best.map(([, index]) => BigInt(index)) }]
      : []),
  ];
};

const mean: Operator = (inputs, attributes) => {
  const data = required(inputs, 0);
  const sides = sidesOf(data.shape.slice(2), kernelOf(attributes), attributes);
  const withPadding = intOf(attributes, 'count_include_pad', 0) !== 0;
  const strides = stridesOf(data.shape);
  return [
    summed(data.type, shapeOf(data, sides), ([image = 0, channel = 0, ...place]) => {
      const taps = tapsOf(sides, place);
      const inside = taps.filter((tap) => tap.place === 'inside');
      const count = withPadding
        ? taps.filter((tap) => tap.place !== 'beyond').length
        : inside.length;
      return inside.map(
        (tap) => Number(data.values[indexOf(strides, [image, channel, ...tap.input])] ?? 0) / count,
      );
    }),
  ];
};

const global =
  (
    of: (values: readonly number[]) => number,
    magnitude: (values: readonly number[]) => number,
  ): Operator =>
  (inputs) => {
    const { type, shape, values } = required(inputs, 0);
    const groups = groupsOf(shape, shape.map((_, axis) => axis).slice(2));
    const members = groups.members.map((indexes) => indexes.map((i) => Number(values[i] ?? 0)));
    return [
      { type, shape: groups.shape, values: members.map(of), magnitudes: members.map(magnitude) },
    ];
  };

export const pooling: Operators = {
  MaxPool: most,
  AveragePool: mean,
  GlobalMaxPool: global(
    (values) => Math.max(...values),
    (values) => Math.max(...values.map(Math.abs)),
  ),
  GlobalAveragePool: global(
    (values) => added(values) / values.length,
    (values) => sizesOf(values) / values.length,
  ),
};
