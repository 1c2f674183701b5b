// Bytes that both sides can compute: bulk data never crosses JSON (spec/system.md, generators).
import { createHash } from 'node:crypto';

const framed = (text: string): Buffer => {
  const bytes = Buffer.from(text, 'utf8');
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(bytes.length));
  return Buffer.concat([length, bytes]);
};

/** The first `length` bytes of SHAKE128 over the framed seed and the framed label. */
export const generate = (seed: string, label: string, length: number): Buffer =>
  length === 0
    ? Buffer.alloc(0)
    : createHash('shake128', { outputLength: length })
        .update(framed(seed))
        .update(framed(label))
        .digest();

/** SHA-256 in lower-case hexadecimal, the form of every digest here. */
export const sha256 = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');
