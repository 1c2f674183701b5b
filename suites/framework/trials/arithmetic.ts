// What the operators on two tensors or more are tried on.
import { endsOf, FORMATS, isFloat, type Value } from '../../../core/onnx/element.ts';
import type { Attributes } from '../../../core/onnx/model.ts';
import { tensor } from '../../../core/onnx/tensor.ts';
import type { ElementType } from '../../../schemas/generated/types.ts';
import { between, numbers, type Trial, type Trials, truths } from './trial.ts';

const { NaN: none, POSITIVE_INFINITY: infinity } = Number;

/** Shapes that broadcast to one: of another rank, along ones, with nothing in them. */
const TOGETHER: readonly (readonly [readonly number[], readonly number[]])[] = [
  [[2, 3, 4], [4]],
  [
    [3, 1],
    [1, 4],
  ],
  [[], [2, 3]],
  [
    [2, 1, 3],
    [5, 1],
  ],
  [[0, 3], [3]],
  [
    [2, 0],
    [2, 1],
  ],
];

export const heldAs = (type: ElementType, value: bigint): Value =>
  FORMATS[type].bytes === 8 ? value : Number(value);

interface Ground {
  readonly left?: readonly [number, number];
  readonly right?: readonly [number, number];
  /** Pairs of floats for which IEEE 754 and the definition decide the result. */
  readonly special?: readonly (readonly [number, number])[];
  /** Pairs of integers; `low` and `high` are the ends of their type. */
  readonly integers?: (low: bigint, high: bigint) => readonly (readonly [bigint, bigint])[];
  readonly attributes?: Attributes;
}

const of =
  ({ left = [-4, 4], right = [-4, 4], special = [], integers, attributes = {} }: Ground): Trials =>
  (random, type) => {
    const isSigned = FORMATS[type].kind !== 'unsigned';
    const within = ([low, high]: readonly [number, number]): readonly [number, number] =>
      isSigned ? [low, high] : [Math.max(low, 1), Math.max(high, 8)];
    const pair = (one: readonly number[], other: readonly number[]) => [
      between(random, type, one, within(left)),
      between(random, type, other, within(right)),
    ];
    const trials: Trial[] = [
      ...[[23], [2, 3, 4], []].map((shape) => ({
        about: 'values' as const,
        inputs: pair(shape, shape),
        attributes,
      })),
      ...TOGETHER.map(([one, other]) => ({
        about: 'broadcast' as const,
        inputs: pair(one, other),
        attributes,
      })),
    ];
    if (isFloat(type) && special.length > 0) {
      const sides = [0, 1].map((side) =>
        numbers(
          type,
          [special.length],
          special.map((one) => one[side] ?? 0),
        ),
      );
      trials.push({ about: 'special', inputs: sides, attributes });
    }
    if (!isFloat(type) && integers) {
      const pairs = integers(...endsOf(type)).filter(([, y]) => isSigned || y >= 0n);
      const kept = pairs.filter(([x]) => isSigned || x >= 0n);
      const sides = [0, 1].map((side) =>
        tensor(
          type,
          [kept.length],
          kept.map((one) => heldAs(type, one[side] ?? 0n)),
        ),
      );
      trials.push({ about: 'integers', inputs: sides, attributes });
    }
    return trials;
  };

const truth: Trials = (random) => [
  {
    about: 'values',
    inputs: [numbers('bool', [4], [0, 0, 1, 1]), numbers('bool', [4], [0, 1, 0, 1])],
  },
  ...[[23], [2, 3], []].map((shape) => ({
    about: 'values' as const,
    inputs: [truths(random, shape), truths(random, shape)],
  })),
  ...TOGETHER.map(([one, other]) => ({
    about: 'broadcast' as const,
    inputs: [truths(random, one), truths(random, other)],
  })),
];

/** Any number of tensors, one and four. */
const many =
  (special: readonly (readonly [number, number])[]): Trials =>
  (random, type) => [
    ...of({ special })(random, type),
    ...[1, 4].map((count) => ({
      about: 'values' as const,
      inputs: Array.from({ length: count }, () => between(random, type, [2, 5], [-4, 4])),
    })),
  ];

/** Of one size, and of none alike. */
const compared = of({
  left: [-3, 3],
  right: [-3, 3],
  special: [
    [0, -0],
    [none, none],
    [none, 1],
    [infinity, infinity],
    [-infinity, infinity],
    [1, 1],
    [1, 2],
  ],
  integers: (low, high) => [
    [low, high],
    [high, low],
    [low, low],
    [high, high],
    [0n, high],
  ],
});

const divided: (low: bigint, high: bigint) => readonly (readonly [bigint, bigint])[] = (
  low,
  high,
) => [
  [7n, 2n],
  [-7n, 2n],
  [7n, -2n],
  [-7n, -2n],
  [high, 3n],
  [low, 3n],
  [high, high],
  [1n, high],
  [6n, -3n],
  [-1n, 4n],
];

