// What holds the bytes of an allocation.
import { inMemory, type Pieces } from './pieces.ts';

export interface Backing {
  readonly sizeBytes: number;
  /** A range that lies within; a refusal where a part of it is not there. */
  pieces(from: number, length: number): Pieces;
  /** The allocation ends. */
  end?(): void;
}

/** Memory of this process, which its threads share. */
export const memoryBacking = (bytes: Buffer, end?: () => void): Backing => ({
  sizeBytes: bytes.length,
  pieces: (from, length) => inMemory(bytes.subarray(from, from + length)),
  ...(end && { end }),
});

/** Fresh memory of this process. */
export const freshMemory = (sizeBytes: number): Buffer =>
  Buffer.from(new SharedArrayBuffer(sizeBytes));
