// DRV-MEM-009 of memory of other kinds: what is registered or managed ends where it was said to end, for the host's own
// loads and stores too, and not where whole pages end.
import { expect } from 'chai';
import type { Case, Context } from '../../../core/case.ts';
import { refusal, refuses, succeeds } from '../../support.ts';
import { devicesOf } from '../device/devices.ts';
import { fits, MESSAGE, readsBack, SIDE } from './bytes.ts';
import type { Use } from './naming.ts';
import { rangesBeyond, WRAPPING_RANGES } from './outside.ts';
import { transfers } from './ranges.ts';

const REFUSED = 'DRV-MEM-009/kind';
const WRAPS = 'DRV-MEM-009/kind-wraps';
const KEPT = 'DRV-MEM-009/kind-kept';
const BOUNDARY = 'DRV-MEM-009/kind-boundary';

/** How the host reaches memory of one kind. */
interface Reach {
  given(bytes: Buffer): Promise<unknown>;
  store(offset: number, bytes: Buffer): Promise<unknown>;
  loadAll(expectation: typeof KEPT | typeof BOUNDARY): Promise<{ readonly base64: string }>;
  /** A load and a store, which are to be refused. */
  uses(offset: bigint, length: bigint): readonly Use[];
}

const literal = (bytes: Buffer) => ({ base64: bytes.toString('base64') });

const ofHost = (context: Context, host: string): Reach => {
  const [store, load] = ['driver.memory.host.write', 'driver.memory.host.read'] as const;
  const from = (offset: number | bigint) => ({ host, offsetBytes: String(offset) });
  return {
    given: (bytes) => context.given(store, { ...from(0), data: literal(bytes) }),
    store: (offset, bytes) =>
      succeeds(context, BOUNDARY, store, { ...from(offset), data: literal(bytes) }),
    loadAll: (expectation) =>
      succeeds(context, expectation, load, { ...from(0), lengthBytes: SIDE }),
    uses: (offset, length) => [
      [load, { ...from(offset), lengthBytes: Number(length) }],
      [store, { ...from(offset), data: literal(Buffer.alloc(Number(length), 0xa5)) }],
    ],
  };
};

const ofManaged = (context: Context, allocation: string): Reach => {
  const [store, load] = ['driver.memory.managed.store', 'driver.memory.managed.load'] as const;
  const from = (offset: number | bigint) => ({ allocation, offsetBytes: String(offset) });
  return {
    given: (bytes) => context.given(store, { ...from(0), data: literal(bytes) }),
    store: (offset, bytes) =>
      succeeds(context, BOUNDARY, store, { ...from(offset), data: literal(bytes) }),
    loadAll: (expectation) =>
      succeeds(context, expectation, load, { ...from(0), lengthBytes: SIDE }),
    uses: (offset, length) => [
      [load, { ...from(offset), lengthBytes: Number(length) }],
      [store, { ...from(offset), data: literal(Buffer.alloc(Number(length), 0xa5)) }],
    ],
  };
};

/** States that nothing reaches beyond memory of SIDE bytes, and that what ends at its end is carried out. */
const endsWhereItEnds = async (
  context: Context,
  { given, store, loadAll, uses }: Reach,
  allocation: string,
): Promise<void> => {
  const bytes = context.random.bytes(SIDE);
  await given(bytes);
  /** States that host and device see the bytes that are known. */
  const holds = async (expectation: typeof KEPT | typeof BOUNDARY): Promise<void> => {
    const { base64 } = await loadAll(expectation);
    const expected = bytes.toString('base64');
    context.expectation(expectation, { expected, observed: base64 }, () =>
      expect(base64).to.equal(expected),
    );
    await readsBack(context, expectation, allocation, 0, bytes);
  };
  const areRefused = async (expectation: typeof REFUSED | typeof WRAPS, all: readonly Use[]) => {
    for (const [method, params] of all) {
      await refuses(context, expectation, refusal('COPY_RANGE'), method, params);
    }
    await holds(KEPT);
  };
  const length = BigInt(context.random.integer(2, SIDE - 1));
  for (const [offset, size] of rangesBeyond(length)) {
    const hosts = size <= BigInt(MESSAGE) ? uses(offset, size) : [];
    await areRefused(REFUSED, [...hosts, ...transfers(allocation, offset, size)]);
  }
  for (const range of WRAPPING_RANGES) await areRefused(WRAPS, uses(...range));
  const from = SIDE - 8;
  context.random.bytes(8).copy(bytes, from);
  await store(from, bytes.subarray(from));
  await holds(BOUNDARY);
  context.random.bytes(8).copy(bytes, from);
  await succeeds(context, BOUNDARY, 'driver.memory.write', {
    allocation,
    offsetBytes: String(from),
    data: literal(bytes.subarray(from)),
  });
  await holds(BOUNDARY);
};

const registered: Case = {
  id: 'DRV-MEM-009/registered',
  title: 'a load, a store and a transfer that leave registered host memory are refused',
  requirements: ['DRV-MEM-009'],
  expectations: [REFUSED, WRAPS, KEPT, BOUNDARY],
  premises: ['devices'],
  needs: ['driver.memory.host'],
  kind: 'own',
  run: async (context) => {
    for (const { device } of await devicesOf(context)) {
      const sizeBytes = String(SIDE);
      const { host } = await context.given('driver.memory.host.allocate', { sizeBytes });
      const { allocation } = await context.given('driver.memory.register', { device, host });
      await endsWhereItEnds(context, ofHost(context, host), allocation);
      await context.given('driver.memory.free', { allocation });
      await context.given('driver.memory.host.free', { host });
    }
  },
};

const managed: Case = {
  id: 'DRV-MEM-009/managed',
  title: 'a load, a store and a transfer that leave managed memory are refused',
  requirements: ['DRV-MEM-009'],
  expectations: [REFUSED, WRAPS, KEPT, BOUNDARY],
  premises: ['devices'],
  needs: ['driver.memory.managed'],
  kind: 'own',
  run: async (context) => {
    for (const { device } of (await devicesOf(context)).filter((one) => fits(one, SIDE))) {
      const place = { device, sizeBytes: String(SIDE) };
      const { allocation } = await context.given('driver.memory.managed.allocate', place);
      await endsWhereItEnds(context, ofManaged(context, allocation), allocation);
      await context.given('driver.memory.free', { allocation });
    }
  },
};

export const kindRanges: readonly Case[] = [registered, managed];
