// Operators that make one element of all that lie along some axes: sums, means, products, norms, the largest.
import type { ElementType } from '../../schemas/generated/types.ts';
import { endsOf, isFloat, type Value } from '../onnx/element.ts';
import type { Attributes } from '../onnx/model.ts';
import type { Tensor } from '../onnx/tensor.ts';
import { wrapped } from './arithmetic.ts';
import {
  type Evaluated,
  intOf,
  intsOf,
  numbersOf,
  type Operator,
  type Operators,
  required,
  ShapeError,
} from './definition.ts';
import { groupsOf } from './groups.ts';
import { axisOf } from './positions.ts';
import { added, sizesOf } from './sums.ts';

/** What elements of one type make; integers come as bigints, floats as numbers. */
interface Reduction {
  readonly floats: (values: readonly number[]) => number;
  /** What a relative tolerance is relative to, where that is not the result. */
  readonly magnitude?: (values: readonly number[]) => number;
  readonly integers?: (values: readonly bigint[], type: ElementType) => bigint;
}

const one = (type: ElementType, { floats, integers }: Reduction, values: readonly Value[]) => {
  if (isFloat(type)) return floats(values.map(Number));
  if (!integers) throw new ShapeError(`what is made of ${type} is left open`);
  return wrapped(type, integers(values.map(BigInt), type));
};

const reduced = (
  { type, shape, values }: Tensor,
  reduction: Reduction,
  axes: readonly number[],
  attributes: Attributes,
): Evaluated => {
  const groups = groupsOf(shape, axes);
  const isKept = intOf(attributes, 'keepdims', 1) !== 0;
  const members = groups.members.map((indexes) => indexes.map((index) => values[index] ?? 0));
  const { magnitude } = reduction;
  return {
    type,
    shape: isKept ? groups.shape : shape.filter((_, axis) => !axes.includes(axis)),
    values: members.map((given) => one(type, reduction, given)),
    ...(magnitude && { magnitudes: members.map((given) => magnitude(given.map(Number))) }),
  };
};

const all = (shape: readonly number[]): number[] => shape.map((_, axis) => axis);

/** The axes are an attribute. */
const along =
  (reduction: Reduction): Operator =>
  (inputs, attributes) => {
    const data = required(inputs, 0);
    const axes = intsOf(attributes, 'axes')?.map((axis) => axisOf(axis, data.shape.length));
    return [reduced(data, reduction, axes ?? all(data.shape), attributes)];
  };

/** The axes are an input; of none of them, all are meant, unless nothing is to be done then. */
const alongGiven =
  (reduction: Reduction): Operator =>
  (inputs, attributes) => {
    const data = required(inputs, 0);
    const given = inputs[1] ? numbersOf(inputs[1]) : [];
    const axes = given.map((axis) => axisOf(axis, data.shape.length));
    const isAll = axes.length === 0 && intOf(attributes, 'noop_with_empty_axes', 0) === 0;
    return [reduced(data, reduction, isAll ? all(data.shape) : axes, attributes)];
  };

const squares = (values: readonly number[]): number => added(values.map((x) => x * x));

/** The largest, or the smallest; of nothing it is the other end of the type, and of floats the other infinity. */
const extreme = (
  pick: (...values: readonly number[]) => number,
  isBetter: (x: bigint, y: bigint) => boolean,
): Reduction => ({
  floats: (values) => pick(...values),
  integers: (values, type) =>
    values.reduce(
      (best, x) => (isBetter(x, best) ? x : best),
      endsOf(type).reduce((x, y) => (isBetter(x, y) ? y : x)),
    ),
});

/** As far as the sum is off by a part of it, its logarithm is off by that part of one. */
const byOne = (result: number): number => 1 + Math.abs(result);

const logOfSum = (values: readonly number[]): number => Math.log(added(values));

/** The largest is taken out, so that nothing overflows that the result does not. */
const logOfSumOfExponentials = (values: readonly number[]): number => {
  const most = Math.max(...values);
  if (!Number.isFinite(most)) return most;
  return most + logOfSum(values.map((x) => Math.exp(x - most)));
};

export const reduction: Operators = {
  ReduceSum: alongGiven({
    floats: added,
    magnitude: sizesOf,
    integers: (values) => values.reduce((sum, x) => sum + x, 0n),
  }),
  ReduceMean: along({
    floats: (values) => added(values) / values.length,
    magnitude: (values) => sizesOf(values) / values.length,
  }),
  ReduceMax: along(extreme(Math.max, (x, y) => x > y)),
  ReduceMin: along(extreme(Math.min, (x, y) => x < y)),
  ReduceProd: along({
    floats: (values) => values.reduce((made, x) => made * x, 1),
    integers: (values) => values.reduce((made, x) => made * x, 1n),
  }),
  ReduceL1: along({
    floats: sizesOf,
    integers: (values) => values.reduce((sum, x) => sum + (x < 0n ? -x : x), 0n),
  }),
  ReduceL2: along({ floats: (values) => Math.sqrt(squares(values)) }),
  ReduceLogSum: along({
    floats: logOfSum,
    magnitude: (values) => byOne(logOfSum(values)),
  }),
  ReduceLogSumExp: along({
    floats: logOfSumOfExponentials,
    magnitude: (values) => byOne(logOfSumOfExponentials(values)),
  }),
  ReduceSumSquare: along({
    floats: squares,
    integers: (values) => values.reduce((sum, x) => sum + x * x, 0n),
  }),
};
