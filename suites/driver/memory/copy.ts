// DRV-MEM-008 and -017: what a copy copies, and what it leaves.
import { expect } from 'chai';
import type { Case, Context, ExpectationId } from '../../../core/case.ts';
import type { Device } from '../../../schemas/generated/types.ts';
import { brief, succeeds } from '../../support.ts';
import { devicesOf } from '../device/devices.ts';
import { allocate, digests, fits } from './bytes.ts';
import { filled, freeAll, type Route, request, routesBetween } from './routes.ts';

/** No powers of two, so that no end is aligned; the second beyond what one page or row holds. */
const SOURCE = 20_011;
const DESTINATION = 30_011;

const bothFit = async (context: Context): Promise<Device[]> => {
  const devices = (await devicesOf(context)).filter((one) => fits(one, DESTINATION));
  if (devices.length === 0) context.nothing(`no device allocates ${DESTINATION} bytes`);
  return devices;
};

const exact: Case = {
  id: 'DRV-MEM-008/exact',
  title: '200 copies, most of odd offsets and lengths, change what they name and no more',
  requirements: ['DRV-MEM-008'],
  expectations: ['DRV-MEM-008/copied', 'DRV-MEM-008/exact'],
  premises: ['devices'],
  kind: 'shared',
  run: async (context) => {
    for (const { device } of await bothFit(context)) {
      const source = await filled(context, device, `source on ${device}`, SOURCE);
      const target = await filled(context, device, `destination on ${device}`, DESTINATION);
      for (const route of routesBetween(context.random, SOURCE, DESTINATION, 200)) {
        await succeeds(
          context,
          'DRV-MEM-008/copied',
          'driver.memory.copy',
          request(source, target, route),
        );
        source.bytes.copy(target.bytes, route.to, route.from, route.from + route.length);
        await digests(context, 'DRV-MEM-008/exact', target.allocation, 0, target.bytes);
      }
      await freeAll(context, [source, target]);
    }
  },
};

/** Attempts a copy; a refused one would keep its source whatever the row says. */
const carriedOut = async (
  context: Context,
  expectation: ExpectationId,
  params: ReturnType<typeof request>,
): Promise<void> => {
  const answer = await context.attempt(expectation, 'driver.memory.copy', params);
  context.premise('copied', { expected: 'a result', observed: brief(answer) }, () =>
    expect(answer.kind).to.equal('result'),
  );
};

const sourceKept: Case = {
  id: 'DRV-MEM-017/source',
  title: 'what is copied is still there, and so is what lies beside it',
  requirements: ['DRV-MEM-017'],
  expectations: ['DRV-MEM-017/source', 'DRV-MEM-017/within'],
  premises: ['devices', 'copied'],
  kind: 'shared',
  run: async (context) => {
    for (const { device } of await bothFit(context)) {
      const source = await filled(context, device, `source on ${device}`, SOURCE);
      const target = await filled(context, device, `destination on ${device}`, DESTINATION);
      // Those of known lengths and places leave room for some that are drawn.
      for (const route of routesBetween(context.random, SOURCE, DESTINATION, 55)) {
        await carriedOut(context, 'DRV-MEM-017/source', request(source, target, route));
        await digests(context, 'DRV-MEM-017/source', source.allocation, 0, source.bytes);
      }
      // Within one allocation: from one half to the other, and the half that it came from is kept.
      const half = Math.floor(SOURCE / 2);
      for (let count = 0; count < 20; count += 1) {
        const length = context.random.integer(1, half);
        const low = context.random.integer(0, half - length);
        const high = context.random.integer(half, SOURCE - length);
        const up = count % 2 === 0;
        const [from, to] = up ? [low, high] : [high, low];
        const params = request(source, source, { from, to, length });
        await carriedOut(context, 'DRV-MEM-017/within', params);
        source.bytes.copyWithin(to, from, from + length);
        const [begin, end] = up ? [0, half] : [half, SOURCE];
        const kept = source.bytes.subarray(begin, end);
        await digests(context, 'DRV-MEM-017/within', source.allocation, begin, kept);
      }
      await freeAll(context, [source, target]);
    }
  },
};

/** Four times as much each time, from what a few words hold to what no cache does. */
const SIZES = [256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304];
/** Timed from answer to answer, which whatever else goes on can only lengthen: the shortest counts. */
const REPEATS = 9;

const sized: Case = {
  id: 'DRV-MEM-008/sizes',
  title: 'copies of 256 bytes to 4 MiB are exact; how long they take is shown',
  requirements: ['DRV-MEM-008'],
  expectations: ['DRV-MEM-008/copied', 'DRV-MEM-008/exact'],
  premises: ['devices'],
  kind: 'shared',
  timing: true,
  run: async (context) => {
    for (const { device, memory } of await bothFit(context)) {
      const took: { readonly size: number; readonly milliseconds: number }[] = [];
      for (const size of SIZES.filter((one) => BigInt(one) <= BigInt(memory.maxAllocationBytes))) {
        const source = await filled(context, device, `${size} bytes on ${device}`, size);
        const target = { ...source, allocation: await allocate(context, device, size) };
        const whole = request(source, target, { from: 0, to: 0, length: size });
        const times: number[] = [];
        while (times.length < REPEATS) {
          const before = context.now();
          await succeeds(context, 'DRV-MEM-008/copied', 'driver.memory.copy', whole);
          times.push(context.now() - before);
        }
        await digests(context, 'DRV-MEM-008/exact', target.allocation, 0, source.bytes);
        // The edges of what is large, too: within the source from here on, so that the bytes are others.
        const odd: Route = { from: 2, to: 1, length: size - 5 };
        await succeeds(
          context,
          'DRV-MEM-008/copied',
          'driver.memory.copy',
          request(source, target, odd),
        );
        const bytes = Buffer.from(source.bytes);
        source.bytes.copy(bytes, odd.to, odd.from, odd.from + odd.length);
        await digests(context, 'DRV-MEM-008/exact', target.allocation, 0, bytes);
        await freeAll(context, [source, target]);
        took.push({ size, milliseconds: Math.min(...times) });
      }
      const size = 'bytes, with a call and its answer';
      context.measured({
        title: 'How long a copy takes',
        of: device,
        form: 'curve',
        x: size,
        y: 'milliseconds',
        points: took.map((one) => ({ x: one.size, y: one.milliseconds })),
      });
      context.measured({
        title: 'How much a copy moves',
        of: device,
        form: 'curve',
        x: size,
        y: 'MiB per second',
        points: took.map((one) => ({ x: one.size, y: one.size / 1048.576 / one.milliseconds })),
      });
    }
  },
};

export const copy: readonly Case[] = [exact, sourceKept, sized];
