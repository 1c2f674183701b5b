// SYS-ERR-005 on every method, by vectors from its schema: what the schema refuses is refused as that and has
// no effect, and what it admits is not.
import { expect } from 'chai';
import type { Answer, Case, Context } from '../../core/case.ts';
import { sha256 } from '../../core/generator.ts';
import { declares } from '../../core/plan.ts';
import { METHODS, type MethodName } from '../../schemas/generated/standard.ts';
import { brief, firstDevice, isRefusal, originOf, refusal, succeeds } from '../support.ts';
import { type Names, type Vector, vectorsOf } from './vectors.ts';

const REFUSED = 'SYS-ERR-005/schema';
const ADMITTED = 'SYS-ERR-005/admitted';
const UNTOUCHED = 'SYS-ERR-003/schema';

const inWords = ({ keyword, place }: Vector): string => `${keyword} at ${place || 'params'}`;

/** Sends every vector, and states once how all were answered: the first that was answered wrongly ends it. */
const all = async (
  context: Context,
  expectation: typeof REFUSED | typeof ADMITTED,
  method: MethodName,
  vectors: readonly Vector[],
  isRight: (answer: Answer) => boolean,
  expected: string,
): Promise<void> => {
  let wrong: { vector: Vector; answer: Answer } | undefined;
  for (const vector of vectors) {
    const answer = await context.attempt(expectation, method, vector.params);
    if (!isRight(answer)) {
      wrong = { vector, answer };
      break;
    }
  }
  context.expectation(
    expectation,
    {
      expected: `${method}, ${vectors.length} vectors: ${expected}`,
      observed: wrong
        ? { [inWords(wrong.vector)]: wrong.vector.params, answer: brief(wrong.answer) }
        : 'so for each',
      ...(wrong && { origin: originOf(wrong.answer) }),
    },
    () => expect(wrong).to.equal(undefined),
  );
};

const isFieldRefusal = (answer: Answer): boolean => isRefusal(REFUSED, refusal('FIELD'), answer);

/** `names` are of things that are there, so that a vector which is carried out has an effect. */
const refuses = (context: Context, method: MethodName, names: Names): Promise<void> =>
  all(
    context,
    REFUSED,
    method,
    vectorsOf(method, names).filter(({ admitted }) => !admitted),
    isFieldRefusal,
    'INVALID_ARGUMENT/FIELD with code -32602',
  );

/** With names of nothing, so that none is carried out. */
const admits = (context: Context, method: MethodName): Promise<void> =>
  all(
    context,
    ADMITTED,
    method,
    vectorsOf(method).filter(({ admitted }) => admitted),
    (answer) => !isFieldRefusal(answer),
    'anything but INVALID_ARGUMENT/FIELD',
  );

/** `driver.memory.write` is of the group `driver.memory`. */
const groupOf = (method: string): string => method.split('.').slice(0, -1).join('.');

/** Two have cases of their own: before the first nothing else is there, and after the second nothing more. */
const NOT_HERE: readonly string[] = ['system.initialize', 'system.shutdown'];

const methodsOf = (context: Context, group: string): MethodName[] =>
  (Object.keys(METHODS) as MethodName[]).filter((method) => {
    const { needs } = METHODS[method];
    return (
      groupOf(method) === group &&
      !NOT_HERE.includes(method) &&
      (needs === null || declares(context.identity?.capabilities ?? {}, needs))
    );
  });

const MEMORY = 'driver.memory';

const ofGroup = (group: string): Case => ({
  id: `SYS-ERR-005/schema-${group}`,
  title: `what the schemas of ${group} refuse is answered -32602, and what they admit is not`,
  requirements: ['SYS-ERR-005'],
  expectations: [REFUSED, ADMITTED],
  kind: 'shared',
  run: async (context) => {
    const methods = methodsOf(context, group);
    if (methods.length === 0) context.nothing(`no capability of ${group} is declared`);
    for (const method of methods) {
      await refuses(context, method, {});
      await admits(context, method);
    }
  },
});

const SIZE = 64;

/** Names of an allocation that is there, for the methods that take them. */
const namesIn = (allocation: string, device: string, method: MethodName): Names => ({
  allocation,
  device,
  offsetBytes: '0',
  lengthBytes: method === 'driver.memory.read' ? 4 : '4',
  source: { allocation, offsetBytes: '0' },
  destination: { allocation, offsetBytes: '16' },
  data: { base64: 'AAAA' },
});

const ofMemory: Case = {
  id: `SYS-ERR-005/schema-${MEMORY}`,
  title: `what the schemas of ${MEMORY} refuse is answered -32602 and changes no byte, and what they admit is not`,
  requirements: ['SYS-ERR-005', 'SYS-ERR-003'],
  expectations: [REFUSED, ADMITTED, UNTOUCHED],
  premises: ['devices'],
  needs: [MEMORY],
  kind: 'shared',
  run: async (context) => {
    const device = await firstDevice(context);
    const { allocation } = await context.given('driver.memory.allocate', {
      device,
      sizeBytes: String(SIZE),
    });
    const bytes = context.random.bytes(SIZE);
    await context.given('driver.memory.write', {
      allocation,
      offsetBytes: '0',
      data: { base64: bytes.toString('base64') },
    });
    for (const method of methodsOf(context, MEMORY)) {
      await refuses(context, method, namesIn(allocation, device, method));
      const { sha256: digest } = await succeeds(context, UNTOUCHED, 'driver.memory.digest', {
        allocation,
        offsetBytes: '0',
        lengthBytes: String(SIZE),
      });
      const [expected, observed] = [sha256(bytes), digest];
      context.expectation(UNTOUCHED, { expected, observed: `after ${method}: ${observed}` }, () =>
        expect(observed).to.equal(expected),
      );
      await admits(context, method);
    }
    await context.given('driver.memory.free', { allocation });
  },
};

const initialize: Case = {
  id: 'SYS-ERR-005/schema-initialize',
  title: 'what the schema of system.initialize refuses is answered -32602, and begins no session',
  requirements: ['SYS-ERR-005'],
  expectations: [REFUSED, 'SYS-ERR-005/still-new'],
  kind: 'cold',
  run: async (context) => {
    await refuses(context, 'system.initialize', {});
    await succeeds(context, 'SYS-ERR-005/still-new', 'system.initialize', {
      protocolVersions: ['1.0'],
      client: { name: 'causeway', version: '1' },
    });
  },
};

const shutdown: Case = {
  id: 'SYS-ERR-005/schema-shutdown',
  title: 'what the schema of system.shutdown refuses is answered -32602, and ends no session',
  requirements: ['SYS-ERR-005'],
  expectations: [REFUSED, 'SYS-ERR-005/still-ready'],
  kind: 'own',
  run: async (context) => {
    await refuses(context, 'system.shutdown', {});
    await succeeds(context, 'SYS-ERR-005/still-ready', 'system.ping', {});
  },
};

const groups = [...new Set(Object.keys(METHODS).map(groupOf))].filter((one) => one !== MEMORY);

export const schemas: readonly Case[] = [initialize, ...groups.map(ofGroup), ofMemory, shutdown];

/** How many vectors each method has of each keyword, for people. */
export const vectorCounts = (): ReadonlyMap<string, ReadonlyMap<string, number>> =>
  new Map(
    (Object.keys(METHODS) as MethodName[]).map((method) => {
      const counts = new Map<string, number>();
      for (const { keyword } of vectorsOf(method)) {
        counts.set(keyword, (counts.get(keyword) ?? 0) + 1);
      }
      return [method, counts];
    }),
  );
