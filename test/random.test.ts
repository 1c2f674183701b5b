// Randomness that is the same everywhere, and fair.
import { expect } from 'chai';
import { Random } from '../core/random.ts';

describe('random values', () => {
  it('are those of their seed and label', () => {
    const draw = (seed: string, label: string): number[] => {
      const random = new Random(seed, label);
      return Array.from({ length: 500 }, () => random.integer(0, 1_000_000));
    };
    expect(draw('a', 'b')).to.deep.equal(draw('a', 'b'));
    expect(draw('a', 'b')).to.not.deep.equal(draw('a', 'c'));
    expect(draw('a', 'b')).to.not.deep.equal(draw('b', 'b'));
    // The frame keeps seed and label apart.
    expect(draw('ab', 'c')).to.not.deep.equal(draw('a', 'bc'));
  });

  it('reach both ends and nothing beyond', () => {
    const random = new Random('a', 'ends');
    const drawn = new Set(Array.from({ length: 300 }, () => random.integer(3, 7)));
    expect([...drawn].sort()).to.deep.equal([3, 4, 5, 6, 7]);
    expect(random.letters(40)).to.match(/^[a-z]{40}$/);
    expect(() => random.pick([])).to.throw(RangeError);
  });
});
