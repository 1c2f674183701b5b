// The vectors that the suite makes of the schemas: enough of them, of every keyword, and on the right side.
import { expect } from 'chai';
import { METHODS, type MethodName } from '../schemas/generated/standard.ts';
import { vectorsOf } from '../suites/system/vectors.ts';

const all = (Object.keys(METHODS) as MethodName[]).flatMap((method) =>
  vectorsOf(method).map((vector) => ({ method, ...vector })),
);

const sides = (keyword: string): Set<boolean> =>
  new Set(all.filter((one) => one.keyword === keyword).map(({ admitted }) => admitted));

describe('vectors', () => {
  it('are at least 500, and some of each method on either side', () => {
    expect(all.length).to.be.at.least(500);
    for (const method of Object.keys(METHODS)) {
      const own = all.filter((one) => one.method === method);
      expect(new Set(own.map(({ admitted }) => admitted)), method).to.have.property('size', 2);
    }
  });

  it('without a required member, with an unknown one, or of two branches at once, are refused', () => {
    for (const keyword of ['required', 'additionalProperties', 'oneOf', 'minItems']) {
      expect([...sides(keyword)], keyword).to.deep.equal([false]);
    }
  });

  it('with an extension member are admitted', () => {
    expect([...sides('patternProperties')]).to.deep.equal([true]);
  });

  it('lie on both sides of every bound', () => {
    for (const keyword of ['minimum', 'maximum', 'maxItems', 'pattern', 'enum']) {
      expect(sides(keyword).size, keyword).to.equal(2);
    }
  });

  it('go down to members of members', () => {
    const deep = all.filter(({ place }) => place.startsWith('/data/generator/'));
    expect(new Set(deep.map(({ place }) => place.split('/')[3]))).to.include.members([
      'kind',
      'seed',
      'label',
      'length',
    ]);
  });

  it('put the given names wherever they stand', () => {
    const [first] = vectorsOf('driver.memory.copy', {
      allocation: 'given',
      offsetBytes: '3',
    }).filter(({ admitted, place }) => !admitted && place.startsWith('/lengthBytes'));
    expect(first?.params).to.have.nested.property('source.allocation', 'given');
    expect(first?.params).to.have.nested.property('destination.offsetBytes', '3');
  });
});
