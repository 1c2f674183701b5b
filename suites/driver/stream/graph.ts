// DRV-STR-010: what is launched from a graph is what would have been carried out without it.
import type { Case } from '../../../core/case.ts';
import { succeeds } from '../../support.ts';
import { digests } from '../memory/bytes.ts';
import type { Held } from '../memory/routes.ts';
import { devicesWith, Ground } from './ground.ts';
import { putAny, sidesOf } from './order.ts';

const LAUNCHES = 20;
const COMMANDS = 40;

/** Puts both sides to what they held first. */
const restore = async ({ context }: Ground, sides: readonly Held[], first: readonly Buffer[]) => {
  for (const [index, { allocation }] of sides.entries()) {
    await context.given('driver.memory.write', {
      allocation,
      offsetBytes: '0',
      data: { base64: first[index]?.toString('base64') ?? '' },
    });
  }
};

const graph: Case = {
  id: 'DRV-STR-010/launches',
  title: '20 launches of a graph each leave, byte for byte, what its commands would have left',
  requirements: ['DRV-STR-010'],
  expectations: [
    'DRV-STR-010/captured',
    'DRV-STR-010/not-carried-out',
    'DRV-STR-010/launched',
    'DRV-STR-010/same',
  ],
  premises: ['devices', 'finished'],
  needs: ['driver.memory', 'driver.stream'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWith(context)) {
      const ground = new Ground(context, device);
      const stream = await ground.stream();
      const sides = await sidesOf(ground);
      const first = sides.map(({ bytes }) => Buffer.from(bytes));
      await succeeds(context, 'DRV-STR-010/captured', 'driver.stream.graph.begin', { stream });
      for (let count = 0; count < COMMANDS; count += 1) {
        await putAny(ground, 'DRV-STR-010/captured', stream, sides);
      }
      const { graph: captured } = await succeeds(
        context,
        'DRV-STR-010/captured',
        'driver.stream.graph.end',
        { stream },
      );
      await ground.finish(stream);
      for (const [index, { allocation }] of sides.entries()) {
        const before = first[index] ?? Buffer.alloc(0);
        await digests(context, 'DRV-STR-010/not-carried-out', allocation, 0, before);
      }
      for (let launch = 0; launch < LAUNCHES; launch += 1) {
        await restore(ground, sides, first);
        await succeeds(context, 'DRV-STR-010/launched', 'driver.stream.graph.launch', {
          stream,
          graph: captured,
        });
        await ground.finish(stream);
        for (const { allocation, bytes } of sides) {
          await digests(context, 'DRV-STR-010/same', allocation, 0, bytes);
        }
      }
      await context.given('driver.stream.graph.destroy', { graph: captured });
      await ground.leave();
    }
  },
};

export const graphCases: readonly Case[] = [graph];
