// The groups of elements that lie along some axes of a tensor: what a reduction makes one element of.
import { sizeOf } from '../onnx/tensor.ts';
import { indexOf, positionsOf, stridesOf } from './positions.ts';

export interface Groups {
  /** The tensor's shape with 1 for each of the axes; there is one group for each element of it. */
  readonly shape: readonly number[];
  /** Of each group, which elements of the tensor are in it. */
  readonly members: readonly (readonly number[])[];
  /** Of each element of the tensor, which group it is in. */
  readonly groupOf: readonly number[];
}

/** `axes` are counted from the front. */
export const groupsOf = (from: readonly number[], axes: readonly number[]): Groups => {
  const shape = from.map((length, axis) => (axes.includes(axis) ? 1 : length));
  const strides = stridesOf(shape).map((stride, axis) => (axes.includes(axis) ? 0 : stride));
  const groupOf = [...positionsOf(from)].map((position) => indexOf(strides, position));
  const members: number[][] = Array.from({ length: sizeOf(shape) }, () => []);
  for (const [index, group] of groupOf.entries()) members[group]?.push(index);
  return { shape, members, groupOf };
};
