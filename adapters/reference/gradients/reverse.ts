// Gradients of a model, in reverse: from what the results count in a sum back to what each value counts that they were made of.
import { isFloat } from '../../../core/onnx/element.ts';
import type { Node } from '../../../core/onnx/model.ts';
import type { Tensor } from '../../../core/onnx/tensor.ts';
import { ShapeError } from '../../../core/operators/definition.ts';
import { operators } from '../../../core/operators/index.ts';
import { registered } from '../../../core/operators/registered.ts';
import { refused } from '../refused.ts';
import { choiceRules } from './choices.ts';
import { rewrites } from './rewrites.ts';
import type { Call, Rule } from './rule.ts';
import { slopeRules } from './slopes.ts';
import { straight } from './straight.ts';

/** Numbers for each element, by the name of the value. */
export type ByName = Readonly<Record<string, readonly number[]>>;

const gradientsBy = new Map(
  registered.map(({ operator, gradients = [] }) => [operator, gradients]),
);

const named = <T>(letter: string, items: readonly T[]): [string, T][] =>
  items.map((one, index) => [`${letter}${index}`, one]);

/** An operator as the nodes that it is put together of. */
const rewritten: Rule = (call) => {
  const { nodes, constants } = rewrites[call.operator]?.(call) ?? { nodes: [], constants: {} };
  const inputs = named('x', call.inputs).flatMap(([name, one]) => (one ? [[name, one]] : []));
  const weights = named('y', call.results).flatMap(([name, one], index) => {
    const values = call.weights[index];
    return values ? [[name, { ...one, values }]] : [];
  });
  const found = gradientsOf(
    nodes,
    { ...constants, ...Object.fromEntries(inputs) },
    Object.fromEntries(weights),
    call.by.map((index) => `x${index}`),
  );
  return new Map(call.by.map((index) => [index, found[`x${index}`] ?? []]));
};

/** What is differentiable and has no rule of its own is straight. */
const ruleOf = (operator: string): Rule =>
  slopeRules[operator] ??
  choiceRules[operator] ??
  (Object.hasOwn(rewrites, operator) ? rewritten : straight);

/** One after another; a rounding between would be a step, whose slope is 0. */
const ran = (nodes: readonly Node[], known: Readonly<Record<string, Tensor>>) => {
  const values = new Map(Object.entries(known));
  const calls = nodes.map((node): Omit<Call, 'weights' | 'by'> => {
    const { operator, attributes = {}, outputs } = node;
    const inputs = node.inputs.map((name) => values.get(name));
    const results = operators[operator]?.(inputs, attributes, outputs.length) ?? [];
    for (const [index, name] of outputs.entries()) {
      const result = results[index];
      if (name !== '' && result) values.set(name, result);
    }
    return { operator, attributes, inputs, results };
  });
  return { values, calls };
};

/** What changes with the variables. */
const changing = (nodes: readonly Node[], variables: readonly string[]): ReadonlySet<string> => {
  const found = new Set(variables);
  for (const { inputs, outputs } of nodes) {
    if (inputs.some((name) => found.has(name))) for (const name of outputs) found.add(name);
  }
  return found;
};

/** The gradients of the weighted sum by the variables, where `known` has all that the nodes take from outside. */
export const gradientsOf = (
  nodes: readonly Node[],
  known: Readonly<Record<string, Tensor>>,
  weights: Readonly<Record<string, Tensor>>,
  variables: readonly string[],
): ByName => {
  const { values, calls } = ran(nodes, known);
  const changes = changing(nodes, variables);
  const sums = new Map<string, readonly number[]>();
  const count = (name: string, more: readonly number[]): void => {
    const sum = sums.get(name);
    sums.set(name, sum ? sum.map((one, at) => one + (more[at] ?? 0)) : more);
  };
  for (const [name, one] of Object.entries(weights)) {
    const { type, shape = [] } = values.get(name) ?? {};
    const isAlike = one.type === type && String(one.shape) === String(shape);
    if (!isAlike || !isFloat(one.type)) throw new ShapeError(`weights of ${name}`);
    count(name, one.values.map(Number));
  }
  for (const [place, call] of [...calls.entries()].toReversed()) {
    const { inputs, outputs } = nodes[place] ?? { inputs: [], outputs: [] };
    const counted = outputs.map((name) => sums.get(name));
    const by = inputs.flatMap((name, index) => (changes.has(name) ? [index] : []));
    if (by.length === 0 || counted.every((one) => one === undefined)) continue;
    const known = gradientsBy.get(call.operator) ?? [];
    if (!by.every((index) => known.includes(index))) throw refused('OPERATOR');
    const found = ruleOf(call.operator)({ ...call, weights: counted, by });
    for (const index of by) count(inputs[index] ?? '', found.get(index) ?? []);
  }
  return Object.fromEntries(
    variables.map((name) => [name, sums.get(name) ?? values.get(name)?.values.map(() => 0) ?? []]),
  );
};
