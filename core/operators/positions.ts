// Positions in tensors: strides, axes counted from either end, and broadcasting as ONNX defines it.
import type { Value } from '../onnx/element.ts';
import { sizeOf, type Tensor } from '../onnx/tensor.ts';
import { ShapeError } from './definition.ts';

/** How far apart neighbours along each dimension lie. */
export const stridesOf = (shape: readonly number[]): number[] =>
  shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));

/** The position of each element, in row-major order. */
export function* positionsOf(shape: readonly number[]): Generator<readonly number[]> {
  const size = sizeOf(shape);
  const strides = stridesOf(shape);
  for (let index = 0; index < size; index += 1) {
    yield shape.map((length, axis) => Math.floor(index / (strides[axis] ?? 1)) % length);
  }
}

/** Where a position's element lies. */
export const indexOf = (strides: readonly number[], position: readonly number[]): number =>
  position.reduce((sum, at, axis) => sum + at * (strides[axis] ?? 0), 0);

/** An axis counted from the front. */
export const axisOf = (axis: number, rank: number): number => {
  if (axis < -rank || axis >= rank) throw new ShapeError(`no axis ${axis} of ${rank} dimensions`);
  return axis < 0 ? axis + rank : axis;
};

/** The shape that all broadcast to. */
export const broadcastShape = (shapes: readonly (readonly number[])[]): number[] => {
  const rank = Math.max(0, ...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    const lengths = shapes.map((shape) => shape[axis - rank + shape.length] ?? 1);
    const length = lengths.find((one) => one !== 1) ?? 1;
    if (lengths.some((one) => one !== 1 && one !== length)) {
      throw new ShapeError(`dimensions of ${lengths.join(' and ')} do not go together`);
    }
    return length;
  });
};

/** For each element of `shape`, which element of a tensor of shape `from` it is made of. */
export const broadcastIndexes = (from: readonly number[], shape: readonly number[]): number[] => {
  const strides = stridesOf(from);
  const ahead = shape.length - from.length;
  const steps = shape.map((_, axis) =>
    axis < ahead || from[axis - ahead] === 1 ? 0 : (strides[axis - ahead] ?? 0),
  );
  return [...positionsOf(shape)].map((position) => indexOf(steps, position));
};

/** A tensor's values, one for each element of the shape that it is broadcast to. */
export const broadcastValues = (one: Tensor, shape: readonly number[]): readonly Value[] =>
  String(one.shape) === String(shape)
    ? one.values
    : broadcastIndexes(one.shape, shape).map((index) => one.values[index] ?? 0);
