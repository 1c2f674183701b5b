// DRV-TEL-002: the memory that is said to be in use is what was allocated.
import { expect } from 'chai';
import type { Case, Context } from '../../../core/case.ts';
import { devicesOf } from '../device/devices.ts';
import { allocate, generator } from '../memory/bytes.ts';
import { countOf, reading, USAGE } from './reading.ts';

const STEP = 2n ** 22n;
const ROUNDS = 5;

/** Memory that is there: what is promised at the allocation may come with the first use. */
const written = async (context: Context, device: string, size: bigint): Promise<string> => {
  const allocation = await allocate(context, device, size);
  const data = generator(context, `on ${device}`, Number(size));
  await context.given('driver.memory.write', {
    allocation,
    offsetBytes: '0',
    data: { generator: data },
  });
  return allocation;
};

/** What usage changed by, with two allocations that are made and freed again. */
const changes = async (
  context: Context,
  device: string,
  size: bigint,
): Promise<{ rises: bigint[]; falls: bigint[] }> => {
  const usage = async (): Promise<bigint> => {
    const metrics = await reading(context, 'DRV-TEL-002/rises', device);
    const value = countOf(metrics, USAGE);
    context.premise('reported', { expected: USAGE, observed: value ?? 'not there' }, () =>
      expect(value).to.not.equal(undefined),
    );
    return value ?? 0n;
  };
  const seen = [await usage()];
  const held: string[] = [];
  for (let count = 0; count < 2; count += 1) {
    held.push(await written(context, device, size));
    seen.push(await usage());
  }
  for (const allocation of held) {
    await context.given('driver.memory.free', { allocation });
    seen.push(await usage());
  }
  const steps = seen.slice(1).map((value, index) => value - (seen[index] ?? 0n));
  return { rises: steps.slice(0, 2), falls: steps.slice(2) };
};

const follows: Case = {
  id: 'DRV-TEL-002/follows',
  title: 'memory usage rises with each allocation by its size, and falls by it when it is freed',
  requirements: ['DRV-TEL-002'],
  expectations: ['DRV-TEL-002/rises', 'DRV-TEL-002/falls'],
  premises: ['devices', 'reported'],
  needs: ['driver.memory'],
  kind: 'own',
  run: async (context) => {
    let tried = 0;
    for (const { device, memory } of await devicesOf(context)) {
      const granule = BigInt(memory.granularityBytes);
      const largest = BigInt(memory.maxAllocationBytes);
      const size = ((STEP < largest ? STEP : largest) / granule) * granule;
      // Of a size of a few granules 5 % say nothing.
      if (size < granule * 20n) continue;
      tried += 1;
      const allowed = granule + size / 20n;
      const near = (steps: readonly bigint[], wanted: bigint): boolean =>
        steps.every((step) => step >= wanted - allowed && step <= wanted + allowed);
      const rounds: Awaited<ReturnType<typeof changes>>[] = [];
      const rises = () => rounds.some((one) => near(one.rises, size));
      const falls = () => rounds.some((one) => near(one.falls, -size));
      // Others may allocate meanwhile, on a device that is not ours alone.
      while (rounds.length < ROUNDS && !(rises() && falls())) {
        rounds.push(await changes(context, device, size));
      }
      for (const [expectation, way, holds] of [
        ['DRV-TEL-002/rises', 'rises', rises()],
        ['DRV-TEL-002/falls', 'falls', falls()],
      ] as const) {
        const by = rounds.map((one) => one[way].join(' and ')).join('; ');
        context.expectation(
          expectation,
          {
            expected: `${device}: ${way} by ${size} each time, to within ${allowed}`,
            observed: `${device}: ${by}`,
          },
          () => expect(holds).to.equal(true),
        );
      }
    }
    if (tried === 0) context.nothing('no device has room for 20 granules');
  },
};

export const followsCases: readonly Case[] = [follows];
