// DRV-KRN-001: what was built for anybody is loaded, and launched in its turn.
import { expect } from 'chai';
import type { Case } from '../../../core/case.ts';
import { succeeds } from '../../support.ts';
import { isState, SIZE } from '../stream/ground.ts';
import { Bench, devicesWithKernels, holds, line, number } from './bench.ts';
import { isBuilt, isPortable } from './formats.ts';

const RUN = 'DRV-KRN-001/run';

const portable: Case = {
  id: 'DRV-KRN-001/portable',
  title: 'each device that describes its kernels takes programs in a portable form',
  requirements: ['DRV-KRN-001'],
  expectations: ['DRV-KRN-001/portable'],
  premises: [],
  kind: 'shared',
  run: async (context) => {
    const { devices } = await succeeds(context, 'DRV-KRN-001/portable', 'driver.device.list', {});
    const describing = devices.filter(({ kernels }) => kernels);
    context.expectation(
      'DRV-KRN-001/portable',
      {
        expected: 'at least one device that describes its kernels',
        observed: `${describing.length} devices that do`,
      },
      () => expect(describing).to.not.have.lengthOf(0),
    );
    for (const { device, programFormats } of describing) {
      context.expectation(
        'DRV-KRN-001/portable',
        {
          expected: `${device}: a portable form of program`,
          observed: `${device}: ${programFormats.join(', ') || 'no form of program'}`,
        },
        () => expect(programFormats.some(isPortable)).to.equal(true),
      );
    }
  },
};

/** How many words are copied, and a number that no group size divides. */
const WORDS = SIZE / 4;

/** A stream, and four pieces of memory that bytes go through: by a write, a launch, a copy and a launch. */
const chain = async (bench: Bench) => {
  const { context } = bench;
  const copy = await bench.kernel(RUN, 'copy');
  const stream = await bench.stream();
  const places = [];
  for (const name of ['first', 'second', 'third', 'fourth']) {
    places.push(await bench.memory(`${bench.format} ${name}`));
  }
  const [first, second, third, fourth] = places;
  if (!first || !second || !third || !fourth) throw new Error('four places were made');
  const bytes = Buffer.concat(Array.from({ length: SIZE / 64 }, () => context.random.bytes(64)));
  const size = bench.lineOf(copy, 64);
  const launch = (from: string, to: string) =>
    bench.launch(RUN, stream, {
      kernel: copy.kernel,
      groups: line(Math.ceil(WORDS / size)),
      groupSize: line(size),
      arguments: [{ allocation: from }, { allocation: to }, number(WORDS)],
    });
  const put = async (): Promise<void> => {
    await context.given('driver.stream.write', {
      stream,
      allocation: first.allocation,
      offsetBytes: '0',
      data: { base64: bytes.toString('base64') },
    });
    await launch(first.allocation, second.allocation);
    await bench.copy(stream, second, third);
    await launch(third.allocation, fourth.allocation);
  };
  return { stream, put, bytes, places, last: fourth };
};

const inTurn: Case = {
  id: 'DRV-KRN-001/in-turn',
  title: 'launches see what the commands before them left, and commands behind them what they left',
  requirements: ['DRV-KRN-001'],
  expectations: [RUN, 'DRV-KRN-001/in-turn'],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.stream'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWithKernels(context)) {
      for (const format of device.programFormats.filter(isBuilt)) {
        const bench = new Bench(context, device, format);
        const { stream, put, bytes, places } = await chain(bench);
        await put();
        await bench.completes(RUN, stream);
        for (const place of places) await holds(bench, 'DRV-KRN-001/in-turn', place, bytes);
        await bench.leave();
      }
    }
  },
};

const held: Case = {
  id: 'DRV-KRN-001/held',
  title: 'a launch in a stream that is held is not carried out before the signal',
  requirements: ['DRV-KRN-001'],
  expectations: [RUN, 'DRV-KRN-001/held', 'DRV-KRN-001/after'],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.event.host'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWithKernels(context)) {
      const bench = new Bench(context, device);
      const { stream, put, bytes, last } = await chain(bench);
      const event = await bench.hold(stream);
      await put();
      await isState(context, 'DRV-KRN-001/held', 'driver.stream.query', { stream }, 'pending');
      await holds(bench, 'DRV-KRN-001/held', last, last.bytes);
      await bench.release(RUN, event);
      await bench.completes(RUN, stream);
      await holds(bench, 'DRV-KRN-001/after', last, bytes);
      await bench.leave();
    }
  },
};

export const loadCases: readonly Case[] = [portable, inTurn, held];
