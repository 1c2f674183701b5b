// DRV-P2P-004: memory that two sessions share, each a process of its own.
import { expect } from 'chai';
import type { Case, Context } from '../../../core/case.ts';
import { refusal, refuses, succeeds } from '../../support.ts';
import { devicesOf } from '../device/devices.ts';
import { bytesOf, generator, readsBack } from '../memory/bytes.ts';
import { filled, type Held } from '../memory/routes.ts';

export const SHARED = 4096;

const IMPORTED = 'DRV-P2P-004/imported';

/** Memory of one session, and the name by which another imports it. */
export const exported = async (
  exporter: Context,
  device: string,
): Promise<{ held: Held; share: string }> => {
  const held = await filled(exporter, device, `shared on ${device}`, SHARED);
  const { share } = await succeeds(exporter, 'DRV-P2P-004/exported', 'driver.memory.export', {
    allocation: held.allocation,
  });
  return { held, share };
};

/** The first device, an exporter's memory on it, and what another session imported of it. */
const twoSessions = async (context: Context) => {
  const [first] = await devicesOf(context);
  const device = first?.device ?? '';
  const other = await context.open('ready');
  const { held, share } = await exported(context, device);
  const imported = await succeeds(other, IMPORTED, 'driver.memory.import', { device, share });
  context.expectation(
    IMPORTED,
    { expected: `${SHARED} bytes`, observed: `${imported.sizeBytes} bytes` },
    () => expect(imported.sizeBytes).to.equal(String(SHARED)),
  );
  return { device, other, held, allocation: imported.allocation };
};

const fresh = (context: Context, label: string): Buffer =>
  Buffer.from(bytesOf(generator(context, label, SHARED)));

const literal = (bytes: Buffer) => ({ base64: bytes.toString('base64') });

const bothWays: Case = {
  id: 'DRV-P2P-004/both-ways',
  title: 'what exporter and importer write, the other reads',
  requirements: ['DRV-P2P-004'],
  expectations: [
    'DRV-P2P-004/exported',
    IMPORTED,
    'DRV-P2P-004/importer-sees',
    'DRV-P2P-004/exporter-sees',
  ],
  premises: ['devices'],
  needs: ['driver.memory'],
  kind: 'own',
  run: async (context) => {
    const { other, held, allocation } = await twoSessions(context);
    await readsBack(other, 'DRV-P2P-004/importer-sees', allocation, 0, held.bytes);
    for (let turn = 0; turn < 5; turn += 1) {
      const mine = fresh(context, `exporter ${turn}`);
      await context.given('driver.memory.write', {
        allocation: held.allocation,
        offsetBytes: '0',
        data: literal(mine),
      });
      await readsBack(other, 'DRV-P2P-004/importer-sees', allocation, 0, mine);
      const part = fresh(context, `importer ${turn}`).subarray(0, 99);
      const at = context.random.integer(0, SHARED - part.length);
      await other.given('driver.memory.write', {
        allocation,
        offsetBytes: String(at),
        data: literal(part),
      });
      part.copy(mine, at);
      await readsBack(context, 'DRV-P2P-004/exporter-sees', held.allocation, 0, mine);
    }
  },
};

const afterSynchronize: Case = {
  id: 'DRV-P2P-004/after-synchronize',
  title: 'what a stream of the exporter wrote, the importer reads once the stream is complete',
  requirements: ['DRV-P2P-004'],
  expectations: ['DRV-P2P-004/exported', IMPORTED, 'DRV-P2P-004/stream'],
  premises: ['devices', 'finished'],
  needs: ['driver.memory', 'driver.stream'],
  kind: 'own',
  run: async (context) => {
    const { device, other, held, allocation } = await twoSessions(context);
    const { stream } = await context.given('driver.stream.create', { device });
    for (let turn = 0; turn < 5; turn += 1) {
      const bytes = fresh(context, `stream ${turn}`);
      await context.given('driver.stream.write', {
        stream,
        allocation: held.allocation,
        offsetBytes: '0',
        data: literal(bytes),
      });
      const { state } = await context.given('driver.stream.synchronize', { stream });
      context.premise('finished', { expected: 'complete', observed: state }, () =>
        expect(state).to.equal('complete'),
      );
      await readsBack(other, 'DRV-P2P-004/stream', allocation, 0, bytes);
    }
  },
};

const unknown: Case = {
  id: 'DRV-P2P-004/unknown',
  title: 'a share that nobody exported is refused',
  requirements: ['DRV-P2P-004'],
  expectations: ['DRV-P2P-004/unknown'],
  premises: ['devices'],
  kind: 'shared',
  run: async (context) => {
    const [first] = await devicesOf(context);
    for (const length of [1, 32, 64]) {
      await refuses(context, 'DRV-P2P-004/unknown', refusal('SHARE'), 'driver.memory.import', {
        device: first?.device ?? '',
        share: context.random.letters(length),
      });
    }
  },
};

export const shareCases: readonly Case[] = [bothWays, afterSynchronize, unknown];
