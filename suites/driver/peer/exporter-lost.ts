// DRV-P2P-006: the end of a process that exported memory is not the end of its neighbours.
import { expect } from 'chai';
import type { Answer, Case, Context, ExpectationId } from '../../../core/case.ts';
import { sha256 } from '../../../core/generator.ts';
import { brief, isRefusal, originOf, refusal, succeeds } from '../../support.ts';
import { devicesOf } from '../device/devices.ts';
import { bytesOf, generator } from '../memory/bytes.ts';
import { filled } from '../memory/routes.ts';
import { SHARED } from './share.ts';

type Outcome = 'valid' | 'lost' | 'neither';

/** The ground: memory that another session exported, imported here, and its exporter gone. */
const orphaned = async (context: Context) => {
  const [first] = await devicesOf(context);
  const device = first?.device ?? '';
  const exporter = await context.open('ready');
  const held = await filled(exporter, device, 'orphan', SHARED);
  const { share } = await exporter.given('driver.memory.export', { allocation: held.allocation });
  const { allocation } = await context.given('driver.memory.import', { device, share });
  await exporter.close();
  return { device, share, allocation, bytes: held.bytes };
};

const lost: Case = {
  id: 'DRV-P2P-006/exporter-lost',
  title: 'a session whose imported memory lost its exporter goes on, with the memory or without',
  requirements: ['DRV-P2P-006'],
  expectations: [
    'DRV-P2P-006/read',
    'DRV-P2P-006/write',
    'DRV-P2P-006/free',
    'DRV-P2P-006/import',
    'DRV-P2P-006/serving',
  ],
  premises: ['devices'],
  needs: ['driver.memory'],
  kind: 'own',
  run: async (context) => {
    const { device, share, allocation, bytes } = await orphaned(context);
    let before: Outcome | undefined;
    /** States that an answer has what is there, or says that it is lost - and as the answers before it. */
    const either = (
      expectation: ExpectationId,
      answer: Answer,
      what: string,
      valid: (result: unknown) => boolean,
    ): void => {
      const isLost = isRefusal(expectation, refusal('EXPORTER_LOST'), answer);
      const isValid = answer.kind === 'result' && valid(answer.result);
      const outcome: Outcome = isValid ? 'valid' : isLost ? 'lost' : 'neither';
      before ??= outcome;
      const observed = answer.kind === 'result' ? `a result, ${outcome}` : brief(answer);
      context.expectation(
        expectation,
        {
          expected: `${what}: what is there, or UNAVAILABLE/EXPORTER_LOST, each time the same`,
          observed: `${what}: ${observed}`,
          origin: originOf(answer),
        },
        () => expect(outcome !== 'neither' && outcome === before).to.equal(true),
      );
    };
    const whole = { allocation, offsetBytes: '0' };
    const readHolds = async (expectation: ExpectationId, expected: Buffer): Promise<void> => {
      const read = { ...whole, lengthBytes: expected.length };
      const answer = await context.attempt(expectation, 'driver.memory.read', read);
      either(
        expectation,
        answer,
        'read',
        (result) => (result as { base64: string }).base64 === expected.toString('base64'),
      );
      const digest = { ...whole, lengthBytes: String(expected.length) };
      const digested = await context.attempt(expectation, 'driver.memory.digest', digest);
      either(
        expectation,
        digested,
        'digest',
        (result) => (result as { sha256: string }).sha256 === sha256(expected),
      );
    };
    await readHolds('DRV-P2P-006/read', bytes);
    const written = bytesOf(generator(context, 'after', SHARED));
    const answer = await context.attempt('DRV-P2P-006/write', 'driver.memory.write', {
      ...whole,
      data: { base64: written.toString('base64') },
    });
    either('DRV-P2P-006/write', answer, 'write', () => true);
    await readHolds('DRV-P2P-006/write', written);
    await succeeds(context, 'DRV-P2P-006/free', 'driver.memory.free', { allocation });
    const again = await context.attempt('DRV-P2P-006/import', 'driver.memory.import', {
      device,
      share,
    });
    const observed = again.kind === 'result' ? 'a result' : brief(again);
    const fits =
      again.kind === 'result' ||
      isRefusal('DRV-P2P-006/import', refusal('SHARE'), again) ||
      isRefusal('DRV-P2P-006/import', refusal('EXPORTER_LOST'), again);
    context.expectation(
      'DRV-P2P-006/import',
      {
        expected: 'a result, NOT_FOUND/SHARE or UNAVAILABLE/EXPORTER_LOST',
        observed,
        origin: originOf(again),
      },
      () => expect(fits).to.equal(true),
    );
    await succeeds(context, 'DRV-P2P-006/serving', 'system.ping', {});
  },
};

export const exporterLostCases: readonly Case[] = [lost];
