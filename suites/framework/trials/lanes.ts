// What the operators are tried on that look at all elements along one dimension.
import { endsOf, FORMATS, isFloat } from '../../../core/onnx/element.ts';
import type { Attributes } from '../../../core/onnx/model.ts';
import { type Tensor, tensor } from '../../../core/onnx/tensor.ts';
import type { Random } from '../../../core/random.ts';
import type { ElementType } from '../../../schemas/generated/types.ts';
import { distinct, heldAs, int, whole } from './moved.ts';
import { between, numbers, type Trial, type Trials, wholes } from './trial.ts';

const axis = (value: number): Attributes => ({ axis: int(value) });

/** Neighbours at one end of an integer type and at the other, which no float tells from each other. */
const neighbours = (type: ElementType): Tensor => {
  const [low, high] = endsOf(type);
  const values = [high - 2n, high, high - 1n, low + 1n, low, low + 2n, high];
  return tensor(
    type,
    [values.length],
    values.map((value) => heldAs(type, value)),
  );
};

/** Whole numbers of which there are so many that differ, on both sides of zero where the type has them. */
const few = (random: Random, type: ElementType, shape: readonly number[], count: number) => {
  const least = FORMATS[type].kind === 'unsigned' ? 1 : -1;
  return whole(random, type, shape, least, least + count - 1);
};

const extreme: Trials = (random, type) => [
  ...extremes(random, type),
  // Of numbers below zero alone.
  ...(FORMATS[type].kind === 'unsigned'
    ? []
    : [{ about: 'values' as const, inputs: [numbers(type, [6], [-3, -2, -1, -2, -1, -3])] }]),
  ...(isFloat(type) ? [] : [{ about: 'integers' as const, inputs: [neighbours(type)] }]),
];

/** Lines so long that what is looked for is there more than once in each. */
const extremes: Trials = (random, type) =>
  (
    [
      [[7, 11], {}],
      [[7, 11], axis(1)],
      [[2, 7, 6], axis(-2)],
      [[48], {}],
      [[1, 4], {}],
      [[0, 3], axis(1)],
    ] as const
  ).flatMap(([shape, along]) =>
    [
      {},
      { keepdims: int(0) },
      { select_last_index: int(1) },
      { keepdims: int(0), select_last_index: int(1) },
    ].map(
      (attributes): Trial => ({
        about: 'values',
        // So few values that each is there more than once.
        inputs: [whole(random, type, shape, 1, 3)],
        attributes: { ...along, ...attributes },
      }),
    ),
  );

export const lanes: Readonly<Record<string, Trials>> = {
  ArgMax: extreme,
  ArgMin: extreme,
  TopK: (random, type) => [
    ...(
      [
        [[7], 3, {}],
        [[3, 5], 2, {}],
        [[3, 5], 3, axis(0)],
        [[2, 4, 3], 4, axis(-2)],
        [[3, 5], 1, { ...axis(1), sorted: int(0) }],
        [[1, 1], 1, {}],
      ] as const
    ).flatMap(([shape, count, attributes]) =>
      [{}, { largest: int(1) }, { largest: int(0) }].map(
        (largest): Trial => ({
          about: 'values',
          inputs: [distinct(random, type, shape), wholes([count])],
          constant: [1],
          attributes: { ...attributes, ...largest },
          outputs: 2,
        }),
      ),
    ),
    { about: 'values', inputs: [distinct(random, type, [3, 5]), wholes([3])], outputs: 2 },
    // Of equal elements the one with the lower index comes first.
    ...[0, 1].map(
      (largest): Trial => ({
        about: 'values',
        inputs: [numbers(type, [8], [2, 1, 3, 1, 3, 2, 1, 3]), wholes([5])],
        constant: [1],
        attributes: { largest: int(largest) },
        outputs: 2,
      }),
    ),
    {
      about: 'values',
      inputs: [distinct(random, type, [0, 3]), wholes([2])],
      constant: [1],
      outputs: 2,
    },
    ...(isFloat(type)
      ? [
          {
            about: 'special' as const,
            inputs: [
              numbers(type, [4], [1, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 2]),
              wholes([4]),
            ],
            constant: [1],
            outputs: 2,
          },
        ]
      : [1, 0].map((largest) => ({
          about: 'integers' as const,
          inputs: [neighbours(type), wholes([4])],
          constant: [1],
          attributes: { largest: int(largest) },
          outputs: 2,
        }))),
  ],
  CumSum: (random, type) => [
    {
      about: 'values',
      inputs: [between(random, type, [3, 4], [0, 9]), numbers('int32', [], [-2])],
    },
    ...(
      [
        [[6], 0],
        [[3, 4], 0],
        [[2, 3, 4], 1],
        [[3, 4], -1],
        [[1, 1], 1],
        [[0, 3], 1],
        [[3, 0], 1],
      ] as const
    ).flatMap(([shape, along]) =>
      [{}, { exclusive: int(1) }, { reverse: int(1) }, { exclusive: int(1), reverse: int(1) }].map(
        (attributes): Trial => ({
          about: 'values',
          inputs: [between(random, type, shape, [0, 9]), wholes([along], [])],
          constant: [1],
          attributes,
        }),
      ),
    ),
    // Sums that leave the type, and come back.
    ...(isFloat(type)
      ? []
      : [
          {
            about: 'integers' as const,
            inputs: [neighbours(type), wholes([0], [])],
            constant: [1],
          },
        ]),
  ],
  Unique: (random, type) => [
    ...(
      [
        [[17], {}],
        [[3, 7], {}],
        // More of them than there are that differ.
        [[12, 2], axis(0)],
        [[2, 11], axis(-1)],
        [[1], {}],
        [[0], {}],
      ] as const
    ).flatMap(([shape, along]) =>
      [{}, { sorted: int(1) }, { sorted: int(0) }].flatMap((sorted) =>
        [1, 4].map(
          (outputs): Trial => ({
            about: 'values',
            inputs: [few(random, type, shape, 'axis' in along ? 3 : 5)],
            attributes: { ...along, ...sorted },
            outputs,
          }),
        ),
      ),
    ),
    ...(isFloat(type) || type === 'bool'
      ? []
      : [{ about: 'integers' as const, inputs: [neighbours(type)], outputs: 4 }]),
  ],
};
