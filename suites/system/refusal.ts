// SYS-ERR-002 and -003: a refusal is the same each time, and leaves everything as it was.
import { expect } from 'chai';
import type { Answer, Case, Context, ExpectationId } from '../../core/case.ts';
import { sha256 } from '../../core/generator.ts';
import { declares } from '../../core/plan.ts';
import { METHODS } from '../../schemas/generated/standard.ts';
import { firstDevice, kindOf, originOf, withoutExtensions } from '../support.ts';

/** Something to get wrong: what, and how. */
type Fault = readonly [what: string, make: () => Promise<Answer>];

const REPEATS = 10;

/** Makes each fault ten times, the others between, and states that it is answered alike. */
const repeats = async (
  context: Context,
  expectation: ExpectationId,
  faults: readonly Fault[],
): Promise<void> => {
  const first = new Map<string, Answer>();
  for (let round = 1; round <= REPEATS; round += 1) {
    for (const [what, make] of faults) {
      const answer = await make();
      const before = first.get(what) ?? answer;
      first.set(what, before);
      context.expectation(
        expectation,
        {
          expected: `${what}, time ${round}: ${kindOf(before)}`,
          observed: `${what}, time ${round}: ${kindOf(answer)}`,
          origin: originOf(answer),
        },
        () => expect(kindOf(answer)).to.equal(kindOf(before)),
      );
    }
  }
};

/** Faults that need no resource: of the protocol, of the session, and of a device that is not there. */
const plainFaults = (context: Context, expectation: ExpectationId): Fault[] => {
  const capabilities = context.identity?.capabilities ?? {};
  const unknown = `driver.${context.random.letters(10)}`;
  const stranger = `no-such-device-${context.random.letters(8)}`;
  const id = `q${context.random.letters(6)}`;
  const envelope = JSON.stringify({ jsonrpc: '1.0', id, method: 'system.ping' });
  const call = (method: string, params: unknown): Fault => [
    method,
    () => context.attempt(expectation, method, params),
  ];
  const closed = Object.entries(METHODS).find(
    ([, { needs }]) => needs !== null && !declares(capabilities, needs),
  );
  return [
    ['half a line', () => context.attemptLine(expectation, '{"jsonrpc":', null)],
    ['a wrong version', () => context.attemptLine(expectation, envelope, id)],
    call(unknown, {}),
    call('system.ping', { unknown: 1 }),
    call('system.initialize', METHODS['system.initialize'].example.params),
    ...(closed ? [call(closed[0], closed[1].example.params)] : []),
    ...(declares(capabilities, 'driver.device')
      ? [call('driver.device.get', { device: stranger })]
      : []),
  ];
};

interface Memory {
  readonly device: string;
  /** Two that are in use, and one that was freed. */
  readonly first: string;
  readonly second: string;
  readonly gone: string;
}

const SIZE = 256;

/** Two allocations with seeded contents, and one that was freed. */
const memoryOf = async (context: Context): Promise<Memory & { contents: Buffer[] }> => {
  const device = await firstDevice(context);
  const contents = [context.random.bytes(SIZE), context.random.bytes(SIZE)].map((one) =>
    Buffer.from(one),
  );
  const allocate = async (): Promise<string> => {
    const params = { device, sizeBytes: String(SIZE) };
    return (await context.given('driver.memory.allocate', params)).allocation;
  };
  const [first, second, gone] = [await allocate(), await allocate(), await allocate()];
  for (const [index, allocation] of [first, second].entries()) {
    const base64 = contents[index]?.toString('base64') ?? '';
    await context.given('driver.memory.write', {
      allocation,
      offsetBytes: '0',
      data: { base64 },
    });
  }
  await context.given('driver.memory.free', { allocation: gone });
  return { device, first, second, gone, contents };
};

