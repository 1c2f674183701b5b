// Operators that give the same elements another shape, or that tell what the shape is.
import { sizeOf, type Tensor, tensor } from '../onnx/tensor.ts';
import {
  type Evaluated,
  intOf,
  numbersOf,
  type Operator,
  type Operators,
  required,
  ShapeError,
} from './definition.ts';
import { axisOf } from './positions.ts';

const shaped = ({ type, shape: from, values }: Tensor, shape: readonly number[]): Evaluated[] => {
  if (sizeOf(shape) !== sizeOf(from)) throw new ShapeError(`no ${shape} of ${from}`);
  return [{ type, shape, values }];
};

/** A length of 0 is the one that the input has, and -1 is whatever is left. */
const reshape: Operator = (inputs, attributes) => {
  const data = required(inputs, 0);
  const isZeroMeant = intOf(attributes, 'allowzero', 0) !== 0;
  const asked = numbersOf(required(inputs, 1)).map((length, axis) =>
    length === 0 && !isZeroMeant ? (data.shape[axis] ?? -2) : length,
  );
  const open = asked.filter((length) => length === -1).length;
  const known = sizeOf(asked.filter((length) => length !== -1));
  if (open > 1 || (open === 1 && known === 0) || asked.some((length) => length < -1)) {
    throw new ShapeError(`no ${asked} of ${data.shape}`);
  }
  const left = sizeOf(data.shape) / known;
  return shaped(
    data,
    asked.map((length) => (length === -1 ? left : length)),
  );
};

/** Its axis may also be behind the last. */
const flatten: Operator = (inputs, attributes) => {
  const data = required(inputs, 0);
  const rank = data.shape.length;
  const given = intOf(attributes, 'axis', 1);
  const axis = given < 0 ? given + rank : given;
  if (axis < 0 || axis > rank) throw new ShapeError(`no axis ${given} of ${rank} dimensions`);
  return shaped(data, [sizeOf(data.shape.slice(0, axis)), sizeOf(data.shape.slice(axis))]);
};

const squeeze: Operator = (inputs) => {
  const data = required(inputs, 0);
  const { shape } = data;
  const axes = inputs[1] && numbersOf(inputs[1]).map((axis) => axisOf(axis, shape.length));
  if (axes?.some((axis) => shape[axis] !== 1))
    throw new ShapeError(`${axes} of ${shape} are not 1`);
  return shaped(
    data,
    shape.filter((length, axis) => (axes ? !axes.includes(axis) : length !== 1)),
  );
};

/** Its axes are those of the result. */
const unsqueeze: Operator = (inputs) => {
  const data = required(inputs, 0);
  const given = numbersOf(required(inputs, 1));
  const rank = data.shape.length + given.length;
  const axes = new Set(given.map((axis) => axisOf(axis, rank)));
  if (axes.size !== given.length) throw new ShapeError(`an axis twice in ${given}`);
  const rest = [...data.shape];
  return shaped(
    data,
    Array.from({ length: rank }, (_, axis) => (axes.has(axis) ? 1 : (rest.shift() ?? 1))),
  );
};

/** Ends out of range are the nearest in it, as a slice of an array has them. */
const shapeOf: Operator = (inputs, attributes) => {
  const { shape } = required(inputs, 0);
  const part = shape.slice(intOf(attributes, 'start', 0), intOf(attributes, 'end', shape.length));
  return [tensor('int64', [part.length], part.map(BigInt))];
};

const size: Operator = (inputs) => [
  tensor('int64', [], [BigInt(sizeOf(required(inputs, 0).shape))]),
];

export const shaping: Operators = {
  Reshape: reshape,
  Flatten: flatten,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Shape: shapeOf,
  Size: size,
};
