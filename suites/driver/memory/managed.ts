// DRV-MEM-015: host and device see in managed memory what the other left there.
import { expect } from 'chai';
import type { Case, Context } from '../../../core/case.ts';
import { sha256 } from '../../../core/generator.ts';
import { succeeds } from '../../support.ts';
import { devicesWith, Ground, SIZE } from '../stream/ground.ts';
import { bytesOf, digests, generator } from './bytes.ts';
import type { Held } from './routes.ts';

const TURNS = 20;

/** States that the host loads `expected`. */
const loads = async (context: Context, allocation: string, expected: Buffer): Promise<void> => {
  const { base64 } = await succeeds(
    context,
    'DRV-MEM-015/host-sees',
    'driver.memory.managed.load',
    { allocation, offsetBytes: '0', lengthBytes: expected.length },
  );
  const observed = Buffer.from(base64, 'base64');
  context.expectation(
    'DRV-MEM-015/host-sees',
    { expected: sha256(expected), observed: sha256(observed) },
    () => expect(observed.equals(expected)).to.equal(true),
  );
};

/** Part of the bytes, from the host, at any offset. */
const store = async (context: Context, { allocation, bytes }: Held, label: string) => {
  const from = context.random.integer(0, SIZE - 1);
  const part = bytesOf(generator(context, label, SIZE - from));
  part.copy(bytes, from);
  await succeeds(context, 'DRV-MEM-015/stored', 'driver.memory.managed.store', {
    allocation,
    offsetBytes: String(from),
    data: { base64: part.toString('base64') },
  });
};

const turns: Case = {
  id: 'DRV-MEM-015/turns',
  title: 'in 20 turns the device sees what the host stored, and the host what the device wrote',
  requirements: ['DRV-MEM-015'],
  expectations: [
    'DRV-MEM-015/allocated',
    'DRV-MEM-015/stored',
    'DRV-MEM-015/device-sees',
    'DRV-MEM-015/host-sees',
  ],
  premises: ['devices', 'finished'],
  needs: ['driver.memory', 'driver.stream'],
  kind: 'shared',
  run: async (context) => {
    for (const described of await devicesWith(context)) {
      const { device } = described;
      const ground = new Ground(context, described);
      const stream = await ground.stream();
      const own = await ground.memory('device');
      const { allocation } = await succeeds(
        context,
        'DRV-MEM-015/allocated',
        'driver.memory.managed.allocate',
        { device, sizeBytes: String(SIZE) },
      );
      const shared: Held = { allocation, bytes: Buffer.from(own.bytes) };
      await ground.copy(stream, own, shared);
      await ground.finish(stream);
      for (let turn = 0; turn < TURNS; turn += 1) {
        await store(context, shared, `host ${turn} on ${device}`);
        await ground.copy(stream, shared, own);
        await ground.finish(stream);
        await digests(context, 'DRV-MEM-015/device-sees', own.allocation, 0, shared.bytes);
        const bytes = bytesOf(generator(context, `device ${turn} on ${device}`, SIZE));
        await context.given('driver.stream.write', {
          stream,
          allocation: own.allocation,
          offsetBytes: '0',
          data: { base64: bytes.toString('base64') },
        });
        await ground.copy(stream, own, shared);
        await ground.finish(stream);
        await loads(context, allocation, bytes);
        bytes.copy(shared.bytes);
      }
      await context.given('driver.memory.free', { allocation });
      await ground.leave();
    }
  },
};

export const managed: readonly Case[] = [turns];
