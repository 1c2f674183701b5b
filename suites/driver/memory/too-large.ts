// DRV-MEM-003: no device gives more than it has.
import { expect } from 'chai';
import type { Case, Context } from '../../../core/case.ts';
import { brief, isRefusal, originOf, refusal } from '../../support.ts';
import { devicesOf } from '../device/devices.ts';
import { generator } from './bytes.ts';

/** What is written at once into an allocation that should not be, in bytes. */
const PIECE = 2 ** 26;
/** What is written at most into one: above, the case says that it cannot tell. */
const MOST_WRITTEN = 2n ** 30n;

/** Allocates too much; where that is granted, uses it until it is refused. */
const tooLarge = async (context: Context, device: string, size: bigint): Promise<void> => {
  const expectation = 'DRV-MEM-003/refused';
  const expected = refusal('DEVICE_MEMORY');
  const where = `${size} bytes on ${device}: `;
  const wanted = `${where}RESOURCE_EXHAUSTED or INVALID_ARGUMENT`;
  const state = (observed: string, origin: ReturnType<typeof originOf>, held: boolean): void =>
    context.expectation(expectation, { expected: wanted, observed: where + observed, origin }, () =>
      expect(held).to.equal(true),
    );
  const answer = await context.attempt(expectation, 'driver.memory.allocate', {
    device,
    sizeBytes: String(size),
  });
  if (answer.kind === 'error') {
    state(brief(answer), originOf(answer), isRefusal(expectation, expected, answer));
    return;
  }
  const { allocation } = answer.result as { allocation: string };
  /** Whether a write was carried out; stated and done with where it was refused. */
  const use = async (offset: bigint, length: bigint): Promise<boolean> => {
    const used = await context.attempt(expectation, 'driver.memory.write', {
      allocation,
      offsetBytes: String(offset),
      data: { generator: generator(context, 'too large', Number(length)) },
    });
    if (used.kind === 'result') return true;
    const observed = `allocated, at first use ${brief(used)}`;
    state(observed, originOf(used), isRefusal(expectation, expected, used));
    return false;
  };
  // The end first: it is what the device said that it has not got.
  if (!(await use(size - 1n, 1n))) return;
  let written = 0n;
  while (written < size && written < MOST_WRITTEN) {
    const length = size - written < BigInt(PIECE) ? size - written : BigInt(PIECE);
    if (!(await use(written, length))) return;
    written += length;
  }
  context.premise(
    'writable',
    { expected: `at most ${MOST_WRITTEN} bytes to write`, observed: `${size} bytes allocated` },
    () => expect(written).to.equal(size),
  );
  state('allocated and written over its whole length', undefined, false);
};

const aboveMaximum: Case = {
  id: 'DRV-MEM-003/above-maximum',
  title: 'an allocation one granule above the largest is refused, at the latest when it is used',
  requirements: ['DRV-MEM-003'],
  expectations: ['DRV-MEM-003/refused'],
  premises: ['devices'],
  kind: 'own',
  run: async (context) => {
    for (const { device, memory } of await devicesOf(context)) {
      const granule = BigInt(memory.granularityBytes);
      await tooLarge(context, device, BigInt(memory.maxAllocationBytes) + granule);
    }
  },
};

const aboveTotal: Case = {
  id: 'DRV-MEM-003/above-total',
  title: 'an allocation one granule above all memory is refused, at the latest when it is used',
  requirements: ['DRV-MEM-003'],
  expectations: ['DRV-MEM-003/refused'],
  premises: ['devices'],
  kind: 'own',
  run: async (context) => {
    for (const { device, memory } of await devicesOf(context)) {
      const granule = BigInt(memory.granularityBytes);
      await tooLarge(context, device, BigInt(memory.totalBytes) + granule);
    }
  },
};

export const tooLargeCases: readonly Case[] = [aboveMaximum, aboveTotal];
