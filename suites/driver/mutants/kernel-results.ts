// Known-bad drivers: how large a launch is, and what it computes (DRV-KRN-005 to -008).
import type { Defect, Message, Mutant } from '../../../core/mutant.ts';
import type { RequirementId } from '../../../schemas/generated/standard.ts';
import { admitRefused, alterRequest, answer, hasNoRoomFor, noRoom } from '../../defects.ts';
import {
  carriesOutAndRefuses,
  fails,
  forgets,
  LAUNCH,
  LOAD,
  launches,
  launchesOtherwise,
  withNumber,
} from './kernel-defects.ts';

/** A launch with an argument that is a number made another. */
const otherNumber = (name: string, index: number, change: (value: number) => number) =>
  launchesOtherwise(name, (params) => withNumber(params.arguments[index], change));

const isTooLarge = ({ reason }: Record<string, unknown>): boolean => reason === 'LAUNCH_GEOMETRY';

const itemsOf = ({ x, y, z }: { x: number; y: number; z: number }): number => x * y * z;

const geometryMutants: readonly Mutant[] = [
  {
    id: 'DRV-KRN-005/half',
    title: 'carries out half of a group that is as large as may be',
    requirement: 'DRV-KRN-005',
    breaks: 'DRV-KRN-005/most',
    defect: () => () =>
      alterRequest(LAUNCH, (params) => ({
        ...params,
        groupSize: { ...params.groupSize, x: Math.ceil(params.groupSize.x / 2) },
      })),
  },
  {
    id: 'DRV-KRN-005/one-dimension',
    title: 'carries out one dimension of a group',
    requirement: 'DRV-KRN-005',
    breaks: 'DRV-KRN-005/most',
    defect: () => () =>
      alterRequest(LAUNCH, (params) => ({
        ...params,
        groupSize: { x: params.groupSize.x, y: 1, z: 1 },
      })),
  },
  {
    id: 'DRV-KRN-005/first-groups',
    title: 'carries out one row of groups',
    requirement: 'DRV-KRN-005',
    breaks: 'DRV-KRN-005/most',
    defect: () => () =>
      alterRequest(LAUNCH, (params) => ({ ...params, groups: { ...params.groups, y: 1 } })),
  },
  {
    id: 'DRV-KRN-005/refuses-most',
    title: 'refuses groups that are as large as it says they may be',
    requirement: 'DRV-KRN-005',
    breaks: 'DRV-KRN-005/run',
    defect: () =>
      launches('places', (message, link) => {
        if (itemsOf(message.params.groupSize) > 32) link.toSession(noRoom(message.id));
        else link.toEndpoint(message);
      }),
  },
  {
    id: 'DRV-KRN-005/admits-larger',
    title: 'takes a launch that is too large',
    requirement: 'DRV-KRN-005',
    breaks: 'DRV-KRN-005/above',
    defect: () => () => admitRefused(isTooLarge),
  },
  {
    id: 'DRV-KRN-005/looks-at-x',
    title: 'looks at the first dimension alone',
    requirement: 'DRV-KRN-005',
    breaks: 'DRV-KRN-005/above',
    defect: () => () =>
      admitRefused(
        (data, request) =>
          isTooLarge(data) && request?.params.groups.y * request?.params.groupSize.y > 1,
      ),
  },
  {
    id: 'DRV-KRN-005/cuts-down',
    title: 'refuses a launch that is too large and carries out as much of it as it can',
    requirement: 'DRV-KRN-005',
    breaks: 'DRV-KRN-005/nothing-put',
    defect: () =>
      carriesOutAndRefuses((params) => ({
        ...params,
        groups: { x: 1, y: 1, z: 1 },
        groupSize: { x: 1, y: 1, z: 1 },
      })),
  },
  {
    id: 'DRV-KRN-012/admits-more',
    title: 'takes a launch with more local memory than there is',
    requirement: 'DRV-KRN-012',
    breaks: 'DRV-KRN-012/above',
    defect: () => () => admitRefused(isTooLarge),
  },
  {
    id: 'DRV-KRN-012/cuts-down',
    title: 'refuses a launch with too much local memory and carries it out with less',
    requirement: 'DRV-KRN-012',
    breaks: 'DRV-KRN-012/nothing-put',
    defect: () =>
      carriesOutAndRefuses((params) => ({
        ...params,
        arguments: params.arguments.map((one: object) =>
          'localBytes' in one ? { localBytes: 4 } : one,
        ),
      })),
  },
  {
    id: 'DRV-KRN-012/does-not-load',
    title: 'has no room for a module',
    requirement: 'DRV-KRN-012',
    breaks: 'DRV-KRN-012/run',
    defect: () => hasNoRoomFor(LOAD),
  },
];

