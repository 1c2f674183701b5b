// What every case keeps: a verdict is about one row, so nothing that breaks blames another.
import { expect } from 'chai';
import { cases } from '../suites/index.ts';
import { mutants } from '../suites/mutants.ts';

describe('cases', () => {
  it('decide one requirement each, which their ids and expectations name', () => {
    for (const { id, requirements, expectations } of cases) {
      expect(requirements, id).to.have.lengthOf(1);
      const names = [id, ...expectations].map((name) => name.split('/')[0]);
      expect(new Set(names), id).to.deep.equal(new Set(requirements));
    }
  });

  it('have ids of their own, as mutants have', () => {
    for (const all of [cases, mutants]) {
      expect(new Set(all.map(({ id }) => id))).to.have.property('size', all.length);
    }
  });

  it('state what mutants are to break', () => {
    const stated = new Set(cases.flatMap(({ expectations }) => expectations));
    expect(mutants.filter(({ breaks }) => !stated.has(breaks)).map(({ id }) => id)).to.deep.equal(
      [],
    );
  });
});
