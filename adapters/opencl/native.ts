// How a native call is heard: a result, or a thrown NativeError with the code that it answered.
import { NativeError } from '../kit/native.ts';
import type { Pointer } from './library.ts';

export const SUCCESS = 0;

/** Throws what a call answered, unless it is CL_SUCCESS. */
export const check = (call: string, code: number): void => {
  if (code !== SUCCESS) throw new NativeError(call, code);
};

/** What a creating call made; a null pointer beside CL_SUCCESS is an error too. */
export const created = (call: string, create: (code: Int32Array) => Pointer | null): Pointer => {
  const code = new Int32Array(1);
  const made = create(code);
  const [answered = SUCCESS] = code;
  if (answered !== SUCCESS || made === null) throw new NativeError(call, answered);
  return made;
};

/**
 * A number as size_t. koffi takes 2^64 for 0 without a word: the schemas keep it out, and this keeps
 * out a sum that was made here.
 */
export const sizeT = (value: bigint): bigint => {
  if (value !== BigInt.asUintN(64, value)) throw new RangeError(`${value} is not a size_t`);
  return value;
};
