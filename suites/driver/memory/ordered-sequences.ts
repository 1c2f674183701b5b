// DRV-MEM-014 by random legal sequences of allocate, write, copy, launch and free in two streams that are held at first and
// hand memory to each other: each call is right, and what is wrong shows after a few of them.
import { expect } from 'chai';
import type { Case, Context } from '../../../core/case.ts';
import type { Device } from '../../../schemas/generated/types.ts';
import {
  Departure,
  departing,
  type FastCheck,
  pick,
  type Step,
  sidesOf,
  step,
  type Taken,
} from '../../sequences.ts';
import { Bench, line, number } from '../kernel/bench.ts';
import { type Call, caller, complete, launches, times } from '../stream/calls.ts';
import { devicesWith, Ground } from '../stream/ground.ts';

const MODELLED = 'DRV-MEM-014/as-modelled';

/** Of each allocation, in words of four bytes. */
const WORDS = 16;
const BYTES = WORDS * 4;
const STREAMS = 2;
const MOST_HELD = 4;

/** What sequences on one device are made with. */
interface Tools {
  readonly device: string;
  readonly call: Call;
  /** Those of one sequence, with an event each that is recorded again and again. */
  streams: readonly string[];
  events: readonly string[];
  /** Of each stream the host event that holds it; undefined once it is let go. */
  holds: (string | undefined)[];
  /** All host events of the sequence. */
  hosts: readonly string[];
  /** One for each stream, which stay: what is to outlast its memory is copied there. */
  readonly kept: readonly string[];
  /** What is allocated and not freed. */
  readonly live: Set<string>;
  /** The kernel that copies words, where the device takes it in some form. */
  readonly copies?: string;
}

interface Ordered {
  readonly name: string;
  readonly handle: string;
  readonly bytes: Buffer;
  /** The stream that it belongs to: no other touches it, so that nothing races. */
  owner: number;
}

interface Model extends Taken {
  held: Ordered[];
  readonly kept: readonly Buffer[];
  made: number;
}

const freshBytes = (index: number): Buffer => Buffer.alloc(BYTES, 0x11 * (index + 1));

const holdsOne = ({ held }: Model): boolean => held.length > 0;

/** The other allocations of the same stream. */
const besides = ({ held }: Model, one: Ordered): Ordered[] =>
  held.filter((other) => other !== one && other.owner === one.owner);

const hasOther = (model: Model, index: number): boolean =>
  holdsOne(model) && besides(model, pick(model.held, index)).length > 0;

const release = async (tools: Tools, index: number): Promise<void> => {
  const event = tools.holds[index];
  tools.holds[index] = undefined;
  if (event !== undefined) await tools.call('driver.event.host.signal', { event });
};

const copyWhole = ({ call, streams }: Tools, from: Ordered, to: string): Promise<unknown> =>
  call('driver.stream.copy', {
    stream: pick(streams, from.owner),
    source: { allocation: from.handle, offsetBytes: '0' },
    destination: { allocation: to, offsetBytes: '0' },
    lengthBytes: String(BYTES),
  });

