// What the Vulkan adapter reads in a shader before a driver is given it: its parameters, and whether it is whole.
import { expect } from 'chai';
import { InvalidModule, shapeOf } from '../adapters/vulkan/spirv.ts';
import { type KernelName, moduleOf } from '../suites/driver/kernel/formats.ts';

const shader = (name: KernelName): Buffer => moduleOf(name, 'spirv-shader-1.0');

/** With one word made another. */
const withWord = (module: Buffer, index: number, word: number): Buffer => {
  const copy = Buffer.from(module);
  copy.writeUInt32LE(word >>> 0, index * 4);
  return copy;
};

const refused = (module: Buffer): string => {
  try {
    shapeOf(module, 0);
    return 'admitted';
  } catch (error) {
    if (error instanceof InvalidModule) return error.message;
    throw error;
  }
};

describe('a shader', () => {
  it('has the parameters of its kernel, each kind counted by itself', () => {
    const counts = (name: KernelName) => {
      const { entryPoints, buffers, numbers, locals } = shapeOf(shader(name), 0);
      return { entryPoints, buffers, numbers, locals };
    };
    const numbers = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ offset: index * 4, size: 4 }));
    expect(counts('copy')).to.deep.equal({
      entryPoints: ['copy'],
      buffers: 2,
      numbers: numbers(1),
      locals: 0,
    });
    expect(counts('product')).to.deep.equal({
      entryPoints: ['product'],
      buffers: 3,
      numbers: numbers(3),
      locals: 2,
    });
    expect(counts('places')).to.deep.equal({
      entryPoints: ['places'],
      buffers: 1,
      numbers: [],
      locals: 0,
    });
  });

  it('that is cut is refused, wherever it is cut', () => {
    const whole = shader('reduce');
    for (let length = 0; length < whole.length; length += 1) {
      expect(refused(whole.subarray(0, length)), `${length} bytes`).to.not.equal('admitted');
    }
    expect(refused(whole)).to.equal('admitted');
  });

  it('with another header, or what the device is not opened for, is refused', () => {
    const whole = shader('copy');
    const [version, bound, schema, first] = [1, 3, 4, 5];
    expect(refused(withWord(whole, 0, 0x03022307))).to.equal('another magic number');
    expect(refused(withWord(whole, version, 0x00010100))).to.equal('version word 0x10100');
    expect(refused(withWord(whole, version, 0x00020000))).to.equal('version word 0x20000');
    expect(refused(withWord(whole, bound, 0))).to.equal('a header without a bound');
    expect(refused(withWord(whole, schema, 1))).to.equal('a header without a bound');
    // The first instruction is OpCapability Shader; Float64 is 10.
    expect(refused(withWord(whole, first + 1, 10))).to.equal('capability 10');
  });

  it('of a newer version is admitted where the device takes that', () => {
    const newer = withWord(shader('copy'), 1, 0x00010300);
    expect(refused(newer)).to.equal('version word 0x10300');
    expect(shapeOf(newer, 3).entryPoints).to.deep.equal(['copy']);
  });
});
