// A model of several nodes, computed node by node in the order in which their inputs come to be.
import { rounded } from '../onnx/element.ts';
import type { Model, Node } from '../onnx/model.ts';
import type { Tensor } from '../onnx/tensor.ts';
import { type Evaluated, ShapeError } from './definition.ts';
import { operators } from './index.ts';

/** A result as its type can hold it. */
const held = ({ type, shape, values }: Evaluated): Tensor => ({
  type,
  shape,
  values: values.map((value) => rounded(type, value)),
});

/** What a node computes. */
const compute = (node: Node, inputs: readonly (Tensor | undefined)[]): readonly Evaluated[] => {
  const operator = operators[node.operator];
  if (!operator) throw new ShapeError(`no operator ${node.operator} is known here`);
  return operator(inputs, node.attributes ?? {}, node.outputs.length);
};

/** All values of a model that its inputs make, by name. */
export const evaluate = (
  model: Model,
  inputs: Readonly<Record<string, Tensor>>,
): Readonly<Record<string, Tensor>> => {
  const values = new Map<string, Tensor>([
    ...Object.entries(model.initializers),
    ...Object.entries(inputs),
  ]);
  for (const node of model.nodes) {
    const results = compute(
      node,
      node.inputs.map((name) => values.get(name)),
    );
    for (const [index, name] of node.outputs.entries()) {
      const result = results[index];
      if (name !== '' && result) values.set(name, held(result));
    }
  }
  return Object.fromEntries(values);
};
