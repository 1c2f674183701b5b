// DRV-STR-013: what a stream takes while it is captured, and what becomes of a capture in which something was refused.
import type { Case, Context } from '../../../core/case.ts';
import { declares } from '../../../core/plan.ts';
import type { Device } from '../../../schemas/generated/types.ts';
import { refusal, refuses, succeeds } from '../../support.ts';
import { Bench, devicesWithKernels } from '../kernel/bench.ts';
import { readsBack } from '../memory/bytes.ts';
import { launchesOf, type Use } from '../memory/naming.ts';
import { filled } from '../memory/routes.ts';
import { devicesWith, Ground, isState, SIZE } from './ground.ts';

const REFUSED = 'DRV-STR-013/refused';
const CHECKED = 'DRV-STR-013/checked';
const CAPTURED = 'DRV-STR-013/captured';
const KEPT = 'DRV-STR-013/kept';
const LAUNCHED = 'DRV-STR-013/launched';

const END = 'driver.stream.graph.end';

/** A graph of one copy, made by another stream of the device. */
const earlierGraph = async (ground: Ground): Promise<string> => {
  const { context, device } = ground;
  const { stream } = await context.given('driver.stream.create', { device });
  const [from, to] = [await ground.memory('earlier from'), await ground.memory('earlier to')];
  await context.given('driver.stream.graph.begin', { stream });
  await ground.copy(stream, from, to);
  const { graph } = await context.given(END, { stream });
  await context.given('driver.stream.destroy', { stream });
  return graph;
};

/** What a stream that is captured refuses, of the methods that the endpoint declares. */
const refusedWhileCaptured = async (
  ground: Ground,
  stream: string,
  graph: string,
): Promise<{ readonly uses: readonly Use[]; readonly hosts: readonly string[] }> => {
  const capabilities = ground.context.identity?.capabilities ?? {};
  const has = (capability: string): boolean => declares(capabilities, capability);
  const uses: Use[] = [
    ['driver.stream.query', { stream }],
    ['driver.stream.synchronize', { stream, timeoutMilliseconds: 0 }],
    ['driver.stream.graph.begin', { stream }],
    ['driver.stream.graph.launch', { stream, graph }],
  ];
  if (has('driver.event')) {
    const event = await ground.event();
    uses.push(['driver.event.record', { stream, event }]);
    uses.push(['driver.stream.waitEvent', { stream, event }]);
  }
  const hosts: string[] = [];
  if (has('driver.stream.callback') && has('driver.event.host')) {
    const [enter, leave] = [await ground.hostEvent(), await ground.hostEvent()];
    hosts.push(enter, leave);
    uses.push(['driver.stream.callback', { stream, enter, leave }]);
  }
  if (has('driver.memory.ordered')) {
    uses.push(['driver.memory.ordered.allocate', { stream, sizeBytes: String(SIZE) }]);
  }
  return { uses, hosts };
};

/** Captures a write and a copy, with something else between the two, and states that a launch leaves what both do. */
const around = async (
  ground: Ground,
  stream: string,
  between: () => Promise<void>,
): Promise<void> => {
  const { context } = ground;
  const [first, second] = [await ground.memory('first'), await ground.memory('second')];
  const bytes = context.random.bytes(SIZE);
  await context.given('driver.stream.graph.begin', { stream });
  await succeeds(context, CAPTURED, 'driver.stream.write', {
    stream,
    allocation: first.allocation,
    offsetBytes: '0',
    data: { base64: bytes.toString('base64') },
  });
  await between();
  await succeeds(context, CAPTURED, 'driver.stream.copy', {
    stream,
    source: { allocation: first.allocation, offsetBytes: '0' },
    destination: { allocation: second.allocation, offsetBytes: '0' },
    lengthBytes: String(SIZE),
  });
  const { graph } = await succeeds(context, CAPTURED, END, { stream });
  await isState(context, KEPT, 'driver.stream.synchronize', { stream }, 'complete');
  for (const one of [first, second]) await readsBack(context, KEPT, one.allocation, 0, one.bytes);
  await succeeds(context, LAUNCHED, 'driver.stream.graph.launch', { stream, graph });
  await isState(context, LAUNCHED, 'driver.stream.synchronize', { stream }, 'complete');
  for (const one of [first, second]) await readsBack(context, LAUNCHED, one.allocation, 0, bytes);
  await context.given('driver.stream.graph.destroy', { graph });
};

