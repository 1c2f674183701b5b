// DRV-STR-001: one stream carries its commands out in their order.
import type { Case, ExpectationId } from '../../../core/case.ts';
import type { Device } from '../../../schemas/generated/types.ts';
import { succeeds } from '../../support.ts';
import { digests, fits } from '../memory/bytes.ts';
import type { Held } from '../memory/routes.ts';
import { devicesWith, Ground } from './ground.ts';

/** Small, so that nearly every command touches what the ones before it wrote. */
const REGION = 256;
const LONGEST = 64;
/** Another way through the device than what is small, maybe. */
const LARGE = 2 ** 20 + 3;
const TURNS = 4;

/** Puts a seeded write or a copy from one side to the other into a stream, and keeps the books of it. */
export const putAny = async (
  { context }: Ground,
  expectation: ExpectationId,
  stream: string,
  sides: readonly [Held, Held],
): Promise<void> => {
  const { random } = context;
  const [source, target] = random.pick([sides, [sides[1], sides[0]] as const]);
  const length = random.integer(1, LONGEST);
  const to = random.integer(0, REGION - length);
  if (random.integer(0, 2) === 0) {
    const bytes = random.bytes(length);
    await succeeds(context, expectation, 'driver.stream.write', {
      stream,
      allocation: target.allocation,
      offsetBytes: String(to),
      data: { base64: bytes.toString('base64') },
    });
    bytes.copy(target.bytes, to);
    return;
  }
  const from = random.integer(0, REGION - length);
  await succeeds(context, expectation, 'driver.stream.copy', {
    stream,
    source: { allocation: source.allocation, offsetBytes: String(from) },
    destination: { allocation: target.allocation, offsetBytes: String(to) },
    lengthBytes: String(length),
  });
  source.bytes.copy(target.bytes, to, from, from + length);
};

/** Two allocations that commands go to and fro between. */
export const sidesOf = async (ground: Ground): Promise<[Held, Held]> => [
  await ground.memory('one side', REGION),
  await ground.memory('the other side', REGION),
];

/** What takes long, and what does not, by turns: a few bytes into what is just being copied. */
const largeAndSmall = async (ground: Ground, device: Device, stream: string): Promise<void> => {
  if (!fits(device, LARGE)) return;
  const { context } = ground;
  const from = await ground.memory('much', LARGE);
  const to = await ground.memory('as much', LARGE);
  for (let turn = 0; turn < TURNS; turn += 1) {
    await ground.copy(stream, from, to);
    from.bytes.copy(to.bytes);
    for (const side of [from, to]) {
      const bytes = context.random.bytes(LONGEST);
      const offset = context.random.integer(0, LARGE - LONGEST);
      await succeeds(context, 'DRV-STR-001/put', 'driver.stream.write', {
        stream,
        allocation: side.allocation,
        offsetBytes: String(offset),
        data: { base64: bytes.toString('base64') },
      });
      bytes.copy(side.bytes, offset);
    }
  }
  await ground.finish(stream);
  for (const side of [from, to]) {
    await digests(context, 'DRV-STR-001/order', side.allocation, 0, side.bytes);
  }
};

const order: Case = {
  id: 'DRV-STR-001/order',
  title: '1 000 writes and copies, each over what the others wrote, take effect in their order',
  requirements: ['DRV-STR-001'],
  expectations: ['DRV-STR-001/put', 'DRV-STR-001/order'],
  premises: ['devices', 'finished'],
  needs: ['driver.memory'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWith(context)) {
      const ground = new Ground(context, device);
      const stream = await ground.stream();
      const sides = await sidesOf(ground);
      for (let count = 0; count < 1000; count += 1) {
        await putAny(ground, 'DRV-STR-001/put', stream, sides);
      }
      await ground.finish(stream);
      for (const side of sides) {
        await digests(context, 'DRV-STR-001/order', side.allocation, 0, side.bytes);
      }
      await largeAndSmall(ground, device, stream);
      await ground.leave();
    }
  },
};

const heldOrder: Case = {
  id: 'DRV-STR-001/held',
  title: 'what was put into a stream while it was held takes effect in its order',
  requirements: ['DRV-STR-001'],
  expectations: ['DRV-STR-001/held-put', 'DRV-STR-001/held-order'],
  premises: ['devices', 'finished'],
  needs: ['driver.memory', 'driver.event.host'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWith(context)) {
      const ground = new Ground(context, device);
      const stream = await ground.stream();
      const sides = await sidesOf(ground);
      for (let round = 0; round < 5; round += 1) {
        const event = await ground.hold(stream);
        for (let count = 0; count < 60; count += 1) {
          await putAny(ground, 'DRV-STR-001/held-put', stream, sides);
        }
        await ground.signal(event);
        await ground.finish(stream);
        for (const side of sides) {
          await digests(context, 'DRV-STR-001/held-order', side.allocation, 0, side.bytes);
        }
      }
      await ground.leave();
    }
  },
};

export const orderCases: readonly Case[] = [order, heldOrder];
