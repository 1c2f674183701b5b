// What `arithmetic` and `functions` compute, in the order of their numbers: the right answer to each, and what each is
// tried on.
import type { Random } from '../../../core/random.ts';
import { floatOf, fused, LARGEST, LEAST_NORMAL, stepped, type Value } from './numbers.ts';

/** What an operation is given: one number, two or three. */
export type Given = readonly [x: number, y: number, z: number];

/** An operation of a kernel. */
export interface Operation {
  readonly id: string;
  /** Its answers, in words. */
  readonly plural: string;
  /** How many of the three it uses. */
  readonly takes: 1 | 2 | 3;
  readonly value: (...given: Given) => Value;
  readonly tried: (random: Random) => Given[];
}

/** Of what a double is rounded right: 53 bits are more than twice 24 and two. */
const once = (exact: number): Value => ({ exact, nearest: Math.fround(exact) });

/** Ends, neighbours of one, halves that are rounded to even, the last fractions, and what is no number. */
const SPECIAL: readonly number[] = [
  ...[0, 1, 2, 0.5, 1.5, 2.5, 3.5, 0.49999997, 3, 10, Math.PI, Math.E, 1 / 3].map(Math.fround),
  ...[1 + 2 ** -23, 1 - 2 ** -24, 2 ** 23 - 0.5, 2 ** 23 + 1, 2 ** 24, 2 ** 24 - 1, 2 ** 31],
  ...[2 ** -149, LEAST_NORMAL - 2 ** -149, LEAST_NORMAL, 2 ** -63, 2 ** 63, LARGEST, Infinity],
].flatMap((value) => [value, -value]);
const SPECIALS: readonly number[] = [...SPECIAL, NaN];
/** Those of them of which three together have rules of their own. */
const ENDS: readonly number[] = [
  ...[0, 1, 2 ** -149, LEAST_NORMAL, LARGEST, Infinity].flatMap((value) => [value, -value]),
  NaN,
];

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** Any float that is a number. */
const anyFloat = (random: Random): number => {
  for (;;) {
    const value = floatOf(random.bytes(4).readUInt32LE());
    if (Number.isFinite(value)) return value;
  }
};

/** A float of a range, evenly. */
const between = (random: Random, least: number, most: number): number =>
  Math.fround(least + (random.bytes(4).readUInt32LE() / 2 ** 32) * (most - least));

/** A float whose 24 bits are all drawn, around one. */
const around = (random: Random): number =>
  (random.integer(0, 1) === 0 ? -1 : 1) *
  (2 ** 23 + random.integer(0, 2 ** 23 - 1)) *
  2 ** (random.integer(-30, 10) - 23);

const alone = (xs: readonly number[]): Given[] => xs.map((x) => [x, 0, 0]);

const pairs = (random: Random): Given[] => [
  // Every pair: IEEE 754 has a rule of its own for many of them, and a few drawn would miss some with most seeds.
  ...SPECIALS.flatMap((x) => SPECIALS.map((y): Given => [x, y, 0])),
  ...times(150, (): Given => [anyFloat(random), anyFloat(random), 0]),
  ...times(300, (): Given => [around(random), around(random), 0]),
  // Sums in the middle between two floats, or a bit beside it.
  ...times(100, (): Given => {
    const x = Math.fround(1 + random.integer(0, 2 ** 23 - 1) * 2 ** -23);
    return [x, 2 ** -24 * (1 + random.integer(-1, 1) * 2 ** -20), 0];
  }),
];

/** Where the product loses its end when it is rounded, and the sum leaves nothing but that end. */
const cancelling = (random: Random): Given => {
  const [x, y] = [around(random), around(random)];
  return [x, y, -Math.fround(x * y)];
};

const triples = (random: Random): Given[] => [
  ...ENDS.flatMap((x) => ENDS.flatMap((y) => ENDS.map((z): Given => [x, y, z]))),
  ...times(300, () => cancelling(random)),
  ...times(300, (): Given => [around(random), around(random), around(random)]),
];

