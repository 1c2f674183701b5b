// DRV-TEL-004: counters of errors count up.
import { expect } from 'chai';
import type { Case, Context } from '../../../core/case.ts';
import type { Metric } from '../../../schemas/generated/types.ts';
import { devicesOf } from '../device/devices.ts';
import { allocate } from '../memory/bytes.ts';
import { seriesOf } from './named.ts';
import { ERRORS, reading } from './reading.ts';

const READINGS = 30;

/** What went back from one reading to the next, in words. */
const wentBack = (before: readonly Metric[], now: readonly Metric[]): string[] =>
  before.flatMap((earlier) => {
    const series = seriesOf(earlier);
    const later = now.find((one) => seriesOf(one) === series);
    if (!later) return [`${series}: gone`];
    const [resets, resetsBefore] = [later.resets ?? 0, earlier.resets ?? 0];
    if (resets < resetsBefore) return [`${series}: ${resets} resets after ${resetsBefore}`];
    const lower = BigInt(later.value) < BigInt(earlier.value) && resets === resetsBefore;
    return lower ? [`${series}: ${later.value} after ${earlier.value}`] : [];
  });

/** Something to do, and something to refuse. */
const traffic = async (context: Context, device: string): Promise<void> => {
  const allocation = await allocate(context, device, 256);
  await context.attempt('DRV-TEL-004/counted', 'driver.memory.read', {
    allocation,
    offsetBytes: '256',
    lengthBytes: 1,
  });
  await context.given('driver.memory.free', { allocation });
};

const monotonic: Case = {
  id: 'DRV-TEL-004/monotonic',
  title: 'no counter of errors is lower in a later reading, but after a reset that is told',
  requirements: ['DRV-TEL-004'],
  expectations: ['DRV-TEL-004/counted', 'DRV-TEL-004/monotonic'],
  premises: ['devices'],
  needs: ['driver.telemetry', 'driver.memory'],
  kind: 'shared',
  run: async (context) => {
    for (const { device } of await devicesOf(context)) {
      let before: readonly Metric[] = [];
      for (let count = 0; count < READINGS; count += 1) {
        const metrics = await reading(context, 'DRV-TEL-004/counted', device);
        const now = metrics.filter(({ name }) => name === ERRORS);
        const counted =
          now.length > 0 &&
          now.every(({ value, resets }) => typeof value === 'string' && resets !== undefined);
        context.expectation(
          'DRV-TEL-004/counted',
          { expected: `${device}: a count of errors, and one of resets`, observed: now },
          () => expect(counted).to.equal(true),
        );
        const faults = wentBack(before, now);
        context.expectation('DRV-TEL-004/monotonic', { expected: [], observed: faults }, () =>
          expect(faults).to.deep.equal([]),
        );
        before = now;
        await traffic(context, device);
      }
    }
  },
};

export const errorCases: readonly Case[] = [monotonic];
