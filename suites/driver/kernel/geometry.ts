// DRV-KRN-005: a launch is as large as it says, or it is refused.
import type { Case } from '../../../core/case.ts';
import type { Extent } from '../../../schemas/generated/types.ts';
import { refusal, refuses } from '../../support.ts';
import type { Held } from '../memory/routes.ts';
import { Bench, devicesWithKernels, holds, type Kernel, line, wordsOf } from './bench.ts';
import { untouched } from './results.ts';

const RUN = 'DRV-KRN-005/run';
const DIMENSIONS = ['x', 'y', 'z'] as const;
type Dimension = (typeof DIMENSIONS)[number];

const LARGEST = 2 ** 32 - 1;

/** So many in one dimension, and one in the others. */
const along = (dimension: Dimension, count: number): Extent => ({
  ...line(1),
  [dimension]: count,
});

/** A kernel each of whose items writes down its own place. */
const placing = async (bench: Bench) => {
  const kernel = await bench.kernel(RUN, 'places');
  const stream = await bench.stream();
  const launchOf = (groups: Extent, groupSize: Extent, target: Held) => ({
    kernel: kernel.kernel,
    groups,
    groupSize,
    arguments: [{ allocation: target.allocation }],
  });
  return { kernel, stream, launchOf };
};

/** What the items write, each at its place in the whole. */
const written = (groups: Extent, groupSize: Extent): number[] => {
  const [width, height] = [groups.x * groupSize.x, groups.y * groupSize.y];
  return Array.from({ length: width * height * groups.z * groupSize.z }, (_, at) => {
    const [x, y, z] = [
      at % width,
      Math.floor(at / width) % height,
      Math.floor(at / width / height),
    ];
    const group =
      (Math.floor(z / groupSize.z) * groups.y + Math.floor(y / groupSize.y)) * groups.x +
      Math.floor(x / groupSize.x);
    const item =
      ((z % groupSize.z) * groupSize.y + (y % groupSize.y)) * groupSize.x + (x % groupSize.x);
    return group * 65536 + item;
  });
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
      const { kernel, stream, launchOf } = await placing(bench);
      const groups = { x: 2, y: 3, z: 2 };
      for (const dimension of DIMENSIONS) {
        const groupSize = along(dimension, mostAlong(bench, kernel, dimension));
        const places = written(groups, groupSize);
        const target = await bench.holding(wordsOf(untouched(places.length + 65)));
        await bench.launch(RUN, stream, launchOf(groups, groupSize, target));
        await bench.completes(RUN, stream);
        const behind = untouched(places.length + 65).slice(places.length);
        await holds(bench, 'DRV-KRN-005/most', target, wordsOf([...places, ...behind]));
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
  const inAll = (['y', 'z'] as const)
    .filter((one) => high <= maxGroupSize[one])
    .map((one): [Extent, Extent] => [line(1), { ...line(wide), [one]: high }]);
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
      const { kernel, stream, launchOf } = await placing(bench);
      const target = await bench.holding(wordsOf(untouched(64)));
      for (const [groups, groupSize] of tooLarge(bench, kernel)) {
        await refuses(
          context,
          'DRV-KRN-005/above',
          refusal('LAUNCH_GEOMETRY'),
          'driver.kernel.launch',
          { ...launchOf(groups, groupSize, target), stream },
        );
      }
      await bench.completes(RUN, stream);
      await holds(bench, 'DRV-KRN-005/nothing-put', target, target.bytes);
      await bench.leave();
    }
  },
};

export const geometryCases: readonly Case[] = [most, above];
