// Lists that lie in a file: each element is read when it is asked for, so that a list may be longer than what a
// machine can hold.
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { List } from '../core/list.ts';

/** A list is gone through at any time: its file is closed when nothing holds it any more. */
const unused = new FinalizationRegistry(closeSync);

/** What is read at a time: what is asked for next mostly stands behind. */
const BLOCK = 64 * 1024;

/** A file that is read here and there; it may grow, and does not change otherwise. */
export class Reading {
  readonly file: number;
  #block: Buffer = Buffer.alloc(0);
  /** Where the block stands in the file. */
  #from = 0;

  constructor(path: string, flags: 'r' | 'wx+' = 'r') {
    this.file = openSync(path, flags);
    unused.register(this, this.file);
  }

  text(from: number, to: number): string {
    if (from < this.#from || to > this.#from + this.#block.length) this.#read(from, to);
    return this.#block.toString('utf8', from - this.#from, to - this.#from);
  }

  #read(from: number, to: number): void {
    const block = Buffer.allocUnsafeSlow(Math.max(BLOCK, to - from));
    let done = 0;
    while (from + done < to) {
      const read = readSync(this.file, block, { offset: done, position: from + done });
      if (read === 0) throw new Error('a file became shorter while it was read');
      done += read;
    }
    this.#from = from;
    this.#block = block.subarray(0, done);
  }
}

export class FileList<T> implements List<T> {
  readonly #reading: Reading;
  /** Of each element where its JSON begins and where it ends. */
  readonly #bounds: Float64Array;

  constructor(reading: Reading, bounds: Float64Array) {
    this.#reading = reading;
    this.#bounds = bounds;
  }

  get length(): number {
    return this.#bounds.length / 2;
  }

  at(place: number): T | undefined {
    const [from, to] = this.#bounds.subarray(2 * place, 2 * place + 2);
    if (from === undefined || to === undefined) return undefined;
    return JSON.parse(this.#reading.text(from, to)) as T;
  }

  *[Symbol.iterator](): Generator<T> {
    for (let place = 0; place < this.length; place += 1) yield this.at(place) as T;
  }

  /** As JSON it is the list that it stands for. */
  toJSON(): T[] {
    return [...this];
  }
}

/** A new list in a file that nobody else sees; its elements are put in any order, each once. */
export const scratchList = <T>(
  length: number,
): { readonly list: FileList<T>; readonly put: (place: number, element: T) => void } => {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-'));
  const reading = new Reading(join(folder, 'list'), 'wx+');
  // An open file without a name goes when it is closed, however the process ends.
  rmSync(folder, { recursive: true });
  const bounds = new Float64Array(2 * length);
  let size = 0;
  const put = (place: number, element: T): void => {
    const bytes = Buffer.from(JSON.stringify(element));
    for (let done = 0; done < bytes.length; ) done += writeSync(reading.file, bytes, done);
    bounds.set([size, size + bytes.length], 2 * place);
    size += bytes.length;
  };
  return { list: new FileList(reading, bounds), put };
};