/** A driver that is wrong about one kernel, in one thing. */
const wrongAbout = (
  id: Mutant['id'],
  title: string,
  breaks: Mutant['breaks'],
  defect: ReturnType<typeof launches>,
): Mutant => ({
  id,
  title,
  requirement: id.slice(0, 'DRV-KRN-006'.length) as RequirementId,
  breaks,
  defect: () => defect,
});

/** Writes behind the elements of the second argument, whose number is the argument at `count`. */
const writesBehind = (name: string, count: number) =>
  launches(name, (message, link) => {
    const { stream, arguments: given } = message.params;
    const elements = Buffer.from(given[count].scalar, 'base64').readUInt32LE();
    const { allocation } = given[1];
    const behind = { allocation, offsetBytes: String(elements * 4), data: { base64: 'AAAAAA==' } };
    void link
      .call(LAUNCH, message.params)
      .then(() => link.call('driver.stream.write', { stream, ...behind }))
      .then(() => link.toSession(answer(message, {})));
  });

const MOST_LOOPS = 65_536;

/** Ends loops early, and takes its time with the first short one on each device: by that the long ones take too long. */
const cutsLoopsHeldUp = (): Defect => {
  const heldUp = new Set<unknown>();
  const cut = launches('loops', (message, link) => {
    const [source, , , rounds] = message.params.arguments;
    let isShort = false;
    withNumber(rounds, (most) => {
      isShort = most === 1000;
      return Math.min(most, MOST_LOOPS);
    });
    const isFirst = isShort && !heldUp.has(source.allocation);
    if (isFirst) heldUp.add(source.allocation);
    setTimeout(() => link.toEndpoint(message), isFirst ? 100 : 0);
  });
  return cut();
};

