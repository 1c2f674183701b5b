// What operators of float32 are tried on with thousands of elements, and how many terms their sums have then.
import type { Attributes } from '../../../core/onnx/model.ts';
import { sizeOf, type Tensor } from '../../../core/onnx/tensor.ts';
import type { Random } from '../../../core/random.ts';
import type { ElementType } from '../../../schemas/generated/types.ts';
import { between, drawn, type Trial, wholes } from '../trials/trial.ts';

export interface LargeTrial extends Trial {
  /** How many terms are added to one element, where it is a sum. */
  readonly terms?: number;
}

/** All that an operator is tried on: what changes how an engine goes about it is tried each way, whatever the seed. */
export type Large = (random: Random) => readonly LargeTrial[];

type Shape = readonly number[];
type Range = readonly [low: number, high: number];

const TYPE: ElementType = 'float32';

const int = (value: number) => ({ int: value });
const ints = (...values: readonly number[]) => ({ ints: values });

/** Draws lengths of one kind. */
interface Lengths {
  readonly rows: (random: Random) => number;
  readonly columns: (random: Random) => number;
  readonly many: (random: Random) => number;
  readonly few: (random: Random) => number;
}

const stepping =
  (least: number, most: number, step: number) =>
  (random: Random): number =>
    least + step * random.integer(0, (most - least) / step);

/** Lengths that no vector and no block divides: something is left over. */
const ODD: Lengths = {
  rows: stepping(21, 39, 2),
  columns: stepping(51, 99, 2),
  many: stepping(301, 599, 2),
  few: stepping(3, 5, 2),
};
/** Lengths that vectors and most blocks divide: engines have quicker ways for them. */
const WHOLE: Lengths = {
  rows: stepping(24, 40, 8),
  columns: stepping(64, 96, 16),
  many: stepping(320, 576, 64),
  few: stepping(4, 8, 4),
};
const LENGTHS = [ODD, WHOLE] as const;
const { few } = ODD;

const floats = (random: Random, shape: Shape, range: Range): Tensor =>
  between(random, TYPE, shape, range);

/** Numbers of either sign, or of one, whose exponents lie evenly between two. */
const ofAllSizes = (
  random: Random,
  shape: Shape,
  [least, most]: Range,
  signs: readonly number[] = [1, -1],
): Tensor =>
  drawn(TYPE, shape, () =>
    Array.from(
      { length: sizeOf(shape) },
      () =>
        random.pick(signs) * 2 ** (least + (random.integer(0, 2 ** 24) / 2 ** 24) * (most - least)),
    ),
  );

const trial = (
  inputs: Trial['inputs'],
  attributes: Attributes = {},
  terms?: number,
): LargeTrial => ({
  about: 'values',
  inputs,
  attributes,
  ...(terms !== undefined && { terms }),
});

/** Each element of one tensor, of which what is drawn lies in a range. */
const each =
  (range: Range, attributes: Attributes = {}): Large =>
  (random) =>
    LENGTHS.map(({ rows, columns }) =>
      trial([floats(random, [rows(random), columns(random)], range)], attributes),
    );

const eachOfAllSizes =
  (exponents: Range, signs?: readonly number[]): Large =>
  (random) =>
    LENGTHS.map(({ rows, columns }) =>
      trial([ofAllSizes(random, [rows(random), columns(random)], exponents, signs)]),
    );

/** Two tensors of one shape, and of which one is a row or a column. */
const two =
  (left: Range, right: Range, signs?: readonly number[]): Large =>
  (random) =>
    LENGTHS.flatMap(({ rows, columns }) => {
      const [height, width] = [rows(random), columns(random)];
      return [[height, width], [width], [height, 1]].map((other) =>
        trial([
          ofAllSizes(random, [height, width], left, signs),
          ofAllSizes(random, other, right, signs),
        ]),
      );
    });

const three: Large = (random) =>
  LENGTHS.map(({ rows, columns }) => {
    const shape = [rows(random), columns(random)];
    return trial(
      [0, 1, 2].map(() => ofAllSizes(random, shape, [-20, 20])),
      {},
      3,
    );
  });

