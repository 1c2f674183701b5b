// The built kernels are what their sources come to, and the cases cut them where they say that they do.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { type BuiltFormat, isPortable, lastFunction } from '../suites/driver/kernel/formats.ts';
import { BUILT, GLSLANG } from '../suites/driver/kernels/built.ts';
import { ROOT } from './support.ts';

interface Builder {
  readonly glslang: () => string | undefined;
  readonly buildAll: () => Promise<Record<string, Partial<Record<BuiltFormat, Buffer>>>>;
}

const builder = async (): Promise<Builder> =>
  (await import(
    pathToFileURL(join(ROOT, 'scripts', 'build-kernels.mjs')).href
  )) as unknown as Builder;

const FORMATS: readonly BuiltFormat[] = ['opencl-c', 'spirv-shader-1.0', 'wasm-kernel-1.0'];

describe('the reference kernels', () => {
  it('are built from the sources beside them, as far as the same tools are here', async () => {
    const { glslang, buildAll } = await builder();
    const same = glslang() === GLSLANG;
    const fresh = await buildAll();
    expect(Object.keys(fresh)).to.deep.equal(Object.keys(BUILT));
    const all: Record<string, Partial<Record<BuiltFormat, string>>> = BUILT;
    for (const [name, forms] of Object.entries(all)) {
      for (const format of FORMATS) {
        if (format === 'spirv-shader-1.0' && !same) continue;
        const made = fresh[name]?.[format]?.toString('base64');
        expect(made === forms[format], `${name} in ${format}`).to.equal(true);
      }
    }
  });

  it('are in portable formats, and small enough for a message', () => {
    for (const [name, forms] of Object.entries(BUILT)) {
      for (const [format, base64] of Object.entries(forms)) {
        expect(isPortable(format), format).to.equal(true);
        expect(base64.length, `${name} in ${format}`).to.be.below(65_536);
      }
    }
    expect(isPortable('example-binary-7')).to.equal(false);
  });

  it('have a last function that is neither at their beginning nor empty', () => {
    for (const format of FORMATS) {
      const module = Buffer.from(BUILT.copy[format], 'base64');
      const begins = lastFunction(format, module);
      expect(begins, format).to.be.within(20, module.length - 20);
    }
    const source = Buffer.from(BUILT.copy['opencl-c'], 'base64').toString();
    const begins = lastFunction('opencl-c', Buffer.from(source));
    expect(source.slice(begins, begins + 1)).to.equal('{');
  });
});
