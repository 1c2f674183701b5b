// The bytes that a write names, and the place that a range has: what every driver adapter needs alike.
import { generate } from '../../core/generator.ts';
import type { Data } from '../../schemas/generated/types.ts';
import { Refusal } from './refusal.ts';

/** No write of this kit is longer; a generator names its length, and memory must be there for it. */
const LONGEST_WRITE = 1n << 30n;

/** How many bytes a write has, without making them. */
export const lengthOf = (data: Data): bigint =>
  'base64' in data
    ? BigInt(Buffer.byteLength(data.base64, 'base64'))
    : BigInt(data.generator.length);

/** The bytes of a write. */
export const bytesOf = (data: Data): Buffer => {
  if ('base64' in data) return Buffer.from(data.base64, 'base64');
  const { seed, label, length } = data.generator;
  if (BigInt(length) > LONGEST_WRITE) {
    const message = 'at most 1 GiB in one write';
    throw new Refusal('HOST_MEMORY', 'kit', { message, retryable: false });
  }
  return generate(seed, label, Number(length));
};
