// DRV-STR-014: how long graphs live, and what their launches are to those who launched them before.
import type { Case } from '../../../core/case.ts';
import { refusal, refuses, succeeds } from '../../support.ts';
import { readsBack } from '../memory/bytes.ts';
import type { Held } from '../memory/routes.ts';
import { devicesWith, Ground, isState } from './ground.ts';

const DESTROYED = 'DRV-STR-014/destroyed';
const GONE = 'DRV-STR-014/gone';
const SERVING = 'DRV-STR-014/serving';
const LAUNCHED = 'DRV-STR-014/launched';
const EACH = 'DRV-STR-014/each';
const BESIDE = 'DRV-STR-014/beside';

const LAUNCH = 'driver.stream.graph.launch';
const DESTROY = 'driver.stream.graph.destroy';
const SYNCHRONIZE = 'driver.stream.synchronize';

/** A graph of one copy. */
const graphOf = async (ground: Ground, stream: string, from: Held, to: Held): Promise<string> => {
  await ground.context.given('driver.stream.graph.begin', { stream });
  await ground.copy(stream, from, to);
  return (await ground.context.given('driver.stream.graph.end', { stream })).graph;
};

const gone: Case = {
  id: 'DRV-STR-014/gone',
  title: 'a graph that was destroyed is gone, and a stream that is captured can be destroyed',
  requirements: ['DRV-STR-014'],
  expectations: [DESTROYED, GONE, SERVING],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.stream'],
  kind: 'own',
  run: async (context) => {
    for (const device of await devicesWith(context)) {
      const ground = new Ground(context, device);
      const { stream } = await context.given('driver.stream.create', { device: device.device });
      const [source, target] = [await ground.memory('source'), await ground.memory('target')];
      const first = await graphOf(ground, stream, source, target);
      await succeeds(context, DESTROYED, DESTROY, { graph: first });
      // What is made next must not be named by what was destroyed.
      const next = await graphOf(ground, stream, source, target);
      const invalid = refusal('HANDLE_INVALID');
      await refuses(context, GONE, invalid, LAUNCH, { stream, graph: first });
      await refuses(context, GONE, invalid, DESTROY, { graph: first });
      await isState(context, SERVING, SYNCHRONIZE, { stream }, 'complete');
      await readsBack(context, GONE, target.allocation, 0, target.bytes);
      await context.given('driver.stream.graph.begin', { stream });
      await ground.copy(stream, source, target);
      await succeeds(context, DESTROYED, 'driver.stream.destroy', { stream });
      await refuses(context, GONE, invalid, 'driver.stream.graph.end', { stream });
      const other = await ground.stream();
      await isState(context, SERVING, SYNCHRONIZE, { stream: other }, 'complete');
      await readsBack(context, GONE, target.allocation, 0, target.bytes);
      await succeeds(context, SERVING, LAUNCH, { stream: other, graph: next });
      await isState(context, SERVING, SYNCHRONIZE, { stream: other }, 'complete');
      await readsBack(context, SERVING, target.allocation, 0, source.bytes);
      await context.given(DESTROY, { graph: next });
      await ground.leave();
    }
  },
};

const pending: Case = {
  id: 'DRV-STR-014/pending',
  title:
    'launches of a graph that are not complete are each carried out, though others were put there and it is destroyed',
  requirements: ['DRV-STR-014'],
  expectations: [LAUNCHED, DESTROYED, GONE, EACH],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.stream', 'driver.event.host'],
  kind: 'own',
  run: async (context) => {
    for (const device of await devicesWith(context)) {
      const ground = new Ground(context, device);
      const stream = await ground.stream();
      const [source, target] = [await ground.memory('source'), await ground.memory('target')];
      const [second, kept] = [await ground.memory('second'), await ground.memory('kept')];
      const graph = await graphOf(ground, stream, source, target);
      const held = await ground.hold(stream);
      // Each launch copies what the command before it left in the source.
      await succeeds(context, LAUNCHED, LAUNCH, { stream, graph });
      await ground.copy(stream, target, kept);
      await ground.copy(stream, second, source);
      await succeeds(context, LAUNCHED, LAUNCH, { stream, graph });
      await succeeds(context, DESTROYED, DESTROY, { graph });
      await refuses(context, GONE, refusal('HANDLE_INVALID'), LAUNCH, { stream, graph });
      await ground.signal(held);
      await isState(context, EACH, SYNCHRONIZE, { stream }, 'complete');
      await readsBack(context, EACH, kept.allocation, 0, source.bytes);
      await readsBack(context, EACH, target.allocation, 0, second.bytes);
      await ground.leave();
    }
  },
};

const beside: Case = {
  id: 'DRV-STR-014/beside',
  title: 'a graph is carried out in one stream while a launch of it in another is held',
  requirements: ['DRV-STR-014'],
  expectations: [BESIDE],
  premises: ['devices', 'finished'],
  needs: ['driver.memory', 'driver.stream', 'driver.event.host'],
  kind: 'own',
  run: async (context) => {
    for (const device of await devicesWith(context, 2)) {
      const ground = new Ground(context, device);
      const [first, second] = [await ground.stream(), await ground.stream()];
      const [source, target] = [await ground.memory('source'), await ground.memory('target')];
      const graph = await graphOf(ground, first, source, target);
      const held = await ground.hold(first);
      await context.given(LAUNCH, { stream: first, graph });
      await succeeds(context, BESIDE, LAUNCH, { stream: second, graph });
      await isState(context, BESIDE, SYNCHRONIZE, { stream: second }, 'complete');
      await readsBack(context, BESIDE, target.allocation, 0, source.bytes);
      await ground.signal(held);
      await ground.finish(first);
      await context.given(DESTROY, { graph });
      await ground.leave();
    }
  },
};

export const graphEndCases: readonly Case[] = [gone, pending, beside];
