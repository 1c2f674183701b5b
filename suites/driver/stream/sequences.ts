// DRV-STR-001 and -005 by random legal sequences of writes, copies and launches in two streams, and of memory that one
// stream hands to the other by an event: each call is right, and what is wrong shows after a few of them.
import { expect } from 'chai';
import type { Case, Context } from '../../../core/case.ts';
import type { Device } from '../../../schemas/generated/types.ts';
import {
  Departure,
  departing,
  type FastCheck,
  type Found,
  pick,
  type Step,
  sidesOf,
  step,
  type Taken,
} from '../../sequences.ts';
import { Bench, line, number } from '../kernel/bench.ts';
import { type Call, caller, complete, launches, times } from './calls.ts';
import { devicesWith, Ground } from './ground.ts';

const ORDER = 'DRV-STR-001/as-modelled';
const HANDED = 'DRV-STR-005/as-modelled';

/** Of each allocation, in words of four bytes. */
const WORDS = 16;
const STREAMS = 2;
/** Half of them belong to each stream at first. */
const MEMORIES = 4;

/** What sequences on one device are made with. */
interface Tools {
  readonly device: string;
  readonly call: Call;
  /** Those of one sequence: what an earlier one has left in them would be no part of how it is told. */
  streams: readonly string[];
  /** One for each stream: recorded again and again. */
  events: readonly string[];
  readonly memories: readonly string[];
  /** The kernel that copies words, where the device takes it in some form. */
  readonly copies?: string;
}

/** The row that sequences decide: for that of waits they have one stream take memory from the other. */
interface Row {
  readonly expectation: typeof ORDER | typeof HANDED;
  readonly hands: boolean;
}

interface Model extends Taken {
  /** The stream that each allocation belongs to: no other stream touches it, so that nothing races. */
  readonly owner: number[];
  readonly bytes: readonly Buffer[];
}

const freshBytes = (index: number): Buffer => Buffer.alloc(WORDS * 4, 0x11 * (index + 1));

/** Whether a sequence has one stream take memory from the other. */
const isHanded = ({ steps }: Found): boolean => steps.some((one) => one.includes(' takes '));

/** The other allocations of the same stream. */
const besides = ({ owner }: Model, index: number): number[] =>
  [...owner.keys()].filter((other) => other !== index && owner[other] === owner[index]);

const stepsWith =
  (tools: Tools, { hands }: Row) =>
  (fc: FastCheck): import('fast-check').Arbitrary<Step<Model>>[] => {
    const { call, memories, copies } = tools;
    const which = fc.nat({ max: MEMORIES - 1 });
    const streamOf = ({ owner }: Model, index: number): string =>
      pick(tools.streams, owner[index] ?? 0);
    const range = fc
      .tuple(fc.nat({ max: WORDS - 1 }), fc.nat({ max: WORDS - 1 }))
      .map(([from, more]) => ({ from, count: 1 + (more % (WORDS - from)) }));
    const write = fc
      .tuple(which, range, fc.integer({ min: 1, max: 255 }))
      .map(([index, { from, count }, value]) =>
        step<Model>(
          () => true,
          async (model) => {
            const data = Buffer.alloc(count * 4, value);
            await call('driver.stream.write', {
              stream: streamOf(model, index),
              allocation: pick(memories, index),
              offsetBytes: String(from * 4),
              data: { base64: data.toString('base64') },
            });
            data.copy(pick(model.bytes, index), from * 4);
            return `stream ${model.owner[index]}: write(m${index}, ${from * 4}, ${count * 4} of ${value})`;
          },
        ),
      );
    const copy = fc.tuple(which, which, range).map(([index, other, { from, count }]) =>
      step<Model>(
        (model) => besides(model, index).length > 0,
        async (model) => {
          const to = pick(besides(model, index), other);
          await call('driver.stream.copy', {
            stream: streamOf(model, index),
            source: { allocation: pick(memories, index), offsetBytes: String(from * 4) },
            destination: { allocation: pick(memories, to), offsetBytes: String(from * 4) },
            lengthBytes: String(count * 4),
          });
          const source = pick(model.bytes, index);
          source.copy(pick(model.bytes, to), from * 4, from * 4, (from + count) * 4);
          return `stream ${model.owner[index]}: copy(m${index}, m${to}, ${from * 4}, ${count * 4})`;
        },
      ),
    );
    const launch = fc
      .tuple(which, which, fc.integer({ min: 1, max: WORDS }))
      .map(([index, other, words]) =>
        step<Model>(
          (model) => copies !== undefined && besides(model, index).length > 0,
          async (model) => {
            const to = pick(besides(model, index), other);
            await call('driver.kernel.launch', {
              stream: streamOf(model, index),
              kernel: copies,
              groups: line(WORDS),
              groupSize: line(1),
              arguments: [
                { allocation: pick(memories, index) },
                { allocation: pick(memories, to) },
                number(words),
              ],
            });
            pick(model.bytes, index).copy(pick(model.bytes, to), 0, 0, words * 4);
            return `stream ${model.owner[index]}: launch(copy, m${index}, m${to}, ${words})`;
          },
        ),
      );
    const handOver = which.map((index) =>
      step<Model>(
        () => true,
        async (model) => {
          const from = model.owner[index] ?? 0;
          const to = (from + 1) % STREAMS;
          const event = pick(tools.events, from);
          await call('driver.event.record', { event, stream: pick(tools.streams, from) });
          await call('driver.stream.waitEvent', { event, stream: pick(tools.streams, to) });
          model.owner[index] = to;
          return `stream ${to}: takes m${index} from stream ${from}`;
        },
      ),
    );
    const wait = fc.nat({ max: STREAMS - 1 }).map((index) =>
      step<Model>(
        () => true,
        async () => {
          await complete(call, pick(tools.streams, index));
          return `stream ${index}: synchronize`;
        },
      ),
    );
    const launching = copies === undefined ? [] : [launch, launch];
    const handing = hands ? [handOver, handOver] : [];
    return [write, write, write, copy, copy, ...launching, ...handing, wait];
  };