const resultMutants: readonly Mutant[] = [
  wrongAbout(
    'DRV-KRN-006/last-group-lost',
    'loses the last group of a launch',
    'DRV-KRN-006/copy-result',
    launchesOtherwise('copy', (params) => {
      params.groups.x -= 1;
    }),
  ),
  wrongAbout(
    'DRV-KRN-006/last-element-lost',
    'loses the last element of an odd number',
    'DRV-KRN-006/copy-result',
    otherNumber('copy', 2, (n) => n - 1),
  ),
  wrongAbout(
    'DRV-KRN-006/an-element-more',
    'writes an element behind the last',
    'DRV-KRN-006/copy-result',
    writesBehind('copy', 2),
  ),
  wrongAbout(
    'DRV-KRN-006/last-bit',
    'multiplies with a number that is wrong in its last bit',
    'DRV-KRN-006/saxpy-result',
    otherNumber('saxpy', 2, (bits) => bits ^ 1),
  ),
  wrongAbout(
    'DRV-KRN-006/saxpy-an-element-more',
    'adds to an element behind the last',
    'DRV-KRN-006/saxpy-behind',
    writesBehind('saxpy', 3),
  ),
  wrongAbout(
    'DRV-KRN-006/operands-swapped',
    'takes the second operand for the first',
    'DRV-KRN-006/integers-result',
    launchesOtherwise('integers', (params) => {
      const [one, other, ...rest] = params.arguments;
      params.arguments = [other, one, ...rest];
    }),
  ),
  wrongAbout(
    'DRV-KRN-006/round-less',
    'ends a loop a round early',
    'DRV-KRN-006/loops-result',
    otherNumber('loops', 3, (most) => most - 1),
  ),
  wrongAbout(
    'DRV-KRN-006/cut-loops',
    'ends every loop after 65 536 rounds',
    'DRV-KRN-006/long-loops-result',
    otherNumber('loops', 3, (most) => Math.min(most, MOST_LOOPS)),
  ),
  wrongAbout(
    'DRV-KRN-006/cut-loops-held-up',
    'ends every loop after 65 536 rounds, and is held up once in a short one',
    'DRV-KRN-006/long-loops-result',
    cutsLoopsHeldUp,
  ),
  wrongAbout(
    'DRV-KRN-006/one-way',
    'leaves out a group whose items take different ways',
    'DRV-KRN-006/branches-result',
    launchesOtherwise('branches', (params) => {
      params.groups.x -= 1;
    }),
  ),
  wrongAbout(
    'DRV-KRN-006/last-vector-lost',
    'loses the last vector',
    'DRV-KRN-006/vectors-result',
    otherNumber('vectors', 2, (n) => n - 1),
  ),
  wrongAbout(
    'DRV-KRN-006/leaf-lost',
    'loses a leaf of a tree of sums',
    'DRV-KRN-006/reduce-groups',
    otherNumber('reduce', 3, (n) => n - 1),
  ),
  wrongAbout(
    'DRV-KRN-006/root-lost',
    'loses the last part of a sum of parts',
    'DRV-KRN-006/reduce-result',
    launchesOtherwise('reduce', (params, nth) => {
      if (nth % 2 === 0) withNumber(params.arguments[3], (n) => n - 1);
    }),
  ),
  wrongAbout(
    'DRV-KRN-006/rest-not-summed',
    'sums whole groups alone',
    'DRV-KRN-006/reduce-groups',
    launchesOtherwise('reduce', ({ groupSize, arguments: given }, nth) => {
      if (nth % 2 === 1) withNumber(given[3], (n) => Math.max(n - (n % groupSize.x), 1));
    }),
  ),
  wrongAbout(
    'DRV-KRN-006/rest-not-scanned',
    'scans whole groups alone',
    'DRV-KRN-006/scan-result',
    launchesOtherwise('scan', ({ groupSize, arguments: given }, nth) => {
      if (nth % 2 === 1) withNumber(given[4], (n) => Math.max(n - (n % groupSize.x), 1));
    }),
  ),
  wrongAbout(
    'DRV-KRN-006/launch-lost',
    'loses the last of three launches that build on each other',
    'DRV-KRN-006/scan-result',
    forgets('offset'),
  ),
  wrongAbout(
    'DRV-KRN-006/last-tile-cut',
    'cuts the last tile of a product short',
    'DRV-KRN-006/product-result',
    otherNumber('product', 6, (inner) => inner - 1),
  ),
  wrongAbout(
    'DRV-KRN-006/refuses-integers',
    'has no room for one of the kernels',
    'DRV-KRN-006/run',
    launches('integers', ({ id }: Message, link) => link.toSession(noRoom(id))),
  ),
  {
    id: 'DRV-KRN-006/fails',
    title: 'says that streams with launches fail',
    requirement: 'DRV-KRN-006',
    breaks: 'DRV-KRN-006/run',
    defect: () => fails,
  },
];

