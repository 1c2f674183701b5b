// DRV-STR-007: a kernel that faults lets its stream fail, which says so and of which launch; and nothing else.
import { expect } from 'chai';
import type { Case, Context, ExpectationId } from '../../../core/case.ts';
import type { Device } from '../../../schemas/generated/types.ts';
import { succeeds } from '../../support.ts';
import { Bench, holds, line, number, wordsOf } from '../kernel/bench.ts';
import type { Held } from '../memory/routes.ts';
import { devicesWith, isState, SIZE } from './ground.ts';

const RUN = 'DRV-STR-007/run';
const NAMED = 'DRV-STR-007/named';
const ANEW = 'DRV-STR-007/anew';
const SYNCHRONIZE = 'driver.stream.synchronize';

/** The one form of program in which it is defined that a kernel faults. */
const FORMAT = 'wasm-kernel-1.0';
const WORDS = SIZE / 4;
/** What a launch leaves that does not fault. */
const NUMBERED = wordsOf(Array.from({ length: WORDS }, (_, i) => i));

const devicesWithFaults = async (context: Context): Promise<Device[]> => {
  const devices = (await devicesWith(context, 2)).filter(
    ({ kernels, programFormats }) => kernels && programFormats.includes(FORMAT),
  );
  if (devices.length === 0) context.nothing(`no device takes ${FORMAT}, and has two streams`);
  return devices;
};

/** Puts launches into streams that number the words of an allocation, or fault at one of them. */
const launcher = async (bench: Bench) => {
  const fault = await bench.kernel(RUN, 'fault');
  const size = bench.lineOf(fault, 64);
  return (stream: string, { allocation }: Held, at = WORDS): Promise<string | undefined> =>
    bench.launch(RUN, stream, {
      kernel: fault.kernel,
      groups: line(Math.ceil(WORDS / size)),
      groupSize: line(size),
      arguments: [{ allocation }, number(WORDS), number(at)],
    });
};

/** Asks how far a stream is, and states that it failed, and of which launch. */
const failedOf = async (
  context: Context,
  expectation: ExpectationId,
  method: 'driver.stream.query' | typeof SYNCHRONIZE,
  stream: string,
  command: string | undefined,
): Promise<void> => {
  const { state, failure } = await succeeds(context, expectation, method, { stream });
  context.expectation(expectation, { expected: 'failed', observed: state }, () =>
    expect(state).to.equal('failed'),
  );
  const observed = { command: failure?.command ?? null, cause: failure?.cause ?? null };
  const expected = { command: command ?? null, cause: 'fault' };
  context.expectation(NAMED, { expected, observed }, () =>
    expect(observed).to.deep.equal(expected),
  );
};

const queried: Case = {
  id: 'DRV-STR-007/queried',
  title: 'the query of a stream in which a kernel faulted names the launch; all else goes on',
  requirements: ['DRV-STR-007'],
  expectations: [
    RUN,
    'DRV-STR-007/command',
    'DRV-STR-007/event',
    'DRV-STR-007/query',
    NAMED,
    'DRV-STR-007/before',
    'DRV-STR-007/behind',
    'DRV-STR-007/others',
    'DRV-STR-007/destroyed',
    ANEW,
  ],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.event.host'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWithFaults(context)) {
      const bench = new Bench(context, device, FORMAT);
      const launch = await launcher(bench);
      const { stream } = await context.given('driver.stream.create', { device: device.device });
      const other = await bench.stream();
      const [before, hit, behind, copied, beside] = [
        await bench.memory('before'),
        await bench.memory('hit'),
        await bench.memory('behind'),
        await bench.memory('copied'),
        await bench.memory('beside'),
      ];
      const marker = await bench.event();
      const event = await bench.hold(stream);
      await context.given('driver.stream.waitEvent', { stream: other, event });
      const commands = [
        await launch(stream, before),
        await launch(stream, hit, context.random.integer(0, WORDS - 1)),
        await launch(stream, behind),
        await launch(other, beside),
      ];
      await bench.copy(stream, before, copied);
      await bench.record(marker, stream);
      context.expectation(
        'DRV-STR-007/command',
        { expected: 'four names', observed: commands.map((one) => one ?? null) },
        () => expect(new Set(commands.filter((one) => one !== undefined)).size).to.equal(4),
      );
      await bench.release(RUN, event);
      const marked = { event: marker };
      await isState(context, 'DRV-STR-007/event', 'driver.event.synchronize', marked, 'failed');
      await failedOf(context, 'DRV-STR-007/query', 'driver.stream.query', stream, commands[1]);
      await holds(bench, 'DRV-STR-007/before', before, NUMBERED);
      for (const one of [behind, copied]) await holds(bench, 'DRV-STR-007/behind', one, one.bytes);
      await bench.completes('DRV-STR-007/others', other);
      await holds(bench, 'DRV-STR-007/others', beside, NUMBERED);
      await succeeds(context, 'DRV-STR-007/destroyed', 'driver.stream.destroy', { stream });
      const fresh = await succeeds(context, ANEW, 'driver.stream.create', {
        device: device.device,
      });
      await launch(bench.keepStream(fresh.stream), hit);
      await bench.completes(ANEW, fresh.stream);
      await holds(bench, ANEW, hit, NUMBERED);
      await bench.leave();
    }
  },
};

const waited: Case = {
  id: 'DRV-STR-007/waited',
  title: 'whoever waits for a stream in which a kernel faults is told of which launch, each time',
  requirements: ['DRV-STR-007'],
  expectations: [RUN, 'DRV-STR-007/synchronize', NAMED],
  premises: ['devices'],
  needs: ['driver.memory'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWithFaults(context)) {
      const bench = new Bench(context, device, FORMAT);
      const launch = await launcher(bench);
      const [hit, behind] = [await bench.memory('hit'), await bench.memory('behind')];
      // The first item, the last one, and one that is drawn.
      for (const at of [0, WORDS - 1, context.random.integer(1, WORDS - 2)]) {
        const stream = await bench.stream();
        const command = await launch(stream, hit, at);
        await launch(stream, behind);
        for (let time = 0; time < 2; time += 1) {
          await failedOf(context, 'DRV-STR-007/synchronize', SYNCHRONIZE, stream, command);
        }
      }
      await bench.leave();
    }
  },
};

export const faultCases: readonly Case[] = [queried, waited];
