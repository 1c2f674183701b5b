// DRV-DEV-007: a handle of another session names nothing in streams, in launches, in graphs and for memory of other kinds
// either: what a command reaches it could read for a client that no call would have let.
import { expect } from 'chai';
import type { Case, Context } from '../../../core/case.ts';
import { refusal, refuses, succeeds } from '../../support.ts';
import { Bench, devicesWithKernels } from '../kernel/bench.ts';
import { readsBack } from '../memory/bytes.ts';
import { launchesOf, usesOf } from '../memory/naming.ts';
import { devicesWith, Ground, isState, SIZE } from '../stream/ground.ts';
import { devicesOf } from './devices.ts';

const REFUSED = 'DRV-DEV-007/refused';
const KEPT = 'DRV-DEV-007/kept';
const GOES_ON = 'DRV-DEV-007/goes-on';

/** Memory of two sessions, and a stream of the second. */
const between = async (theirs: Ground, ours: Ground) => {
  const [foreign, own] = [await theirs.memory('theirs'), await ours.memory('own')];
  const stream = await ours.stream();
  /** States that both keep their bytes, once the stream is complete. */
  const bothKept = async (): Promise<void> => {
    await isState(ours.context, GOES_ON, 'driver.stream.synchronize', { stream }, 'complete');
    await readsBack(theirs.context, KEPT, foreign.allocation, 0, foreign.bytes);
    await readsBack(ours.context, KEPT, own.allocation, 0, own.bytes);
  };
  return { foreign: foreign.allocation, own: own.allocation, stream, bothKept };
};

/** States that a session is refused all of these. */
const areRefused = async (
  session: Context,
  uses: readonly (readonly [method: string, params: object])[],
): Promise<void> => {
  for (const [method, params] of uses) {
    await refuses(session, REFUSED, refusal('HANDLE_INVALID'), method, params);
  }
};

const command: Case = {
  id: 'DRV-DEV-007/foreign-command',
  title:
    'a command of a stream that names another session’s allocation answers HANDLE_INVALID, and moves no byte of it',
  requirements: ['DRV-DEV-007'],
  expectations: [REFUSED, KEPT, GOES_ON],
  premises: ['devices'],
  needs: ['driver.stream'],
  kind: 'shared',
  run: async (context) => {
    const [device] = await devicesWith(context);
    if (!device) throw new Error('devicesWith gives one at least');
    const other = await context.open('ready');
    const theirs = new Ground(context, device);
    const { foreign, own, stream, bothKept } = await between(theirs, new Ground(other, device));
    await areRefused(other, usesOf(other, foreign, own, stream));
    await bothKept();
    await theirs.leave();
  },
};

const launch: Case = {
  id: 'DRV-DEV-007/foreign-launch',
  title: 'a launch that names another session’s allocation answers HANDLE_INVALID',
  requirements: ['DRV-DEV-007'],
  expectations: [REFUSED, KEPT, GOES_ON],
  premises: ['devices'],
  needs: ['driver.stream', 'driver.kernel'],
  kind: 'shared',
  run: async (context) => {
    const [device] = await devicesWithKernels(context);
    if (!device) throw new Error('devicesWithKernels gives one at least');
    const other = await context.open('ready');
    const [theirs, ours] = [new Ground(context, device), new Bench(other, device)];
    const { foreign, own, stream, bothKept } = await between(theirs, ours);
    const { launches } = await launchesOf(ours, foreign, own, stream);
    await areRefused(
      other,
      launches.map((params) => ['driver.kernel.launch', params]),
    );
    await bothKept();
    await theirs.leave();
  },
};

const graph: Case = {
  id: 'DRV-DEV-007/foreign-graph',
  title: 'another session’s graph answers HANDLE_INVALID, and can be launched where it belongs',
  requirements: ['DRV-DEV-007'],
  expectations: [REFUSED, KEPT, GOES_ON],
  premises: ['devices'],
  needs: ['driver.stream', 'driver.stream.graph'],
  kind: 'shared',
  run: async (context) => {
    const [device] = await devicesWith(context);
    if (!device) throw new Error('devicesWith gives one at least');
    const other = await context.open('ready');
    const theirs = new Ground(context, device);
    const { stream: own, bothKept } = await between(theirs, new Ground(other, device));
    const stream = await theirs.stream();
    const [source, target] = [await theirs.memory('source'), await theirs.memory('target')];
    await context.given('driver.stream.graph.begin', { stream });
    await theirs.copy(stream, source, target);
    const { graph: foreign } = await context.given('driver.stream.graph.end', { stream });
    await areRefused(other, [
      ['driver.stream.graph.launch', { stream: own, graph: foreign }],
      ['driver.stream.graph.destroy', { graph: foreign }],
      ['driver.stream.graph.begin', { stream }],
      ['driver.stream.graph.end', { stream }],
    ]);
    await bothKept();
    await readsBack(context, KEPT, target.allocation, 0, target.bytes);
    await succeeds(context, GOES_ON, 'driver.stream.graph.launch', { stream, graph: foreign });
    await isState(context, GOES_ON, 'driver.stream.synchronize', { stream }, 'complete');
    await readsBack(context, GOES_ON, target.allocation, 0, source.bytes);
    await context.given('driver.stream.graph.destroy', { graph: foreign });
    await theirs.leave();
  },
};

/** States that host memory begins with these 16 bytes. */
const keepsHost = async (
  context: Context,
  place: { readonly host: string; readonly offsetBytes: string },
  base64: string,
): Promise<void> => {
  const read = await succeeds(context, KEPT, 'driver.memory.host.read', {
    ...place,
    lengthBytes: 16,
  });
  context.expectation(KEPT, { expected: base64, observed: read.base64 }, () =>
    expect(read.base64).to.equal(base64),
  );
};

const host: Case = {
  id: 'DRV-DEV-007/foreign-host',
  title: 'another session’s host memory answers HANDLE_INVALID to everything, and keeps its bytes',
  requirements: ['DRV-DEV-007'],
  expectations: [REFUSED, KEPT],
  premises: ['devices'],
  needs: ['driver.memory.host'],
  kind: 'shared',
  run: async (context) => {
    const [first] = await devicesOf(context);
    const other = await context.open('ready');
    const sizeBytes = String(SIZE);
    const { host: foreign } = await context.given('driver.memory.host.allocate', { sizeBytes });
    // Of the same number as the other's, where handles are numbers.
    await other.given('driver.memory.host.allocate', { sizeBytes });
    const place = { host: foreign, offsetBytes: '0' };
    const base64 = context.random.bytes(16).toString('base64');
    await context.given('driver.memory.host.write', { ...place, data: { base64 } });
    await areRefused(other, [
      ['driver.memory.host.read', { ...place, lengthBytes: 16 }],
      ['driver.memory.host.write', { ...place, data: { base64: 'AAAA' } }],
      ['driver.memory.register', { device: first?.device ?? '', host: foreign }],
      ['driver.memory.host.free', { host: foreign }],
    ]);
    await keepsHost(context, place, base64);
    await context.given('driver.memory.host.free', { host: foreign });
  },
};

export const foreign: readonly Case[] = [command, launch, graph, host];
