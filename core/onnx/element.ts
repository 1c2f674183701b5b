// The elements of tensors: how many bytes each has, and their values as numbers, 64-bit integers as bigints.
import type { ElementType } from '../../schemas/generated/types.ts';

/** An element: bigint for int64 and uint64, 0 or 1 for bool, and a number for all others. */
export type Value = number | bigint;

interface Format {
  /** In onnx.TensorProto.DataType. */
  readonly code: number;
  readonly bytes: number;
  readonly kind: 'float' | 'signed' | 'unsigned' | 'bool';
  /** Of a float, with the one that is not written. */
  readonly precision?: number;
}

export const FORMATS: Readonly<Record<ElementType, Format>> = {
  float32: { code: 1, bytes: 4, kind: 'float', precision: 24 },
  uint8: { code: 2, bytes: 1, kind: 'unsigned' },
  int8: { code: 3, bytes: 1, kind: 'signed' },
  uint16: { code: 4, bytes: 2, kind: 'unsigned' },
  int16: { code: 5, bytes: 2, kind: 'signed' },
  int32: { code: 6, bytes: 4, kind: 'signed' },
  int64: { code: 7, bytes: 8, kind: 'signed' },
  bool: { code: 9, bytes: 1, kind: 'bool' },
  float16: { code: 10, bytes: 2, kind: 'float', precision: 11 },
  float64: { code: 11, bytes: 8, kind: 'float', precision: 53 },
  uint32: { code: 12, bytes: 4, kind: 'unsigned' },
  uint64: { code: 13, bytes: 8, kind: 'unsigned' },
  bfloat16: { code: 16, bytes: 2, kind: 'float', precision: 8 },
};

export const ELEMENT_TYPES = Object.keys(FORMATS) as ElementType[];

export const isFloat = (type: ElementType): boolean => FORMATS[type].kind === 'float';

/** Whether its elements are bigints. */
export const isWide = (type: ElementType): boolean => type === 'int64' || type === 'uint64';

/** The least and the largest of an integer type. */
export const endsOf = (type: ElementType): readonly [bigint, bigint] => {
  const { bytes, kind } = FORMATS[type];
  const bits = BigInt(8 * bytes);
  return kind === 'signed'
    ? [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n]
    : [0n, (1n << bits) - 1n];
};

const scratch = new DataView(new ArrayBuffer(8));

/** The bits of the nearest binary16, ties to even. */
const toHalf = (value: number): number => {
  scratch.setFloat64(0, value);
  const sign = (scratch.getUint16(0) >>> 15) << 15;
  const magnitude = Math.abs(value);
  if (Number.isNaN(value)) return 0x7e00;
  // Halfway between the largest and what would be the next: to even is to infinity.
  if (magnitude >= 65_520) return sign | 0x7c00;
  const exponent = magnitude < 2 ** -14 ? -14 : Math.floor(Math.log2(magnitude));
  const unit = 2 ** (exponent - 10);
  const scaled = magnitude / unit;
  const low = Math.floor(scaled);
  const rest = scaled - low;
  const steps = rest > 0.5 || (rest === 0.5 && low % 2 === 1) ? low + 1 : low;
  // A mantissa that overflows carries into the exponent by itself.
  return sign | (magnitude < 2 ** -14 ? steps : ((exponent + 15) << 10) + (steps - 1024));
};

const fromHalf = (bits: number): number => {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 31;
  const mantissa = bits & 1023;
  if (exponent === 31) return mantissa === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (exponent === 0 ? mantissa * 2 ** -24 : (1024 + mantissa) * 2 ** (exponent - 25));
};

/** The bits of the nearest bfloat16, ties to even, by way of the nearest binary32. */
const toBrain = (value: number): number => {
  scratch.setFloat32(0, value);
  const bits = scratch.getUint32(0);
  if (Number.isNaN(value)) return 0x7fc0;
  return ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16) & 0xffff;
};

const fromBrain = (bits: number): number => {
  scratch.setUint32(0, bits << 16);
  return scratch.getFloat32(0);
};

type Put = (view: DataView, at: number, value: Value) => void;
type Get = (view: DataView, at: number) => Value;

const ACCESS: Readonly<Record<ElementType, readonly [Put, Get]>> = {
  float32: [(v, at, x) => v.setFloat32(at, Number(x), true), (v, at) => v.getFloat32(at, true)],
  float64: [(v, at, x) => v.setFloat64(at, Number(x), true), (v, at) => v.getFloat64(at, true)],
  float16: [
    (v, at, x) => v.setUint16(at, toHalf(Number(x)), true),
    (v, at) => fromHalf(v.getUint16(at, true)),
  ],
  bfloat16: [
    (v, at, x) => v.setUint16(at, toBrain(Number(x)), true),
    (v, at) => fromBrain(v.getUint16(at, true)),
  ],
  int8: [(v, at, x) => v.setInt8(at, Number(x)), (v, at) => v.getInt8(at)],
  int16: [(v, at, x) => v.setInt16(at, Number(x), true), (v, at) => v.getInt16(at, true)],
  int32: [(v, at, x) => v.setInt32(at, Number(x), true), (v, at) => v.getInt32(at, true)],
  int64: [(v, at, x) => v.setBigInt64(at, BigInt(x), true), (v, at) => v.getBigInt64(at, true)],
  uint8: [(v, at, x) => v.setUint8(at, Number(x)), (v, at) => v.getUint8(at)],
  uint16: [(v, at, x) => v.setUint16(at, Number(x), true), (v, at) => v.getUint16(at, true)],
  uint32: [(v, at, x) => v.setUint32(at, Number(x), true), (v, at) => v.getUint32(at, true)],
  uint64: [(v, at, x) => v.setBigUint64(at, BigInt(x), true), (v, at) => v.getBigUint64(at, true)],
  bool: [(v, at, x) => v.setUint8(at, x ? 1 : 0), (v, at) => v.getUint8(at)],
};

/** The elements in little-endian bytes; floats are rounded to the nearest, integers wrap. */
export const bytesOf = (type: ElementType, values: readonly Value[]): Uint8Array => {
  const { bytes } = FORMATS[type];
  const view = new DataView(new ArrayBuffer(values.length * bytes));
  const [put] = ACCESS[type];
  for (const [index, value] of values.entries()) put(view, index * bytes, value);
  return new Uint8Array(view.buffer);
};

/** The elements that little-endian bytes are; bytes of a part of an element are left out. */
export const valuesOf = (type: ElementType, data: Uint8Array): Value[] => {
  const { bytes } = FORMATS[type];
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const [, get] = ACCESS[type];
  return Array.from({ length: Math.floor(data.length / bytes) }, (_, index) =>
    get(view, index * bytes),
  );
};

const cell = new DataView(new ArrayBuffer(8));

/** A value as the type can hold it. */
export const rounded = (type: ElementType, value: Value): Value => {
  const [put, get] = ACCESS[type];
  put(cell, 0, value);
  return get(cell, 0);
};