const ones = (random: Random): Given[] =>
  alone([
    ...SPECIALS,
    ...times(300, () => anyFloat(random)),
    ...times(300, () => around(random)),
    // Halves, and the last of them.
    ...times(100, () => random.integer(-(2 ** 24), 2 ** 24) / 2),
    ...times(100, () => stepped(random.integer(-2000, 2000) / 2, random.integer(-1, 1))),
  ]);

const positives = (random: Random): Given[] =>
  alone([
    ...SPECIALS,
    ...times(300, () => Math.abs(anyFloat(random))),
    ...times(200, () => Math.abs(around(random))),
    ...times(200, () => stepped(1, random.integer(-3000, 3000))),
    ...times(100, () => between(random, 0.4, 2.1)),
  ]);

const exponents =
  (least: number, most: number) =>
  (random: Random): Given[] =>
    alone([
      ...SPECIALS,
      ...times(500, () => between(random, least, most)),
      ...times(200, () => between(random, -1, 1)),
      ...times(50, () => between(random, least, least + 20)),
      ...times(50, () => random.integer(Math.ceil(least), Math.floor(most))),
    ]);

/** As far as spec/kernel.md, section 7, goes. */
const FARTHEST = 65_536;

const angles = (random: Random): Given[] =>
  alone([
    ...SPECIALS.filter((x) => !(Math.abs(x) > FARTHEST)),
    ...times(300, () => between(random, -Math.PI, Math.PI)),
    ...times(100, () => around(random)),
    // As near to where one of them is zero as a float can be.
    ...times(150, () => Math.fround((random.integer(-4000, 4000) * Math.PI) / 2)),
    ...times(150, () => between(random, -FARTHEST, FARTHEST)),
  ]);

const roundedToEven = (x: number): number => {
  const floor = Math.floor(x);
  const rest = x - floor;
  const up = rest > 0.5 || (rest === 0.5 && floor % 2 !== 0);
  return up ? floor + 1 : floor;
};

const of = (
  id: string,
  plural: string,
  takes: Operation['takes'],
  exact: (...given: Given) => number,
  tried: Operation['tried'],
): Operation => ({ id, plural, takes, value: (...given) => once(exact(...given)), tried });

/** By their numbers. */
export const ARITHMETIC: readonly Operation[] = [
  of('add', 'sums', 2, (x, y) => x + y, pairs),
  of('subtract', 'differences', 2, (x, y) => x - y, pairs),
  of('multiply', 'products', 2, (x, y) => x * y, pairs),
  of('divide', 'quotients', 2, (x, y) => x / y, pairs),
  of('square-root', 'square roots', 1, Math.sqrt, ones),
  {
    id: 'fuse',
    plural: 'fused products and sums',
    takes: 3,
    value: (x, y, z) => ({ exact: x * y + z, nearest: fused(x, y, z) }),
    tried: triples,
  },
  of('floor', 'floats rounded down', 1, Math.floor, ones),
  of('ceiling', 'floats rounded up', 1, Math.ceil, ones),
  of('truncate', 'floats rounded toward zero', 1, Math.trunc, ones),
  of('round', 'floats rounded to nearest', 1, roundedToEven, ones),
];

export const FUNCTIONS: readonly Operation[] = [
  of('exponential', 'powers of e', 1, Math.exp, exponents(-104, 89)),
  of('power-of-two', 'powers of two', 1, (x) => 2 ** x, exponents(-150, 128)),
  of('logarithm', 'natural logarithms', 1, Math.log, positives),
  of('binary-logarithm', 'binary logarithms', 1, Math.log2, positives),
  of('sine', 'sines', 1, Math.sin, angles),
  of('cosine', 'cosines', 1, Math.cos, angles),
  of('reciprocal-root', 'reciprocal roots', 1, (x) => 1 / Math.sqrt(x), positives),
];
