// SYS-LIF-001 and -005: how a session ends, and that nothing of it is left.
import { expect } from 'chai';
import type { Answer, Case, Context } from '../../core/case.ts';
import { brief, firstDevice, succeeds } from '../support.ts';

const ALLOCATIONS = 4;
/** Taken at least by each of them. */
const LEAST_BYTES = 64 * 1024;

const freeOf = async (session: Context, device: string): Promise<bigint> =>
  BigInt((await session.given('driver.memory.info', { device })).freeBytes);

/** Allocates memory of a device and writes it all: what is not touched may not be taken yet. */
const take = async (session: Context, device: string, size: bigint): Promise<void> => {
  const { seed, label } = session.random;
  for (let count = 0; count < ALLOCATIONS; count += 1) {
    const { allocation } = await session.given('driver.memory.allocate', {
      device,
      sizeBytes: String(size),
    });
    const generator = { kind: 'shake128', seed, label, length: String(size) } as const;
    await session.given('driver.memory.write', {
      allocation,
      offsetBytes: '0',
      data: { generator },
    });
  }
};

/** What one allocation takes: more than the granule that may be missing, and no more than there can be. */
const sizeOf = (memory: { granularityBytes: string; maxAllocationBytes: string }): bigint =>
  [BigInt(LEAST_BYTES), 4n * BigInt(memory.granularityBytes)]
    .map((bytes) => [bytes, BigInt(memory.maxAllocationBytes)].reduce((a, b) => (a < b ? a : b)))
    .reduce((a, b) => (a > b ? a : b));

/** So often in a row memory has to be lost: once, another program may have taken it. */
const ROUNDS = 3;

/** As many as are tried of a large machine. */
const MOST_DEVICES = 4;

const released: Case = {
  id: 'SYS-LIF-001/released',
  title: 'what a session had allocated is free again as soon as it is shut down',
  requirements: ['SYS-LIF-001'],
  expectations: ['SYS-LIF-001/shut-down', 'SYS-LIF-001/released'],
  premises: ['devices'],
  needs: ['driver.memory'],
  kind: 'own',
  run: async (context) => {
    if (context.identity?.methods['driver.memory.info'] === 'emulated') {
      context.nothing('the adapter counts for itself what is free');
    }
    await firstDevice(context);
    const devices = (await context.given('driver.device.list', {})).devices.slice(0, MOST_DEVICES);
    const lost: string[] = [];
    while (lost.length < ROUNDS) {
      const session = lost.length === 0 ? context : await context.open('ready');
      const before: bigint[] = [];
      for (const { device, memory } of devices) {
        before.push(await freeOf(session, device));
        await take(session, device, sizeOf(memory));
      }
      await succeeds(session, 'SYS-LIF-001/shut-down', 'system.shutdown', {});
      // The process of the first session is still there: its end must not do what the shutdown has to.
      const next = await context.open('ready');
      const missing: string[] = [];
      for (const [index, { device, memory }] of devices.entries()) {
        const less = (before[index] ?? 0n) - (await freeOf(next, device));
        if (less > BigInt(memory.granularityBytes)) missing.push(`${less} of ${device}`);
      }
      await next.close();
      await session.close();
      if (missing.length === 0) break;
      lost.push(missing.join(', '));
    }
    context.expectation(
      'SYS-LIF-001/released',
      {
        expected: `on each device at most a granule less free after a shutdown, in one of ${ROUNDS} rounds`,
        observed: { 'bytes missing in each round': lost },
      },
      () => expect(lost.length).to.be.below(ROUNDS),
    );
  },
};

const ENDS = 'SYS-LIF-005/ends';
const ANSWERED = 'SYS-LIF-005/answered';

/** What a session is like when its stdin is closed. */
interface State {
  readonly name: string;
  readonly kind: 'cold' | 'ready';
  /** Brings a session there, and gives what is then still open. */
  prepare(session: Context): Promise<readonly Promise<Answer>[]>;
}

/** Closes a session, and one more where the first ended late; gives what was answered meanwhile. */
const endsByItself = async (
  context: Context,
  { name, kind, prepare }: State,
  given?: Context,
): Promise<readonly Answer[]> => {
  const close = async (session: Context) => {
    const open = await prepare(session);
    const [ending, ...answers] = await Promise.all([session.close(), ...open]);
    return { ending, answers };
  };
  const first = await close(given ?? (await context.open(kind)));
  const { ending, answers } = first.ending.byItself ? first : await close(await context.open(kind));
  context.expectation(
    ENDS,
    {
      expected: `${name}: it ends by itself within two seconds, and not by a signal`,
      observed: `${name}: ${ending.byItself ? ending.how : 'still there after two seconds'}`,
    },
    () => expect(ending.byItself && !ending.how?.startsWith('signal')).to.equal(true),
  );
  return answers;
};

/** Requests that are open when stdin closes. */
const OPEN = 8;

const NEW: State = {
  name: 'a new session',
  kind: 'cold',
  prepare: async (session) => {
    // It is up then: how long a start takes is no matter here.
    await session.attempt(ANSWERED, 'system.ping', {});
    return [];
  },
};

const ASKED: State = {
  name: 'a session with open requests',
  kind: 'ready',
  prepare: async (session) =>
    Array.from({ length: OPEN }, () => session.attempt(ANSWERED, 'system.ping', {})),
};

const SHUT_DOWN: State = {
  name: 'a session that was shut down',
  kind: 'ready',
  prepare: async (session) => {
    await session.given('system.shutdown', {});
    return [];
  },
};

const HOLDING: State = {
  name: 'a session with allocated memory',
  kind: 'ready',
  prepare: async (session) => {
    await take(session, await firstDevice(session), BigInt(LEAST_BYTES));
    return [];
  },
};

const ends: Case = {
  id: 'SYS-LIF-005/ends',
  title: 'it ends when stdin is closed, new, ready or shut down, and answers what was sent before',
  requirements: ['SYS-LIF-005'],
  expectations: [ENDS, ANSWERED],
  kind: 'cold',
  run: async (context) => {
    await endsByItself(context, NEW, context);
    const answers = await endsByItself(context, ASKED);
    const refused = answers.find((answer) => answer.kind === 'error');
    context.expectation(
      ANSWERED,
      {
        expected: `${OPEN} pings answered`,
        observed: refused ? brief(refused) : `${answers.length} pings answered`,
      },
      () => expect(refused).to.equal(undefined),
    );
    await endsByItself(context, SHUT_DOWN);
  },
};

const endsHolding: Case = {
  id: 'SYS-LIF-005/holding',
  title: 'it ends when stdin is closed while memory is allocated',
  requirements: ['SYS-LIF-005'],
  expectations: [ENDS],
  premises: ['devices'],
  needs: ['driver.memory'],
  kind: 'own',
  run: async (context) => {
    await endsByItself(context, HOLDING, context);
  },
};

export const lifecycle: readonly Case[] = [released, ends, endsHolding];
