// Writes a text that comes in pieces, and compares one with a file: neither ever has all of it.
import { closeSync, openSync, readSync, writeSync } from 'node:fs';

/** What is gathered before it is written, in characters. */
const BLOCK = 64 * 1024;

/** The same text in fewer, larger pieces. */
function* blocks(pieces: Iterable<string>): Generator<Buffer> {
  let held: string[] = [];
  let length = 0;
  for (const piece of pieces) {
    held.push(piece);
    length += piece.length;
    if (length < BLOCK) continue;
    yield Buffer.from(held.join(''));
    held = [];
    length = 0;
  }
  yield Buffer.from(held.join(''));
}

/** Writes a file; with `wx` none that is there already. */
export const writePieces = (
  path: string,
  pieces: Iterable<string>,
  flags: 'w' | 'wx' = 'w',
): void => {
  const all = blocks(pieces);
  // Where the text cannot be begun, the file stays as it was.
  let next = all.next();
  const file = openSync(path, flags);
  try {
    for (; !next.done; next = all.next()) {
      const block = next.value;
      for (let done = 0; done < block.length; ) done += writeSync(file, block, done);
    }
  } finally {
    closeSync(file);
  }
};

/** Whether a file holds just this text. */
export const holdsPieces = (path: string, pieces: Iterable<string>): boolean => {
  const file = openSync(path, 'r');
  try {
    for (const block of blocks(pieces)) {
      const own = Buffer.alloc(block.length);
      for (let done = 0; done < own.length; ) {
        const read = readSync(file, own, { offset: done });
        if (read === 0) return false;
        done += read;
      }
      if (!own.equals(block)) return false;
    }
    return readSync(file, Buffer.alloc(1)) === 0;
  } finally {
    closeSync(file);
  }
};
