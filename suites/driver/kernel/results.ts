// DRV-KRN-006: what the reference kernels compute that are one launch, element for element.
import { expect } from 'chai';
import type { Case, Context } from '../../../core/case.ts';
import type { KernelArgument } from '../../../schemas/generated/types.ts';
import type { Held } from '../memory/routes.ts';
import {
  Bench,
  devicesWithKernels,
  float,
  floatsOf,
  holds,
  number,
  readWords,
  wordsOf,
} from './bench.ts';
import { readsWithin } from './floats.ts';
import type { KernelName } from './formats.ts';

const RUN = 'DRV-KRN-006/run';

/** What lies in memory that is to be written, and behind it: what is not written stays so. */
export const untouched = (words: number): number[] =>
  Array.from({ length: words }, (_, index) => 0xa5a50000 + index);

export const randomWords = ({ random }: Context, count: number): number[] =>
  Array.from({ length: count }, () => random.bytes(4).readUInt32LE());

/** What one kernel is tried on: what it is given, what it writes to, and what is there then. */
interface Trial {
  readonly items: number;
  /** How many groups there may be; as many items to a group as that takes. */
  readonly groups?: number;
  readonly given: readonly KernelArgument[];
  readonly target: Held;
  readonly expected: readonly number[];
}

/** A kernel of integers, of which there is one right answer. */
const exact = (name: KernelName, title: string, trial: (bench: Bench) => Promise<Trial>): Case => ({
  id: `DRV-KRN-006/${name}`,
  title,
  requirements: ['DRV-KRN-006'],
  expectations: [RUN, `DRV-KRN-006/${name}-result`],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.stream'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWithKernels(context)) {
      const bench = new Bench(context, device);
      const { items, groups, given, target, expected } = await trial(bench);
      await bench.overAll(RUN, name, items, given, groups);
      await holds(bench, `DRV-KRN-006/${name}-result`, target, wordsOf(expected));
      await bench.leave();
    }
  },
});

/** As many as no group size of a power of two divides, and some behind them. */
const sizesOf = ({ random }: Context) => ({ n: random.integer(500, 700) * 2 + 1, spare: 65 });

/** A kernel from one word to one word each. */
const wordByWord = (
  name: KernelName,
  title: string,
  inputs: (context: Context, n: number) => number[],
  output: (x: number, i: number) => number | undefined,
  more: readonly number[] = [],
): Case =>
  exact(name, title, async (bench) => {
    const { n, spare } = sizesOf(bench.context);
    const words = inputs(bench.context, n);
    const source = await bench.holding(wordsOf(words));
    const before = untouched(n + spare);
    const target = await bench.holding(wordsOf(before));
    return {
      items: n,
      given: [
        { allocation: source.allocation },
        { allocation: target.allocation },
        number(n),
        ...more.map(number),
      ],
      target,
      expected: before.map((word, i) => (i < n ? (output(words[i] ?? 0, i) ?? word) : word)),
    };
  });

/** More than 16 bits count, and more groups where the device has so many. */
const MANY = 70_001;

const copy = exact(
  'copy',
  'a copy by the items of many groups has every element, and nothing behind the last',
  async (bench) => {
    const [factor = 0, first = 0] = randomWords(bench.context, 2);
    const words = Array.from({ length: MANY }, (_, i) => Math.imul(factor | 1, i) + first);
    const source = await bench.holding(wordsOf(words));
    const behind = untouched(65);
    const target = await bench.holding(wordsOf([...words.map((word) => ~word), ...behind]));
    return {
      items: MANY,
      groups: bench.limits.maxGroups.x,
      given: [{ allocation: source.allocation }, { allocation: target.allocation }, number(MANY)],
      target,
      expected: [...words, ...behind],
    };
  },
);

const MOST_STEPS = 300;

/** How often x is halved, or tripled and one added, until it is 1. */
const stepsOf = (from: number): number => {
  let x = from;
  let steps = 0;
  for (; x !== 1 && steps < MOST_STEPS; steps += 1) {
    x = x % 2 === 1 ? (Math.imul(3, x) + 1) >>> 0 : x >>> 1;
  }
  return steps;
};

const loops = wordByWord(
  'loops',
  'loops that end after another number of rounds for each item count right',
  ({ random }, n) => Array.from({ length: n }, (_, i) => (i < 64 ? i : random.integer(1, 100_000))),
  stepsOf,
  [MOST_STEPS],
);

const sumOfShifts = (x: number, i: number): number => {
  let sum = 0;
  for (let j = 0; j <= i % 5; j += 1) if (j !== 2) sum += x >>> j;
  return sum;
};

const mixed = (x: number, i: number): number => {
  if (i % 2 === 0) return x & 0xf0f0f0f0;
  return i % 4 === 3 ? x ^ 0x55555555 : x | 0xff;
};

const branchOf = (x: number, i: number): number | undefined => {
  switch (x % 6) {
    case 0:
      return x;
    case 1:
      return (x * 2) ^ mixed(x, i);
    case 2:
      return mixed(x, i);
    case 3:
      return sumOfShifts(x, i);
    case 4:
      return undefined;
    default:
      return x > 0x80000000 ? ~x : x + 1;
  }
};

const branches = wordByWord(
  'branches',
  'neighbours that take different ways each come to their own result, or write nothing',
  randomWords,
  branchOf,
);

