// What the cases of memory need alike: allocations with contents that are known, and what it takes to
// see whether a byte of them changed.
import { expect } from 'chai';
import type { Context, ExpectationId } from '../../../core/case.ts';
import { generate, sha256 } from '../../../core/generator.ts';
import type { Device, Generator } from '../../../schemas/generated/types.ts';
import { succeeds } from '../../support.ts';

/** What one message carries at most, in bytes. */
export const MESSAGE = 64 * 1024;

export const allocate = async (context: Context, device: string, size: number | bigint) => {
  const { allocation } = await context.given('driver.memory.allocate', {
    device,
    sizeBytes: String(size),
  });
  return allocation;
};

export const generator = (context: Context, label: string, length: number): Generator => ({
  kind: 'shake128',
  seed: context.random.seed,
  label: `${context.random.label} ${label}`,
  length: String(length),
});

export const bytesOf = ({ seed, label, length }: Generator): Buffer =>
  generate(seed, label, Number(length));

/** States that a range reads back as `expected`. */
export const readsBack = async (
  context: Context,
  expectation: ExpectationId,
  allocation: string,
  offset: number,
  expected: Buffer,
): Promise<void> => {
  const { base64 } = await succeeds(context, expectation, 'driver.memory.read', {
    allocation,
    offsetBytes: String(offset),
    lengthBytes: expected.length,
  });
  const observed = Buffer.from(base64, 'base64');
  const at = observed.findIndex((byte, index) => byte !== expected[index]);
  context.expectation(
    expectation,
    {
      expected: `${expected.length} bytes at ${offset}: ${sha256(expected).slice(0, 16)}`,
      observed: `${observed.length} bytes at ${offset}: ${sha256(observed).slice(0, 16)}${
        at < 0 ? '' : `, other from byte ${offset + at} on`
      }`,
    },
    () => expect(observed.equals(expected)).to.equal(true),
  );
};

/** States the digest that a range has. */
export const digestsAs = async (
  context: Context,
  expectation: ExpectationId,
  allocation: string,
  { offset, length }: { readonly offset: number; readonly length: number },
  digest: string,
): Promise<void> => {
  const { sha256: observed } = await succeeds(context, expectation, 'driver.memory.digest', {
    allocation,
    offsetBytes: String(offset),
    lengthBytes: String(length),
  });
  context.expectation(
    expectation,
    {
      expected: `${length} bytes at ${offset}: ${digest}`,
      observed: `${length} bytes at ${offset}: ${observed}`,
    },
    () => expect(observed).to.equal(digest),
  );
};

/** States that a range digests as `expected`. */
export const digests = (
  context: Context,
  expectation: ExpectationId,
  allocation: string,
  offset: number,
  expected: Buffer,
): Promise<void> =>
  digestsAs(
    context,
    expectation,
    allocation,
    { offset, length: expected.length },
    sha256(expected),
  );

/** Whether a device admits an allocation of `size`. */
export const fits = ({ memory }: Device, size: number): boolean =>
  BigInt(size) <= BigInt(memory.maxAllocationBytes);

export const SIDE = 1024;

/** Two allocations with known contents, and what it takes to see whether a byte of them changed. */
export const twoSides = async (context: Context, device: Device, round = '') => {
  const sides = [];
  for (const name of ['source', 'destination']) {
    const allocation = await allocate(context, device.device, SIDE);
    const bytes = Buffer.from(bytesOf(generator(context, name + round, SIDE)));
    await context.given('driver.memory.write', {
      allocation,
      offsetBytes: '0',
      data: { base64: bytes.toString('base64') },
    });
    sides.push({ allocation, bytes });
  }
  const [source, destination] = sides;
  if (!source || !destination) throw new Error('two sides were made');
  const unchanged = async (expectation: ExpectationId): Promise<void> => {
    await readsBack(context, expectation, source.allocation, 0, source.bytes);
    await readsBack(context, expectation, destination.allocation, 0, destination.bytes);
  };
  const params = (from: bigint, to: bigint, length: bigint) => ({
    source: { allocation: source.allocation, offsetBytes: String(from) },
    destination: { allocation: destination.allocation, offsetBytes: String(to) },
    lengthBytes: String(length),
  });
  return { source, destination, unchanged, params };
};
