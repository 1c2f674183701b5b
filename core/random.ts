// The one source of randomness in a case: the run's seed and the case's id decide all of it.
import { generate } from './generator.ts';

const BLOCK = 1024;

/** Seeded random values; the same seed and label give the same values everywhere. */
export class Random {
  readonly seed: string;
  readonly label: string;
  #block: Buffer = Buffer.alloc(0);
  #blocks = 0;
  #used = 0;

  constructor(seed: string, label: string) {
    this.seed = seed;
    this.label = label;
  }

  /** An integer from `least` to `most`, both included; unbiased below 2^32 values. */
  integer(least: number, most: number): number {
    const values = most - least + 1;
    if (!(values >= 1 && values <= 2 ** 32))
      throw new RangeError(`no integer in ${least}..${most}`);
    const fair = Math.floor(2 ** 32 / values) * values;
    for (;;) {
      const drawn = this.bytes(4).readUInt32LE();
      if (drawn < fair) return least + (drawn % values);
    }
  }

  /** One of `items`, which must not be empty. */
  pick<T>(items: readonly T[]): T {
    return items[this.integer(0, items.length - 1)] as T;
  }

  /** `length` lower-case letters. */
  letters(length: number): string {
    return Array.from({ length }, () => this.pick([...'abcdefghijklmnopqrstuvwxyz'])).join('');
  }

  /** The next `length` bytes, at most 1024. */
  bytes(length: number): Buffer {
    if (this.#used + length > this.#block.length) {
      this.#block = generate(this.seed, `${this.label}#${this.#blocks}`, BLOCK);
      this.#blocks += 1;
      this.#used = 0;
    }
    this.#used += length;
    return this.#block.subarray(this.#used - length, this.#used);
  }
}
