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

/** Blocks kept: what was written is soon read back, and compared as often as it was copied. */
const KEPT = 32;

/** Beginnings of the blocks that were asked for last, by what names them. */
const kept = new Map<string, string>();

/** The first `length` bytes of a block. As a string: a buffer for each is memory that is given back late. */
const blockOf = (
  seed: string,
  label: string,
  number: bigint,
  length: number,
  keeps: boolean,
): string => {
  const name = JSON.stringify([seed, label, `${number}`]);
  let block = kept.get(name);
  if (block === undefined || block.length < length) {
    const place = Buffer.alloc(8);
    place.writeBigUInt64LE(number);
    block = createHash('shake128', { outputLength: length })
      .update(framed(seed))
      .update(framed(label))
      .update(place)
      .digest('binary');
  }
  if (!keeps) return block;
  kept.delete(name);
  kept.set(name, block);
  for (const [oldest] of kept) {
    if (kept.size <= KEPT) break;
    kept.delete(oldest);
  }
  return block;
};

/**
 * Fills `target` with the bytes from `from` on of those that the seed and the label name. `span` is how many are asked for
 * one after another: of more than are kept none is, for the first would be gone before it is asked for again.
 */
export const generateInto = (
  target: Buffer,
  seed: string,
  label: string,
  from: number,
  span = target.length,
): void => {
  const keeps = span <= KEPT * BLOCK;
  for (let at = 0; at < target.length; ) {
    const place = from + at;
    const begin = place % BLOCK;
    const end = Math.min(BLOCK, begin + target.length - at);
    const block = blockOf(seed, label, BigInt((place - begin) / BLOCK), end, keeps);
    at += target.write(block.slice(begin, end), at, 'binary');
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
