// What a rule of differentiation is: of one node, how much a sum of its results changes with each element that it takes.
import type { Attributes } from '../../../core/onnx/model.ts';
import type { Tensor } from '../../../core/onnx/tensor.ts';

/** A node with what went in and came out: floats in binary64, whatever their type. */
export interface Call {
  readonly operator: string;
  readonly attributes: Attributes;
  readonly inputs: readonly (Tensor | undefined)[];
  readonly results: readonly Tensor[];
  /** For each result that counts, what each of its elements counts in the sum. */
  readonly weights: readonly (readonly number[] | undefined)[];
  /** The inputs to differentiate by, by their index. */
  readonly by: readonly number[];
}

/** The gradient of the weighted sum by each input that is asked for, by its index. */
export type Rule = (call: Call) => ReadonlyMap<number, readonly number[]>;

/** The weights of the first result, by whose elements alone the sum changes. */
export const firstWeights = ({ weights }: Call): readonly number[] => weights[0] ?? [];
