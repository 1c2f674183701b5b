// Operators that read or write elements where another tensor says.
import { isFloat, type Value } from '../onnx/element.ts';
import type { Tensor } from '../onnx/tensor.ts';
import { wrapped } from './arithmetic.ts';
import {
  intOf,
  type Operator,
  type Operators,
  required,
  ShapeError,
  textOf,
} from './definition.ts';
import { elementAt, fromFront, picked, replaced } from './picked.ts';
import { axisOf, indexOf, positionsOf, stridesOf } from './positions.ts';

const gather: Operator = (inputs, attributes) => {
  const [data, indices] = [required(inputs, 0), required(inputs, 1)];
  const axis = axisOf(intOf(attributes, 'axis', 0), data.shape.length);
  const { length: rank } = indices.shape;
  const shape = data.shape.toSpliced(axis, 1, ...indices.shape);
  return [
    picked(data, shape, (position) => {
      const index = Number(elementAt(indices, position.slice(axis, axis + rank)));
      return position.toSpliced(axis, rank, fromFront(index, data.shape[axis] ?? 0));
    }),
  ];
};

/** Each index stands where its own result does, but along the axis. */
const gatherElements: Operator = (inputs, attributes) => {
  const [data, indices] = [required(inputs, 0), required(inputs, 1)];
  const axis = axisOf(intOf(attributes, 'axis', 0), data.shape.length);
  if (indices.shape.length !== data.shape.length) throw new ShapeError('tensors of another rank');
  return [
    picked(data, indices.shape, (position) => {
      const index = Number(elementAt(indices, position));
      return replaced(position, axis, fromFront(index, data.shape[axis] ?? 0));
    }),
  ];
};

/** The position that the innermost dimension of indices has, from one dimension of the data on. */
const tupleAt = (indices: Tensor, outer: readonly number[], data: Tensor, first: number) =>
  Array.from({ length: indices.shape.at(-1) ?? 0 }, (_, at) =>
    fromFront(Number(elementAt(indices, [...outer, at])), data.shape[first + at] ?? 0),
  );

const gatherTuples: Operator = (inputs, attributes) => {
  const [data, indices] = [required(inputs, 0), required(inputs, 1)];
  const batches = intOf(attributes, 'batch_dims', 0);
  const outer = indices.shape.slice(0, -1);
  const length = indices.shape.at(-1) ?? 0;
  const isSame = outer.slice(0, batches).join() === data.shape.slice(0, batches).join();
  if (!isSame || length < 1 || length > data.shape.length - batches) {
    throw new ShapeError(`no indices ${indices.shape} of ${data.shape}`);
  }
  const shape = [...outer, ...data.shape.slice(batches + length)];
  return [
    picked(data, shape, (position) => [
      ...position.slice(0, batches),
      ...tupleAt(indices, position.slice(0, outer.length), data, batches),
      ...position.slice(outer.length),
    ]),
  ];
};

type Merge = (old: Value, update: Value) => Value;

const merging = ({ type }: Tensor, reduction: string): Merge => {
  const both = (
    floats: (x: number, y: number) => number,
    wholes: (x: bigint, y: bigint) => bigint,
  ) =>
    isFloat(type)
      ? (x: Value, y: Value) => floats(Number(x), Number(y))
      : (x: Value, y: Value) => wrapped(type, wholes(BigInt(x), BigInt(y)));
  if (reduction === 'none') return (_old, update) => update;
  if (reduction === 'add')
    return both(
      (x, y) => x + y,
      (x, y) => x + y,
    );
  if (reduction === 'mul')
    return both(
      (x, y) => x * y,
      (x, y) => x * y,
    );
  throw new ShapeError(`no reduction ${reduction}`);
};

/** A copy of the data with each update at its place. */
const scattered = (
  data: Tensor,
  updates: Tensor,
  reduction: string,
  placeOf: (position: readonly number[]) => readonly number[],
) => {
  const merge = merging(data, reduction);
  const values = [...data.values];
  const strides = stridesOf(data.shape);
  for (const position of positionsOf(updates.shape)) {
    const place = placeOf(position);
    const old = elementAt({ ...data, values }, place);
    values[indexOf(strides, place)] = merge(old, elementAt(updates, position));
  }
  return [{ type: data.type, shape: data.shape, values }];
};

const scatterElements: Operator = (inputs, attributes) => {
  const [data, indices, updates] = [0, 1, 2].map((index) => required(inputs, index));
  if (!data || !indices || !updates) throw new ShapeError('ScatterElements takes three');
  const axis = axisOf(intOf(attributes, 'axis', 0), data.shape.length);
  const isSame = updates.shape.join() === indices.shape.join();
  if (!isSame || indices.shape.length !== data.shape.length) {
    throw new ShapeError(`no updates ${updates.shape} at ${indices.shape} of ${data.shape}`);
  }
  return scattered(data, updates, textOf(attributes, 'reduction', 'none'), (position) => {
    const index = Number(elementAt(indices, position));
    return replaced(position, axis, fromFront(index, data.shape[axis] ?? 0));
  });
};

const scatterTuples: Operator = (inputs, attributes) => {
  const [data, indices, updates] = [0, 1, 2].map((index) => required(inputs, index));
  if (!data || !indices || !updates) throw new ShapeError('ScatterND takes three');
  const outer = indices.shape.slice(0, -1);
  const expected = [...outer, ...data.shape.slice(indices.shape.at(-1) ?? 0)];
  if (updates.shape.join() !== expected.join()) {
    throw new ShapeError(`updates ${updates.shape} where ${expected} are asked`);
  }
  return scattered(data, updates, textOf(attributes, 'reduction', 'none'), (position) => [
    ...tupleAt(indices, position.slice(0, outer.length), data, 0),
    ...position.slice(outer.length),
  ]);
};

export const indexing: Operators = {
  Gather: gather,
  GatherElements: gatherElements,
  GatherND: gatherTuples,
  ScatterElements: scatterElements,
  ScatterND: scatterTuples,
};
