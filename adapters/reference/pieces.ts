// Where bytes are: in memory that the threads of a session share, or in a file that processes share. Data
// alone, so that a thread can be told.
import { readSync, writeSync } from 'node:fs';

export type Piece =
  | { readonly kind: 'memory'; readonly bytes: Uint8Array }
  | {
      readonly kind: 'file';
      readonly descriptor: number;
      readonly from: number;
      readonly length: number;
    };

/** One after another; what is mapped may lie in several places. */
export type Pieces = readonly Piece[];

export const inMemory = (bytes: Uint8Array): Pieces => [{ kind: 'memory', bytes }];

const lengthOf = (piece: Piece): number =>
  piece.kind === 'memory' ? piece.bytes.length : piece.length;

const bytesOf = (piece: Piece): Buffer => {
  if (piece.kind === 'memory') {
    const { buffer, byteOffset, length } = piece.bytes;
    return Buffer.from(buffer, byteOffset, length);
  }
  const bytes = Buffer.alloc(piece.length);
  readSync(piece.descriptor, bytes, 0, piece.length, piece.from);
  return bytes;
};

/** Whether what is read is the memory itself, and no copy of it. */
export const isInPlace = ([first, ...others]: Pieces): boolean =>
  first?.kind === 'memory' && others.length === 0;

/** All bytes; in place where they are one piece of memory. */
export const read = (pieces: Pieces): Buffer => {
  const [first, ...others] = pieces;
  return first && others.length === 0 ? bytesOf(first) : Buffer.concat(pieces.map(bytesOf));
};

/** Puts as many bytes there as the pieces hold. */
export const write = (pieces: Pieces, bytes: Uint8Array): void => {
  let from = 0;
  for (const piece of pieces) {
    const part = bytes.subarray(from, from + lengthOf(piece));
    if (piece.kind === 'memory') piece.bytes.set(part);
    else writeSync(piece.descriptor, part, 0, part.length, piece.from);
    from += part.length;
  }
};