/** Along the middle of three dimensions, and the last. */
const reduced =
  (range: Range): Large =>
  (random) =>
    LENGTHS.flatMap((lengths) => {
      const length = lengths.many(random);
      const ways = [
        [[2, length, lengths.few(random)], 1],
        [[lengths.few(random), length], -1],
      ] as const;
      return ways.map(([shape, axis]) =>
        trial([floats(random, shape, range)], { axes: ints(axis) }, length),
      );
    });

const lines =
  (range: Range, attributes: Attributes = {}): Large =>
  (random) =>
    LENGTHS.map((lengths) => {
      const length = lengths.many(random);
      return trial([floats(random, [lengths.few(random), length], range)], attributes, length);
    });

const product =
  (attributes: Attributes, hasBias: boolean): Large =>
  (random) =>
    LENGTHS.map((lengths) => {
      const [height, width] = [lengths.few(random), lengths.few(random)];
      const inner = lengths.many(random);
      const isTurned = attributes['transB'] !== undefined;
      const inputs = [
        floats(random, [height, inner], [-4, 4]),
        floats(random, isTurned ? [width, inner] : [inner, width], [-4, 4]),
        ...(hasBias ? [floats(random, [width], [-4, 4])] : []),
      ];
      return trial(inputs, attributes, inner + 1);
    });

/** Of an image with some channels; the transpose spreads what the other gathers. */
const convolved =
  (isTransposed: boolean): Large =>
  (random) => {
    const [channels, features, side] = [random.integer(5, 7), 3, random.integer(6, 8)];
    const kernel = isTransposed ? [channels, features, 3, 3] : [features, channels, 3, 3];
    const ways = [
      [1, 0],
      [1, 1],
      [2, 0],
      [2, 1],
    ] as const;
    return ways.map(([stride, pad]) =>
      trial(
        [
          floats(random, [1, channels, side, side + 1], [-2, 2]),
          floats(random, kernel, [-2, 2]),
          floats(random, [features], [-2, 2]),
        ],
        { strides: ints(stride, stride), pads: ints(pad, pad, pad, pad) },
        9 * channels + 1,
      ),
    );
  };

/** Data, and one scale, shift, mean and variance for each channel, as far as the operator takes them. */
const perChannel =
  (count: number, terms: 'none' | 'image'): Large =>
  (random) => {
    const shape = [2, random.integer(5, 9), random.integer(9, 12), random.integer(9, 12)];
    const ranges: readonly Range[] = [
      [0.5, 2],
      [-1, 1],
      [-1, 1],
      [0.25, 4],
    ];
    const inputs = [
      floats(random, shape, [-4, 4]),
      ...ranges.slice(0, count).map((range) => floats(random, [shape[1] ?? 1], range)),
    ];
    const image = (shape[2] ?? 1) * (shape[3] ?? 1);
    return [trial(inputs, {}, terms === 'image' ? image : undefined)];
  };

/** Weights so small that no step makes an error of the step before larger. */
const recurrent =
  (gates: number, outputs: number): Large =>
  (random) => {
    const [steps, batch, width, units] = [6, 3, random.integer(9, 16), random.integer(9, 16)];
    const within = (shape: Shape, size: number) => floats(random, shape, [-size, size]);
    const inputs = [
      within([steps, batch, width], 1),
      within([1, gates * units, width], 1 / width),
      within([1, gates * units, units], 1 / units),
      within([1, 2 * gates * units], 0.5),
    ];
    const one = trial(inputs, { hidden_size: int(units) }, steps * (width + units + 2));
    return [{ ...one, constant: [1, 2, 3], outputs }];
  };

