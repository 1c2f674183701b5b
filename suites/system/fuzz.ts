// SYS-LIF-006: requests that are wrong in ways that nobody thought of, made from the methods' own examples.
import { expect } from 'chai';
import type { Answer, Case, Context } from '../../core/case.ts';
import type { Random } from '../../core/random.ts';
import { METHODS } from '../../schemas/generated/standard.ts';
import { brief } from '../support.ts';

const SURVIVED = 'SYS-LIF-006/survived';
const REQUESTS = 2000;
const AT_ONCE = 16;
/** More allocations than this are not kept: what is tried is not how much memory there is. */
const ALLOCATIONS = 16;

type Request = readonly [method: string, params: unknown];

/** What the requests of one session are made from. */
interface Ground {
  readonly random: Random;
  readonly devices: readonly string[];
  /** Allocations that are there, as far as the answers told. */
  readonly allocations: string[];
}

const ALLOCATE = 'driver.memory.allocate';

/** Without system.shutdown: every request after it would be refused unread. */
const EXAMPLES: readonly Request[] = Object.entries(METHODS)
  .filter(([method]) => method !== 'system.shutdown')
  .map(([method, { example }]) => [method, example.params]);

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);

/**
 * Values that break programs. No sizes between: a driver that carried out such an allocation would be
 * right, and the machine without memory. No deeper nesting and no longer numbers than JSON may have.
 */
const EXTREMES: readonly unknown[] = [
  ...[
    null,
    true,
    false,
    0,
    -1,
    1,
    1.5,
    65_536,
    65_537,
    2 ** 31,
    2 ** 32,
    2 ** 53,
    -(2 ** 53),
    1e308,
  ],
  ...[
    '',
    ' ',
    '0',
    '1',
    '-1',
    '+1',
    '01',
    '0x10',
    '1e3',
    '12\n',
    'NaN',
    'null',
    'a\0b',
    '../..',
    '%s%n',
  ],
  ...['9223372036854775807', '9223372036854775808', '18446744073709551615', '18446744073709551616'],
  ...['AAAA', 'AAA=', 'AAB=', '\u{1f600}', '\u0301', 'x'.repeat(129), 'x'.repeat(4096)],
  ...[[], {}, [[]], [null], nested(48), { base64: 'AAAA', generator: {} }],
];

/** Names that programs trip over. */
const NAMES = ['__proto__', 'constructor', 'toString', '', 'a/b~c', 'x-', 'x'.repeat(300)] as const;

/** An object with one member more; `__proto__` too is a member like any other. */
const withMember = (object: object, name: string, value: unknown): object =>
  Object.fromEntries([...Object.entries(object), [name, value]]);

/** An example's params, with what `choose` takes of what is there in place of what is not. */
const grounded = (
  value: unknown,
  ground: Ground,
  choose: (there: readonly string[]) => string | undefined,
  name = '',
): unknown => {
  if (Array.isArray(value)) return value.map((item) => grounded(item, ground, choose));
  if (isPlain(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, grounded(member, ground, choose, key)]),
    );
  }
  const { devices, allocations } = ground;
  const there = name === 'device' ? devices : name === 'allocation' ? allocations : [];
  return (there.length > 0 ? choose(there) : undefined) ?? value;
};

/** Counts that most schemas admit: what they break lies behind the schema. */
const COUNTS = ['0', '1', '9223372036854775807', '18446744073709551600', '18446744073709551615'];

const isCount = (value: unknown): boolean => typeof value === 'string' && /^[0-9]+$/.test(value);

/** A value with each of its counts in turn made each of these. */
const otherCounts = (value: unknown): unknown[] => {
  if (isCount(value)) return [...COUNTS];
  if (!isPlain(value)) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    otherCounts(member).map((other) => ({ ...value, [key]: other })),
  );
};

/** The first of what is there. */
const first = ([one]: readonly string[]): string | undefined => one;

/**
 * Every count of every method, one at a time: what goes wrong at the ends of 64 bits goes wrong with any seed. The
 * first of what is there is named.
 */
const countedOn = (ground: Ground): Request[] =>
  EXAMPLES.flatMap(([method, example]) =>
    otherCounts(grounded(example, ground, first)).map((params): Request => [method, params]),
  );

