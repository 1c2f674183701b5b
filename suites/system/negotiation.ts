// SYS-NEG: settling the revision, and the session's states before and after.
import { expect } from 'chai';
import type { Answer, Case, Context, ExpectationId } from '../../core/case.ts';
import { METHODS } from '../../schemas/generated/standard.ts';
import {
  brief,
  expectRefusal,
  firstDevice,
  originOf,
  refusal,
  refuses,
  succeeds,
} from '../support.ts';

const client = { name: 'causeway', version: '1' };
/** No revision that anybody speaks: above all that this standard will reach, above all of its number, and below the first. */
const UNKNOWN = '9.9';
const [NEXT, BEFORE] = ['1.9999', '0.9'];

const initialize = (context: Context, expectation: ExpectationId, offers: string[]) =>
  context.attempt(expectation, 'system.initialize', { protocolVersions: offers, client });

const selected: Case = {
  id: 'SYS-NEG-001/selected',
  title: 'the highest revision that both speak is selected, wherever it stands in the offer',
  requirements: ['SYS-NEG-001'],
  expectations: ['SYS-NEG-001/selected'],
  kind: 'cold',
  run: async (context) => {
    const strangers = [UNKNOWN, `${context.random.integer(20, 9999)}.0`];
    for (const offers of [
      ['1.0'],
      [UNKNOWN, '1.0'],
      ['1.0', UNKNOWN],
      [BEFORE, '1.0', ...strangers],
    ]) {
      const session = await context.open('cold');
      const answer = await initialize(session, 'SYS-NEG-001/selected', offers);
      const version =
        answer.kind === 'result'
          ? (answer.result as { protocolVersion: string }).protocolVersion
          : brief(answer);
      context.expectation(
        'SYS-NEG-001/selected',
        {
          expected: `of ${offers.join(', ')}: 1.0`,
          observed: `of ${offers.join(', ')}: ${version}`,
        },
        () => expect(version).to.equal('1.0'),
      );
      await session.close();
    }
  },
};

const versionsOf = (answer: Answer): unknown =>
  answer.kind === 'error'
    ? (answer.error.data as { supportedVersions?: unknown } | undefined)?.supportedVersions
    : undefined;

const unsupported: Case = {
  id: 'SYS-NEG-002/unsupported',
  title: 'an offer without a common revision is refused, the way out is named, and it works',
  requirements: ['SYS-NEG-002'],
  expectations: ['SYS-NEG-002/refused', 'SYS-NEG-002/listed', 'SYS-NEG-002/still-new'],
  kind: 'cold',
  run: async (context) => {
    const answer = await context.attempt('SYS-NEG-002/refused', 'system.initialize', {
      protocolVersions: [UNKNOWN, NEXT, BEFORE],
      client,
    });
    expectRefusal(context, 'SYS-NEG-002/refused', refusal('UNSUPPORTED_VERSION'), answer);
    const listed = versionsOf(answer);
    context.expectation(
      'SYS-NEG-002/listed',
      { expected: 'supportedVersions with 1.0', observed: listed ?? 'none' },
      () => expect(listed).to.be.an('array').that.includes('1.0'),
    );
    const again = await succeeds(context, 'SYS-NEG-002/still-new', 'system.initialize', {
      protocolVersions: ['1.0'],
      client,
    });
    context.expectation(
      'SYS-NEG-002/still-new',
      { expected: '1.0', observed: again.protocolVersion },
      () => expect(again.protocolVersion).to.equal('1.0'),
    );
  },
};

const cold: Case = {
  id: 'SYS-NEG-003/cold',
  title: 'before system.initialize every other standard method is refused',
  requirements: ['SYS-NEG-003'],
  expectations: ['SYS-NEG-003/before'],
  kind: 'cold',
  run: async (context) => {
    for (const [method, { example }] of Object.entries(METHODS)) {
      if (method === 'system.initialize') continue;
      await refuses(
        context,
        'SYS-NEG-003/before',
        refusal('NOT_INITIALIZED'),
        method,
        example.params,
      );
    }
  },
};

const closed: Case = {
  id: 'SYS-NEG-003/closed',
  title: 'after system.shutdown every standard method is refused',
  requirements: ['SYS-NEG-003'],
  expectations: ['SYS-NEG-003/shutdown', 'SYS-NEG-003/after'],
  kind: 'own',
  run: async (context) => {
    await succeeds(context, 'SYS-NEG-003/shutdown', 'system.shutdown', {});
    for (const [method, { example }] of Object.entries(METHODS)) {
      await refuses(
        context,
        'SYS-NEG-003/after',
        refusal('NOT_INITIALIZED'),
        method,
        example.params,
      );
    }
  },
};

/** In bytes. */
const HELD = 16;

const twice: Case = {
  id: 'SYS-NEG-004/twice',
  title: 'a second system.initialize is refused and changes nothing',
  requirements: ['SYS-NEG-004'],
  expectations: ['SYS-NEG-004/refused', 'SYS-NEG-004/usable'],
  kind: 'shared',
  run: async (context) => {
    const answer = await context.attempt('SYS-NEG-004/refused', 'system.initialize', {
      protocolVersions: ['1.0'],
      client,
    });
    expectRefusal(context, 'SYS-NEG-004/refused', refusal('ALREADY_INITIALIZED'), answer);
    const ping = await context.attempt('SYS-NEG-004/usable', 'system.ping', {});
    context.expectation(
      'SYS-NEG-004/usable',
      { expected: 'system.ping: a result', observed: brief(ping), origin: originOf(ping) },
      () => expect(ping.kind).to.equal('result'),
    );
  },
};

const keeps: Case = {
  id: 'SYS-NEG-004/keeps',
  title: 'what a session holds is there as before after a second system.initialize is refused',
  requirements: ['SYS-NEG-004'],
  expectations: ['SYS-NEG-004/refused', 'SYS-NEG-004/usable'],
  premises: ['devices'],
  needs: ['driver.memory'],
  kind: 'shared',
  run: async (context) => {
    const device = await firstDevice(context);
    const { allocation } = await context.given('driver.memory.allocate', {
      device,
      sizeBytes: String(HELD),
    });
    const data = { base64: context.random.bytes(HELD).toString('base64') };
    await context.given('driver.memory.write', { allocation, offsetBytes: '0', data });
    const range = { allocation, offsetBytes: '0', lengthBytes: HELD };
    const before = await context.given('driver.memory.read', range);
    const answer = await initialize(context, 'SYS-NEG-004/refused', ['1.0']);
    expectRefusal(context, 'SYS-NEG-004/refused', refusal('ALREADY_INITIALIZED'), answer);
    const after = await succeeds(context, 'SYS-NEG-004/usable', 'driver.memory.read', range);
    const [expected, observed] = [before.base64, after.base64];
    context.expectation('SYS-NEG-004/usable', { expected, observed }, () =>
      expect(observed).to.equal(expected),
    );
    await context.given('driver.memory.free', { allocation });
  },
};

export const negotiation: readonly Case[] = [selected, unsupported, cold, closed, twice, keeps];
