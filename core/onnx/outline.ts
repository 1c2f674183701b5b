// What can be said of any model without understanding all of it: its operators, and what it takes and gives, whatever
// their kind.
import { PbfReader } from 'pbf';
import type { ElementType } from '../../schemas/generated/types.ts';
import { fields, ModelError } from './fields.ts';
import { elementType, STRING } from './tensor-of-bytes.ts';

/** What a value of a model is. */
export type Kind =
  | { readonly tensor: ElementType | 'string' }
  | { readonly sequence: Kind }
  | { readonly optional: Kind };

export interface Outlined {
  readonly name: string;
  readonly kind: Kind;
}

export interface Outline {
  /** The operators of its nodes, each once, in the order of the file. */
  readonly operators: readonly string[];
  /** Whether a node says where its chance begins: it may then draw the same in each run. */
  readonly isSeeded: boolean;
  /** Those that a run has to give. */
  readonly inputs: readonly Outlined[];
  readonly outputs: readonly Outlined[];
}

const tensorTypeFields = fields<{ kind: Kind | undefined }>({
  1: (from, raw) => {
    const code = from.readVarint();
    raw.kind = { tensor: code === STRING ? 'string' : elementType(code) };
  },
});

/** A type that holds another: a sequence, or an optional value. */
const heldFields = fields<{ kind: Kind | undefined }>({
  1: (from, raw) => {
    raw.kind = readKind(from);
  },
});

const typeFields = fields<{ kind: Kind | undefined }>({
  1: (from, raw) => from.readMessage(tensorTypeFields, raw),
  4: (from, raw) => {
    raw.kind = { sequence: readHeld(from) };
  },
  9: (from, raw) => {
    raw.kind = { optional: readHeld(from) };
  },
});

const known = ({ kind }: { kind: Kind | undefined }): Kind => {
  if (!kind) throw new ModelError('a value is neither tensor, sequence nor optional');
  return kind;
};

const readKind = (from: PbfReader): Kind =>
  known(from.readMessage(typeFields, { kind: undefined }));

const readHeld = (from: PbfReader): Kind =>
  known(from.readMessage(heldFields, { kind: undefined }));

const valueFields = fields<{ name: string; kind: Kind | undefined }>({
  1: (from, raw) => {
    raw.name = from.readString();
  },
  2: (from, raw) => {
    raw.kind = readKind(from);
  },
});

const readValue = (from: PbfReader): Outlined => {
  const raw = from.readMessage(valueFields, { name: '', kind: undefined as Kind | undefined });
  return { name: raw.name, kind: known(raw) };
};

const attributeFields = fields<{ name: string }>({
  1: (from, raw) => {
    raw.name = from.readString();
  },
});

const nodeFields = fields<Raw>({
  4: (from, raw) => raw.operators.add(from.readString()),
  5: (from, raw) => {
    raw.isSeeded ||= from.readMessage(attributeFields, { name: '' }).name === 'seed';
  },
});

const nameFields = fields<{ name: string }>({
  8: (from, raw) => {
    raw.name = from.readString();
  },
});

interface Raw {
  operators: Set<string>;
  isSeeded: boolean;
  given: Set<string>;
  inputs: Outlined[];
  outputs: Outlined[];
}

const graphFields = fields<Raw>({
  1: (from, raw) => from.readMessage(nodeFields, raw),
  5: (from, raw) => raw.given.add(from.readMessage(nameFields, { name: '' }).name),
  11: (from, raw) => raw.inputs.push(readValue(from)),
  12: (from, raw) => raw.outputs.push(readValue(from)),
});

const modelFields = fields<Raw>({
  7: (from, raw) => from.readMessage(graphFields, raw),
});

/** The outline of a serialized onnx.ModelProto. */
export const outlineOf = (bytes: Uint8Array): Outline => {
  const raw = new PbfReader(bytes).readFields<Raw>(modelFields, {
    operators: new Set(),
    isSeeded: false,
    given: new Set(),
    inputs: [],
    outputs: [],
  });
  return {
    operators: [...raw.operators],
    isSeeded: raw.isSeeded,
    inputs: raw.inputs.filter(({ name }) => !raw.given.has(name)),
    outputs: raw.outputs,
  };
};
