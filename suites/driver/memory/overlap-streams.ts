// DRV-MEM-010: what a copy does to itself in a stream is what the device declares, as outside of one: checked before it
// answers where it is refused, and carried out as if the source had been read whole where it is not.
import type { Case, Context } from '../../../core/case.ts';
import type { Device } from '../../../schemas/generated/types.ts';
import { expectRefusal, refusal, succeeds } from '../../support.ts';
import { devicesWith, Ground, isState } from '../stream/ground.ts';
import { digests } from './bytes.ts';
import { overlaps, SHARED } from './overlap.ts';
import { type Held, type Route, request } from './routes.ts';

const OVERLAP = 'DRV-MEM-010/stream-overlap';
const TOUCHING = 'DRV-MEM-010/stream-touching';
const COMPLETE = 'DRV-MEM-010/stream-complete';
const CONTENTS = 'DRV-MEM-010/stream-contents';

const COPY = 'driver.stream.copy';

/** Two copies that touch within a word, and two that touch within a line. */
const TOUCHES: readonly Route[] = [1, 48].flatMap((length) => [
  { from: 5, to: 5 + length, length },
  { from: 5 + length, to: 5, length },
]);

/** What a device can promise of ranges that overlap; undefined where it promises nothing. */
type Promised = 'memmove' | 'refused' | undefined;

const promised = (declared: string | undefined): Promised =>
  declared === 'memmove' || declared === 'refused' ? declared : undefined;

/** Copies of one allocation to itself in one stream. */
const inStream = ({ context }: Ground, stream: string, held: Held) => {
  const moved = ({ from, to, length }: Route): void => {
    held.bytes.copyWithin(to, from, from + length);
  };
  return {
    /** Attempts a copy whose ranges overlap, and states that it is taken, or refused, as the device declares. */
    overlaps: async (declared: Promised, route: Route): Promise<void> => {
      const params = { stream, ...request(held, held, route) };
      if (declared === 'memmove') {
        await succeeds(context, OVERLAP, COPY, params);
        moved(route);
        return;
      }
      const answer = await context.attempt(OVERLAP, COPY, params);
      const where = `${route.length} bytes from ${route.from} to ${route.to}: `;
      expectRefusal(context, OVERLAP, refusal('OVERLAP'), answer, where);
    },
    touches: async (route: Route): Promise<void> => {
      await succeeds(context, TOUCHING, COPY, { stream, ...request(held, held, route) });
      moved(route);
    },
    /** States what the allocation holds when the stream has nothing left to do. */
    holds: async (): Promise<void> => {
      await isState(context, COMPLETE, 'driver.stream.synchronize', { stream }, 'complete');
      await digests(context, CONTENTS, held.allocation, 0, held.bytes);
    },
  };
};

/** The devices that say what becomes of copies whose ranges overlap. */
const devicesThatPromise = async (context: Context): Promise<Device[]> => {
  const devices = (await devicesWith(context)).filter(
    ({ memory }) => promised(memory.overlappingCopy) !== undefined,
  );
  if (devices.length === 0)
    context.nothing('every device leaves open what an overlapping copy does');
  return devices;
};

const stream: Case = {
  id: 'DRV-MEM-010/stream',
  title: 'a copy onto itself in a stream does what the device declares, in both directions',
  requirements: ['DRV-MEM-010'],
  expectations: [OVERLAP, COMPLETE, CONTENTS],
  premises: ['devices'],
  needs: ['driver.stream'],
  kind: 'own',
  run: async (context) => {
    for (const device of await devicesThatPromise(context)) {
      const ground = new Ground(context, device);
      const copies = inStream(ground, await ground.stream(), await ground.memory('own', SHARED));
      for (const route of overlaps(context)) {
        await copies.overlaps(promised(device.memory.overlappingCopy), route);
        await copies.holds();
      }
      await ground.leave();
    }
  },
};

const held: Case = {
  id: 'DRV-MEM-010/stream-held',
  title:
    'copies onto themselves that are put into a stream while it is held do what the device declares',
  requirements: ['DRV-MEM-010'],
  expectations: [OVERLAP, COMPLETE, CONTENTS],
  premises: ['devices'],
  needs: ['driver.stream', 'driver.event.host'],
  kind: 'own',
  run: async (context) => {
    for (const device of await devicesThatPromise(context)) {
      const ground = new Ground(context, device);
      const stream = await ground.stream();
      const copies = inStream(ground, stream, await ground.memory('own', SHARED));
      const event = await ground.hold(stream);
      for (const route of overlaps(context)) {
        await copies.overlaps(promised(device.memory.overlappingCopy), route);
      }
      await ground.signal(event);
      await copies.holds();
      await ground.leave();
    }
  },
};

const touching: Case = {
  id: 'DRV-MEM-010/stream-touching',
  title: 'a copy in a stream whose ranges touch and do not overlap is carried out',
  requirements: ['DRV-MEM-010'],
  expectations: [TOUCHING, COMPLETE, CONTENTS],
  premises: ['devices'],
  needs: ['driver.stream'],
  kind: 'own',
  run: async (context) => {
    for (const device of await devicesWith(context)) {
      const ground = new Ground(context, device);
      const copies = inStream(ground, await ground.stream(), await ground.memory('own', SHARED));
      for (const route of TOUCHES) {
        await copies.touches(route);
        await copies.holds();
      }
      await ground.leave();
    }
  },
};

export const overlapStreams: readonly Case[] = [stream, held, touching];
