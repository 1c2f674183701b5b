// Lists that lie in a file: each element is read when it is asked for, so that a list may be longer than what a
// machine can hold.
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { elementText } from '../core/json-pieces.ts';
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
  protected readonly reading: Reading;
  /** Of each element where its JSON begins and where it ends. */
  protected readonly bounds: Float64Array;
  readonly #parse: (text: string, place: number) => T;

  constructor(
    reading: Reading,
    bounds: Float64Array,
    parse: (text: string, place: number) => T = (text) => JSON.parse(text),
  ) {
    this.reading = reading;
    this.bounds = bounds;
    this.#parse = parse;
  }

  get length(): number {
    return this.bounds.length / 2;
  }

  /** As it stands in the file. */
  protected textAt(place: number): string | undefined {
    const from = this.bounds[2 * place];
    const to = this.bounds[2 * place + 1];
    return from === undefined || to === undefined ? undefined : this.reading.text(from, to);
  }

  at(place: number): T | undefined {
    const text = this.textAt(place);
    return text === undefined ? undefined : this.#parse(text, place);
  }

  *[Symbol.iterator](): Generator<T> {
    for (let place = 0; place < this.length; place += 1) yield this.at(place) as T;
  }

  /** As JSON it is the list that it stands for. */
  toJSON(): T[] {
    return [...this];
  }
}

/**
 * A new list in a file that nobody else sees; its elements are put in any order, each once. They stand there as they
 * will in the record, which then has them as they are.
 */
export class ScratchList<T> extends FileList<T> {
  /** Where the file will end. */
  #size = 0;
  /** What is still to be written, and its length in bytes. */
  #held: string[] = [];
  #length = 0;

  constructor(length: number) {
    const folder = mkdtempSync(join(tmpdir(), 'causeway-'));
    const reading = new Reading(join(folder, 'list'), 'wx+');
    // An open file without a name goes when it is closed, however the process ends.
    rmSync(folder, { recursive: true });
    super(reading, new Float64Array(2 * length));
  }

  put(place: number, element: T): void {
    const text = elementText(element);
    const length = Buffer.byteLength(text);
    this.bounds[2 * place] = this.#size;
    this.#size += length;
    this.bounds[2 * place + 1] = this.#size;
    this.#held.push(text);
    this.#length += length;
    if (this.#length >= BLOCK) this.#write();
  }

  #write(): void {
    const bytes = Buffer.from(this.#held.join(''));
    for (let done = 0; done < bytes.length; ) done += writeSync(this.reading.file, bytes, done);
    this.#held = [];
    this.#length = 0;
  }

  protected override textAt(place: number): string | undefined {
    if (this.#length > 0) this.#write();
    return super.textAt(place);
  }

  /** The elements as jsonPieces takes them. */
  *texts(): Generator<string> {
    for (let place = 0; place < this.length; place += 1) yield this.textAt(place) ?? 'null';
  }
}
