// DRV-MEM-006: what is freed is gone for streams, for launches and for memory of other kinds too, and whatever was given
// out since keeps its bytes.
import type { Case, Context } from '../../../core/case.ts';
import { refusal, refuses, succeeds } from '../../support.ts';
import { devicesOf } from '../device/devices.ts';
import { Bench, devicesWithKernels } from '../kernel/bench.ts';
import { devicesWith, Ground, isState, SIZE } from '../stream/ground.ts';
import { readsBack } from './bytes.ts';
import { launchesOf, usesOf } from './naming.ts';
import { filled } from './routes.ts';

const COMMAND = 'DRV-MEM-006/command';
const LAUNCH = 'DRV-MEM-006/launch';
const OTHER_KIND = 'DRV-MEM-006/other-kind';
const APART = 'DRV-MEM-006/apart';
const SERVING = 'DRV-MEM-006/serving';

/** Mappings above this are not tried: what is made of them would be much. */
const LARGEST = 2 ** 24;

/** What is gone, and two that are there: one of before, and one that was made since, maybe where the other was. */
const freedBetween = async (ground: Ground) => {
  const { context, device } = ground;
  const own = await ground.memory('own');
  const { allocation } = await filled(context, device, `gone on ${device}`, SIZE);
  await context.given('driver.memory.free', { allocation });
  const next = await ground.memory('next');
  /** States that both keep their bytes, once the stream is complete. */
  const bothKept = async (stream: string): Promise<void> => {
    await isState(context, SERVING, 'driver.stream.synchronize', { stream }, 'complete');
    for (const held of [own, next]) await readsBack(context, APART, held.allocation, 0, held.bytes);
  };
  return { own, gone: allocation, bothKept };
};

const command: Case = {
  id: 'DRV-MEM-006/freed-command',
  title:
    'a command of a stream that names a freed allocation answers HANDLE_INVALID, and so does whatever else names it',
  requirements: ['DRV-MEM-006'],
  expectations: [COMMAND, APART, SERVING],
  premises: ['devices'],
  needs: ['driver.stream'],
  kind: 'own',
  run: async (context) => {
    for (const device of await devicesWith(context)) {
      const ground = new Ground(context, device);
      const stream = await ground.stream();
      const { own, gone, bothKept } = await freedBetween(ground);
      for (const [method, params] of usesOf(context, gone, own.allocation, stream)) {
        await refuses(context, COMMAND, refusal('HANDLE_INVALID'), method, params);
      }
      await bothKept(stream);
      await ground.leave();
    }
  },
};

const launch: Case = {
  id: 'DRV-MEM-006/freed-launch',
  title: 'a launch that names a freed allocation answers HANDLE_INVALID',
  requirements: ['DRV-MEM-006'],
  expectations: [LAUNCH, APART, SERVING],
  premises: ['devices'],
  needs: ['driver.stream', 'driver.kernel'],
  kind: 'own',
  run: async (context) => {
    for (const device of await devicesWithKernels(context)) {
      const bench = new Bench(context, device);
      const stream = await bench.stream();
      const { own, gone, bothKept } = await freedBetween(bench);
      const { launches, unload } = await launchesOf(bench, gone, own.allocation, stream);
      for (const params of launches) {
        await refuses(context, LAUNCH, refusal('HANDLE_INVALID'), 'driver.kernel.launch', params);
      }
      await bothKept(stream);
      await unload();
      await bench.leave();
    }
  },
};

/** States that all of these answer as what is not there does. */
const areGone = async (
  context: Context,
  uses: readonly (readonly [method: string, params: object])[],
): Promise<void> => {
  for (const [method, params] of uses) {
    await refuses(context, OTHER_KIND, refusal('HANDLE_INVALID'), method, params);
  }
};

const host: Case = {
  id: 'DRV-MEM-006/freed-host',
  title: 'host memory that was freed answers HANDLE_INVALID to everything',
  requirements: ['DRV-MEM-006'],
  expectations: [OTHER_KIND, SERVING],
  premises: ['devices'],
  needs: ['driver.memory.host'],
  kind: 'own',
  run: async (context) => {
    const [first] = await devicesOf(context);
    const sizeBytes = { sizeBytes: String(SIZE) };
    const { host: gone } = await context.given('driver.memory.host.allocate', sizeBytes);
    await context.given('driver.memory.host.free', { host: gone });
    const { host: next } = await context.given('driver.memory.host.allocate', sizeBytes);
    await areGone(context, [
      ['driver.memory.host.write', { host: gone, offsetBytes: '0', data: { base64: 'AAAA' } }],
      ['driver.memory.host.read', { host: gone, offsetBytes: '0', lengthBytes: 16 }],
      ['driver.memory.register', { device: first?.device ?? '', host: gone }],
      ['driver.memory.host.free', { host: gone }],
    ]);
    await succeeds(context, SERVING, 'driver.memory.host.free', { host: next });
  },
};

const physical: Case = {
  id: 'DRV-MEM-006/freed-physical',
  title:
    'memory without an address, and a range without memory, answer HANDLE_INVALID when they are gone',
  requirements: ['DRV-MEM-006'],
  expectations: [OTHER_KIND, SERVING],
  premises: ['devices'],
  needs: ['driver.memory.virtual'],
  kind: 'own',
  run: async (context) => {
    let tried = 0;
    for (const { device, memory } of await devicesOf(context)) {
      const unit = Number(memory.mappingBytes ?? 0);
      if (unit === 0 || unit > LARGEST) continue;
      tried += 1;
      const place = { device, sizeBytes: String(unit) };
      const reserve = 'driver.memory.virtual.reserve';
      const range = (await context.given(reserve, place)).allocation;
      const goneRange = (await context.given(reserve, place)).allocation;
      const create = 'driver.memory.virtual.create';
      const made = (await context.given(create, place)).physical;
      const gone = (await context.given(create, place)).physical;
      await context.given('driver.memory.virtual.destroy', { physical: gone });
      await context.given('driver.memory.free', { allocation: goneRange });
      const [at, goneAt] = [range, goneRange].map((allocation) => ({
        allocation,
        offsetBytes: '0',
      }));
      await areGone(context, [
        ['driver.memory.virtual.map', { ...at, physical: gone }],
        ['driver.memory.virtual.map', { ...goneAt, physical: made }],
        ['driver.memory.virtual.unmap', { ...goneAt }],
        ['driver.memory.virtual.destroy', { physical: gone }],
      ]);
      await succeeds(context, SERVING, 'driver.memory.virtual.destroy', { physical: made });
      await context.given('driver.memory.free', { allocation: range });
    }
    if (tried === 0) context.nothing('no device maps memory in units that are small enough');
  },
};

export const freedElsewhere: readonly Case[] = [command, launch, host, physical];
