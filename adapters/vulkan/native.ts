// How a native call is heard: a result, or a thrown NativeError with the code that it answered.
import { NativeError } from '../kit/native.ts';
import type { Handle } from './library.ts';

const SUCCESS = 0;

export const check = (call: string, code: number): void => {
  if (code !== SUCCESS) throw new NativeError(call, code);
};

/** The object that a call made; a null handle beside VK_SUCCESS is an error too. */
export const created = (call: string, create: (object: BigUint64Array) => number): Handle => {
  const objects = new BigUint64Array(1);
  check(call, create(objects));
  const [object = 0n] = objects;
  if (object === 0n) throw new NativeError(call, SUCCESS);
  return object;
};