/** Another value in the place of one: for a count mostly another count. */
const another = (value: unknown, random: Random): unknown =>
  isCount(value) && random.integer(0, 3) > 0 ? random.pick(COUNTS) : random.pick(EXTREMES);

/** A value with one thing wrong, somewhere in it. */
const wrong = (value: unknown, random: Random): unknown => {
  const keys = isPlain(value) ? Object.keys(value) : [];
  if (!isPlain(value) || random.integer(0, 15) === 0) return another(value, random);
  const kind = random.integer(0, 5);
  if (kind === 0 || keys.length === 0) {
    return withMember(value, random.pick(NAMES), random.pick(EXTREMES));
  }
  const key = random.pick(keys);
  if (kind === 1) {
    const { [key]: _left, ...rest } = value;
    return rest;
  }
  return { ...value, [key]: wrong(value[key], random) };
};

/** How many things are wrong with a request: often one, at times none. */
const FAULTS = [0, 1, 1, 1, 2, 3] as const;

const requestOn = (ground: Ground): Request => {
  const { random, allocations } = ground;
  const surplus = allocations.length > ALLOCATIONS ? allocations.shift() : undefined;
  if (surplus !== undefined) return ['driver.memory.free', { allocation: surplus }];
  const [method, example] = random.pick(EXAMPLES);
  let params = grounded(example, ground, (there) =>
    random.integer(0, 7) > 0 ? random.pick(there) : undefined,
  );
  const faults = random.pick(FAULTS);
  for (let fault = 0; fault < faults; fault += 1) params = wrong(params, random);
  return [random.integer(0, 19) === 0 ? `${method}${random.pick(NAMES)}` : method, params];
};

/** Keeps what an answer says is there, or is there no more. */
const learn = (ground: Ground, [method, params]: Request, answer: Answer): void => {
  if (answer.kind === 'error') return;
  const given = (params as { allocation?: unknown } | null)?.allocation;
  const made = (answer.result as { allocation?: unknown }).allocation;
  if (typeof made === 'string') ground.allocations.push(made);
  const index = method === 'driver.memory.free' ? ground.allocations.indexOf(String(given)) : -1;
  if (index >= 0) ground.allocations.splice(index, 1);
};

/** Half a request: whatever it ends with, it is not JSON. */
const cutLine = (ground: Ground): string => {
  const [method, params] = requestOn(ground);
  const whole = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
  return whole.slice(0, ground.random.integer(1, whole.length - 1));
};

const devicesOf = async (context: Context): Promise<string[]> => {
  if (context.identity?.capabilities['driver.device'] !== true) return [];
  const { devices } = await context.given('driver.device.list', {});
  return devices.map(({ device }) => device);
};

const fuzz: Case = {
  id: 'SYS-LIF-006/fuzz',
  title:
    '2 000 requests with counts at the ends, or wrong in seeded ways, are answered, and the next one is served',
  requirements: ['SYS-LIF-006'],
  expectations: [SURVIVED],
  kind: 'own',
  run: async (context) => {
    const ground = { random: context.random, devices: await devicesOf(context), allocations: [] };
    const ask = async (requests: readonly Request[]): Promise<void> => {
      const answers = await Promise.all(
        requests.map(([method, params]) => context.attempt(SURVIVED, method, params)),
      );
      for (const [index, answer] of answers.entries()) {
        const request = requests[index];
        if (request) learn(ground, request, answer);
      }
    };
    const { params } = METHODS[ALLOCATE].example;
    await ask([[ALLOCATE, grounded(params, ground, first)]]);
    const counted = countedOn(ground);
    for (let at = 0; at < counted.length; at += AT_ONCE) {
      await ask(counted.slice(at, at + AT_ONCE));
    }
    for (let sent = counted.length; sent < REQUESTS; sent += AT_ONCE + 1) {
      await ask(Array.from({ length: AT_ONCE }, () => requestOn(ground)));
      await context.attemptLine(SURVIVED, cutLine(ground), null);
    }
    const ping = await context.attempt(SURVIVED, 'system.ping', {});
    context.expectation(
      SURVIVED,
      { expected: 'system.ping: a result', observed: brief(ping) },
      () => expect(ping.kind).to.equal('result'),
    );
  },
};

export const fuzzing: readonly Case[] = [fuzz];
