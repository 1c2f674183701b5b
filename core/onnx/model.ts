// ONNX models as data: of onnx.proto, what models of one graph of tensors need.
import type { ElementType } from '../../schemas/generated/types.ts';
import type { Tensor } from './tensor.ts';

/** An attribute of a node, by the kind of its value. */
export type Attribute =
  | { readonly float: number }
  | { readonly int: number }
  | { readonly text: string }
  | { readonly floats: readonly number[] }
  | { readonly ints: readonly number[] }
  | { readonly tensor: Tensor };

export type Attributes = Readonly<Record<string, Attribute>>;

export interface Node {
  readonly operator: string;
  readonly domain?: string;
  /** Names of values; an optional one that is left out has an empty name. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Attributes;
}

/** A value's name, type and shape; a dimension that is left open has a name, or '' . */
export interface ValueInfo {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly (number | string)[];
}

export interface Model {
  readonly formatVersion: number;
  /** By domain; '' is ONNX's own. */
  readonly operatorSets: Readonly<Record<string, number>>;
  readonly nodes: readonly Node[];
  readonly initializers: Readonly<Record<string, Tensor>>;
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
}
