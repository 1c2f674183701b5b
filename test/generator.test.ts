// The generator is part of the standard: what it makes is checked against the published vectors, so
// that an endpoint in any language can be checked against the same.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { BLOCK, generate, sha256 } from '../core/generator.ts';

interface Vector {
  readonly seed: string;
  readonly label: string;
  readonly length: number;
  /** The bytes themselves, of short ones. */
  readonly hex?: string;
  readonly sha256: string;
}

const { vectors } = JSON.parse(readFileSync('spec/vectors/generator.json', 'utf8')) as {
  vectors: Vector[];
};

/** A seed or label as a test's title bears it. */
const name = (text: string): string =>
  JSON.stringify(text.length > 16 ? `${text.slice(0, 15)}…` : text);

describe('generator', () => {
  for (const vector of vectors) {
    const { seed, label, length } = vector;
    it(`${length} bytes of ${name(seed)} and ${name(label)} are as published`, () => {
      const bytes = generate(seed, label, length);
      expect(bytes.length).to.equal(length);
      expect(sha256(bytes)).to.equal(vector.sha256);
      if (vector.hex !== undefined) expect(bytes.toString('hex')).to.equal(vector.hex);
    });
  }

  it('has vectors below, at and above the seam of SHAKE128, and of a message and of more', () => {
    const lengths = vectors.map(({ length }) => length);
    expect(lengths).to.include.members([1, 167, 168, 169, 65536, 2 ** 20]);
  });

  it('has vectors without seed and label, and beyond ASCII', () => {
    expect(vectors.some(({ seed, label }) => seed === '' && label === '')).to.equal(true);
    expect(vectors.some(({ seed }) => Buffer.byteLength(seed) > seed.length)).to.equal(true);
  });

  it('has vectors below, at and above its own blocks', () => {
    const lengths = vectors.map(({ length }) => length);
    expect(lengths).to.include.members([BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK]);
  });

  it('gives any part without what lies before it', () => {
    const whole = generate('a', 'b', 3 * BLOCK);
    for (const [from, to] of [
      [1, 2],
      [BLOCK - 1, BLOCK + 1],
      [BLOCK, 2 * BLOCK],
      [100, 3 * BLOCK - 1],
    ] as const) {
      expect(generate('a', 'b', to - from, from).equals(whole.subarray(from, to))).to.equal(true);
    }
  });

  it('gives the beginning of a longer output for a shorter length', () => {
    const long = generate('a', 'b', 400);
    for (const length of [1, 167, 168, 169, 399]) {
      expect(generate('a', 'b', length).equals(long.subarray(0, length))).to.equal(true);
    }
  });

  it('frames seed and label, so that moving a character from one to the other changes all', () => {
    expect(generate('ab', 'c', 32).equals(generate('a', 'bc', 32))).to.equal(false);
  });
});
