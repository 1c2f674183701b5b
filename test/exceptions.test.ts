// What an interface without codes threw becomes a refusal: by the first words of its message, and of native origin; and
// nothing else does.
import { expect } from 'chai';
import { natively, refusalsBy } from '../adapters/kit/exceptions.ts';
import { Refusal } from '../adapters/kit/refusal.ts';

const refusalOf = refusalsBy({
  'framework.model.run': [
    [/^Missing input /, 'INPUTS'],
    [/^Missing /, 'UNSPECIFIED'],
  ],
});

const thrownBy = (work: () => never): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

const threw = (error: unknown): unknown =>
  thrownBy(() =>
    natively(() => {
      throw error;
    }),
  );

describe('what an interface throws', () => {
  const cases = [
    ['framework.model.run', new Error('Missing input x'), 'INPUTS', 'Error'],
    ['framework.model.run', new TypeError('Missing y'), 'UNSPECIFIED', 'TypeError'],
    ['framework.model.run', new RangeError('out of stack'), 'INTERNAL', 'RangeError'],
    ['framework.model.load', new Error('Missing input x'), 'INTERNAL', 'Error'],
  ] as const;
  for (const [method, error, reason, vendorName] of cases) {
    it(`is ${reason} where ${method} ended with ${error}`, () => {
      const refusal = refusalOf(method, threw(error));
      expect(refusal).to.include({ reason, origin: 'native' });
      expect(refusal?.details).to.deep.equal({ message: error.message, vendorName });
    });
  }

  it('is a refusal too where a promise is what it throws by', async () => {
    const error = await natively(() => Promise.reject(new Error('Missing input x'))).catch(
      (one: unknown) => one,
    );
    expect(refusalOf('framework.model.run', error)).to.include({ reason: 'INPUTS' });
  });

  it('is no refusal where the adapter itself failed', () => {
    expect(refusalOf('framework.model.run', new Error('Missing input x'))).to.equal(undefined);
  });

  it('leaves what is a refusal already as it is', () => {
    const refusal = new Refusal('SHAPE', 'adapter');
    expect(threw(refusal)).to.equal(refusal);
  });
});