const groupMutants: readonly Mutant[] = [
  wrongAbout(
    'DRV-KRN-007/loses-increments',
    'loses one increment in each item',
    'DRV-KRN-007/none-lost',
    otherNumber('tickets', 2, (times) => times - 1),
  ),
  wrongAbout(
    'DRV-KRN-007/loses-one',
    'counts one too few when all is done',
    'DRV-KRN-007/none-lost',
    launches('tickets', (message, link) => {
      const { stream, arguments: given } = message.params;
      const [{ allocation }, , , n] = given;
      const bytes = Buffer.from(n.scalar, 'base64');
      bytes.writeUInt32LE(bytes.readUInt32LE() - 1);
      const data = { base64: bytes.toString('base64') };
      void link
        .call(LAUNCH, message.params)
        .then(() =>
          link.call('driver.stream.write', { stream, allocation, offsetBytes: '0', data }),
        )
        .then(() => link.toSession(answer(message, {})));
    }),
  ),
  wrongAbout(
    'DRV-KRN-007/gives-twice',
    'gives each of half of the numbers to two items, and comes to the right count',
    'DRV-KRN-007/none-twice',
    launches('tickets', (message, link) => {
      const { params } = message;
      const [{ allocation }, , , n] = params.arguments;
      const half = { ...params, groups: { ...params.groups, x: params.groups.x / 2 } };
      const count = (scalar: string) =>
        link.call('driver.stream.write', {
          stream: params.stream,
          allocation,
          offsetBytes: '0',
          data: { base64: scalar },
        });
      void (async () => {
        await link.call(LAUNCH, half);
        await count('AAAAAA==');
        await link.call(LAUNCH, half);
        await count(n.scalar);
        link.toSession(answer(message, {}));
      })();
    }),
  ),
  wrongAbout(
    'DRV-KRN-007/does-not-launch',
    'has no room for many groups',
    'DRV-KRN-007/run',
    launches('tickets', ({ id }: Message, link) => link.toSession(noRoom(id))),
  ),
  wrongAbout(
    'DRV-KRN-008/half-groups',
    'lets barriers and local memory reach half of a group',
    'DRV-KRN-008/exchanged',
    launchesOtherwise('exchange', (params) => {
      if (params.groupSize.x % 2 !== 0) return;
      params.groupSize.x /= 2;
      params.groups.x *= 2;
      params.arguments[2].localBytes /= 2;
    }),
  ),
  wrongAbout(
    'DRV-KRN-008/round-skipped',
    'skips a barrier, and what was behind it',
    'DRV-KRN-008/exchanged',
    otherNumber('exchange', 3, (rounds) => rounds - 1),
  ),
  wrongAbout(
    'DRV-KRN-008/multiple-of-32',
    'rounds groups of more than 32 items down to a multiple of that',
    'DRV-KRN-008/exchanged',
    launchesOtherwise('exchange', (params) => {
      const size = params.groupSize.x;
      if (size > 32) params.groupSize.x = size - (size % 32);
    }),
  ),
  wrongAbout(
    'DRV-KRN-008/refuses-odd',
    'refuses groups of an odd number of items',
    'DRV-KRN-008/run',
    launches('exchange', (message, link) => {
      const odd = message.params.groupSize.x % 2 === 1;
      if (odd && message.params.groupSize.x > 1) link.toSession(noRoom(message.id));
      else link.toEndpoint(message);
    }),
  ),
];

const repeatedMutants: readonly Mutant[] = [
  wrongAbout(
    'DRV-KRN-009/rounds-otherwise',
    'rounds otherwise in the last of 20 launches',
    'DRV-KRN-009/same',
    launchesOtherwise('saxpy', (params, nth) => {
      if (nth === 20) withNumber(params.arguments[2], (bits) => bits ^ 1);
    }),
  ),
  wrongAbout(
    'DRV-KRN-009/does-not-launch',
    'has no room for a second launch',
    'DRV-KRN-009/run',
    launches('saxpy', (message, link, nth) => {
      if (nth > 1) link.toSession(noRoom(message.id));
      else link.toEndpoint(message);
    }),
  ),
];

export const kernelResultMutants: readonly Mutant[] = [
  ...geometryMutants,
  ...resultMutants,
  ...groupMutants,
  ...repeatedMutants,
];
