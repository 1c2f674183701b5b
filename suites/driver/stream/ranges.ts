// DRV-STR-012: memory ends where it was said to end for the commands of streams too, and is told so before they begin.
import type { Case, Context } from '../../../core/case.ts';
import type { Methods } from '../../../schemas/generated/standard.ts';
import type { Device } from '../../../schemas/generated/types.ts';
import { refusal, refuses, succeeds } from '../../support.ts';
import { MESSAGE, SIDE, twoSides } from '../memory/bytes.ts';
import {
  type Range,
  type Route,
  rangesBeyond,
  routesBeyond,
  WRAPPING_RANGES,
  WRAPPING_ROUTES,
} from '../memory/outside.ts';
import { devicesWith, Ground, isState } from './ground.ts';

const REFUSED = 'DRV-STR-012/refused';
const WRAPS = 'DRV-STR-012/wraps';
const COMPLETE = 'DRV-STR-012/complete';
const KEPT = 'DRV-STR-012/kept';
const BOUNDARY = 'DRV-STR-012/boundary';

const SYNCHRONIZE = 'driver.stream.synchronize';

/** A stream, two allocations of SIDE bytes, and the commands that may be put there. */
const commandsOn = async (context: Context, device: Device) => {
  const ground = new Ground(context, device);
  const stream = await ground.stream();
  const { source, destination, params, unchanged } = await twoSides(context, device);
  for (const { allocation } of [source, destination]) ground.keepMemory(allocation);
  const write = ([offset, length]: Range): [
    'driver.stream.write',
    Methods['driver.stream.write']['params'],
  ] => [
    'driver.stream.write',
    {
      stream,
      allocation: source.allocation,
      offsetBytes: String(offset),
      data: { base64: Buffer.alloc(Number(length), 0xa5).toString('base64') },
    },
  ];
  const copy = (route: Route): ['driver.stream.copy', Methods['driver.stream.copy']['params']] => [
    'driver.stream.copy',
    { stream, ...params(...route) },
  ];
  /** States that commands are refused, and change no byte. */
  const areRefused = async (
    expectation: typeof REFUSED | typeof WRAPS,
    ranges: readonly Range[],
    routes: readonly Route[],
  ): Promise<void> => {
    const writes = ranges.filter(([, length]) => length <= BigInt(MESSAGE)).map(write);
    for (const [method, command] of [...writes, ...routes.map(copy)]) {
      await refuses(context, expectation, refusal('COPY_RANGE'), method, command);
    }
    await unchanged(KEPT);
  };
  return { ground, stream, source, destination, unchanged, write, copy, areRefused };
};

const atOnce: Case = {
  id: 'DRV-STR-012/at-once',
  title:
    'a command that leaves an allocation is refused and changes no byte, and one that ends at its end is carried out',
  requirements: ['DRV-STR-012'],
  expectations: [REFUSED, COMPLETE, KEPT, BOUNDARY],
  premises: ['devices'],
  needs: ['driver.memory'],
  kind: 'own',
  run: async (context) => {
    for (const device of await devicesWith(context)) {
      const on = await commandsOn(context, device);
      const { ground, stream, source, destination } = on;
      const length = context.random.integer(2, SIDE - 1);
      const [offset, size] = [BigInt(SIDE - length), BigInt(length)];
      await on.areRefused(REFUSED, rangesBeyond(size), routesBeyond(size));
      await isState(context, COMPLETE, SYNCHRONIZE, { stream }, 'complete');
      await on.unchanged(KEPT);
      await succeeds(context, BOUNDARY, ...on.write([offset, size]));
      await succeeds(context, BOUNDARY, ...on.copy([offset, offset, size]));
      await isState(context, BOUNDARY, SYNCHRONIZE, { stream }, 'complete');
      for (const { bytes } of [source, destination]) bytes.fill(0xa5, SIDE - length);
      await on.unchanged(BOUNDARY);
      await ground.leave();
    }
  },
};

const held: Case = {
  id: 'DRV-STR-012/held',
  title:
    'a command that leaves an allocation is refused while the stream is held, and those around it are carried out',
  requirements: ['DRV-STR-012'],
  expectations: [REFUSED, COMPLETE, KEPT, BOUNDARY],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.event.host'],
  kind: 'own',
  run: async (context) => {
    for (const device of await devicesWith(context)) {
      const on = await commandsOn(context, device);
      const { ground, stream, source, destination } = on;
      const event = await ground.hold(stream);
      await succeeds(context, BOUNDARY, ...on.write([BigInt(SIDE - 8), 8n]));
      const length = BigInt(context.random.integer(2, SIDE - 1));
      await on.areRefused(REFUSED, rangesBeyond(length), routesBeyond(length));
      await succeeds(context, BOUNDARY, ...on.copy([0n, 0n, BigInt(SIDE)]));
      await ground.signal(event);
      await isState(context, COMPLETE, SYNCHRONIZE, { stream }, 'complete');
      source.bytes.fill(0xa5, SIDE - 8);
      source.bytes.copy(destination.bytes);
      await on.unchanged(BOUNDARY);
      await ground.leave();
    }
  },
};

/** Commands that wrap, to a stream that is held, or to one that is not. */
const wrapping = (name: 'wraps' | 'wraps-held', title: string, isHeld: boolean): Case => ({
  id: `DRV-STR-012/${name}`,
  title,
  requirements: ['DRV-STR-012'],
  expectations: [WRAPS, COMPLETE, KEPT],
  premises: ['devices'],
  needs: ['driver.memory', ...(isHeld ? (['driver.event.host'] as const) : [])],
  kind: 'own',
  run: async (context) => {
    for (const device of await devicesWith(context)) {
      const on = await commandsOn(context, device);
      const event = isHeld ? await on.ground.hold(on.stream) : undefined;
      await on.areRefused(WRAPS, WRAPPING_RANGES, WRAPPING_ROUTES);
      if (event !== undefined) await on.ground.signal(event);
      await isState(context, COMPLETE, SYNCHRONIZE, { stream: on.stream }, 'complete');
      await on.unchanged(KEPT);
      await on.ground.leave();
    }
  },
});

export const rangeCases: readonly Case[] = [
  atOnce,
  held,
  wrapping(
    'wraps',
    'a command whose offset plus length exceeds 2^64 is refused and changes no byte',
    false,
  ),
  wrapping(
    'wraps-held',
    'a command whose offset plus length exceeds 2^64 is refused while the stream is held',
    true,
  ),
];
