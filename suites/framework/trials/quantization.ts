// What the operators between numbers and the small integers that stand for them are tried on.

import { endsOf } from '../../../core/onnx/element.ts';
import type { Attributes } from '../../../core/onnx/model.ts';
import { sizeOf, type Tensor } from '../../../core/onnx/tensor.ts';
import type { Random } from '../../../core/random.ts';
import type { ElementType } from '../../../schemas/generated/types.ts';
import { between, drawn, numbers, type Trial, type Trials } from './trial.ts';

const int = (value: number) => ({ int: value });

const SMALL = ['uint8', 'int8'] as const;

/** In steps of a scale: ties, and what lies beyond the ends. By a scale that is a power of two all are exact. */
const STEPS = [
  ...[0, 0.5, 1, 1.5, 2, 2.5, -0.5, -1, -1.5, -2.5, 3.5, 0.25, 0.75, -0.75],
  ...[124.5, 127, 127.5, 128, 251.5, 255, 255.5, 256, 1000, 1e6],
  ...[-124.5, -125.5, -127.5, -128, -129, -1000, -1e6],
];

/** In steps of a scale that is none: far from any tie. */
const BETWEEN = [0, 0.25, 1.25, 2.75, 41.25, 99.75, 126.25, 300, -0.25, -7.75, -90.25, -300];

/** Scales and zero points for each of three indexes along an axis. */
const AXES: readonly (readonly [readonly number[], Attributes])[] = [
  [[2, 3, 4], {}],
  [[3, 2, 2], { axis: int(0) }],
  [[2, 2, 3], { axis: int(-1) }],
];

const SCALES = numbers('float32', [3], [0.5, 0.25, 2]);

const zerosFor = (type: ElementType): Tensor =>
  numbers(type, [3], type === 'uint8' ? [128, 3, 0] : [0, -3, 5]);

/** One for all. */
const one = (type: ElementType, value: number): Tensor => numbers(type, [], [value]);

/** Scale and zero point come with the model, or with the run. */
const bothWays = (inputs: Trial['inputs'], attributes: Attributes = {}): Trial[] =>
  [[], [1, 2]].map((constant) => ({ about: 'values', inputs, constant, attributes }));

/** Integers from one end of a type to the other, or of 32 bits those that a binary32 can hold. */
const whole = (random: Random, type: ElementType, shape: readonly number[]): Tensor => {
  const [low, high] = type === 'int32' ? [-100_000, 100_000] : endsOf(type).map(Number);
  return between(random, type, shape, [low ?? 0, high ?? 0]);
};

const quantized: Trials = (random, type) => {
  const isWhole = type === 'int32';
  const steps = isWhole ? STEPS.map((step) => step * 2) : STEPS;
  const scale = isWhole ? 2 : 0.5;
  const row = (values: readonly number[], by: number): Tensor =>
    numbers(
      type,
      [values.length],
      values.map((value) => value * by),
    );
  const ties = row(steps, isWhole ? 1 : scale);
  return [
    ...bothWays([ties, one('float32', scale)]),
    ...bothWays([numbers(type, [0, 3], []), one('float32', scale)]),
    ...SMALL.flatMap((to) =>
      [0, to === 'uint8' ? 128 : -3, 3].flatMap((zero) =>
        bothWays([ties, one('float32', scale), one(to, zero)]),
      ),
    ),
    ...SMALL.flatMap((to) =>
      AXES.flatMap(([shape, attributes]) =>
        bothWays([between(random, type, shape, [-40, 40]), SCALES, zerosFor(to)], attributes),
      ),
    ),
    ...(isWhole
      ? []
      : SMALL.flatMap((to) =>
          bothWays([row(BETWEEN, 0.1), one('float32', 0.1), one(to, to === 'uint8' ? 100 : 1)]),
        )),
  ];
};

const dequantized: Trials = (random, type) => [
  ...[[23], [2, 3], [], [0, 3]].flatMap((shape) =>
    [0.5, 0.1].flatMap((scale) => bothWays([whole(random, type, shape), one('float32', scale)])),
  ),
  // Of 32 bits there is no zero point.
  ...(type === 'int32'
    ? []
    : [
        ...[0, 3, Number(endsOf(type)[1])].flatMap((zero) =>
          bothWays([whole(random, type, [23]), one('float32', 0.1), one(type, zero)]),
        ),
        ...AXES.flatMap(([shape, attributes]) =>
          bothWays([whole(random, type, shape), SCALES, zerosFor(type)], attributes),
        ),
      ]),
];

/** Rows whose ends are all on one side of zero, which belongs to the range: so far from it, their scale is a power of two. */
const ONE_SIDED = [
  [15.9375, 4, 8.25, 9.5],
  [-15.9375, -4, -8.25, -9.5],
] as const;

/** Rows whose scale is a power of two: with zero between the ends, at the lower, and at the upper one. */
const dynamic: Trials = (random, type) => [
  ...ONE_SIDED.map(
    (row): Trial => ({ about: 'values', inputs: [numbers(type, [4], row)], outputs: 3 }),
  ),
  // Zero between two steps, and nearer to the one above or below.
  ...[-63.75, -64.25].flatMap(
    (least): Trial => ({
      about: 'values',
      inputs: [numbers(type, [4], [least, least + 255, 0, 31.125])],
      outputs: 3,
    }),
  ),
  ...[-64, 0, -255].flatMap((least) =>
    [[37], [3, 5]].map((shape): Trial => {
      const row = drawn(type, shape, () => {
        const inside = Array.from({ length: sizeOf(shape) - 2 }, () =>
          random.integer(4 * least, 4 * (least + 255)),
        );
        const quarters = [4 * least, 4 * (least + 255), ...inside];
        return quarters.map((value) => value / 16);
      });
      return { about: 'values', inputs: [row], outputs: 3 };
    }),
  ),
];

/** The shapes of both matrices, and of both zero points, where there are any. */
const PRODUCTS: readonly (readonly [
  readonly number[],
  readonly number[],
  (readonly number[])?,
  (readonly number[])?,
])[] = [
  [
    [3, 4],
    [4, 5],
  ],
  [[3, 4], [4, 5], []],
  [[3, 4], [4, 5], [], []],
  [[3, 4], [4, 5], [], [5]],
  [[3, 4], [4, 5], [3]],
  [[0, 4], [4, 5], [], []],
  [[1, 33], [33, 17], [], []],
  [[2, 3, 4], [2, 4, 5], [], []],
  [[2, 3, 4], [4, 5], [], []],
];

/** Never the one that makes no difference. */
const zeroPoint = (random: Random, type: ElementType, shape: readonly number[]): Tensor =>
  between(random, type, shape, type === 'int8' ? [-128, -1] : [1, 255]);

const products: Trials = (random, type) =>
  SMALL.flatMap((other) =>
    PRODUCTS.map(([left, right, leftZero, rightZero]): Trial => {
      const zeros = [
        leftZero && zeroPoint(random, type, leftZero),
        rightZero && zeroPoint(random, other, rightZero),
      ].filter((zero) => zero !== undefined);
      return {
        about: 'values',
        inputs: [whole(random, type, left), whole(random, other, right), ...zeros],
        constant: [1, 2, 3],
      };
    }),
  );

export const quantization: Readonly<Record<string, Trials>> = {
  QuantizeLinear: quantized,
  DequantizeLinear: dequantized,
  DynamicQuantizeLinear: dynamic,
  MatMulInteger: products,
};
