// DRV-TEL-001: the numbers that everybody acts on are there, and can be true.
import { expect } from 'chai';
import type { Case } from '../../../core/case.ts';
import { devicesOf } from '../device/devices.ts';
import { devicesWith, Ground } from '../stream/ground.ts';
import { countOf, LIMIT, metricOf, reading, USAGE, UTILIZATION } from './reading.ts';

const memory: Case = {
  id: 'DRV-TEL-001/memory',
  title:
    'each device reports how much memory is in use and how much there is, each within the next',
  requirements: ['DRV-TEL-001'],
  expectations: ['DRV-TEL-001/memory', 'DRV-TEL-001/within'],
  premises: ['devices'],
  kind: 'shared',
  run: async (context) => {
    for (const { device, memory } of await devicesOf(context)) {
      const metrics = await reading(context, 'DRV-TEL-001/memory', device);
      const [usage, limit] = [countOf(metrics, USAGE), countOf(metrics, LIMIT)];
      context.expectation(
        'DRV-TEL-001/memory',
        {
          expected: `${device}: bytes in use, and bytes that there are`,
          observed: `${device}: ${usage ?? `no ${USAGE}`}, ${limit ?? `no ${LIMIT}`}`,
        },
        () => expect([usage, limit]).to.not.include(undefined),
      );
      const total = BigInt(memory.totalBytes);
      context.expectation(
        'DRV-TEL-001/within',
        {
          expected: `${device}: usage, limit and the total of ${total} bytes, none above the next`,
          observed: `${device}: ${usage}, ${limit}, ${total}`,
        },
        () => expect((usage ?? 0n) <= (limit ?? 0n) && (limit ?? 0n) <= total).to.equal(true),
      );
    }
  },
};

const COPIED = 2 ** 22;
const COMMANDS = 4;
const ROUNDS = 10;

const utilization: Case = {
  id: 'DRV-TEL-001/utilization',
  title: 'how busy a device is lies between 0 and 1, and above 0 while it works',
  requirements: ['DRV-TEL-001'],
  expectations: ['DRV-TEL-001/utilization', 'DRV-TEL-001/busy'],
  premises: ['devices', 'finished'],
  needs: ['driver.telemetry.utilization', 'driver.memory', 'driver.stream'],
  kind: 'shared',
  run: async (context) => {
    for (const described of await devicesWith(context)) {
      const { device, memory } = described;
      const ground = new Ground(context, described);
      const size = Math.min(COPIED, Number(memory.maxAllocationBytes));
      const [from, to] = [await ground.memory('from', size), await ground.memory('to', size)];
      const stream = await ground.stream();
      const seen: number[] = [];
      const look = async (): Promise<void> => {
        const metrics = await reading(context, 'DRV-TEL-001/utilization', device);
        const value = metricOf(metrics, UTILIZATION);
        context.expectation(
          'DRV-TEL-001/utilization',
          { expected: `${device}: 0 to 1`, observed: `${device}: ${value ?? 'no utilization'}` },
          () => expect(value).to.be.a('number').within(0, 1),
        );
        seen.push(Number(value));
      };
      await look();
      // A device may look at itself a few times a second alone: it is kept busy until it has seen it.
      const before = seen.length;
      for (
        let round = 0;
        round < ROUNDS && !seen.slice(before).some((one) => one > 0);
        round += 1
      ) {
        for (let count = 0; count < COMMANDS; count += 1) await ground.copy(stream, from, to);
        await look();
        await ground.finish(stream);
        await look();
      }
      const most = Math.max(...seen.slice(before));
      context.expectation(
        'DRV-TEL-001/busy',
        { expected: `${device}: above 0`, observed: `${device}: ${most} at most` },
        () => expect(most).to.be.above(0),
      );
      await ground.leave();
    }
  },
};

export const reported: readonly Case[] = [memory, utilization];
