// SYS-CAP: what is declared is there, and what is not declared says so.
import { expect } from 'chai';
import type { Answer, Case } from '../../core/case.ts';
import { declares } from '../../core/plan.ts';
import { METHODS } from '../../schemas/generated/standard.ts';
import { brief, canonicalOf, isRefusal, originOf, refusal, refuses } from '../support.ts';

/** Whether a method says that it is not there, in any of the ways there are. */
const isUnimplemented = (answer: Answer): boolean =>
  answer.kind === 'error' &&
  (answer.error.code === refusal('METHOD').code || canonicalOf(answer) === 'UNIMPLEMENTED');

const implemented: Case = {
  id: 'SYS-CAP-001/implemented',
  title: 'every method of a declared capability answers other than UNIMPLEMENTED',
  requirements: ['SYS-CAP-001'],
  expectations: ['SYS-CAP-001/implemented'],
  kind: 'own',
  run: async (context) => {
    const capabilities = context.identity?.capabilities ?? {};
    const open = Object.entries(METHODS).filter(
      ([, { needs }]) => needs !== null && declares(capabilities, needs),
    );
    if (open.length === 0) context.nothing('no capability that has methods is declared');
    const sweep = async (alter: (params: object) => unknown): Promise<void> => {
      for (const [method, { example }] of open) {
        const answer = await context.attempt(
          'SYS-CAP-001/implemented',
          method,
          alter(example.params),
        );
        context.expectation(
          'SYS-CAP-001/implemented',
          {
            expected: `${method}: anything but UNIMPLEMENTED`,
            observed: `${method}: ${brief(answer)}`,
            origin: originOf(answer),
          },
          () => expect(isUnimplemented(answer)).to.equal(false),
        );
      }
    };
    // Params of a wrong shape, params that name what is not there, and a device that is.
    await sweep(() => ({}));
    await sweep((params) => params);
    if (!declares(capabilities, 'driver.device')) return;
    const { devices } = await context.given('driver.device.list', {});
    const [first] = devices;
    if (!first) return;
    await sweep((params) =>
      'device' in params ? { ...params, device: first.device } : { ...params },
    );
  },
};

const undeclared: Case = {
  id: 'SYS-CAP-002/undeclared',
  title: 'a standard method whose capability is not declared answers UNIMPLEMENTED/FEATURE',
  requirements: ['SYS-CAP-002'],
  expectations: ['SYS-CAP-002/undeclared'],
  kind: 'shared',
  run: async (context) => {
    const capabilities = context.identity?.capabilities ?? {};
    const closed = Object.entries(METHODS).filter(
      ([, { needs }]) => needs !== null && !declares(capabilities, needs),
    );
    if (closed.length === 0) context.nothing('every capability that gates a method is declared');
    for (const [method, { example }] of closed) {
      // By precedence the capability stands before the parameters' schema: an empty object says the same.
      for (const params of [example.params, {}]) {
        const expected = refusal('FEATURE');
        const answer = await context.attempt('SYS-CAP-002/undeclared', method, params);
        context.expectation(
          'SYS-CAP-002/undeclared',
          {
            expected: `${method}: UNIMPLEMENTED/FEATURE, and not code -32601`,
            observed: `${method}: ${brief(answer)}`,
            origin: originOf(answer),
          },
          () => expect(isRefusal('SYS-CAP-002/undeclared', expected, answer)).to.equal(true),
        );
      }
    }
  },
};

const canary: Case = {
  id: 'SYS-CAP-002/canary',
  title:
    'a method that nobody has is refused as unknown, so an endpoint that says yes to all is found',
  requirements: ['SYS-CAP-002'],
  expectations: ['SYS-CAP-002/unknown'],
  kind: 'shared',
  run: async (context) => {
    const { random } = context;
    const strangers = Array.from(
      { length: 3 },
      () => `driver.${random.letters(12)}.${random.letters(8)}`,
    );
    // Of a group that is there, nearly one that is, and what tables of some languages have unasked.
    const near = [`driver.memory.${random.letters(8)}`, 'System.ping', 'constructor'];
    for (const method of [...strangers, ...near]) {
      await refuses(context, 'SYS-CAP-002/unknown', refusal('METHOD'), method, {});
    }
  },
};

export const capability: readonly Case[] = [implemented, undeclared, canary];
