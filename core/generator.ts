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

/** Fills `target` with the bytes from `from` on of those that the seed and the label name. */
export const generateInto = (target: Buffer, seed: string, label: string, from: number): void => {
  const named = createHash('shake128').update(framed(seed)).update(framed(label));
  const number = Buffer.alloc(8);
  for (let at = 0; at < target.length; ) {
    const place = from + at;
    const begin = place % BLOCK;
    const end = Math.min(BLOCK, begin + target.length - at);
    number.writeBigUInt64LE(BigInt((place - begin) / BLOCK));
    // As a string: a buffer for each block is memory that is given back late.
    const block = named.copy({ outputLength: end }).update(number).digest('binary');
    at += target.write(begin === 0 ? block : block.slice(begin), at, 'binary');
  }
};

/** `length` bytes from `from` on of those that the seed and the label name. */
export const generate = (seed: string, label: string, length: number, from = 0): Buffer => {
  const bytes = Buffer.allocUnsafe(length);
  generateInto(bytes, seed, label, from);
  return bytes;
};

/** SHA-256 in lower-case hexadecimal, the form of every digest here. */
export const sha256 = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');