const states: Case = {
  id: 'DRV-STR-013/states',
  title: 'a stream that is captured refuses all but writes and copies, and keeps these alone',
  requirements: ['DRV-STR-013'],
  expectations: [REFUSED, CAPTURED, KEPT, LAUNCHED],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.stream'],
  kind: 'own',
  run: async (context) => {
    for (const device of await devicesWith(context)) {
      const ground = new Ground(context, device);
      const graph = await earlierGraph(ground);
      const stream = await ground.stream();
      const state = refusal('STREAM_STATE');
      await refuses(context, REFUSED, state, END, { stream });
      const { uses, hosts } = await refusedWhileCaptured(ground, stream, graph);
      await around(ground, stream, async () => {
        for (const [method, params] of uses) {
          await refuses(context, REFUSED, state, method, params);
        }
      });
      await refuses(context, REFUSED, state, END, { stream });
      await context.given('driver.stream.graph.destroy', { graph });
      for (const event of hosts) await ground.signal(event);
      await ground.leave();
    }
  },
};

const launches: Case = {
  id: 'DRV-STR-013/kernels',
  title: 'a stream that is captured refuses a launch of a kernel',
  requirements: ['DRV-STR-013'],
  expectations: [REFUSED, CAPTURED, KEPT, LAUNCHED],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.stream', 'driver.kernel'],
  kind: 'own',
  run: async (context) => {
    for (const device of await devicesWithKernels(context)) {
      const bench = new Bench(context, device);
      const stream = await bench.stream();
      const [from, to] = [await bench.memory('from'), await bench.memory('to')];
      const made = await launchesOf(bench, from.allocation, to.allocation, stream);
      await around(bench, stream, async () => {
        for (const params of made.launches) {
          await refuses(context, REFUSED, refusal('STREAM_STATE'), 'driver.kernel.launch', params);
        }
      });
      for (const one of [from, to]) await readsBack(context, KEPT, one.allocation, 0, one.bytes);
      await made.unload();
      await bench.leave();
    }
  },
};

/** Commands of which a range leaves its allocation. */
const beyond = (stream: string, own: string, other: string): readonly Use[] => {
  const place = (allocation: string, offset: number) => ({
    allocation,
    offsetBytes: String(offset),
  });
  const copy = { stream, lengthBytes: '16' };
  return [
    ['driver.stream.write', { stream, ...place(own, SIZE - 1), data: { base64: 'AAAA' } }],
    [
      'driver.stream.copy',
      { ...copy, source: place(own, SIZE - 15), destination: place(other, 0) },
    ],
    [
      'driver.stream.copy',
      { ...copy, source: place(other, 0), destination: place(own, SIZE - 15) },
    ],
  ];
};

const checks = async (context: Context, device: Device): Promise<void> => {
  const ground = new Ground(context, device);
  const stream = await ground.stream();
  const [own, other] = [await ground.memory('own'), await ground.memory('other')];
  const { allocation } = await filled(context, device.device, 'gone', SIZE);
  await context.given('driver.memory.free', { allocation });
  await around(ground, stream, async () => {
    for (const [method, params] of beyond(stream, own.allocation, other.allocation)) {
      await refuses(context, CHECKED, refusal('COPY_RANGE'), method, params);
    }
    const write = { stream, allocation, offsetBytes: '0', data: { base64: 'AAAA' } };
    const invalid = refusal('HANDLE_INVALID');
    await refuses(context, CHECKED, invalid, 'driver.stream.write', write);
  });
  for (const one of [own, other]) await readsBack(context, KEPT, one.allocation, 0, one.bytes);
  await ground.leave();
};

const checked: Case = {
  id: 'DRV-STR-013/checked',
  title:
    'a command that cannot be carried out is refused when it is captured, and is not in the graph',
  requirements: ['DRV-STR-013'],
  expectations: [CHECKED, CAPTURED, KEPT, LAUNCHED],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.stream'],
  kind: 'own',
  run: async (context) => {
    for (const device of await devicesWith(context)) await checks(context, device);
  },
};

export const graphStateCases: readonly Case[] = [states, launches, checked];
