// Operators between numbers and the small integers that stand for them by a scale and a zero point.
import type { ElementType } from '../../schemas/generated/types.ts';
import { rounded, type Value } from '../onnx/element.ts';
import type { Attributes } from '../onnx/model.ts';
import type { Tensor } from '../onnx/tensor.ts';
import { intOf, type Operator, type Operators, required, ShapeError } from './definition.ts';
import { toNearest } from './elementwise.ts';
import { matrixProduct } from './linear.ts';
import { axisOf, broadcastValues, positionsOf } from './positions.ts';

const ENDS: Readonly<Partial<Record<ElementType, readonly [number, number]>>> = {
  uint8: [0, 255],
  int8: [-128, 127],
};

const saturated = (type: ElementType, value: number): number => {
  const ends = ENDS[type];
  if (!ends) throw new ShapeError(`nothing is quantized to ${type}`);
  return Math.min(Math.max(value, ends[0]), ends[1]);
};

/** A scale or zero point for each element: one for all, or one for each index along an axis. */
const spread = (
  one: Tensor,
  shape: readonly number[],
  attributes: Attributes,
): readonly number[] => {
  const isOne = one.values.length === 1 && one.shape.length === 0;
  const axis = isOne ? 0 : axisOf(intOf(attributes, 'axis', 1), shape.length);
  return [...positionsOf(shape)].map((position) =>
    Number(one.values[isOne ? 0 : (position[axis] ?? 0)] ?? 0),
  );
};

const quantize: Operator = (inputs, attributes) => {
  const [{ shape, values }, scale] = [required(inputs, 0), required(inputs, 1)];
  const zero = inputs[2] ?? { type: 'uint8' as const, shape: [], values: [0] };
  const scales = spread(scale, shape, attributes);
  const zeros = spread(zero, shape, attributes);
  const { type } = zero;
  return [
    {
      type,
      shape,
      values: values.map((x, index) =>
        saturated(type, toNearest(Number(x) / (scales[index] ?? 1)) + (zeros[index] ?? 0)),
      ),
    },
  ];
};

const dequantize: Operator = (inputs, attributes) => {
  const [{ shape, values }, scale] = [required(inputs, 0), required(inputs, 1)];
  const zero = inputs[2] ?? { type: 'int32' as const, shape: [], values: [0] };
  const scales = spread(scale, shape, attributes);
  const zeros = spread(zero, shape, attributes);
  return [
    {
      type: 'float32',
      shape,
      values: values.map((x, i) => (Number(x) - (zeros[i] ?? 0)) * (scales[i] ?? 1)),
    },
  ];
};

/** Scale and zero point are those of the range of what is given, and of zero. */
const dynamic: Operator = (inputs) => {
  const { shape, values } = required(inputs, 0);
  const numbers = values.map(Number);
  const [least, most] = [Math.min(0, ...numbers), Math.max(0, ...numbers)];
  const scale = Number(rounded('float32', (most - least) / 255));
  const zero = saturated('uint8', toNearest(-least / scale));
  return [
    {
      type: 'uint8',
      shape,
      values: numbers.map((x) => saturated('uint8', toNearest(x / scale) + zero)),
    },
    { type: 'float32', shape: [], values: [scale] },
    { type: 'uint8', shape: [], values: [zero] },
  ];
};

/** A matrix of small integers, less its zero point: one, or one for each row or column. */
const centred = (one: Tensor, zero: Tensor | undefined, isByRow: boolean): Tensor => {
  const isVector = isByRow && zero?.shape.length === 1 && zero.values.length > 1;
  const shape = isVector ? [...zero.shape, 1] : (zero?.shape ?? []);
  const zeros = broadcastValues({ type: one.type, shape, values: zero?.values ?? [0] }, one.shape);
  return {
    type: 'int32',
    shape: one.shape,
    values: one.values.map((x, index): Value => Number(x) - Number(zeros[index] ?? 0)),
  };
};

const integerProduct: Operator = (inputs) => [
  matrixProduct(
    centred(required(inputs, 0), inputs[2], true),
    centred(required(inputs, 1), inputs[3], false),
  ),
];

export const quantization: Operators = {
  QuantizeLinear: quantize,
  DequantizeLinear: dequantize,
  DynamicQuantizeLinear: dynamic,
  MatMulInteger: integerProduct,
};
