// DRV-MEM-014: memory that streams allocate and free in their turn, while they are held: what is used before the free is
// right, whatever got the memory meanwhile.
import type { Case, ExpectationId } from '../../../core/case.ts';
import { Bench, devicesWithKernels, line, number } from '../kernel/bench.ts';
import { devicesWith, Ground, SIZE } from '../stream/ground.ts';
import { digests } from './bytes.ts';
import type { Held } from './routes.ts';
import { PUT, randomBytes, Turns } from './turns.ts';

const KEPT = 'DRV-MEM-014/kept';
const APART = 'DRV-MEM-014/apart';
const ACROSS = 'DRV-MEM-014/across';

const isAsWritten = (
  { context }: Ground,
  expectation: ExpectationId,
  { allocation, bytes }: Held,
): Promise<void> => digests(context, expectation, allocation, 0, bytes);

/** With what is put beside them a stream takes as many commands while it is held. */
const LINKS = 9;

const chain: Case = {
  id: 'DRV-MEM-014/chain',
  title:
    'bytes that go from one allocation to the next, each freed behind its copy, arrive when the stream is let go',
  requirements: ['DRV-MEM-014'],
  expectations: [PUT, KEPT],
  premises: ['devices', 'finished'],
  needs: ['driver.memory', 'driver.event.host'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWith(context)) {
      const ground = new Ground(context, device);
      const turns = new Turns(ground, await ground.stream());
      const { allocation: kept } = await ground.memory('kept');
      const bytes = randomBytes(ground);
      const held = await ground.hold(turns.stream);
      let last = await turns.allocate();
      await turns.write(last, bytes);
      for (let link = 0; link < LINKS; link += 1) {
        const next = await turns.allocate();
        await turns.copy(last, next);
        await turns.free(last);
        await turns.disturb(randomBytes(ground));
        last = next;
      }
      await turns.copy(last, kept);
      await turns.free(last);
      await ground.signal(held);
      await ground.finish(turns.stream);
      await isAsWritten(ground, KEPT, { allocation: kept, bytes });
      await ground.leave();
    }
  },
};

const launches: Case = {
  id: 'DRV-MEM-014/launches',
  title: 'launches use what was allocated before them and is freed behind them',
  requirements: ['DRV-MEM-014'],
  expectations: [PUT, KEPT],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.event.host', 'driver.kernel'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWithKernels(context)) {
      const bench = new Bench(context, device);
      const turns = new Turns(bench, await bench.stream());
      const copies = await bench.kernel(PUT, 'copy');
      const groupSize = bench.lineOf(copies, 64);
      const launch = async (from: string, to: string): Promise<void> => {
        await bench.launch(PUT, turns.stream, {
          kernel: copies.kernel,
          groups: line(Math.ceil(SIZE / 4 / groupSize)),
          groupSize: line(groupSize),
          arguments: [{ allocation: from }, { allocation: to }, number(SIZE / 4)],
        });
      };
      const { allocation: kept } = await bench.memory('kept');
      const bytes = randomBytes(bench);
      const held = await bench.hold(turns.stream);
      const first = await turns.allocate();
      await turns.write(first, bytes);
      const second = await turns.allocate();
      await launch(first, second);
      await turns.free(first);
      await turns.disturb(randomBytes(bench));
      const third = await turns.allocate();
      await launch(second, third);
      await turns.free(second);
      await turns.disturb(randomBytes(bench));
      await turns.copy(third, kept);
      await turns.free(third);
      await bench.release(PUT, held);
      await bench.completes(PUT, turns.stream);
      await isAsWritten(bench, KEPT, { allocation: kept, bytes });
      await bench.leave();
    }
  },
};

/** How many allocations are made while a free is put and not carried out. */
const OTHERS = 6;

const apart: Case = {
  id: 'DRV-MEM-014/apart',
  title:
    'what is allocated while a free waits in its stream shares no byte with what is to be freed',
  requirements: ['DRV-MEM-014'],
  expectations: [PUT, APART],
  premises: ['devices', 'finished'],
  needs: ['driver.memory', 'driver.event.host'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWith(context)) {
      const ground = new Ground(context, device);
      const turns = new Turns(ground, await ground.stream());
      const { allocation: kept } = await ground.memory('kept');
      const bytes = randomBytes(ground);
      const freed = await turns.allocate();
      await turns.write(freed, bytes);
      await ground.finish(turns.stream);
      const held = await ground.hold(turns.stream);
      // Half is written only when others have been at it, if they have.
      const half = randomBytes(ground, SIZE / 2);
      await turns.write(freed, half, SIZE / 2);
      half.copy(bytes, SIZE / 2);
      await turns.copy(freed, kept);
      await turns.free(freed);
      const others: Held[] = [];
      for (let count = 0; count < OTHERS; count += 1) {
        others.push(await ground.memory(`other ${count}`));
      }
      if ((device.streams?.max ?? 0) > 1) {
        const free = new Turns(ground, await ground.stream());
        for (let count = 0; count < OTHERS; count += 1) {
          const written = randomBytes(ground);
          const allocation = ground.keepMemory(await free.allocate());
          await free.write(allocation, written);
          others.push({ allocation, bytes: written });
        }
        await ground.finish(free.stream);
      }
      await ground.signal(held);
      await ground.finish(turns.stream);
      await isAsWritten(ground, APART, { allocation: kept, bytes });
      for (const other of others) await isAsWritten(ground, APART, other);
      await ground.leave();
    }
  },
};

const across: Case = {
  id: 'DRV-MEM-014/across',
  title: 'a stream that waits for what allocated the memory uses it, and frees it',
  requirements: ['DRV-MEM-014'],
  expectations: [PUT, ACROSS],
  premises: ['devices', 'finished'],
  needs: ['driver.memory', 'driver.event.host'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWith(context, 2)) {
      const ground = new Ground(context, device);
      const turns = new Turns(ground, await ground.stream());
      const behind = new Turns(ground, await ground.stream(), ACROSS);
      const { allocation: kept } = await ground.memory('kept');
      const bytes = randomBytes(ground);
      const held = await ground.hold(turns.stream);
      const handed = await turns.allocate();
      await turns.write(handed, bytes);
      const event = await ground.event();
      await ground.record(event, turns.stream);
      await context.given('driver.stream.waitEvent', { stream: behind.stream, event });
      await behind.copy(handed, kept);
      await behind.free(handed);
      // It is freed in the other stream, and not in this one: here nothing may have its memory yet.
      await turns.disturb(randomBytes(ground));
      await ground.signal(held);
      await ground.finish(turns.stream);
      await ground.finish(behind.stream);
      await isAsWritten(ground, ACROSS, { allocation: kept, bytes });
      await ground.leave();
    }
  },
};

export const ordered: readonly Case[] = [chain, launches, apart, across];
