// DRV-KRN-011: a module ends with its kernels, and not with their launches.
import type { Case, Context } from '../../../core/case.ts';
import { refusal, refuses, succeeds } from '../../support.ts';
import { SIZE } from '../stream/ground.ts';
import { Bench, devicesWithKernels, holds, line, number } from './bench.ts';

const RUN = 'DRV-KRN-011/run';
const WORDS = SIZE / 4;

/** What a kernel is launched with, but for the kernel. */
const launchIn = async (bench: Bench, size: number) => {
  const [from, to] = [await bench.memory('from'), await bench.memory('to')];
  return {
    from,
    to,
    launch: {
      groups: line(Math.ceil(WORDS / size)),
      groupSize: line(size),
      arguments: [{ allocation: from.allocation }, { allocation: to.allocation }, number(WORDS)],
    },
  };
};

/** States that neither a module nor its kernel is there for a session. */
const areGone = async (
  context: Context,
  expectation: `DRV-KRN-011/${string}`,
  module: string,
  launch: object,
): Promise<void> => {
  const gone = refusal('HANDLE_INVALID');
  await refuses(context, expectation, gone, 'driver.kernel.launch', launch);
  await refuses(context, expectation, gone, 'driver.kernel.get', { module, name: 'copy' });
  await refuses(context, expectation, gone, 'driver.module.unload', { module });
};

const unloaded: Case = {
  id: 'DRV-KRN-011/unloaded',
  title: 'an unloaded module and its kernels answer HANDLE_INVALID, and earlier launches are kept',
  requirements: ['DRV-KRN-011'],
  expectations: [
    RUN,
    'DRV-KRN-011/unloaded',
    'DRV-KRN-011/gone',
    'DRV-KRN-011/serving',
    'DRV-KRN-011/carried-out',
  ],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.event.host'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWithKernels(context)) {
      const bench = new Bench(context, device);
      const module = await bench.load(RUN, 'copy');
      const copy = await succeeds(context, RUN, 'driver.kernel.get', { module, name: 'copy' });
      // Of the same bytes, and another module all the same.
      const other = await bench.kernel(RUN, 'copy');
      const stream = await bench.stream();
      const { from, to, launch } = await launchIn(bench, bench.lineOf(copy, 64));
      const event = await bench.hold(stream);
      await bench.launch(RUN, stream, { ...launch, kernel: copy.kernel });
      await bench.unload('DRV-KRN-011/unloaded', module);
      await areGone(context, 'DRV-KRN-011/gone', module, {
        ...launch,
        kernel: copy.kernel,
        stream,
      });
      await succeeds(context, 'DRV-KRN-011/serving', 'system.ping', {});
      const last = await bench.memory('last');
      const behind = [to, last].map(({ allocation }) => ({ allocation }));
      await bench.launch('DRV-KRN-011/serving', stream, {
        ...launch,
        kernel: other.kernel,
        arguments: [...behind, number(WORDS)],
      });
      await bench.release(RUN, event);
      await bench.completes(RUN, stream);
      await holds(bench, 'DRV-KRN-011/carried-out', to, from.bytes);
      await holds(bench, 'DRV-KRN-011/serving', last, from.bytes);
      await bench.leave();
    }
  },
};

const foreign: Case = {
  id: 'DRV-KRN-011/foreign',
  title: 'another session’s module and kernel answer HANDLE_INVALID, and stay that session’s',
  requirements: ['DRV-KRN-011'],
  expectations: [RUN, 'DRV-KRN-011/foreign', 'DRV-KRN-011/kept'],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.stream'],
  kind: 'own',
  run: async (context) => {
    const [device] = await devicesWithKernels(context);
    if (!device) throw new Error('devicesWithKernels gives one at least');
    const theirs = new Bench(context, device);
    const module = await theirs.load(RUN, 'copy');
    const copy = await succeeds(context, RUN, 'driver.kernel.get', { module, name: 'copy' });
    const other = await context.open('ready');
    const ours = new Bench(other, device);
    const stream = await ours.stream();
    const { to, launch } = await launchIn(ours, ours.lineOf(copy, 64));
    await areGone(other, 'DRV-KRN-011/foreign', module, {
      ...launch,
      kernel: copy.kernel,
      stream,
    });
    await holds(ours, 'DRV-KRN-011/foreign', to, to.bytes);
    await succeeds(context, 'DRV-KRN-011/kept', 'driver.kernel.get', { module, name: 'copy' });
    await other.close();
    await theirs.leave();
  },
};

export const handleCases: readonly Case[] = [unloaded, foreign];