const stepsWith =
  (tools: Tools) =>
  (fc: FastCheck): import('fast-check').Arbitrary<Step<Model>>[] => {
    const { call } = tools;
    const which = fc.nat({ max: MOST_HELD - 1 });
    const ofStream = fc.nat({ max: STREAMS - 1 });
    const value = fc.integer({ min: 1, max: 255 });
    const write = async (one: Ordered, from: number, data: Buffer): Promise<void> => {
      await call('driver.stream.write', {
        stream: pick(tools.streams, one.owner),
        allocation: one.handle,
        offsetBytes: String(from),
        data: { base64: data.toString('base64') },
      });
      data.copy(one.bytes, from);
    };
    const allocating = fc.tuple(ofStream, value).map(([owner, byte]) =>
      step<Model>(
        ({ held }) => held.length < MOST_HELD,
        async (model) => {
          const { allocation } = (await call('driver.memory.ordered.allocate', {
            stream: pick(tools.streams, owner),
            sizeBytes: String(BYTES),
          })) as { allocation: string };
          tools.live.add(allocation);
          model.made += 1;
          const name = `m${model.made}`;
          const one = { name, handle: allocation, bytes: Buffer.alloc(BYTES), owner };
          // What fresh memory holds is not said: it is written at once.
          await write(one, 0, Buffer.alloc(BYTES, byte));
          model.held.push(one);
          return `stream ${owner}: ${name} = allocate(of ${byte})`;
        },
      ),
    );
    const writing = fc.tuple(which, fc.nat({ max: WORDS - 1 }), value).map(([index, from, byte]) =>
      step<Model>(holdsOne, async ({ held }) => {
        const one = pick(held, index);
        await write(one, from * 4, Buffer.alloc(BYTES - from * 4, byte));
        return `stream ${one.owner}: write(${one.name}, from ${from * 4}, of ${byte})`;
      }),
    );
    const copying = fc.tuple(which, which).map(([index, other]) =>
      step<Model>(
        (model) => hasOther(model, index),
        async (model) => {
          const one = pick(model.held, index);
          const to = pick(besides(model, one), other);
          await copyWhole(tools, one, to.handle);
          one.bytes.copy(to.bytes);
          return `stream ${one.owner}: copy(${one.name}, ${to.name})`;
        },
      ),
    );
    const launching = fc.tuple(which, which).map(([index, other]) =>
      step<Model>(
        (model) => tools.copies !== undefined && hasOther(model, index),
        async (model) => {
          const one = pick(model.held, index);
          const to = pick(besides(model, one), other);
          await call('driver.kernel.launch', {
            stream: pick(tools.streams, one.owner),
            kernel: tools.copies,
            groups: line(WORDS),
            groupSize: line(1),
            arguments: [{ allocation: one.handle }, { allocation: to.handle }, number(WORDS)],
          });
          one.bytes.copy(to.bytes);
          return `stream ${one.owner}: launch(copy, ${one.name}, ${to.name})`;
        },
      ),
    );
    const keeping = which.map((index) =>
      step<Model>(holdsOne, async ({ held, kept }) => {
        const one = pick(held, index);
        await copyWhole(tools, one, pick(tools.kept, one.owner));
        one.bytes.copy(pick(kept, one.owner));
        return `stream ${one.owner}: keep(${one.name})`;
      }),
    );
    const freeing = which.map((index) =>
      step<Model>(holdsOne, async (model) => {
        const { name, handle, owner } = pick(model.held, index);
        await call('driver.memory.ordered.free', {
          stream: pick(tools.streams, owner),
          allocation: handle,
        });
        tools.live.delete(handle);
        model.held = model.held.filter((one) => one.handle !== handle);
        return `stream ${owner}: free(${name})`;
      }),
    );
    const handingOver = which.map((index) =>
      step<Model>(holdsOne, async ({ held }) => {
        const one = pick(held, index);
        const from = one.owner;
        one.owner = (from + 1) % STREAMS;
        const event = pick(tools.events, from);
        await call('driver.event.record', { event, stream: pick(tools.streams, from) });
        const stream = pick(tools.streams, one.owner);
        await call('driver.stream.waitEvent', { event, stream });
        return `stream ${one.owner}: takes ${one.name} from stream ${from}`;
      }),
    );
    const releasing = ofStream.map((index) =>
      step<Model>(
        () => tools.holds[index] !== undefined,
        async () => {
          await release(tools, index);
          return `stream ${index}: is let go`;
        },
      ),
    );
    const working = [writing, copying, ...(tools.copies === undefined ? [] : [launching])];
    return [
      ...[allocating, allocating, allocating],
      ...working,
      ...[keeping, keeping, freeing, freeing, handingOver, releasing],
    ];
  };

/** Lets the streams go and waits for them. */
const finishAll = async (tools: Tools): Promise<void> => {
  for (const index of tools.holds.keys()) await release(tools, index);
  for (const stream of tools.streams) await complete(tools.call, stream);
};

