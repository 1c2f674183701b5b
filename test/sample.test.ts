// What a sample tells of a claim, against exact counting; and a draw that favours no case.
import { expect } from 'chai';
import { Random } from '../core/random.ts';
import { chanceToFind, draw, liesFound, sampleFor } from '../core/sample.ts';

/** The number of ways to choose. */
const choose = (from: number, some: number): bigint => {
  let ways = 1n;
  for (let each = 0; each < some; each += 1) {
    ways = (ways * BigInt(from - each)) / BigInt(each + 1);
  }
  return some > from ? 0n : ways;
};

const exact = (population: number, lies: number, drawn: number): number =>
  1 - Number((10n ** 18n * choose(population - lies, drawn)) / choose(population, drawn)) / 1e18;

describe('a sample', () => {
  it('finds lies with the chance that counting gives', () => {
    for (const population of [1, 2, 7, 26, 80]) {
      for (let lies = 0; lies <= population; lies += 1) {
        for (let drawn = 0; drawn <= population; drawn += 1) {
          const chance = chanceToFind(population, lies, drawn);
          expect(chance).to.be.closeTo(exact(population, lies, drawn), 1e-12);
        }
      }
    }
  });

  it('is as large as it must be and no larger', () => {
    for (const lies of [1, 2, 5, 20]) {
      const drawn = sampleFor(80, lies, 0.95);
      expect(chanceToFind(80, lies, drawn)).to.be.at.least(0.95);
      expect(chanceToFind(80, lies, drawn - 1)).to.be.below(0.95);
      expect(liesFound(80, drawn, 0.95)).to.equal(lies);
    }
    expect(liesFound(80, 0, 0.95)).to.equal(undefined);
  });

  it('is drawn with every case as likely as any other, and in the order of the plan', () => {
    const items = Array.from({ length: 10 }, (_, item) => item);
    const counts = items.map(() => 0);
    const rounds = 5000;
    const random = new Random('sample', 'draw');
    for (let round = 0; round < rounds; round += 1) {
      const drawn = draw(items, 3, random);
      expect(drawn).to.deep.equal([...new Set(drawn)].sort((one, other) => one - other));
      expect(drawn).to.have.lengthOf(3);
      for (const item of drawn) counts[item] = (counts[item] ?? 0) + 1;
    }
    // Six standard deviations: the seed is fixed, so this is decided once and for all.
    const bound = 6 * Math.sqrt(rounds * 0.3 * 0.7);
    for (const count of counts) expect(Math.abs(count - 0.3 * rounds)).to.be.below(bound);
    expect(draw(items, 99, random)).to.deep.equal(items);
  });
});
