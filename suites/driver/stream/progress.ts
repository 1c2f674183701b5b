// DRV-STR-002: as many streams as a device declares go on, and none stands behind another.
import { expect } from 'chai';
import type { Case, Context, ExpectationId } from '../../../core/case.ts';
import type { Device } from '../../../schemas/generated/types.ts';
import { succeeds } from '../../support.ts';
import { devicesOf } from '../device/devices.ts';
import { digests, fits } from '../memory/bytes.ts';
import type { Held } from '../memory/routes.ts';
import { devicesWith, expectState, Ground, SIZE } from './ground.ts';

const MOST = 16;
const ROUNDS = 6;
/** Asked so often, so many milliseconds apart, work that is small has had all the time there is. */
const QUERIES = 500;
const APART = 10;

interface Lane {
  readonly stream: string;
  readonly source: Held;
  readonly target: Held;
}

const create = async (ground: Ground, expectation: ExpectationId, count: number) => {
  const lanes: Lane[] = [];
  for (let index = 0; index < count; index += 1) {
    const { stream } = await succeeds(ground.context, expectation, 'driver.stream.create', {
      device: ground.device,
    });
    ground.keepStream(stream);
    lanes.push({
      stream,
      source: await ground.memory(`source ${index}`),
      target: await ground.memory(`target ${index}`),
    });
  }
  return lanes;
};

/** Puts work into the streams in turns: new bytes, and a copy of them, again and again. */
const putInTurns = async (
  { context }: Ground,
  lanes: readonly Lane[],
  rounds = ROUNDS,
): Promise<void> => {
  for (let round = 0; round < rounds; round += 1) {
    for (const { stream, source, target } of lanes) {
      const bytes = context.random.bytes(64);
      const offset = context.random.integer(0, SIZE - bytes.length);
      await context.given('driver.stream.write', {
        stream,
        allocation: source.allocation,
        offsetBytes: String(offset),
        data: { base64: bytes.toString('base64') },
      });
      bytes.copy(source.bytes, offset);
      await context.given('driver.stream.copy', {
        stream,
        source: { allocation: source.allocation, offsetBytes: '0' },
        destination: { allocation: target.allocation, offsetBytes: '0' },
        lengthBytes: String(SIZE),
      });
      source.bytes.copy(target.bytes);
    }
  }
};

/** States that streams complete though nobody waits for them: they are asked, and nothing more. */
const complete = async (
  context: Context,
  expectation: ExpectationId,
  lanes: readonly Lane[],
): Promise<void> => {
  let asked = 0;
  for (const [index, { stream }] of lanes.entries()) {
    let answer = await context.attempt(expectation, 'driver.stream.query', { stream });
    while (answer.kind === 'result' && asked < QUERIES) {
      if ((answer.result as { state: string }).state !== 'pending') break;
      await context.pause(APART);
      asked += 1;
      answer = await context.attempt(expectation, 'driver.stream.query', { stream });
    }
    const what = `stream ${index + 1} of ${lanes.length}, in time`;
    expectState(context, expectation, answer, ['complete'], what);
  }
};

/** States that what was put into a stream that is complete was carried out. */
const carriedOut = async (ground: Ground, { stream, target }: Lane): Promise<void> => {
  // Who asked knows that it is done; to see the bytes the standard has synchronize alone.
  await ground.finish(stream);
  const { allocation, bytes } = target;
  await digests(ground.context, 'DRV-STR-002/carried-out', allocation, 0, bytes);
};

const declared = (context: Context, { device, streams }: Device): number => {
  const max = streams?.max;
  context.expectation(
    'DRV-STR-002/declared',
    {
      expected: `${device}: streams.max, 1 at least`,
      observed: `${device}: ${max ?? 'no streams'}`,
    },
    () => expect(max).to.be.at.least(1),
  );
  return max ?? 0;
};

const inTurns: Case = {
  id: 'DRV-STR-002/in-turns',
  title: 'as many streams as are declared, up to 16, complete what was put into them in turns',
  requirements: ['DRV-STR-002'],
  expectations: [
    'DRV-STR-002/declared',
    'DRV-STR-002/created',
    'DRV-STR-002/completed',
    'DRV-STR-002/carried-out',
  ],
  premises: ['devices', 'finished'],
  needs: ['driver.memory'],
  kind: 'shared',
  run: async (context) => {
    for (const device of (await devicesOf(context)).filter((one) => fits(one, SIZE))) {
      const ground = new Ground(context, device);
      const count = Math.min(MOST, declared(context, device));
      const lanes = await create(ground, 'DRV-STR-002/created', count);
      await putInTurns(ground, lanes);
      await complete(context, 'DRV-STR-002/completed', lanes);
      for (const lane of lanes) await carriedOut(ground, lane);
      await ground.leave();
    }
  },
};

const besideHeld: Case = {
  id: 'DRV-STR-002/beside-held',
  title:
    'while one stream is held, each in its turn, the others complete, and it does when it is released',
  requirements: ['DRV-STR-002'],
  expectations: ['DRV-STR-002/others', 'DRV-STR-002/released', 'DRV-STR-002/carried-out'],
  premises: ['devices', 'finished'],
  needs: ['driver.memory', 'driver.event.host'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWith(context, 2)) {
      const ground = new Ground(context, device);
      const count = Math.min(MOST, device.streams?.max ?? 0);
      const lanes = await create(ground, 'DRV-STR-002/others', count);
      // Each in its turn: the first may hold up the others where no other does.
      for (const held of lanes) {
        const event = await ground.hold(held.stream);
        await putInTurns(ground, lanes, held === lanes[0] ? ROUNDS : 1);
        const others = lanes.filter((lane) => lane !== held);
        await complete(context, 'DRV-STR-002/others', others);
        for (const lane of others) await carriedOut(ground, lane);
        await ground.signal(event);
        await complete(context, 'DRV-STR-002/released', [held]);
        await carriedOut(ground, held);
      }
      await ground.leave();
    }
  },
};

export const progressCases: readonly Case[] = [inTurns, besideHeld];
