// How an ONNX operator becomes one of the engine's: what is given to a node, and what the mapping says of itself.
import type { Attributes, Node } from '../../core/onnx/model.ts';
import type { Tensor } from '../../core/onnx/tensor.ts';
import { ShapeError } from '../../core/operators/definition.ts';
import { Refusal } from '../kit/refusal.ts';
import type { Engine, EngineTensor } from './engine.ts';

/** What a node computes with. */
export interface Given {
  /** An optional one that is left out is undefined, and so is one that is a parameter. */
  readonly inputs: readonly (EngineTensor | undefined)[];
  /** Inputs that the engine takes as numbers of the program: the model itself has them, or they are read first. */
  readonly parameters: readonly (readonly number[] | undefined)[];
  readonly attributes: Attributes;
  /** How many results the node names. */
  readonly outputs: number;
}

export interface Mapping {
  /** Inputs, by their index, that the engine takes as numbers of the program. */
  readonly parameters?: readonly number[];
  /** Whether the engine's operation is what the node asks for; it is where nothing is said. */
  admits?(attributes: Attributes, node: Node): boolean;
  call(engine: Engine, given: Given): readonly EngineTensor[];
}

export type Mappings = Readonly<Record<string, Mapping>>;

/** The engine has nothing for this. */
export const lacking = (message: string): Refusal =>
  new Refusal('OPERATOR', 'adapter', { message });

/** An input that the operator cannot do without. */
export const input = ({ inputs }: Given, index: number): EngineTensor => {
  const found = inputs[index];
  if (!found) throw new ShapeError(`the operator has no input ${index}`);
  return found;
};

export const numbers = ({ values }: Tensor): number[] => values.map(Number);

/** A number that an operation takes as a tensor; it is given up with all that a run makes. */
export const scalar = (engine: Engine, value: number): EngineTensor =>
  engine.tensor(Float32Array.of(value), [], 'float32');

/** Indices, of which the engine has those of 32 bits. */
export const positions = (engine: Engine, places: readonly number[]): EngineTensor =>
  engine.tensor(Int32Array.from(places), [places.length], 'int32');

/** An operation that takes the node's inputs, and then what is made of its attributes. */
export const direct = (
  operation: string,
  more: (attributes: Attributes) => readonly unknown[] = () => [],
  admits: Mapping['admits'] = () => true,
): Mapping => ({
  admits,
  call: (engine, { inputs, attributes }) => [
    engine.call(operation, ...inputs, ...more(attributes)),
  ],
});
