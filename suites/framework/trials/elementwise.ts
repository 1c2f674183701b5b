// What the operators that make each element of one are tried on.

import { isFloat } from '../../../core/onnx/element.ts';
import type { Attributes } from '../../../core/onnx/model.ts';
import { wide } from './moved.ts';
import { evenly, numbers, type Trials, truths } from './trial.ts';

const { NaN: none, POSITIVE_INFINITY: infinity } = Number;

interface Ground {
  /** Where its arguments lie; about zero where nothing is said. */
  readonly from?: readonly [number, number];
  /** Arguments for which IEEE 754 and the definition decide the result. */
  readonly special?: readonly number[];
  /** Arguments at which what is made of other functions loses digits: always tried, whatever is drawn. */
  readonly hard?: readonly number[];
  readonly attributes?: readonly Attributes[];
  /** Arguments for each of the attributes: where a piece of the function ends and the next one begins. */
  readonly edges?: readonly number[];
  /** Its defaults are no whole halves: whether an engine of binary64 has them of a binary32 ONNX does not say. */
  readonly hasRoundedDefaults?: true;
}

/** Plain arguments in one dimension and in three, with none, and with one; and special ones, of floats. */
const of =
  ({
    from = [-4, 4],
    special = [],
    hard = [],
    attributes = [{}],
    edges = [],
    hasRoundedDefaults,
  }: Ground): Trials =>
  (random, type) => {
    const isOpen = (one: Attributes): boolean =>
      type === 'float64' && hasRoundedDefaults === true && Object.keys(one).length === 0;
    const judged = attributes.filter((one) => !isOpen(one));
    const values = judged.flatMap((one) =>
      [[37], [2, 3, 5], [1], [], [0, 3]].map((shape) => ({
        about: 'values' as const,
        inputs: [evenly(random, type, shape, from)],
        attributes: one,
      })),
    );
    if (hard.length > 0) {
      values.push({
        about: 'values',
        inputs: [numbers(type, [hard.length], hard)],
        attributes: {},
      });
    }
    if (edges.length > 0) {
      values.push(
        ...judged.map((one) => ({
          about: 'values' as const,
          inputs: [numbers(type, [edges.length], edges)],
          attributes: one,
        })),
      );
    }
    if (!isFloat(type)) return [...values, { about: 'integers', inputs: [wide(type, [7])] }];
    if (special.length === 0) return values;
    return [...values, { about: 'special', inputs: [numbers(type, [special.length], special)] }];
  };

const zeros = [0, -0] as const;
const ends = [infinity, -infinity, none] as const;
const float = (value: number) => ({ float: value });

/** Near to zero, and not zero; of a binary16 it is. */
const SMALL = 2 ** -100;
/** Whole numbers beyond those of 32 bits and of a float's digits, and what is nearly a half. */
const WHOLE = [
  0.499999970197678,
  -0.499999970197678,
  8388609,
  -8388609,
  2 ** 31,
  2 ** 33,
  -(2 ** 33),
];
/** Where an exponential is no longer a number, and the function is one still. */
const FAR = [-100, -89, 89, 100];

export const elementwise: Readonly<Record<string, Trials>> = {
  Abs: of({ special: [...zeros, ...ends] }),
  Neg: of({ special: [...zeros, ...ends] }),
  Sign: of({ hard: [0, SMALL, -SMALL], special: [infinity, -infinity] }),
  Identity: of({ special: [...zeros, ...ends] }),
  Ceil: of({ hard: WHOLE, special: [-0.5, ...zeros, ...ends] }),
  Floor: of({ hard: WHOLE, special: [...zeros, ...ends] }),
  Round: of({ hard: WHOLE, special: [0.5, 1.5, 2.5, -0.5, -1.5, -2.5, ...zeros, ...ends] }),
  Sqrt: of({ from: [0, 100], special: [-1, infinity, none, ...zeros] }),
  Reciprocal: of({ from: [0.25, 8], special: [...zeros, infinity, none] }),
  Exp: of({ special: [0, ...ends] }),
  Log: of({ from: [0.01, 100], hard: [0.9959, 1.9133], special: [1, 0, -1, infinity, none] }),
  Sin: of({ special: [...zeros, ...ends] }),
  Cos: of({ special: [0, ...ends] }),
  Tan: of({ from: [-1.25, 1.25], special: [...zeros, ...ends] }),
  Asin: of({ from: [-1, 1], special: [...zeros, 1.5, none] }),
  Acos: of({ from: [-1, 1], special: [1, 1.5, none] }),
  Atan: of({ special: [...zeros, ...ends] }),
  Sinh: of({ special: [...zeros, ...ends] }),
  Cosh: of({ special: [0, ...ends] }),
  Tanh: of({ special: [...zeros, ...ends] }),
  Asinh: of({ hard: [-0.0008, -0.1286, 0.7425, 3.9], special: [...zeros, ...ends] }),
  Acosh: of({ from: [1, 50], hard: [1.01, 1.217], special: [1, 0.5, infinity, none] }),
  Atanh: of({
    from: [-0.9, 0.9],
    hard: [-0.0445, 0.001, 0.9],
    special: [...zeros, 1, -1, 1.5, none],
  }),
  Erf: of({ special: [0, ...ends] }),
  Sigmoid: of({ hard: FAR, special: [0, ...ends] }),
  HardSigmoid: of({
    hasRoundedDefaults: true,
    attributes: [{}, { alpha: float(0.5), beta: float(0.25) }],
    special: [infinity, -infinity],
  }),
  HardSwish: of({ special: [infinity] }),
  Softplus: of({ hard: [-0.0699, -0.0374, 0.001, ...FAR], special: [infinity, -infinity] }),
  Softsign: of({}),
  Relu: of({ special: [1, -1, infinity, -infinity] }),
  LeakyRelu: of({
    hasRoundedDefaults: true,
    // Also where it is no longer the larger of both, and where it turns the sign.
    attributes: [{}, { alpha: float(0.125) }, { alpha: float(2) }, { alpha: float(-0.5) }],
    special: [...ends],
  }),
  ThresholdedRelu: of({
    attributes: [{}, { alpha: float(0.5) }, { alpha: float(-1) }],
    edges: [1, 0.5, -1, -0.5, 0],
    special: [infinity, -infinity],
  }),
  Elu: of({ attributes: [{}, { alpha: float(2) }], special: [infinity, -infinity] }),
  Selu: of({
    hasRoundedDefaults: true,
    attributes: [{}, { alpha: float(2), gamma: float(3) }],
    special: [infinity, -infinity],
  }),
  Celu: of({ attributes: [{}, { alpha: float(2) }], special: [infinity, -infinity] }),
  IsNaN: of({ special: [0, 1, ...ends] }),
  IsInf: (random, type) => [
    ...of({ special: [0, 1, ...ends] })(random, type),
    ...['detect_positive', 'detect_negative'].map((name) => ({
      about: 'special' as const,
      inputs: [numbers(type, [5], [0, 1, ...ends])],
      attributes: { [name]: { int: 0 } },
    })),
  ],
  Not: (random) =>
    [
      ...[[7], [2, 3], [0, 3]].map((shape) => truths(random, shape)),
      ...[0, 1].map((one) => numbers('bool', [], [one])),
    ].map((given) => ({ about: 'values', inputs: [given] })),
};
