// Operators along one dimension that look at all elements of it: the largest, sums so far, what occurs.
import { isFloat, type Value } from '../onnx/element.ts';
import { sizeOf, type Tensor, tensor } from '../onnx/tensor.ts';
import { wrapped } from './arithmetic.ts';
import {
  type Evaluated,
  intOf,
  numbersOf,
  type Operator,
  type Operators,
  required,
  ShapeError,
} from './definition.ts';
import { elementAt, picked, replaced } from './picked.ts';
import { axisOf, indexOf, positionsOf, stridesOf } from './positions.ts';

/** A dimension's elements at each position of the others, made into as many as `length` each. */
const alongEach = <T>(
  data: Tensor,
  axis: number,
  length: number,
  make: (lane: readonly Value[]) => readonly T[],
): { readonly shape: readonly number[]; readonly made: readonly T[] } => {
  const shape = replaced(data.shape, axis, length);
  const made: T[] = [];
  for (const start of positionsOf(replaced(data.shape, axis, 1))) {
    const lane = Array.from({ length: data.shape[axis] ?? 0 }, (_, at) =>
      elementAt(data, replaced(start, axis, at)),
    );
    for (const [at, one] of make(lane).entries()) {
      made[indexOf(stridesOf(shape), replaced(start, axis, at))] = one;
    }
  }
  return { shape, made };
};

const ascending = (x: Value, y: Value): number => (x < y ? -1 : x > y ? 1 : 0);

/** Of equal elements the one with the lower index is the first. */
const topmost: Operator = (inputs, attributes) => {
  const data = required(inputs, 0);
  const count = numbersOf(required(inputs, 1))[0] ?? 0;
  const axis = axisOf(intOf(attributes, 'axis', -1), data.shape.length);
  if (count > (data.shape[axis] ?? 0)) throw new ShapeError(`no ${count} of ${data.shape[axis]}`);
  const sign = intOf(attributes, 'largest', 1) === 0 ? 1 : -1;
  const { shape, made } = alongEach(data, axis, count, (lane) =>
    [...lane.entries()].toSorted(([, x], [, y]) => sign * ascending(x, y)).slice(0, count),
  );
  return [
    { type: data.type, shape, values: made.map(([, value]) => value) },
    { type: 'int64', shape, values: made.map(([index]) => BigInt(index)) },
  ];
};

/** Of equal elements the first, or with select_last_index the last. */
const extreme =
  (sign: 1 | -1): Operator =>
  (inputs, attributes) => {
    const data = required(inputs, 0);
    const axis = axisOf(intOf(attributes, 'axis', 0), data.shape.length);
    if (data.shape[axis] === 0) throw new ShapeError('nothing to choose of');
    const isLast = intOf(attributes, 'select_last_index', 0) !== 0;
    const { shape, made } = alongEach(data, axis, 1, (lane) => {
      const best = lane.toSorted((x, y) => -sign * ascending(x, y))[0] ?? 0;
      return [BigInt(isLast ? lane.lastIndexOf(best) : lane.indexOf(best))];
    });
    const isKept = intOf(attributes, 'keepdims', 1) !== 0;
    return [tensor('int64', isKept ? shape : shape.toSpliced(axis, 1), made)];
  };

interface Sum {
  readonly value: Value;
  readonly size: number;
}

const cumulated: Operator = (inputs, attributes) => {
  const data = required(inputs, 0);
  const axis = axisOf(numbersOf(required(inputs, 1))[0] ?? 0, data.shape.length);
  const isExclusive = intOf(attributes, 'exclusive', 0) !== 0;
  const isReverse = intOf(attributes, 'reverse', 0) !== 0;
  const plus = (sum: Sum, x: Value): Sum => ({
    value: isFloat(data.type)
      ? Number(sum.value) + Number(x)
      : wrapped(data.type, BigInt(sum.value) + BigInt(x)),
    size: sum.size + Math.abs(Number(x)),
  });
  const none: Sum = { value: isFloat(data.type) ? 0 : wrapped(data.type, 0n), size: 0 };
  const { shape, made } = alongEach(data, axis, data.shape[axis] ?? 0, (lane) => {
    const ordered = isReverse ? lane.toReversed() : lane;
    const sums = ordered.map((_, at) =>
      ordered.slice(0, isExclusive ? at : at + 1).reduce(plus, none),
    );
    return isReverse ? sums.toReversed() : sums;
  });
  return [
    {
      type: data.type,
      shape,
      values: made.map(({ value }) => value),
      magnitudes: made.map(({ size }) => size),
    },
  ];
};

/** The parts of a tensor that are compared: its elements, or what lies at each index of one dimension. */
const partsOf = (data: Tensor, axis: number): (readonly Value[])[] => {
  const shape = replaced(data.shape, axis, 1);
  return Array.from(
    { length: data.shape[axis] ?? 0 },
    (_, at) => picked(data, shape, (position) => replaced(position, axis, at)).values,
  );
};

const inTurn = (one: readonly Value[], other: readonly Value[]): number => {
  const first = one.findIndex((x, at) => x !== other[at]);
  return first < 0 ? 0 : ascending(one[first] ?? 0, other[first] ?? 0);
};

const unique: Operator = (inputs, attributes) => {
  const given = required(inputs, 0);
  const isFlat = !('axis' in attributes);
  const data = isFlat ? { ...given, shape: [sizeOf(given.shape)] } : given;
  const axis = isFlat ? 0 : axisOf(intOf(attributes, 'axis', 0), data.shape.length);
  const parts = partsOf(data, axis);
  const isSame = (one: readonly Value[], other: readonly Value[]) => inTurn(one, other) === 0;
  const firsts = parts.flatMap((part, at) =>
    parts.findIndex((one) => isSame(one, part)) === at ? [{ part, at }] : [],
  );
  const kept =
    intOf(attributes, 'sorted', 1) === 0
      ? firsts
      : firsts.toSorted((one, other) => inTurn(one.part, other.part));
  const list = (values: readonly number[]): Evaluated =>
    tensor('int64', [values.length], values.map(BigInt));
  return [
    picked(data, replaced(data.shape, axis, kept.length), (position) =>
      replaced(position, axis, kept[position[axis] ?? 0]?.at ?? 0),
    ),
    list(kept.map(({ at }) => at)),
    list(parts.map((part) => kept.findIndex((one) => isSame(one.part, part)))),
    list(kept.map((one) => parts.filter((part) => isSame(one.part, part)).length)),
  ];
};

export const lanes: Operators = {
  TopK: topmost,
  ArgMax: extreme(1),
  ArgMin: extreme(-1),
  CumSum: cumulated,
  Unique: unique,
};
