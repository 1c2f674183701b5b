// The bytes of an onnx.TensorProto to a tensor: its elements as bytes or as values, or its strings.
import type { PbfReader } from 'pbf';
import type { ElementType } from '../../schemas/generated/types.ts';
import { bytesOf, ELEMENT_TYPES, FORMATS, valuesOf } from './element.ts';
import { fields, floats, ModelError, oneOrPacked, varints } from './fields.ts';
import { sizeOf, type Tensor } from './tensor.ts';

/** Of strings, in onnx.TensorProto.DataType. */
export const STRING = 8;

/** A tensor with its elements as the bytes that messages carry. */
export interface Packed {
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** A tensor of strings, which no message carries. */
export interface Strings {
  readonly type: 'string';
  readonly shape: readonly number[];
  readonly strings: readonly string[];
}

export const elementType = (code: number): ElementType => {
  const found = ELEMENT_TYPES.find((type) => FORMATS[type].code === code);
  if (!found) throw new ModelError(`no element type has the code ${code}`);
  return found;
};

interface RawTensor {
  name: string;
  shape: number[];
  code: number;
  numbers: number[];
  strings: string[];
  bytes: Uint8Array | undefined;
}

const tensorFields = fields<RawTensor>({
  1: (from, raw) => raw.shape.push(...varints(from)),
  2: (from, raw) => {
    raw.code = from.readVarint();
  },
  4: (from, raw) => raw.numbers.push(...floats(from)),
  5: (from, raw) => raw.numbers.push(...varints(from)),
  6: (from, raw) => raw.strings.push(from.readString()),
  7: (from, raw) => raw.numbers.push(...varints(from)),
  8: (from, raw) => {
    raw.name = from.readString();
  },
  9: (from, raw) => {
    raw.bytes = from.readBytes();
  },
  10: (from, raw) =>
    raw.numbers.push(
      ...oneOrPacked(
        from,
        () => from.readDouble(),
        () => from.readPackedDouble(),
      ),
    ),
  11: (from, raw) => raw.numbers.push(...varints(from)),
});

const readRaw = (from: PbfReader): RawTensor =>
  from.readMessage<RawTensor>(tensorFields, {
    name: '',
    shape: [],
    code: 0,
    numbers: [],
    strings: [],
    bytes: undefined,
  });

const packed = (raw: RawTensor): Packed => {
  const type = elementType(raw.code);
  const isHalf = type === 'float16' || type === 'bfloat16';
  const bytes = raw.bytes ?? bytesOf(isHalf ? 'uint16' : type, raw.numbers);
  if (bytes.length !== sizeOf(raw.shape) * FORMATS[type].bytes) {
    throw new ModelError(`the tensor ${raw.name} has ${bytes.length} bytes, which is not its size`);
  }
  return { type, shape: raw.shape, bytes };
};

/** The tensor that stands where a reader is, as values. */
export const readTensor = (from: PbfReader): Tensor & { readonly name: string } => {
  const raw = readRaw(from);
  const { type, shape, bytes } = packed(raw);
  return { name: raw.name, type, shape, values: valuesOf(type, bytes) };
};

/** The tensor that stands where a reader is, of elements or of strings. */
export const readPacked = (from: PbfReader): Packed | Strings => {
  const raw = readRaw(from);
  if (raw.code !== STRING) return packed(raw);
  const { name, shape, strings } = raw;
  if (strings.length !== sizeOf(shape)) {
    throw new ModelError(`the tensor ${name} has ${strings.length} strings, which is not its size`);
  }
  return { type: 'string', shape, strings };
};
