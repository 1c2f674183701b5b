// SHA-256 of files of any size.
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import pLimit from 'p-limit';

/** What is read of a file at a time. */
const BLOCK = 1024 * 1024;

export const digestOf = (path: string): string => {
  const hash = createHash('sha256');
  const file = openSync(path, 'r');
  const block = Buffer.alloc(BLOCK);
  try {
    for (;;) {
      const read = readSync(file, block);
      if (read === 0) return hash.digest('hex');
      hash.update(block.subarray(0, read));
    }
  } finally {
    closeSync(file);
  }
};

type Blocks = readonly [Buffer, Buffer];

/** The same while other work goes on: a block is read while the other is added. */
const digestBeside = async (path: string, blocks: Blocks): Promise<string> => {
  const hash = createHash('sha256');
  const file = await open(path);
  try {
    let [into, other] = blocks;
    let reading = file.read(into);
    for (;;) {
      const { bytesRead } = await reading;
      if (bytesRead === 0) return hash.digest('hex');
      const read = into.subarray(0, bytesRead);
      [into, other] = [other, into];
      reading = file.read(into);
      hash.update(read);
    }
  } finally {
    await file.close();
  }
};

/** Takes digests beside other work, one after another: a hundred libraries at once would hold blocks of their own each. */
export const digestsInTurn = (): ((path: string) => Promise<string>) => {
  const inTurn = pLimit(1);
  const blocks: Blocks = [Buffer.alloc(BLOCK), Buffer.alloc(BLOCK)];
  return (path) => inTurn(() => digestBeside(path, blocks));
};
