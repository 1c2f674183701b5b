// The reference carries out WebAssembly kernels: what a kernel must not do fails the launch, and nothing else.
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { LONGEST_LAUNCH } from '../adapters/reference/device.ts';
import { type Argument, carryOut } from '../adapters/reference/launch.ts';
import { Movers } from '../adapters/reference/movers.ts';
import { inMemory } from '../adapters/reference/pieces.ts';
import { compile } from '../adapters/reference/web-assembly.ts';
import { BUILT } from '../suites/driver/kernels/built.ts';

const one = { x: 1, y: 1, z: 1 };

const memoryOf = (length: number, byte = 0) => {
  const bytes = new Uint8Array(new SharedArrayBuffer(length)).fill(byte);
  return { kind: 'allocation' as const, bytes, pieces: inMemory(bytes) };
};

const memory = (...words: number[]) => {
  const made = memoryOf(words.length * 4);
  made.bytes.set(new Uint8Array(Uint32Array.from(words).buffer));
  return made;
};

const wordsIn = ({ bytes }: { readonly bytes: Uint8Array }): number[] => [
  ...new Uint32Array(Uint8Array.from(bytes).buffer),
];

const number = (bits: number): Argument => ({ kind: 'number', bits });

const launchOf = (name: keyof typeof BUILT, size: number, given: readonly Argument[]) => ({
  kind: 'launch' as const,
  module: compile(Buffer.from(BUILT[name]['wasm-kernel-1.0'], 'base64')),
  name,
  groups: one,
  groupSize: { ...one, x: size },
  arguments: given,
});

/**
 * A module by hand, `(func (export "odd") (result i32) (call $local_id (i32.const 0)))`: the first item ends, and the
 * others wait.
 */
const ODD = compile(
  Buffer.concat([
    Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]),
    Buffer.from([1, 10, 2, 0x60, 1, 0x7f, 1, 0x7f, 0x60, 0, 1, 0x7f]),
    Buffer.from([2, 19, 1, 6, ...Buffer.from('device'), 8, ...Buffer.from('local_id'), 0, 0]),
    Buffer.from([3, 2, 1, 1]),
    Buffer.from([7, 7, 1, 3, ...Buffer.from('odd'), 0, 1]),
    Buffer.from([10, 8, 1, 6, 0, 0x41, 0, 0x10, 0, 0x0b]),
  ]),
);

describe('a launch on the reference', () => {
  it('shares memory with whoever holds it', () => {
    const [from, to] = [memory(7, 8, 9), memory(0, 0, 0)];
    carryOut(launchOf('copy', 4, [from, to, number(2)]));
    expect(wordsIn(to)).to.deep.equal([7, 8, 0]);
  });

  it('fails outside an allocation, and keeps what it did before', () => {
    const [from, to] = [memory(7, 8, 9), memory(0, 0)];
    expect(() => carryOut(launchOf('copy', 3, [from, to, number(3)]))).to.throw(RangeError);
    expect(wordsIn(to)).to.deep.equal([7, 8]);
  });

  it('fails where a number is given for memory', () => {
    const launch = launchOf('copy', 1, [memory(7), number(1), number(1)]);
    expect(() => carryOut(launch)).to.throw(/parameter 1 is given no memory/);
  });

  it('fails at a barrier that some items do not reach', () => {
    const launch = { ...launchOf('copy', 1, []), module: ODD, name: 'odd' };
    expect(() => carryOut({ ...launch, groupSize: { ...one, x: 2 } })).to.throw(/barrier/);
    expect(() => carryOut(launch)).to.not.throw();
  });

  it('is not taken for one without an end where the process that watches it is late', async () => {
    const items = 2 ** 18;
    const [from, to] = [memoryOf(items * 4, 7), memoryOf(items * 4)];
    const launch = launchOf('copy', 64, [from, to, number(items)]);
    const movers = new Movers();
    const outcome = movers.carryOut({ ...launch, groups: { ...one, x: items / 64 } });
    while (to.bytes[0] === 0) await turn();
    // That it has begun is heard by now; that it is done is not before the limit is over.
    await turn();
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LONGEST_LAUNCH + 100);
    const came = await outcome;
    await movers.end();
    expect(came).to.equal('done');
  });
});
