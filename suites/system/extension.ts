// SYS-CAP-005: what vendors add is ignored, and what nobody knows is refused by its name.
import { expect } from 'chai';
import type { Case, Context, ExpectationId } from '../../core/case.ts';
import { generate, sha256 } from '../../core/generator.ts';
import { declares } from '../../core/plan.ts';
import {
  METHODS,
  type MethodDeclaration,
  type MethodName,
  type Methods,
  STANDARD,
} from '../../schemas/generated/standard.ts';
import {
  brief,
  fieldOf,
  firstDevice,
  isRefusal,
  kindOf,
  originOf,
  refusal,
  refuses,
  succeeds,
} from '../support.ts';

type Plain = Record<string, unknown>;

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A member's name as a part of a JSON Pointer (RFC 6901). */
const pointerPart = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** Params that each have one member more, in one of their objects, with the pointer to it. */
const withMember = (params: unknown, name: string): [pointer: string, params: unknown][] => {
  if (Array.isArray(params)) {
    return params.flatMap((item, index) =>
      withMember(item, name).map(([pointer, altered]): [string, unknown] => [
        `/${index}${pointer}`,
        params.with(index, altered),
      ]),
    );
  }
  if (!isPlain(params)) return [];
  const within = Object.entries(params).flatMap(([key, value]) =>
    withMember(value, name).map(([pointer, altered]): [string, unknown] => [
      `/${pointerPart(key)}${pointer}`,
      { ...params, [key]: altered },
    ]),
  );
  return [[`/${pointerPart(name)}`, { ...params, [name]: 1 }], ...within];
};

/** Params with extension members in each of their objects. */
const extended = (params: unknown, extensions: Plain): unknown => {
  if (Array.isArray(params)) return params.map((item) => extended(item, extensions));
  if (!isPlain(params)) return params;
  const members = Object.entries(params).map(([key, value]) => [key, extended(value, extensions)]);
  return { ...extensions, ...Object.fromEntries(members) };
};

/** Extension members of every type, one of them with no more of a name than it needs. */
const extensionsOf = (context: Context): Plain => ({
  [`x-${context.random.letters(8)}`]: context.random.integer(0, 999),
  [`x-${context.random.letters(4)}-${context.random.letters(4)}`]: {
    [context.random.letters(6)]: [context.random.letters(3), null],
  },
  [`x-${context.random.letters(6)}.${context.random.letters(2)}`]: context.random.letters(40),
  'x-': null,
});

/** Names that the standard does not have: plain, to be escaped in a pointer, and nearly an extension. */
const strangers = (context: Context): string[] => [
  context.random.letters(9),
  `${context.random.letters(4)}/~1${context.random.letters(4)}`,
  `X-${context.random.letters(5)}`,
];

const reachable = (context: Context): [string, MethodDeclaration][] =>
  Object.entries(METHODS).filter(
    ([method, { needs }]) =>
      method !== 'system.initialize' &&
      (needs === null || declares(context.identity?.capabilities ?? {}, needs)),
  );

/** States that a member that nobody knows is refused, and named. */
const names = async (
  context: Context,
  expectation: ExpectationId,
  method: string,
  example: unknown,
): Promise<void> => {
  for (const name of strangers(context)) {
    for (const [pointer, params] of withMember(example, name)) {
      const answer = await context.attempt(expectation, method, params);
      const field = fieldOf(answer);
      context.expectation(
        expectation,
        {
          expected: `${method}: INVALID_ARGUMENT/FIELD (code -32602) with field ${pointer}`,
          observed: `${method}: ${brief(answer)} with field ${field ?? 'absent'}`,
          origin: originOf(answer),
        },
        () => {
          expect(isRefusal(expectation, refusal('FIELD'), answer)).to.equal(true);
          expect(field).to.equal(pointer);
        },
      );
    }
  }
};

const named: Case = {
  id: 'SYS-CAP-005/named',
  title: 'a member that the standard does not have is refused, and the refusal points at it',
  requirements: ['SYS-CAP-005'],
  expectations: ['SYS-CAP-005/named'],
  kind: 'shared',
  run: async (context) => {
    for (const [method, { example }] of reachable(context)) {
      await names(context, 'SYS-CAP-005/named', method, example.params);
    }
  },
};

