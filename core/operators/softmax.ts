// Operators that set each element against the others along an axis: which is the largest, and by how much.
import { intOf, type Operator, type Operators, required } from './definition.ts';
import { groupsOf } from './groups.ts';
import { axisOf } from './positions.ts';
import { added } from './sums.ts';

/** What one line along the axis becomes, and what a relative tolerance is relative to. */
type Line = (values: readonly number[]) => {
  readonly values: readonly number[];
  readonly magnitudes?: readonly number[];
};

const lines =
  (of: Line): Operator =>
  (inputs, attributes) => {
    const { type, shape, values } = required(inputs, 0);
    const axis = axisOf(intOf(attributes, 'axis', -1), shape.length);
    const made = new Array<number>(values.length).fill(0);
    const magnitudes = new Array<number>(values.length).fill(0);
    for (const indexes of groupsOf(shape, [axis]).members) {
      const line = of(indexes.map((index) => Number(values[index] ?? 0)));
      for (const [place, index] of indexes.entries()) {
        const value = line.values[place] ?? 0;
        made[index] = value;
        magnitudes[index] = line.magnitudes?.[place] ?? Math.abs(value);
      }
    }
    return [{ type, shape, values: made, magnitudes }];
  };

/** The largest is taken out, so that nothing overflows that the result does not. */
const shifted = (values: readonly number[]): number[] => {
  const most = Math.max(...values);
  return values.map((x) => x - most);
};

export const softmax: Operators = {
  Softmax: lines((values) => {
    const sizes = shifted(values).map(Math.exp);
    const sum = added(sizes);
    return { values: sizes.map((size) => size / sum) };
  }),
  LogSoftmax: lines((values) => {
    const less = shifted(values);
    const log = Math.log(added(less.map(Math.exp)));
    // As far as the sum is off by a part of it, its logarithm is off by that part of one.
    return {
      values: less.map((x) => x - log),
      magnitudes: less.map((x) => Math.abs(x) + log + 1),
    };
  }),
  /** The first of the largest. */
  Hardmax: lines((values) => {
    const first = values.indexOf(Math.max(...values));
    return { values: values.map((_, index) => (index === first ? 1 : 0)) };
  }),
};
