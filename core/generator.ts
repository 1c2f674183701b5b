// Bytes that both sides can compute: bulk data never crosses JSON (spec/system.md, generators).
import { createHash } from 'node:crypto';

const framed = (text: string): Buffer => {
  const bytes = Buffer.from(text, 'utf8');
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(bytes.length));
  return Buffer.concat([length, bytes]);
};

/** Every block is made for itself, so that no side has to hold more of the bytes than it looks at. */
export const BLOCK = 65536;

/** `length` bytes from `from` on of those that the seed and the label name. */
export const generate = (seed: string, label: string, length: number, from = 0): Buffer => {
  const bytes = Buffer.allocUnsafe(length);
  const named = createHash('shake128').update(framed(seed)).update(framed(label));
  const number = Buffer.alloc(8);
  for (let at = 0; at < length; ) {
    const place = from + at;
    const begin = place % BLOCK;
    const end = Math.min(BLOCK, begin + length - at);
    number.writeBigUInt64LE(BigInt((place - begin) / BLOCK));
    const block = named.copy({ outputLength: end }).update(number).digest();
    at += block.copy(bytes, at, begin);
  }
  return bytes;
};

/** SHA-256 in lower-case hexadecimal, the form of every digest here. */
export const sha256 = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');
