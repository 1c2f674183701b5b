// Tensors of engines that have an array type of JavaScript's for each element type: as messages carry them, and back.
import { FORMATS } from '../../core/onnx/element.ts';
import type { ElementType, Tensor } from '../../schemas/generated/types.ts';
import { Refusal } from './refusal.ts';

/** The arrays that an engine takes elements in. */
export type Elements =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array;

/** Of each element type that the engine has, what makes its array of bytes that are the array's own. */
export type Arrays = Readonly<Partial<Record<ElementType, (bytes: ArrayBuffer) => Elements>>>;

const LONGEST = 65_536;

/** The engine has not the element type. */
export const noType = (type: string): Refusal =>
  new Refusal('OPERATOR', 'adapter', { message: `no ${type} here` });

/** The elements of a message, in the engine's array. */
export const elementsOf = (arrays: Arrays, { type, base64 }: Tensor): Elements => {
  const make = arrays[type];
  if (!make) throw noType(type);
  const bytes = Buffer.from(base64, 'base64');
  // A part of an element cannot be said to the engine.
  if (bytes.length % FORMATS[type].bytes !== 0) throw new Refusal('SHAPE', 'adapter');
  const own = new ArrayBuffer(bytes.length);
  bytes.copy(Buffer.from(own));
  return make(own);
};

/** A tensor of the engine as a message: bytes that are not its shape's are for the client to find. */
export const messageOf = (type: string, shape: readonly number[], data: Elements): Tensor => {
  if (!(type in FORMATS)) throw noType(type);
  // Truth values may come in words.
  const held = type === 'bool' ? Uint8Array.from(data, Number) : data;
  if (held.byteLength > LONGEST) {
    throw new Refusal('HOST_MEMORY', 'adapter', { message: 'above 64 KiB' });
  }
  const bytes = Buffer.from(held.buffer, held.byteOffset, held.byteLength);
  return { type: type as ElementType, shape: [...shape], base64: bytes.toString('base64') };
};
