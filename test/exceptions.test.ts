// What an interface without codes threw becomes a refusal: by the first words of its message, and of native origin; and
// nothing else does.
import { spawnSync } from 'node:child_process';
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

  // (module (func (export "f") unreachable))
  const TRAPS = [
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0],
    ...[7, 5, 1, 1, 0x66, 0, 0, 0x0a, 5, 1, 3, 0, 0, 0x0b],
  ];
  for (const [where, call] of [
    ['where the interface threw it', 'natively(f)'],
    ['where it came up in the adapter', 'f()'],
  ]) {
    it(`ends the process where WebAssembly trapped, ${where}`, () => {
      const kit = new URL('../adapters/kit/exceptions.js', import.meta.url);
      const program = `import { natively, refusalsBy } from ${JSON.stringify(kit.href)};
        const { f } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array([${TRAPS}]))).exports;
        try { ${call}; } catch (error) { refusalsBy({})('framework.model.run', error); }`;
      const { signal, stderr } = spawnSync(
        process.execPath,
        ['--input-type=module', '--eval', program],
        { encoding: 'utf8' },
      );
      expect(signal).to.equal('SIGABRT');
      expect(stderr).to.match(/^RuntimeError: unreachable/);
    });
  }

  it('leaves what is a refusal already as it is', () => {
    const refusal = new Refusal('SHAPE', 'adapter');
    expect(threw(refusal)).to.equal(refusal);
  });
});
