// Node tests of our own, in the form of ONNX's: they stand for ONNX's wherever those need not be here, as where mutants
// are tried. No run is planned with them.
import type { Attributes, Model } from '../../../core/onnx/model.ts';
import { modelBytes, tensorBytes } from '../../../core/onnx/model-bytes.ts';
import type { NodeTest } from '../../../core/onnx/node-tests.ts';
import { type Tensor, tensor } from '../../../core/onnx/tensor.ts';
import { operators } from '../../../core/operators/index.ts';
import { modelOf, node, value } from '../models.ts';

const named = (all: readonly Tensor[], letter: string): [string, Tensor][] =>
  all.map((one, index) => [`${letter}${index}`, one]);

const modelFor = (
  operator: string,
  inputs: readonly Tensor[],
  outputs: readonly Tensor[],
  attributes: Attributes,
): Model => {
  const [given, made] = [named(inputs, 'x'), named(outputs, 'y')];
  const info = ([name, { type, shape }]: [string, Tensor]) => value(name, type, shape);
  const names = (all: readonly [string, Tensor][]): string[] => all.map(([name]) => name);
  return modelOf({
    nodes: [node(operator, names(given), names(made), attributes)],
    inputs: given.map(info),
    outputs: made.map(info),
  });
};

const testOf = (
  name: string,
  operator: string,
  inputs: readonly Tensor[],
  outputs: readonly Tensor[],
  attributes: Attributes = {},
): NodeTest => ({
  name: `test_own_${name}`,
  model: modelBytes(modelFor(operator, inputs, outputs, attributes)),
  data: [{ inputs: inputs.map(tensorBytes), outputs: outputs.map(tensorBytes) }],
});

/** A test whose outputs are what the definition of its operator gives. */
const defined = (name: string, operator: string, inputs: readonly Tensor[], outputs = 1) => {
  const definition = operators[operator];
  if (!definition) throw new Error(`${operator} is not defined here`);
  return testOf(name, operator, inputs, definition(inputs, {}, outputs));
};

const floats = tensor('float32', [2, 3], [1.5, -2.25, 3, 4.75, -5.5, 6]);
const row = tensor('float32', [3], [0.5, 4, -7.25]);
const wide = tensor('int64', [4], [1n, -2n, 3n << 40n, -7n]);
const chances = tensor('float32', [10], [0, 1, 0.1, 0.25, 0.5, 0.5, 0.75, 0.9, 0.3, 0.6]);
const drawn = tensor('float32', [10], [0, 1, 0, 0, 1, 0, 1, 1, 0, 1]);

export const ownNodeTests: readonly NodeTest[] = [
  defined('add', 'Add', [floats, row]),
  defined('less', 'Less', [floats, row]),
  defined('sub_int64', 'Sub', [wide, tensor('int64', [], [5n])]),
  defined('exp_scalar', 'Exp', [tensor('float32', [], [2.5])]),
  defined('topk', 'TopK', [floats, tensor('int64', [1], [2n])], 2),
  testOf('bernoulli', 'Bernoulli', [chances], [drawn]),
];