/** Every byte is what the model has: of what is allocated, and of what was kept. */
const look = async ({ held, kept }: Model, tools: Tools): Promise<void> => {
  await finishAll(tools);
  const all = [
    ...held.map(({ name, handle, bytes }) => [name, handle, bytes] as const),
    ...kept.map((bytes, index) => [`kept ${index}`, pick(tools.kept, index), bytes] as const),
  ];
  for (const [name, allocation, expected] of all) {
    const { base64 } = (await tools.call('driver.memory.read', {
      allocation,
      offsetBytes: '0',
      lengthBytes: expected.length,
    })) as { base64: string };
    const observed = Buffer.from(base64, 'base64');
    if (observed.equals(expected)) continue;
    throw new Departure(
      `${name}: ${expected.toString('hex')}`,
      `${name}: ${observed.toString('hex')}`,
    );
  }
};

/** Gives back what a sequence had, wherever it ended. */
const rest = async (tools: Tools): Promise<void> => {
  const { call, live } = tools;
  await finishAll(tools);
  for (const allocation of live) await call('driver.memory.free', { allocation });
  for (const stream of tools.streams) await call('driver.stream.destroy', { stream });
  for (const event of [...tools.events, ...tools.hosts]) {
    await call('driver.event.destroy', { event });
  }
  live.clear();
  [tools.streams, tools.events, tools.holds, tools.hosts] = [[], [], [], []];
};

/** New streams, held, and all that is kept as a new model has it. */
const begin = async (tools: Tools): Promise<void> => {
  const { call, device, kept } = tools;
  await rest(tools);
  for (const [index, allocation] of kept.entries()) {
    await call('driver.memory.write', {
      allocation,
      offsetBytes: '0',
      data: { base64: freshBytes(index).toString('base64') },
    });
  }
  const make = (method: string) => () => call(method, { device });
  const events = async (method: string): Promise<string[]> =>
    (await times(STREAMS, make(method))).map((one) => (one as { event: string }).event);
  tools.streams = (await times(STREAMS, make('driver.stream.create'))).map(
    (one) => (one as { stream: string }).stream,
  );
  tools.events = await events('driver.event.create');
  tools.hosts = await events('driver.event.host.create');
  for (const [index, event] of tools.hosts.entries()) {
    await call('driver.stream.waitEvent', { stream: pick(tools.streams, index), event });
  }
  tools.holds = [...tools.hosts];
};

const toolsOn = async (ground: Ground): Promise<Tools> => ({
  device: ground.device,
  call: caller(ground.context, MODELLED),
  streams: [],
  events: [],
  holds: [],
  hosts: [],
  kept: await times(STREAMS, async () => (await ground.memory('kept', BYTES)).allocation),
  live: new Set(),
});

/** Ground for sequences: with a kernel where the device has one. */
const groundOn = async (
  context: Context,
  device: Device,
): Promise<{ ground: Ground; tools: Tools }> => {
  if (!launches(context, device)) {
    const ground = new Ground(context, device);
    return { ground, tools: await toolsOn(ground) };
  }
  const ground = new Bench(context, device);
  const { kernel } = await ground.kernel(MODELLED, 'copy');
  return { ground, tools: { ...(await toolsOn(ground)), copies: kernel } };
};

const modelled: Case = {
  id: 'DRV-MEM-014/sequences',
  title:
    'after random sequences of ordered allocations and frees in two streams, memory holds what a model holds',
  requirements: ['DRV-MEM-014'],
  expectations: [MODELLED],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.event.host'],
  kind: 'own',
  run: async (context) => {
    for (const device of await devicesWith(context, STREAMS)) {
      const { ground, tools } = await groundOn(context, device);
      const found = await departing(context, {
        steps: stepsWith(tools),
        begin: () => begin(tools),
        model: (): Model => ({
          taken: [],
          held: [],
          kept: Array.from({ length: STREAMS }, (_, index) => freshBytes(index)),
          made: 0,
        }),
        finish: (model) => look(model, tools),
      });
      // One that departs may have left them in any state: they end with the session then.
      if (!found) await rest(tools);
      context.expectation(MODELLED, sidesOf(found), () => expect(found).to.equal(undefined));
      await ground.leave();
    }
  },
};

export const orderedSequences: readonly Case[] = [modelled];
