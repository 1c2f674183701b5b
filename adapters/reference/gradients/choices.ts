// Operators that choose by order: each result is one of the elements that were given, and changes as that one does.
import { isFloat } from '../../../core/onnx/element.ts';
import { operators } from '../../../core/operators/index.ts';
import type { Rule } from './rule.ts';

/** Which element each result is, is found by running the operator on their ranks: they have the order, and no two are equal. */
const chosen: Rule = ({ operator, attributes, inputs, results, weights, by }) => {
  const places = inputs
    .flatMap((one, index) =>
      one && isFloat(one.type)
        ? one.values.map((value, at) => ({ index, at, value: Number(value) }))
        : [],
    )
    .toSorted((one, other) => one.value - other.value);
  const ranks = inputs.map((one) => one && isFloat(one.type) && [...one.values]);
  for (const [rank, { index, at }] of places.entries()) {
    const given = ranks[index];
    if (given) given[at] = rank;
  }
  const ranked = inputs.map((one, index) => {
    const values = ranks[index];
    return one && values ? { ...one, values } : one;
  });
  const found = operators[operator]?.(ranked, attributes, results.length)[0];
  const sums = inputs.map((one) => one?.values.map(() => 0) ?? []);
  for (const [result, weight] of (weights[0] ?? []).entries()) {
    const place = places[Number(found?.values[result])];
    const own = place && sums[place.index];
    if (place && own) own[place.at] = (own[place.at] ?? 0) + weight;
  }
  return new Map(by.map((index) => [index, sums[index] ?? []]));
};

export const choiceRules: Readonly<Record<string, Rule>> = Object.fromEntries(
  ['Max', 'Min', 'ReduceMax', 'ReduceMin', 'MaxPool', 'GlobalMaxPool', 'TopK'].map((operator) => [
    operator,
    chosen,
  ]),
);