const ignored: Case = {
  id: 'SYS-CAP-005/ignored',
  title: 'extension members at every depth of params change no answer, on every method',
  requirements: ['SYS-CAP-005'],
  expectations: ['SYS-CAP-005/ignored'],
  kind: 'own',
  run: async (context) => {
    const extensions = extensionsOf(context);
    const methods = reachable(context).filter(([method]) => method !== 'system.shutdown');
    for (const [method, { example }] of methods) {
      const plain = await context.attempt('SYS-CAP-005/ignored', method, example.params);
      const params = extended(example.params, extensions);
      const answer = await context.attempt('SYS-CAP-005/ignored', method, params);
      context.expectation(
        'SYS-CAP-005/ignored',
        {
          expected: `${method}: ${kindOf(plain)}`,
          observed: `${method}: ${kindOf(answer)}`,
          origin: originOf(answer),
        },
        () => expect(kindOf(answer)).to.equal(kindOf(plain)),
      );
    }
    await succeeds(context, 'SYS-CAP-005/ignored', 'system.shutdown', extensions);
  },
};

const initialize: Case = {
  id: 'SYS-CAP-005/initialize',
  title: 'system.initialize refuses what nobody knows, and ignores extension members',
  requirements: ['SYS-CAP-005'],
  expectations: ['SYS-CAP-005/initialize-named', 'SYS-CAP-005/initialize-ignored'],
  kind: 'cold',
  run: async (context) => {
    const params = {
      protocolVersions: [STANDARD.revision],
      client: { name: 'causeway', version: '1' },
    };
    await names(context, 'SYS-CAP-005/initialize-named', 'system.initialize', params);
    const all = extended(params, extensionsOf(context)) as typeof params;
    await succeeds(context, 'SYS-CAP-005/initialize-ignored', 'system.initialize', all);
  },
};

const BYTES = 96;

const effect: Case = {
  id: 'SYS-CAP-005/effect',
  title: 'with extension members in every object, memory calls do what they do without',
  requirements: ['SYS-CAP-005'],
  expectations: ['SYS-CAP-005/served', 'SYS-CAP-005/effect'],
  premises: ['devices'],
  needs: ['driver.memory'],
  kind: 'shared',
  run: async (context) => {
    const extensions = extensionsOf(context);
    const device = await firstDevice(context);
    /** A call with extension members in all of its objects, which must succeed. */
    const call = <M extends MethodName>(method: M, params: Methods[M]['params']) => {
      const all = extended(params, extensions) as Methods[M]['params'];
      return succeeds(context, 'SYS-CAP-005/served', method, all);
    };
    const states = (what: string, expected: string, observed: string): void =>
      context.expectation(
        'SYS-CAP-005/effect',
        { expected: `${what}: ${expected}`, observed: `${what}: ${observed}` },
        () => expect(observed).to.equal(expected),
      );
    const { allocation } = await call('driver.memory.allocate', {
      device,
      sizeBytes: String(2 * BYTES),
    });
    const whole = { allocation, offsetBytes: '0', lengthBytes: String(BYTES) };

    const literal = context.random.bytes(BYTES).toString('base64');
    await call('driver.memory.write', { allocation, offsetBytes: '0', data: { base64: literal } });
    const range = { allocation, offsetBytes: '0', lengthBytes: BYTES };
    const { base64 } = await call('driver.memory.read', range);
    states('bytes written and read', literal, base64);

    const { seed, label } = context.random;
    await call('driver.memory.write', {
      allocation,
      offsetBytes: '0',
      data: { generator: { kind: 'shake128', seed, label, length: String(BYTES) } },
    });
    const expected = sha256(generate(seed, label, BYTES));
    const digest = await call('driver.memory.digest', whole);
    states('bytes generated and digested', expected, digest.sha256);

    if (declares(context.identity?.capabilities ?? {}, 'driver.memory.copy')) {
      await call('driver.memory.copy', {
        source: { allocation, offsetBytes: '0' },
        destination: { allocation, offsetBytes: String(BYTES) },
        lengthBytes: String(BYTES),
      });
      const copied = await call('driver.memory.digest', { ...whole, offsetBytes: String(BYTES) });
      states('bytes copied and digested', expected, copied.sha256);
    }

    await call('driver.memory.free', { allocation });
    await refuses(
      context,
      'SYS-CAP-005/effect',
      refusal('HANDLE_INVALID'),
      'driver.memory.read',
      range,
    );
  },
};

export const extension: readonly Case[] = [ignored, effect, named, initialize];
