// The elementary functions that are judged in units in the last place, and the arguments on which they are tried.
import { FORMATS, rounded, valuesOf } from '../../../core/onnx/element.ts';
import type { Random } from '../../../core/random.ts';
import type { ElementType } from '../../../schemas/generated/types.ts';

/** From where to where arguments lie evenly. */
type Range = readonly [low: number, high: number];

interface Domain {
  /** Where the function bends, and where it leaves what the type can hold. */
  readonly ranges: readonly Range[];
  /** Beyond it, in size, nothing is judged. */
  readonly farthest?: number;
  /** Arguments at which an implementation in use loses most: few lie there, so that most seeds would miss them. */
  readonly hard?: readonly number[];
}

/** As far as angles go, with the driver's kernels too. */
const FARTHEST = 65_536;

const HALF_TURNS: Domain = {
  ranges: [
    [-Math.PI, Math.PI],
    [-100, 100],
    [-FARTHEST, FARTHEST],
  ],
  farthest: FARTHEST,
};

const UNIT: Domain = {
  ranges: [
    [-1, 1],
    [0.9, 1],
    [-0.01, 0.01],
  ],
};

const AROUND_ZERO: Domain = {
  ranges: [
    [-90, 90],
    [-12, 12],
    [-1, 1],
  ],
};

/** Where the exponential has left what the type can hold, and half of it has not. */
const NEARLY_TOO_LARGE: readonly number[] = [88.75, 89, 89.2, 89.4].flatMap((x) => [x, -x]);

const DOMAINS: Readonly<Record<string, Domain>> = {
  Exp: {
    ranges: [
      [-104, 89],
      [-12, 12],
      [-1, 1],
    ],
  },
  Log: {
    ranges: [
      [0, 10],
      [0.5, 2],
      [0.99, 1.01],
    ],
  },
  Sin: HALF_TURNS,
  Cos: HALF_TURNS,
  Tan: HALF_TURNS,
  Asin: UNIT,
  Acos: { ...UNIT, hard: [0.5710548758506775, 0.5738590955734253, 0.5786867141723633] },
  Atan: AROUND_ZERO,
  Sinh: { ...AROUND_ZERO, hard: NEARLY_TOO_LARGE },
  Cosh: { ...AROUND_ZERO, hard: NEARLY_TOO_LARGE },
  Tanh: AROUND_ZERO,
  Asinh: AROUND_ZERO,
  Acosh: {
    ranges: [
      [1, 1.01],
      [1, 3],
      [1, 1000],
    ],
  },
  Atanh: UNIT,
  Erf: {
    ranges: [
      [-6, 6],
      [-2, 2],
      [-0.1, 0.1],
    ],
  },
};

const EACH = 1000;

/** Little-endian bytes of so many elements. */
const bytesFrom = (random: Random, type: ElementType, count: number): Buffer => {
  const { bytes } = FORMATS[type];
  const blocks = Array.from({ length: Math.ceil((count * bytes) / 1000) }, () =>
    random.bytes(1000),
  );
  return Buffer.concat(blocks).subarray(0, count * bytes);
};

/** Any numbers that the type has, with all exponents alike. */
const any = (random: Random, type: ElementType, count: number): number[] =>
  valuesOf(type, bytesFrom(random, type, count))
    .map(Number)
    .filter(Number.isFinite);

const evenly = (random: Random, type: ElementType, [low, high]: Range, count: number): number[] =>
  valuesOf('uint32', bytesFrom(random, 'uint32', count)).map((drawn) =>
    Number(rounded(type, low + (Number(drawn) / 2 ** 32) * (high - low))),
  );

/** Ends of the type, ones, halves, and what lies beside them. */
const specialOf = (type: ElementType): number[] => {
  const { precision = 1 } = FORMATS[type];
  const [most, least] = type === 'float16' ? [15, -14] : [127, -126];
  const step = 2 ** (1 - precision);
  const sizes = [
    ...[0, 0.25, 0.5, 1, 1.5, 2, 3, 4, 8, 10, Math.PI, Math.PI / 2, Math.PI / 4, Math.E],
    ...[1 + step, 1 - step / 2, 0.5 - step / 4, 0.5 + step / 2, 2 ** (precision - 1)],
    ...[2 ** least, 2 ** least * step, 2 ** least * (1 - step), 2 ** (least / 2)],
    ...[2 ** (most / 2), 2 ** most, (2 - step) * 2 ** most, Number.POSITIVE_INFINITY],
  ];
  return [Number.NaN, ...sizes.flatMap((x) => [x, -x])].map((x) => Number(rounded(type, x)));
};

/** What a function is tried on: one list of arguments for each of its inputs. */
export const argumentsOf = (operator: string, random: Random, type: ElementType): number[][] => {
  const special = specialOf(type);
  if (operator === 'Pow') {
    // Every pair: the definition has a rule of its own for many of them, and a few drawn would miss some with most seeds.
    const [x, y] = [
      special.flatMap((one) => special.map(() => one)),
      special.flatMap(() => special),
    ];
    return [
      [...x, ...evenly(random, type, [0, 10], EACH), ...evenly(random, type, [0.9, 1.1], EACH)],
      [...y, ...evenly(random, type, [-20, 20], EACH), ...evenly(random, type, [-800, 800], EACH)],
    ];
  }
  const domain = DOMAINS[operator];
  if (!domain) throw new Error(`${operator} has units, and no domain`);
  const { ranges, farthest = Number.POSITIVE_INFINITY, hard = [] } = domain;
  const drawn = [
    ...special,
    ...hard.map((x) => Number(rounded(type, x))),
    ...any(random, type, EACH),
    ...ranges.flatMap((range) => evenly(random, type, range, EACH)),
  ];
  // A limit leaves infinities out too.
  return [
    farthest === Number.POSITIVE_INFINITY ? drawn : drawn.filter((x) => !(Math.abs(x) > farthest)),
  ];
};
