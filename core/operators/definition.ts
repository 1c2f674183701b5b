// What an operator is: a function from tensors to tensors, computed here in binary64 and in whole integers, so that a
// result in the operator's own type can be held against it.
import type { ElementType } from '../../schemas/generated/types.ts';
import type { Value } from '../onnx/element.ts';
import type { Attribute, Attributes } from '../onnx/model.ts';
import type { Tensor } from '../onnx/tensor.ts';

/** A result before it is rounded to its type. */
export interface Evaluated {
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly values: readonly Value[];
  /** Of each element, what a relative tolerance is relative to, where that is not the element: of a sum, the sum of sizes. */
  readonly magnitudes?: readonly number[];
}

/** `outputs` is how many results the node names. */
export type Operator = (
  inputs: readonly (Tensor | undefined)[],
  attributes: Attributes,
  outputs: number,
) => readonly Evaluated[];

/** Operators by their names. */
export type Operators = Readonly<Record<string, Operator>>;

/** Shapes or types that an operator cannot work on together. */
export class ShapeError extends Error {}

/** An input that the operator cannot do without. */
export const required = (inputs: readonly (Tensor | undefined)[], index: number): Tensor => {
  const found = inputs[index];
  if (!found) throw new ShapeError(`the operator has no input ${index}`);
  return found;
};

const member = <T>(
  attributes: Attributes,
  name: string,
  pick: (attribute: Attribute) => T | undefined,
): T | undefined => {
  const found = attributes[name];
  return found && pick(found);
};

export const intOf = (attributes: Attributes, name: string, otherwise: number): number =>
  member(attributes, name, (one) => ('int' in one ? one.int : undefined)) ?? otherwise;

/** A float of binary32, which is what a model's file has. */
export const floatOf = (attributes: Attributes, name: string, otherwise: number): number =>
  Math.fround(
    member(attributes, name, (one) => ('float' in one ? one.float : undefined)) ?? otherwise,
  );

export const textOf = (attributes: Attributes, name: string, otherwise: string): string =>
  member(attributes, name, (one) => ('text' in one ? one.text : undefined)) ?? otherwise;

export const intsOf = (attributes: Attributes, name: string): readonly number[] | undefined =>
  member(attributes, name, (one) => ('ints' in one ? one.ints : undefined));

/** A tensor of integers as numbers: axes, shapes, positions. */
export const numbersOf = ({ values }: Tensor): number[] => values.map(Number);