/** Faults of memory calls, each of which would have an effect if it were carried out in part. */
const memoryFaults = (
  context: Context,
  expectation: ExpectationId,
  { device, first, second, gone }: Memory,
): Fault[] => {
  const offset = context.random.integer(1, SIZE - 1);
  const bytes = Buffer.from(context.random.bytes(SIZE)).toString('base64');
  const { seed, label } = context.random;
  const generator = { kind: 'shake128', seed, label, length: String(SIZE) };
  const at = (allocation: string, offsetBytes: number) => ({
    allocation,
    offsetBytes: String(offsetBytes),
  });
  const call = (what: string, method: string, params: unknown): Fault => [
    what,
    () => context.attempt(expectation, method, params),
  ];
  const write = 'driver.memory.write';
  const copy = 'driver.memory.copy';
  const copies = [
    call('a copy past the end', copy, {
      source: at(first, 0),
      destination: at(second, offset),
      lengthBytes: String(SIZE),
    }),
    call('a copy from past the end', copy, {
      source: at(first, offset),
      destination: at(second, 0),
      lengthBytes: String(SIZE),
    }),
    call('a copy with a member too many', copy, {
      source: at(first, 0),
      destination: at(second, 0),
      lengthBytes: String(SIZE),
      unknown: 1,
    }),
  ];
  return [
    call('a write past the end', write, { ...at(first, offset), data: { base64: bytes } }),
    call('a generated write past the end', write, { ...at(second, offset), data: { generator } }),
    call('a write with a member too many', write, {
      ...at(first, 0),
      data: { base64: bytes },
      unknown: 1,
    }),
    call('a write to a freed allocation', write, { ...at(gone, 0), data: { base64: bytes } }),
    call('a read past the end', 'driver.memory.read', { ...at(first, offset), lengthBytes: SIZE }),
    call('a second free', 'driver.memory.free', { allocation: gone }),
    call('a free with a member too many', 'driver.memory.free', {
      allocation: second,
      unknown: 1,
    }),
    call('an allocation with a member too many', 'driver.memory.allocate', {
      device,
      sizeBytes: String(SIZE),
      unknown: 1,
    }),
    call('an allocation where no device is', 'driver.memory.allocate', {
      device: `no-such-device-${context.random.letters(8)}`,
      sizeBytes: String(SIZE),
    }),
    ...(declares(context.identity?.capabilities ?? {}, copy) ? copies : []),
  ];
};

// In sessions of their own: what earlier refusals have changed already would not be seen to change again.

const sameFaults: Case = {
  id: 'SYS-ERR-002/same',
  title: 'faults of protocol, session and device are answered alike ten times, in turns',
  requirements: ['SYS-ERR-002'],
  expectations: ['SYS-ERR-002/same'],
  kind: 'own',
  run: (context) => repeats(context, 'SYS-ERR-002/same', plainFaults(context, 'SYS-ERR-002/same')),
};

const sameMemoryFaults: Case = {
  id: 'SYS-ERR-002/memory',
  title: 'faults of memory calls are answered alike ten times, in turns',
  requirements: ['SYS-ERR-002'],
  expectations: ['SYS-ERR-002/same-memory'],
  premises: ['devices'],
  needs: ['driver.memory'],
  kind: 'own',
  run: async (context) => {
    const memory = await memoryOf(context);
    const faults = memoryFaults(context, 'SYS-ERR-002/same-memory', memory);
    await repeats(context, 'SYS-ERR-002/same-memory', faults);
  },
};

/** Makes each fault, and where it was refused states that all is as it was. */
const leavesAll = async (
  context: Context,
  expectation: ExpectationId,
  faults: readonly Fault[],
  observe: () => Promise<unknown>,
  atFirst: unknown,
): Promise<void> => {
  let before = atFirst;
  let refused = 0;
  for (const [what, make] of faults) {
    const answer = await make();
    const after = await observe();
    // Whether it has to be refused is another row's; what it did then is not to be compared.
    if (answer.kind === 'result') {
      before = after;
      continue;
    }
    refused += 1;
    context.expectation(
      expectation,
      { expected: { before }, observed: { [`after ${what}`]: after } },
      () => expect(after).to.deep.equal(before),
    );
  }
  if (refused === 0) context.nothing('nothing was refused');
};

/** A result without extension members, or the refusal. */
const seen = (answer: Answer): unknown =>
  answer.kind === 'result' ? withoutExtensions(answer.result) : kindOf(answer);

const devicesStay: Case = {
  id: 'SYS-ERR-003/devices',
  title: 'refused calls leave the list of devices as it was',
  requirements: ['SYS-ERR-003'],
  expectations: ['SYS-ERR-003/devices'],
  needs: ['driver.device'],
  kind: 'own',
  run: async (context) => {
    const expectation = 'SYS-ERR-003/devices';
    const before = withoutExtensions(await context.given('driver.device.list', {}));
    const observe = async () => seen(await context.attempt(expectation, 'driver.device.list', {}));
    await leavesAll(context, expectation, plainFaults(context, expectation), observe, before);
  },
};

