// Operators that choose elements by a condition, or tell which are chosen.
import { sizeOf, tensor } from '../onnx/tensor.ts';
import { intOf, numbersOf, type Operator, type Operators, required } from './definition.ts';
import { elementAt, picked, replaced } from './picked.ts';
import { axisOf, positionsOf } from './positions.ts';

/** Fewer conditions than elements leave the rest out. */
const compress: Operator = (inputs, attributes) => {
  const given = required(inputs, 0);
  const isFlat = !('axis' in attributes);
  const data = isFlat ? { ...given, shape: [sizeOf(given.shape)] } : given;
  const axis = isFlat ? 0 : axisOf(intOf(attributes, 'axis', 0), data.shape.length);
  const chosen = required(inputs, 1).values.flatMap((holds, at) => (holds ? [at] : []));
  return [
    picked(data, replaced(data.shape, axis, chosen.length), (position) =>
      replaced(position, axis, chosen[position[axis] ?? 0] ?? 0),
    ),
  ];
};

/** One column for each element that is not zero; a scalar has no dimension, and so no row. */
const nonZero: Operator = (inputs) => {
  const { shape, values } = required(inputs, 0);
  const found = [...positionsOf(shape)].filter((_, index) => Number(values[index]) !== 0);
  const rows = shape.flatMap((_, axis) => found.map((position) => BigInt(position[axis] ?? 0)));
  return [tensor('int64', [shape.length, found.length], rows)];
};

/** An index outside of the depth is nowhere. */
const oneHot: Operator = (inputs, attributes) => {
  const [indices, values] = [required(inputs, 0), required(inputs, 2)];
  const depth = Math.trunc(numbersOf(required(inputs, 1))[0] ?? 0);
  const axis = axisOf(intOf(attributes, 'axis', -1), indices.shape.length + 1);
  const [off = 0, on = 0] = values.values;
  const shape = indices.shape.toSpliced(axis, 0, depth);
  const made = [...positionsOf(shape)].map((position) => {
    const index = Math.trunc(Number(elementAt(indices, position.toSpliced(axis, 1))));
    return (index < 0 ? index + depth : index) === position[axis] ? on : off;
  });
  return [{ type: values.type, shape, values: made }];
};

export const choosing: Operators = {
  Compress: compress,
  NonZero: nonZero,
  OneHot: oneHot,
};
