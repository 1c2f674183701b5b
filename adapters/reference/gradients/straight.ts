// Operators whose results are a straight line in each element that they take, whatever the others are: moving, adding,
// multiplying. Over a whole step such a line rises by its slope, so that a step of 1 gives it without an error of its own.
import { operators } from '../../../core/operators/index.ts';
import type { Rule } from './rule.ts';

export const straight: Rule = ({ operator, attributes, inputs, results, weights, by }) => {
  const rise = (index: number, at: number): number => {
    const moved = inputs.map((one, place) =>
      one && place === index
        ? { ...one, values: one.values.with(at, Number(one.values[at]) + 1) }
        : one,
    );
    const risen = operators[operator]?.(moved, attributes, results.length) ?? [];
    return results.reduce(
      (sum, { values }, result) =>
        (weights[result] ?? []).reduce((part, weight, place) => {
          const [from, to] = [values[place], risen[result]?.values[place]];
          return weight === 0 ? part : part + weight * (Number(to) - Number(from));
        }, sum),
      0,
    );
  };
  return new Map(
    by.map((index) => [index, inputs[index]?.values.map((_, at) => rise(index, at)) ?? []]),
  );
};