/** Where integers go wrong: at their ends, around zero, and where a sign is taken for a bit. */
const EDGES = [
  0, 1, 2, 3, 7, 31, 32, 33, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7ffffffe, 0x7fffffff, 0x80000000,
  0x80000001, 0xaaaaaaaa, 0xfffffff9, 0xfffffffe, 0xffffffff,
];

const wide = (a: bigint, b: bigint): number => Number(BigInt.asUintN(32, (a * b) >> 32n));

/** All that the kernel computes of two words, in its order. */
const operationsOn = (a: number, b: number): number[] => {
  const by = b & 31;
  const [s, t] = [a | 0, b | 0];
  const fits = b !== 0 && !(a === 0x80000000 && b === 0xffffffff);
  return [
    a + b,
    a - b,
    Math.imul(a, b),
    wide(BigInt(a), BigInt(b)),
    wide(BigInt(s), BigInt(t)),
    (a << by) >>> 0,
    (a >>> by) >>> 0,
    (s >> by) >>> 0,
    fits ? Math.trunc(s / t) : 0,
    fits ? s % t : 0,
    b === 0 ? 0 : Math.floor(a / b),
    b === 0 ? 0 : a % b,
  ];
};

const OPERATIONS = 12;

const integers = exact(
  'integers',
  'sums, products, wide products, shifts, quotients and remainders are exact, also at the ends',
  async (bench) => {
    const pairs = [
      ...EDGES.flatMap((a) => EDGES.map((b) => [a, b] as const)),
      ...randomWords(bench.context, 101).map((a, i) => [a, EDGES[i % EDGES.length] ?? 1] as const),
      ...randomWords(bench.context, 100).map((a, i) => [a, Math.imul(a, i + 3) >>> 0] as const),
    ];
    const n = pairs.length;
    const [one, other] = [
      await bench.holding(wordsOf(pairs.map(([a]) => a))),
      await bench.holding(wordsOf(pairs.map(([, b]) => b))),
    ];
    const before = untouched(n * OPERATIONS + 33);
    const target = await bench.holding(wordsOf(before));
    const results = pairs.map(([a, b]) => operationsOn(a, b));
    return {
      items: n,
      given: [
        { allocation: one.allocation },
        { allocation: other.allocation },
        { allocation: target.allocation },
        number(n),
      ],
      target,
      expected: before.map((word, i) => results[i % n]?.[Math.floor(i / n)] ?? word),
    };
  },
);

const vectors = exact(
  'vectors',
  'vectors of four at any word are read, turned and written where they belong',
  async (bench) => {
    const n = bench.context.random.integer(150, 250) * 2 + 1;
    const words = randomWords(bench.context, 5 * n + 1);
    const source = await bench.holding(wordsOf(words));
    const expected = untouched(7 * n + 3 + 16);
    const target = await bench.holding(wordsOf(expected));
    for (let i = 0; i < n; i += 1) {
      for (const [k, from] of [3, 0, 1, 2].entries()) {
        expected[3 + 7 * i + k] = (words[1 + 5 * i + from] ?? 0) + k + 1;
      }
    }
    return {
      items: n,
      given: [{ allocation: source.allocation }, { allocation: target.allocation }, number(n)],
      target,
      expected,
    };
  },
);

/** Numbers of which product and sum are exact in a double: 24 bits each, and not far apart. */
export const randomFloats = ({ random }: Context, count: number): number[] =>
  Array.from({ length: count }, () => (random.bytes(3).readUIntLE(0, 3) - 2 ** 23) / 2 ** 12);

const saxpy: Case = {
  id: 'DRV-KRN-006/saxpy',
  title: 'a times x plus y is rounded once or twice, for every element',
  requirements: ['DRV-KRN-006'],
  expectations: [RUN, 'DRV-KRN-006/saxpy-result', 'DRV-KRN-006/saxpy-behind'],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.stream'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWithKernels(context)) {
      const bench = new Bench(context, device);
      const { n, spare } = sizesOf(context);
      const [xs, ys] = [randomFloats(context, n), randomFloats(context, n + spare)];
      const [a = 1] = randomFloats(context, 1);
      const [x, y] = [await bench.holding(floatsOf(xs)), await bench.holding(floatsOf(ys))];
      await bench.overAll(RUN, 'saxpy', n, [
        { allocation: x.allocation },
        { allocation: y.allocation },
        float(a),
        number(n),
      ]);
      const results = xs.map((one, i) => {
        const [product, addend] = [a * one, ys[i] ?? 0];
        // Fused, the sum is rounded; unfused, the product is before it.
        return [Math.fround(product + addend), Math.fround(Math.fround(product) + addend)];
      });
      await readsWithin(bench, 'DRV-KRN-006/saxpy-result', y, results);
      await behind(bench, y, n);
      await bench.leave();
    }
  },
};

/** States that nothing was written behind n elements. */
const behind = async (
  { context }: Bench,
  { allocation, bytes }: Held,
  n: number,
): Promise<void> => {
  const expected = bytes.subarray(n * 4);
  const { base64 } = await context.given('driver.memory.read', {
    allocation,
    offsetBytes: String(n * 4),
    lengthBytes: expected.length,
  });
  const observed = Buffer.from(base64, 'base64');
  context.expectation(
    'DRV-KRN-006/saxpy-behind',
    { expected: readWords(expected).slice(0, 4), observed: readWords(observed).slice(0, 4) },
    () => expect(observed.equals(expected)).to.equal(true),
  );
};

export const resultCases: readonly Case[] = [copy, saxpy, integers, loops, branches, vectors];