/** Every byte is what the model has. */
const look = async ({ bytes }: Model, tools: Tools): Promise<void> => {
  for (const stream of tools.streams) await complete(tools.call, stream);
  for (const [index, expected] of bytes.entries()) {
    const { base64 } = (await tools.call('driver.memory.read', {
      allocation: pick(tools.memories, index),
      offsetBytes: '0',
      lengthBytes: expected.length,
    })) as { base64: string };
    const observed = Buffer.from(base64, 'base64');
    if (observed.equals(expected)) continue;
    throw new Departure(
      `m${index}: ${expected.toString('hex')}`,
      `m${index}: ${observed.toString('hex')}`,
    );
  }
};

/** Gives back the streams and events of a sequence. */
const rest = async (tools: Tools): Promise<void> => {
  const { streams, events } = tools;
  [tools.streams, tools.events] = [[], []];
  for (const stream of streams) {
    await complete(tools.call, stream);
    await tools.call('driver.stream.destroy', { stream });
  }
  for (const event of events) await tools.call('driver.event.destroy', { event });
};

/** New streams and events, and all memory as a new model has it. */
const begin = async (tools: Tools): Promise<void> => {
  const { call, device, memories } = tools;
  await rest(tools);
  tools.streams = await times(STREAMS, async () => {
    const { stream } = (await call('driver.stream.create', { device })) as { stream: string };
    return stream;
  });
  tools.events = await times(STREAMS, async () => {
    const { event } = (await call('driver.event.create', { device })) as { event: string };
    return event;
  });
  for (const [index, allocation] of memories.entries()) {
    await call('driver.memory.write', {
      allocation,
      offsetBytes: '0',
      data: { base64: freshBytes(index).toString('base64') },
    });
  }
};

const toolsOn = async (ground: Ground, row: Row): Promise<Tools> => ({
  device: ground.device,
  call: caller(ground.context, row.expectation),
  streams: [],
  events: [],
  memories: await times(
    MEMORIES,
    async () => (await ground.memory('sequences', WORDS * 4)).allocation,
  ),
});

/** Ground for sequences: with a kernel where the device has one. */
const groundOn = async (
  context: Context,
  device: Device,
  row: Row,
): Promise<{ ground: Ground; tools: Tools }> => {
  if (!launches(context, device)) {
    const ground = new Ground(context, device);
    return { ground, tools: await toolsOn(ground, row) };
  }
  const ground = new Bench(context, device);
  const { kernel } = await ground.kernel(row.expectation, 'copy');
  return { ground, tools: { ...(await toolsOn(ground, row)), copies: kernel } };
};

/** The shortest sequence on one device that departs. */
const departingOn = async (
  context: Context,
  device: Device,
  row: Row,
): Promise<{ found: Found | undefined; ground: Ground }> => {
  const { ground, tools } = await groundOn(context, device, row);
  const found = await departing(context, {
    steps: stepsWith(tools, row),
    begin: () => begin(tools),
    model: (): Model => ({
      taken: [],
      owner: Array.from({ length: MEMORIES }, (_, index) => index % STREAMS),
      bytes: Array.from({ length: MEMORIES }, (_, index) => freshBytes(index)),
    }),
    finish: (model) => look(model, tools),
  });
  // One that departs may have left them in any state: they end with the session then.
  if (!found) await rest(tools);
  return { found, ground };
};

const order: Case = {
  id: 'DRV-STR-001/sequences',
  title: 'after random sequences of commands in two streams, memory holds what a model of it holds',
  requirements: ['DRV-STR-001'],
  expectations: [ORDER],
  premises: ['devices'],
  needs: ['driver.memory'],
  kind: 'own',
  run: async (context) => {
    const row = { expectation: ORDER, hands: false } as const;
    for (const device of await devicesWith(context, STREAMS)) {
      const { found, ground } = await departingOn(context, device, row);
      context.expectation(ORDER, sidesOf(found), () => expect(found).to.equal(undefined));
      await ground.leave();
    }
  },
};

const handed: Case = {
  id: 'DRV-STR-005/sequences',
  title:
    'after random sequences in which streams take memory from each other, it holds what a model holds',
  requirements: ['DRV-STR-005'],
  expectations: [HANDED],
  premises: ['devices', 'in-order'],
  needs: ['driver.memory'],
  kind: 'own',
  run: async (context) => {
    const row = { expectation: HANDED, hands: true } as const;
    for (const device of await devicesWith(context, STREAMS)) {
      const { found, ground } = await departingOn(context, device, row);
      const own = found && !isHanded(found);
      // What shows with nothing handed over is another row's.
      context.premise('in-order', sidesOf(own ? found : undefined), () =>
        expect(own).to.not.equal(true),
      );
      context.expectation(HANDED, sidesOf(found), () => expect(found).to.equal(undefined));
      await ground.leave();
    }
  },
};

export const sequenceCases: readonly Case[] = [order, handed];
