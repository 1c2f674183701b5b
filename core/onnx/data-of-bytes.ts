// The bytes of a test's data to values: an onnx.TensorProto, SequenceProto or OptionalProto, as the model's kind says.
import type { PbfReader } from 'pbf';
import { fields, ModelError, readerOf } from './fields.ts';
import type { Kind } from './outline.ts';
import { type Packed, readPacked, type Strings } from './tensor-of-bytes.ts';

/** A value of any kind; an optional one may hold nothing. */
export type Datum =
  | Packed
  | Strings
  | { readonly sequence: readonly Datum[] }
  | { readonly optional: Datum | undefined };

const sequenceFields = fields<Datum[]>({
  3: (from, held) => held.push(readPacked(from)),
  5: (from, held) => held.push(readSequence(from)),
  7: (from, held) => held.push(readOptional(from)),
});

const optionalFields = fields<{ held: Datum | undefined }>({
  3: (from, raw) => {
    raw.held = readPacked(from);
  },
  5: (from, raw) => {
    raw.held = readSequence(from);
  },
  7: (from, raw) => {
    raw.held = readOptional(from);
  },
});

const readSequence = (from: PbfReader): Datum => ({
  sequence: from.readMessage<Datum[]>(sequenceFields, []),
});

const readOptional = (from: PbfReader): Datum => ({
  optional: from.readMessage(optionalFields, { held: undefined as Datum | undefined }).held,
});

/** Whether a value is of a kind. */
const isOf = (datum: Datum, kind: Kind): boolean => {
  if ('sequence' in datum) {
    return 'sequence' in kind && datum.sequence.every((one) => isOf(one, kind.sequence));
  }
  if ('optional' in datum) {
    return 'optional' in kind && (!datum.optional || isOf(datum.optional, kind.optional));
  }
  return 'tensor' in kind && datum.type === kind.tensor;
};

/** numpy has no bfloat16: files that it wrote have the bits as whole numbers. */
const brain = (datum: Datum, kind: Kind): Datum =>
  'bytes' in datum && datum.type === 'uint16' && 'tensor' in kind && kind.tensor === 'bfloat16'
    ? { ...datum, type: 'bfloat16' }
    : datum;

/** The value that a file holds; throws a ModelError where it is of another kind than the model says. */
export const datumOf = (bytes: Uint8Array, kind: Kind): Datum => {
  const from = readerOf(bytes);
  const datum =
    'sequence' in kind
      ? readSequence(from)
      : 'optional' in kind
        ? readOptional(from)
        : brain(readPacked(from), kind);
  if (!isOf(datum, kind)) throw new ModelError('a value is of another kind than the model says');
  return datum;
};
