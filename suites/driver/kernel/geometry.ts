// DRV-KRN-005: a launch is as large as it says, or it is refused.
import type { Case } from '../../../core/case.ts';
import type { Extent } from '../../../schemas/generated/types.ts';
import { refusal, refuses } from '../../support.ts';
import { Bench, devicesWithKernels, holds, type Kernel, line, number, wordsOf } from './bench.ts';

const RUN = 'DRV-KRN-005/run';
const DIMENSIONS = ['x', 'y', 'z'] as const;
type Dimension = (typeof DIMENSIONS)[number];

const LARGEST = 2 ** 32 - 1;

/** So many in one dimension, and one in the others. */
const along = (dimension: Dimension, count: number): Extent => ({
  ...line(1),
  [dimension]: count,
});

/** A kernel that counts the work items that there are, and what it counts in. */
const counting = async (bench: Bench) => {
  const kernel = await bench.kernel(RUN, 'tickets');
  const stream = await bench.stream();
  const counter = await bench.holding(wordsOf([0]));
  const seen = await bench.holding(wordsOf([0]));
  const launchOf = (groups: Extent, groupSize: Extent) => ({
    kernel: kernel.kernel,
    groups,
    groupSize,
    arguments: [
      { allocation: counter.allocation },
      { allocation: seen.allocation },
      number(1),
      number(0),
    ],
  });
  return { kernel, stream, counter, launchOf };
};

/** The most items that one dimension of a group can have. */
const mostAlong = ({ limits }: Bench, { maxGroupItems }: Kernel, dimension: Dimension): number =>
  Math.min(limits.maxGroupSize[dimension], limits.maxGroupItems, maxGroupItems);

const most: Case = {
  id: 'DRV-KRN-005/most',
  title: 'groups with the most items that a dimension admits have that many',
  requirements: ['DRV-KRN-005'],
  expectations: [RUN, 'DRV-KRN-005/most'],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.stream'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWithKernels(context)) {
      const bench = new Bench(context, device);
      const { kernel, stream, counter, launchOf } = await counting(bench);
      let items = 0;
      for (const dimension of DIMENSIONS) {
        const size = mostAlong(bench, kernel, dimension);
        const launch = launchOf({ x: 2, y: 3, z: 1 }, along(dimension, size));
        await bench.launch(RUN, stream, launch);
        await bench.completes(RUN, stream);
        items += 6 * size;
        await holds(bench, 'DRV-KRN-005/most', counter, wordsOf([items]));
      }
      await bench.leave();
    }
  },
};

/** Launches each of which is above one limit, as far as a message can say so. */
const tooLarge = ({ limits }: Bench, { maxGroupItems }: Kernel): [Extent, Extent][] => {
  const { maxGroupSize, maxGroups } = limits;
  const items = Math.min(limits.maxGroupItems, maxGroupItems);
  const groups: [Extent, Extent][] = DIMENSIONS.filter((one) => maxGroups[one] < LARGEST).map(
    (one) => [along(one, maxGroups[one] + 1), line(1)],
  );
  const sizes: [Extent, Extent][] = DIMENSIONS.filter((one) => maxGroupSize[one] < LARGEST).map(
    (one) => [line(1), along(one, maxGroupSize[one] + 1)],
  );
  const wide = Math.min(maxGroupSize.x, items);
  const high = Math.floor(items / wide) + 1;
  const inAll: [Extent, Extent][] =
    high <= maxGroupSize.y ? [[line(1), { x: wide, y: high, z: 1 }]] : [];
  return [...groups, ...sizes, ...inAll];
};

const above: Case = {
  id: 'DRV-KRN-005/above',
  title: 'a launch above a limit is refused, whatever the dimension, and nothing is carried out',
  requirements: ['DRV-KRN-005'],
  expectations: [RUN, 'DRV-KRN-005/above', 'DRV-KRN-005/nothing-put'],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.stream'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWithKernels(context)) {
      const bench = new Bench(context, device);
      const { kernel, stream, counter, launchOf } = await counting(bench);
      for (const [groups, groupSize] of tooLarge(bench, kernel)) {
        await refuses(
          context,
          'DRV-KRN-005/above',
          refusal('LAUNCH_GEOMETRY'),
          'driver.kernel.launch',
          { ...launchOf(groups, groupSize), stream },
        );
      }
      await bench.completes(RUN, stream);
      await holds(bench, 'DRV-KRN-005/nothing-put', counter, wordsOf([0]));
      await bench.leave();
    }
  },
};

const local: Case = {
  id: 'DRV-KRN-005/local',
  title: 'a launch with more local memory than a group can have is refused',
  requirements: ['DRV-KRN-005'],
  expectations: [RUN, 'DRV-KRN-005/local', 'DRV-KRN-005/local-nothing-put'],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.stream'],
  kind: 'shared',
  run: async (context) => {
    let tried = 0;
    for (const device of await devicesWithKernels(context)) {
      const bench = new Bench(context, device);
      const localBytes = (Math.floor(bench.limits.maxLocalBytes / 4) + 1) * 4;
      if (localBytes > LARGEST) continue;
      tried += 1;
      const { kernel } = await bench.kernel(RUN, 'reduce');
      const stream = await bench.stream();
      const [from, to] = [await bench.holding(wordsOf([7])), await bench.holding(wordsOf([9]))];
      await refuses(
        context,
        'DRV-KRN-005/local',
        refusal('LAUNCH_GEOMETRY'),
        'driver.kernel.launch',
        {
          stream,
          kernel,
          groups: line(1),
          groupSize: line(1),
          arguments: [
            { allocation: from.allocation },
            { allocation: to.allocation },
            { localBytes },
            number(1),
          ],
        },
      );
      await bench.completes(RUN, stream);
      await holds(bench, 'DRV-KRN-005/local-nothing-put', to, to.bytes);
      await bench.leave();
    }
    if (tried === 0) context.nothing('no message can say more than the local memory that there is');
  },
};

export const geometryCases: readonly Case[] = [most, above, local];