const memoryStays: Case = {
  id: 'SYS-ERR-003/memory',
  title: 'refused memory calls change no byte, end no allocation, and bring none back',
  requirements: ['SYS-ERR-003'],
  expectations: ['SYS-ERR-003/memory'],
  premises: ['devices', 'written'],
  needs: ['driver.memory'],
  kind: 'own',
  run: async (context) => {
    const expectation = 'SYS-ERR-003/memory';
    const memory = await memoryOf(context);
    const whole = (allocation: string) => ({
      allocation,
      offsetBytes: '0',
      lengthBytes: String(SIZE),
    });
    const before = {
      first: (await context.given('driver.memory.digest', whole(memory.first))).sha256,
      second: (await context.given('driver.memory.digest', whole(memory.second))).sha256,
      gone: false,
    };
    context.premise(
      'written',
      { expected: memory.contents.map(sha256), observed: [before.first, before.second] },
      () => expect([before.first, before.second]).to.deep.equal(memory.contents.map(sha256)),
    );
    const digest = async (allocation: string): Promise<unknown> => {
      const answer = await context.attempt(expectation, 'driver.memory.digest', whole(allocation));
      return answer.kind === 'result'
        ? (answer.result as { sha256: string }).sha256
        : kindOf(answer);
    };
    const observe = async () => ({
      first: await digest(memory.first),
      second: await digest(memory.second),
      gone:
        (await context.attempt(expectation, 'driver.memory.digest', whole(memory.gone))).kind ===
        'result',
    });
    const faults = memoryFaults(context, expectation, memory);
    await leavesAll(context, expectation, faults, observe, before);
  },
};

/** Commands each of which would write, were it put into the stream in part. */
const commandFaults = (
  context: Context,
  expectation: ExpectationId,
  { first, second }: Memory,
  stream: string,
): Fault[] => {
  const offset = context.random.integer(1, SIZE - 1);
  const base64 = Buffer.from(context.random.bytes(SIZE)).toString('base64');
  const call = (what: string, method: string, params: object): Fault => [
    what,
    () => context.attempt(expectation, method, { stream, ...params }),
  ];
  const offsetBytes = String(offset);
  return [
    call('a write past the end', 'driver.stream.write', {
      allocation: first,
      offsetBytes,
      data: { base64 },
    }),
    call('a copy past the end', 'driver.stream.copy', {
      source: { allocation: first, offsetBytes: '0' },
      destination: { allocation: second, offsetBytes },
      lengthBytes: String(SIZE),
    }),
  ];
};

const streamStays: Case = {
  id: 'SYS-ERR-003/stream',
  title: 'a refused command puts nothing into its stream',
  requirements: ['SYS-ERR-003'],
  expectations: ['SYS-ERR-003/stream'],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.stream'],
  kind: 'own',
  run: async (context) => {
    const expectation = 'SYS-ERR-003/stream';
    const memory = await memoryOf(context);
    const { device } = memory;
    const { streams } = await context.given('driver.device.get', { device });
    if (!streams) context.nothing('the first device has no streams');
    const { stream } = await context.given('driver.stream.create', { device });
    const observe = async () => {
      await context.attempt(expectation, 'driver.stream.synchronize', { stream });
      const digests: unknown[] = [];
      for (const allocation of [memory.first, memory.second]) {
        const whole = { allocation, offsetBytes: '0', lengthBytes: String(SIZE) };
        digests.push(seen(await context.attempt(expectation, 'driver.memory.digest', whole)));
      }
      return digests;
    };
    const faults = commandFaults(context, expectation, memory, stream);
    await leavesAll(context, expectation, faults, observe, await observe());
  },
};

/** So often in a row free memory has to shrink: once, another process may have taken it. */
const ROUNDS = 3;

const memoryIsKept: Case = {
  id: 'SYS-ERR-003/free-memory',
  title: 'refused calls take no memory of the device',
  requirements: ['SYS-ERR-003'],
  expectations: ['SYS-ERR-003/free-memory'],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.memory.info'],
  kind: 'own',
  run: async (context) => {
    const expectation = 'SYS-ERR-003/free-memory';
    const memory = await memoryOf(context);
    const faults = memoryFaults(context, expectation, memory);
    const { device } = memory;
    const free = async (): Promise<bigint> =>
      BigInt((await context.given('driver.memory.info', { device })).freeBytes);
    const taken: string[] = [];
    while (taken.length < ROUNDS) {
      const before = await free();
      for (const [what, make] of faults) {
        if ((await make()).kind === 'result') context.nothing(`${what} was not refused`);
      }
      const after = await free();
      if (after >= before) break;
      taken.push(String(before - after));
    }
    context.expectation(
      expectation,
      {
        expected: `free memory as before, in one of ${ROUNDS} rounds`,
        observed: { 'bytes taken in each round': taken },
      },
      () => expect(taken.length).to.be.below(ROUNDS),
    );
  },
};

export const refusals: readonly Case[] = [
  sameFaults,
  sameMemoryFaults,
  devicesStay,
  memoryStays,
  streamStays,
  memoryIsKept,
];
