// What normalizations are tried on.
import type { Attributes } from '../../../core/onnx/model.ts';
import type { Tensor } from '../../../core/onnx/tensor.ts';
import type { Random } from '../../../core/random.ts';
import type { ElementType } from '../../../schemas/generated/types.ts';
import { between, numbers, type Trial, type Trials } from './trial.ts';

const float = (value: number) => ({ float: value });
const int = (value: number) => ({ int: value });

const range = [-4, 4] as const;

const IMAGES: readonly (readonly number[])[] = [
  [2, 3, 5],
  [2, 3, 4, 2],
  [1, 1, 3, 3],
  [1, 2, 2, 3, 2],
  [0, 3, 4],
];

/** Data and, one for each channel, scales and shifts and whatever else. */
const perChannel = (
  random: Random,
  type: ElementType,
  shape: readonly number[],
  ranges: readonly (readonly [number, number])[],
  from: readonly [number, number] = range,
): Tensor[] => [
  between(random, type, shape, from),
  ...ranges.map((one) => between(random, type, [shape[1] ?? 1], one)),
];

/** So near to each other that it is the epsilon that decides, the one that is given or the one that is meant. */
const NEAR = [-0.004, 0.004] as const;

const SCALE_AND_SHIFT = [
  [0.5, 2],
  [-1, 1],
] as const;

const EPSILONS: readonly Attributes[] = [{}, { epsilon: float(0.125) }];

/** Of a binary16, squares of them are subnormal. */
const nearby = (type: ElementType): readonly Attributes[] => (type === 'float16' ? [] : EPSILONS);

/** Weights come with the model, or with the run. */
const bothWays = (trial: Trial): Trial[] => [
  trial,
  { ...trial, constant: trial.inputs.map((_, index) => index).slice(1) },
];

/** The shapes of data, scale and shift, and the attributes. */
const LAYERS: readonly (readonly [
  Trial['about'],
  readonly number[],
  readonly number[],
  (readonly number[])?,
  Attributes?,
])[] = [
  ['values', [2, 3, 4], [4], [4]],
  ['values', [2, 3, 4], [4]],
  ['values', [2, 3, 4], [3, 4], [3, 4], { axis: int(1) }],
  ['values', [2, 3, 4], [3, 4], [3, 4], { axis: int(-2), epsilon: float(0.125) }],
  ['values', [2, 3, 4], [2, 3, 4], [2, 3, 4], { axis: int(0) }],
  ['values', [5, 17], [17], [17], { axis: int(-1) }],
  ['values', [3, 1], [1], [1]],
  ['values', [0, 4], [4], [4]],
  // Both are broadcast to the data.
  ['broadcast', [2, 3, 4], [3, 1], [4], { axis: int(1) }],
];

const LINES: readonly (readonly [readonly number[], Attributes])[] = [
  [[3, 5], {}],
  [[2, 3, 4], { axis: int(1) }],
  [[2, 3, 4], { axis: int(-3), p: int(1) }],
  [[2, 3, 4], { p: int(1) }],
  [[0, 3], {}],
  [[2, 3, 4], { axis: int(0), p: int(2) }],
];

const RESPONSES: readonly (readonly [readonly number[], Attributes])[] = [
  [[2, 5, 3, 2], { size: int(3) }],
  [[0, 3, 2, 2], { size: int(3) }],
  [[1, 5, 2, 2], { size: int(1), alpha: float(0.5) }],
  [[1, 3, 2, 2], { size: int(5), alpha: float(1) }],
  // Of an even number, one more lies behind than before.
  [[1, 6, 2, 2], { size: int(4), alpha: float(2), beta: float(0.5), bias: float(1.5) }],
];

export const normalization: Readonly<Record<string, Trials>> = {
  BatchNormalization: (random, type) => [
    ...[[3, 4], ...IMAGES].flatMap((shape) =>
      EPSILONS.flatMap((attributes) =>
        bothWays({
          about: 'values',
          inputs: perChannel(random, type, shape, [
            [0.5, 2],
            [-1, 1],
            [-1, 1],
            [0.25, 4],
          ]),
          attributes,
        }),
      ),
    ),
    ...nearby(type).map(
      (attributes): Trial => ({
        about: 'values',
        inputs: perChannel(random, type, [2, 3, 5], [[0.5, 2], [-1, 1], NEAR, [1e-5, 4e-5]], NEAR),
        attributes,
      }),
    ),
  ],
  InstanceNormalization: (random, type) => [
    ...IMAGES.flatMap((shape) =>
      EPSILONS.flatMap((attributes) =>
        bothWays({
          about: 'values',
          inputs: perChannel(random, type, shape, SCALE_AND_SHIFT),
          attributes,
        }),
      ),
    ),
    ...nearby(type).map(
      (attributes): Trial => ({
        about: 'values',
        inputs: perChannel(random, type, [2, 3, 5], SCALE_AND_SHIFT, NEAR),
        attributes,
      }),
    ),
  ],
  LayerNormalization: (random, type) => [
    ...LAYERS.flatMap(([about, data, scale, shift, attributes = {}]) =>
      [1, 3].flatMap((outputs) =>
        bothWays({
          about,
          inputs: [
            between(random, type, data, range),
            between(random, type, scale, [0.5, 2]),
            ...(shift ? [between(random, type, shift, [-1, 1])] : []),
          ],
          attributes,
          outputs,
        }),
      ),
    ),
    ...nearby(type).map(
      (attributes): Trial => ({
        about: 'values',
        inputs: [
          between(random, type, [2, 3, 4], NEAR),
          between(random, type, [4], [0.5, 2]),
          between(random, type, [4], [-1, 1]),
        ],
        attributes,
        outputs: 3,
      }),
    ),
  ],
  LpNormalization: (random, type) => [
    ...LINES.map(
      ([shape, attributes]): Trial => ({
        about: 'values',
        inputs: [between(random, type, shape, range)],
        attributes,
      }),
    ),
    ...[1, 2].map(
      (p): Trial => ({
        about: 'special',
        inputs: [numbers(type, [2, 3], [0, 0, 0, 0, 2, 0])],
        attributes: { p: int(p) },
      }),
    ),
  ],
  LRN: (random, type) =>
    RESPONSES.map(([shape, attributes]) => ({
      about: 'values',
      inputs: [between(random, type, shape, range)],
      attributes,
    })),
};
