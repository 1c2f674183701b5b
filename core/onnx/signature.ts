// What a model takes and gives: its open inputs, in which order its nodes can run, and whether a tensor fits an input.
import type { TensorDescription } from '../../schemas/generated/types.ts';
import type { Model, ValueInfo } from './model.ts';

/** The inputs that a run has to give: without those that an initializer gives. */
export const openInputs = ({ inputs, initializers }: Model): readonly ValueInfo[] =>
  inputs.filter(({ name }) => !Object.hasOwn(initializers, name));

export const described = ({ name, type, shape }: ValueInfo): TensorDescription => ({
  name,
  type,
  shape: shape.map((length) => (typeof length === 'number' ? length : -1)),
});

/** Whether each node stands behind those that it takes values from, as a file lists them, and each output is made. */
export const isInOrder = (model: Model): boolean => {
  const known = new Set([
    '',
    ...model.inputs.map(({ name }) => name),
    ...Object.keys(model.initializers),
  ]);
  for (const { inputs, outputs } of model.nodes) {
    if (inputs.some((name) => !known.has(name))) return false;
    for (const name of outputs) known.add(name);
  }
  return model.outputs.every(({ name }) => known.has(name));
};

/** What can be said of a tensor before it is made. */
export interface Form {
  readonly type: string;
  readonly shape: readonly number[];
}

/**
 * Whether a tensor is one that an input admits. A length that is named is the same wherever the name stands:
 * `lengths` has those of the run so far.
 */
export const fits = (one: Form, info: ValueInfo, lengths: Map<string, number>): boolean =>
  one.type === info.type &&
  one.shape.length === info.shape.length &&
  info.shape.every((declared, axis) => {
    const length = one.shape[axis] ?? 0;
    if (typeof declared === 'number') return declared === length;
    if (declared === '') return true;
    const known = lengths.get(declared) ?? length;
    lengths.set(declared, known);
    return known === length;
  });