export const large: Readonly<Record<string, Large>> = {
  Sqrt: eachOfAllSizes([-120, 120], [1]),
  Reciprocal: eachOfAllSizes([-120, 120]),
  Exp: each([-87, 88]),
  Log: eachOfAllSizes([-120, 120], [1]),
  Sin: each([-100, 100]),
  Cos: each([-100, 100]),
  Tan: each([-100, 100]),
  Asin: each([-1, 1]),
  Acos: each([-1, 1]),
  Atan: eachOfAllSizes([-20, 20]),
  Sinh: each([-88, 88]),
  Cosh: each([-88, 88]),
  Tanh: each([-12, 12]),
  Asinh: eachOfAllSizes([-20, 20]),
  Acosh: eachOfAllSizes([0, 60], [1]),
  Atanh: each([-0.9999, 0.9999]),
  Erf: each([-5, 5]),
  Sigmoid: each([-100, 100]),
  HardSigmoid: each([-4, 4], { alpha: { float: 0.25 }, beta: { float: 0.5 } }),
  HardSwish: each([-8, 8]),
  Softplus: each([-80, 80]),
  Softsign: eachOfAllSizes([-20, 20]),
  LeakyRelu: eachOfAllSizes([-100, 100]),
  ThresholdedRelu: eachOfAllSizes([-3, 3]),
  Elu: each([-80, 80]),
  Selu: each([-80, 80]),
  Celu: each([-80, 80]),
  Add: two([-20, 20], [-20, 20]),
  Sub: two([-20, 20], [-20, 20]),
  Mul: two([-60, 60], [-60, 60]),
  Div: two([-60, 60], [-60, 60]),
  Pow: two([-8, 8], [-3, 3], [1]),
  PRelu: two([-60, 60], [-60, 60]),
  Sum: three,
  Mean: three,
  CumSum: (random) => {
    const length = random.integer(150, 250);
    const inputs = [floats(random, [few(random), length], [-4, 4]), wholes([1], [])];
    return [{ ...trial(inputs, {}, length), constant: [1] }];
  },
  Cast: each([-1e6, 1e6], { to: int(6) }),
  ReduceSum: (random) =>
    LENGTHS.map((lengths) => {
      const length = lengths.many(random);
      const inputs = [floats(random, [2, length, lengths.few(random)], [-4, 4]), wholes([1])];
      return { ...trial(inputs, {}, length), constant: [1] };
    }),
  ReduceMean: reduced([-4, 4]),
  ReduceProd: reduced([0.95, 1.05]),
  ReduceL1: reduced([-4, 4]),
  ReduceL2: reduced([-4, 4]),
  ReduceLogSum: reduced([0.25, 4]),
  ReduceLogSumExp: reduced([-4, 4]),
  ReduceSumSquare: reduced([-4, 4]),
  MatMul: product({}, false),
  Gemm: product({ transB: int(1), alpha: { float: 0.5 } }, true),
  Einsum: product({ equation: { text: 'ij,jk->ik' } }, false),
  Conv: convolved(false),
  ConvTranspose: convolved(true),
  AveragePool: (random) => {
    const shape = [1, few(random), random.integer(15, 20), random.integer(15, 20)];
    const attributes = { kernel_shape: ints(5, 4), strides: ints(2, 1) };
    return [trial([floats(random, shape, [-4, 4])], attributes, 20)];
  },
  GlobalAveragePool: (random) => {
    const [height, width] = [random.integer(17, 30), random.integer(17, 30)];
    return [trial([floats(random, [2, 3, height, width], [-4, 4])], {}, height * width)];
  },
  BatchNormalization: perChannel(4, 'none'),
  InstanceNormalization: perChannel(2, 'image'),
  LayerNormalization: (random) =>
    LENGTHS.map((lengths) => {
      const length = lengths.many(random);
      const inputs = [
        floats(random, [lengths.few(random), length], [-4, 4]),
        floats(random, [length], [0.5, 2]),
        floats(random, [length], [-1, 1]),
      ];
      return trial(inputs, {}, length);
    }),
  LpNormalization: lines([-4, 4]),
  LRN: (random) => {
    const attributes = { size: int(5), alpha: { float: 0.5 } };
    return [trial([floats(random, [2, random.integer(16, 24), 7, 6], [-4, 4])], attributes, 5)];
  },
  Softmax: lines([-8, 8]),
  LogSoftmax: lines([-8, 8]),
  Resize: (random) => {
    const shape = [1, 2, random.integer(10, 14), random.integer(10, 14)];
    const inputs = [floats(random, shape, [0, 8]), undefined, drawn(TYPE, [4], () => [1, 1, 2, 2])];
    return [trial(inputs, { mode: { text: 'linear' } }, 4)];
  },
  RNN: recurrent(1, 2),
  GRU: recurrent(3, 2),
  LSTM: recurrent(4, 3),
};