/** What does not fit wraps. */
const wraps = (low: bigint, high: bigint): readonly (readonly [bigint, bigint])[] => [
  [high, 1n],
  [high, high],
  [low, high],
  [high, 2n],
  [low, 1n],
  [0n, 0n],
];

const dividing = of({
  right: [1, 4],
  special: [
    [1, 0],
    [1, -0],
    [-1, 0],
    [0, 0],
    [infinity, infinity],
    [1, infinity],
    [-1, infinity],
    [none, 1],
  ],
  integers: divided,
});

export const arithmetic: Readonly<Record<string, Trials>> = {
  Add: of({
    special: [
      [-0, -0],
      [0, -0],
      [infinity, 1],
      [infinity, -infinity],
      [none, 1],
    ],
    integers: wraps,
  }),
  Sub: of({
    special: [
      [0, 0],
      [-0, 0],
      [infinity, infinity],
      [1, infinity],
      [1, none],
    ],
    integers: (low, high) => [
      [low, 1n],
      [high, high],
      [low, high],
      [0n, 0n],
    ],
  }),
  Mul: of({
    special: [
      [0, -1],
      [-0, -1],
      [infinity, -2],
      [infinity, 0],
      [none, 0],
    ],
    integers: wraps,
  }),
  Div: (random, type) => [
    ...dividing(random, type),
    // One number over several, where a quotient that is 0 for all would be seen.
    { about: 'broadcast', inputs: [numbers(type, [], [7]), numbers(type, [3], [1, 2, 7])] },
  ],
  Mod: (random, type) => [
    ...of({ right: [1, 4], integers: divided })(random, type),
    ...of({ right: [1, 4], integers: divided, attributes: { fmod: { int: 1 } } })(random, type),
  ],
  Pow: of({
    left: [0.25, 4],
    right: [0, 3],
    special: [
      [0, 0],
      [none, 0],
      [1, none],
      [infinity, 2],
      [infinity, -1],
      [0, 2],
      [-2, 3],
      [-2, 0.5],
    ],
  }),
  PRelu: (random, type) =>
    [[2, 3, 4], [4], [3, 4], [3, 1], []].map((slope) => ({
      about: slope.length === 3 ? ('values' as const) : ('broadcast' as const),
      inputs: [between(random, type, [2, 3, 4], [-4, 4]), between(random, type, slope, [0, 2])],
    })),
  Min: many([
    [infinity, 1],
    [-infinity, 1],
  ]),
  Max: many([
    [infinity, 1],
    [-infinity, 1],
  ]),
  Sum: many([
    [infinity, 1],
    [infinity, -infinity],
    [none, 1],
  ]),
  Mean: many([
    [infinity, 1],
    [infinity, -infinity],
    [none, 1],
  ]),
  And: truth,
  Or: truth,
  Xor: truth,
  Equal: (random, type) => (type === 'bool' ? truth(random, type) : compared(random, type)),
  Greater: compared,
  GreaterOrEqual: compared,
  Less: compared,
  LessOrEqual: compared,
  BitShift: (random, type) => [
    ...['LEFT', 'RIGHT'].map((direction) => ({
      about: 'values' as const,
      inputs: [between(random, type, [23], [0, 200]), between(random, type, [23], [0, 7])],
      attributes: { direction: { text: direction } },
    })),
    {
      about: 'integers',
      inputs: [
        tensor(
          type,
          [3],
          [1n, 3n, endsOf(type)[1]].map((value) => heldAs(type, value)),
        ),
        numbers(type, [3], [7, 7, 7]),
      ],
      attributes: { direction: { text: 'LEFT' } },
    },
  ],
  Where: (random) =>
    (['float32', 'int32', 'int64'] as const).flatMap((type) =>
      [
        [[23], [23], [23]],
        [[2, 1], [3], [2, 3]],
        [[], [4], [1]],
        [[0, 1], [3], [1, 3]],
      ].map(
        ([condition = [], one = [], other = []], index): Trial => ({
          about: index === 0 ? 'values' : 'broadcast',
          inputs: [
            truths(random, condition),
            between(random, type, one, [-9, 9]),
            between(random, type, other, [-9, 9]),
          ],
        }),
      ),
    ),
  Clip: (random, type) => {
    const low = numbers(type, [], [2]);
    const high = numbers(type, [], [5]);
    const given = () => between(random, type, [3, 7], [0, 8]);
    return [
      { about: 'values', inputs: [given(), low, high] },
      { about: 'values', inputs: [given(), low] },
      { about: 'values', inputs: [given(), undefined, high] },
      { about: 'values', inputs: [given()] },
      ...(isFloat(type)
        ? [
            {
              about: 'special' as const,
              inputs: [numbers(type, [2], [infinity, -infinity]), low, high],
            },
          ]
        : []),
    ];
  },
};
