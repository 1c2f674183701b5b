// What the operators on two tensors or more are tried on.
import { endsOf, FORMATS, isFloat } from '../../../core/onnx/element.ts';
import type { Attributes } from '../../../core/onnx/model.ts';
import { sizeOf, type Tensor, tensor } from '../../../core/onnx/tensor.ts';
import type { Random } from '../../../core/random.ts';
import type { ElementType } from '../../../schemas/generated/types.ts';
import { heldAs, wide } from './moved.ts';
import {
  balanced,
  between,
  drawn,
  evenly,
  numbers,
  type Trial,
  type Trials,
  truths,
} from './trial.ts';

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

/**
 * The same of so many elements that each of both makes a difference somewhere: to what compares or chooses, of a few no
 * more than one side may matter.
 */
const TELLING: typeof TOGETHER = [
  [[5, 6, 7], [7]],
  [
    [7, 1],
    [1, 9],
  ],
  [[], [5, 7]],
  [
    [4, 1, 6],
    [7, 1],
  ],
  ...TOGETHER.slice(-2),
];

interface Ground {
  readonly left?: readonly [number, number];
  readonly right?: readonly [number, number];
  /** Pairs of floats for which IEEE 754 and the definition decide the result. */
  readonly special?: readonly (readonly [number, number])[];
  /** Pairs of integers; `low` and `high` are the ends of their type. */
  readonly integers?: (low: bigint, high: bigint) => readonly (readonly [bigint, bigint])[];
  readonly attributes?: Attributes;
  /** Of an operator that compares or chooses: the tensors that it is tried on, and those of no dimension. */
  readonly telling?: {
    readonly made: (random: Random, type: ElementType, shape: readonly number[]) => Tensor;
    readonly scalars?: readonly (readonly [number, number])[];
  };
}

const of =
  ({
    left = [-4, 4],
    right = [-4, 4],
    special = [],
    integers,
    attributes = {},
    telling,
  }: Ground): Trials =>
  (random, type) => {
    const isSigned = FORMATS[type].kind !== 'unsigned';
    const within = ([low, high]: readonly [number, number]): readonly [number, number] =>
      isSigned ? [low, high] : [Math.max(low, 1), Math.max(high, 8)];
    const pair = (one: readonly number[], other: readonly number[]) => [
      between(random, type, one, within(left)),
      between(random, type, other, within(right)),
    ];
    const { made, scalars } = telling ?? {};
    const plain = (scalars ? [[23]] : [[23], [2, 3, 4], []]).map((shape) => pair(shape, shape));
    const apart = (one: readonly number[], other: readonly number[]): Tensor[] =>
      made ? [made(random, type, one), made(random, type, other)] : pair(one, other);
    const trials: Trial[] = [
      ...[
        ...plain,
        ...(scalars
          ? [
              apart([2, 3, 4], [2, 3, 4]),
              ...scalars.map((two) => two.map((one) => numbers(type, [], [one]))),
            ]
          : []),
      ].map((inputs) => ({ about: 'values' as const, inputs, attributes })),
      ...(telling ? TELLING : TOGETHER).map(([one, other]) => ({
        about: 'broadcast' as const,
        inputs: apart(one, other),
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
  ...[[23], [2, 3]].map((shape) => ({
    about: 'values' as const,
    inputs: [truths(random, shape), truths(random, shape)],
  })),
  ...[0, 1, 2, 3].map((both) => ({
    about: 'values' as const,
    inputs: [both >> 1, both & 1].map((one) => numbers('bool', [], [one])),
  })),
  // What has one value hides what the other has, or turns it: of no dimension both are tried.
  ...TELLING.flatMap(([one, other]) =>
    (one.length === 0 ? [0, 1] : [undefined]).map((value) => ({
      about: 'broadcast' as const,
      inputs: [
        value === undefined ? truths(random, one) : numbers('bool', one, [value]),
        truths(random, other),
      ],
    })),
  ),
];

/** Tensors of which each is the largest in some places, and the least in others. */
const inTurns = (random: Random, type: ElementType, count: number): Tensor[] => {
  const least = FORMATS[type].kind === 'unsigned' ? 4 : 0;
  return Array.from({ length: count }, (_, which) =>
    drawn(type, [2, 5], () =>
      Array.from({ length: 10 }, (__, index) => {
        const low = ((index + which) % count) * (8 / count) - 3.4 + least;
        const value = low + (random.integer(0, 1_000_000) / 1_000_000) * (8 / count - 0.6);
        return isFloat(type) ? value : Math.round(value);
      }),
    ),
  );
};

/** What chooses is given values around those of no dimension. */
const around = (random: Random, type: ElementType, shape: readonly number[]): Tensor => {
  const middle = FORMATS[type].kind === 'unsigned' ? 5 : 0;
  return shape.length === 0
    ? between(random, type, shape, [middle - 1, middle + 1])
    : evenly(random, type, shape, [middle - 4, middle + 4]);
};

/** Any number of tensors, one and four. */
const many =
  (special: readonly (readonly [number, number])[], more: Ground = {}): Trials =>
  (random, type) => [
    ...of({ special, ...more })(random, type),
    ...[1, 4].map((count) => ({
      about: 'values' as const,
      inputs: inTurns(random, type, count),
    })),
  ];

/** Which of two is the larger: of the ends of their type, and of neighbours that no float tells from each other. */
const ordered = (low: bigint, high: bigint): readonly (readonly [bigint, bigint])[] => [
  [low, high],
  [high, low],
  [low, low],
  [high, high],
  [0n, high],
  [high, high - 1n],
  [high - 1n, high],
  [low, low + 1n],
  [low + 1n, low],
];

/** Few enough that some are equal; one alone is the middle of them. */
const alike = (random: Random, type: ElementType, shape: readonly number[]): Tensor => {
  const values =
    FORMATS[type].kind === 'unsigned' ? [0, 1, 2] : isFloat(type) ? [-1.5, 0.25, 1] : [-1, 0, 1];
  return sizeOf(shape) === 1
    ? numbers(type, shape, values.slice(1, 2))
    : balanced(random, type, shape, values);
};

/** Of one size, and of none alike; of two of no dimension also those for which it holds. */
const compared = (holds: readonly [number, number], fails: readonly [number, number]): Trials =>
  of({
    left: [-3, 3],
    right: [-3, 3],
    telling: { made: alike, scalars: [holds, fails] },
    special: [
      [0, -0],
      [none, none],
      [none, 1],
      [infinity, infinity],
      [-infinity, infinity],
      [1, 1],
      [1, 2],
    ],
    integers: ordered,
  });

const equal = compared([1, 1], [1, 2]);

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

const powers = of({
  left: [0.25, 4],
  right: [0, 3],
  special: [
    [0, 0],
    [none, 0],
    [1, none],
    [infinity, 2],
    [infinity, -1],
    [0, 2],
    [0, -1],
    [-0, 3],
    [-0, -3],
    [-0, 2],
    [-1, infinity],
    [-infinity, 3],
    [-2, 3],
    [-2, 0.5],
  ],
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
  Pow: (random, type) => [
    ...powers(random, type),
    // An exponent may be of another type than its base.
    ...(isFloat(type) ? (['int64', 'int32'] as const) : []).map(
      (kind): Trial => ({
        about: 'values',
        inputs: [numbers(type, [4], [0.5, -2, 3, -1.5]), numbers(kind, [4], [3, 5, -1, 2])],
      }),
    ),
  ],
  PRelu: (random, type) =>
    [[2, 3, 4], [4], [3, 4], [3, 1], []].flatMap((slope) =>
      [2, 0].map((batch) => ({
        about: slope.length === 3 ? ('values' as const) : ('broadcast' as const),
        inputs: [
          between(random, type, [batch, 3, 4], [-4, 4]),
          between(random, type, slope.length === 3 ? [batch, 3, 4] : slope, [-2, 2]),
        ],
      })),
    ),
  Min: many(
    [
      [infinity, 1],
      [-infinity, 1],
    ],
    { telling: { made: around }, integers: ordered },
  ),
  Max: many(
    [
      [infinity, 1],
      [-infinity, 1],
    ],
    { telling: { made: around }, integers: ordered },
  ),
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
  Equal: (random, type) => (type === 'bool' ? truth(random, type) : equal(random, type)),
  Greater: compared([2, 1], [1, 2]),
  GreaterOrEqual: compared([2, 1], [1, 2]),
  Less: compared([1, 2], [2, 1]),
  LessOrEqual: compared([1, 2], [2, 1]),
  BitShift: (random, type) => [
    ...['LEFT', 'RIGHT'].map((direction) => ({
      about: 'values' as const,
      inputs: [between(random, type, [23], [0, 200]), between(random, type, [23], [0, 7])],
      attributes: { direction: { text: direction } },
    })),
    {
      about: 'empty',
      inputs: [numbers(type, [0, 3], []), numbers(type, [0, 3], [])],
      attributes: { direction: { text: 'LEFT' } },
    },
    // Up to all bits but one: nothing comes in from above, and nothing of the count is left out.
    ...['LEFT', 'RIGHT'].map((direction) => {
      const [, high] = endsOf(type);
      const most = 8 * FORMATS[type].bytes - 1;
      const values = [1n, 3n, high, high, high - 1n, high / 2n + 1n];
      return {
        about: 'integers' as const,
        inputs: [
          tensor(
            type,
            [values.length],
            values.map((value) => heldAs(type, value)),
          ),
          numbers(type, [values.length], [7, most, 1, most, most - 1, most]),
        ],
        attributes: { direction: { text: direction } },
      };
    }),
  ],
  Where: (random) => [
    ...(['float32', 'int32', 'int64'] as const).flatMap((type) =>
      [
        [[23], [23], [23]],
        [[2, 1], [3], [2, 3]],
        [[], [4], [1]],
        [[0, 1], [3], [1, 3]],
      ].flatMap(([condition = [], one = [], other = []], index) =>
        // One alone chooses all of one side: both are tried.
        (condition.length === 0
          ? [0, 1].map((value) => numbers('bool', condition, [value]))
          : [truths(random, condition)]
        ).map(
          (chosen): Trial => ({
            about: index === 0 ? 'values' : 'broadcast',
            inputs: [
              chosen,
              between(random, type, one, [-9, 9]),
              between(random, type, other, [-9, 9]),
            ],
          }),
        ),
      ),
    ),
    // What is not chosen is not looked at.
    {
      about: 'special',
      inputs: [
        numbers('bool', [6], [1, 0, 1, 0, 1, 0]),
        numbers('float32', [6], [1, none, infinity, -infinity, -0, 2]),
        numbers('float32', [6], [none, 2, -infinity, -0, infinity, none]),
      ],
    },
    ...(['int32', 'int64'] as const).map(
      (type): Trial => ({
        about: 'integers',
        inputs: [
          numbers('bool', [7], [1, 0, 1, 1, 0, 0, 1]),
          wide(type, [7]),
          { ...wide(type, [7]), values: wide(type, [7]).values.toReversed() },
        ],
      }),
    ),
  ],
  Clip: (random, type) => {
    const low = numbers(type, [], [2]);
    const high = numbers(type, [], [5]);
    const given = () => evenly(random, type, [3, 7], [0, 8]);
    return [
      { about: 'values', inputs: [given(), low, high] },
      { about: 'values', inputs: [given(), low] },
      { about: 'values', inputs: [given(), undefined, high] },
      { about: 'values', inputs: [given()] },
      { about: 'empty', inputs: [between(random, type, [0, 3], [0, 8]), low, high] },
      // Where the bounds are the wrong way round, all are the upper one.
      { about: 'values', inputs: [given(), high, low] },
      ...(isFloat(type)
        ? [
            {
              about: 'special' as const,
              inputs: [numbers(type, [2], [infinity, -infinity]), low, high],
            },
          ]
        : [
            {
              about: 'integers' as const,
              inputs: [
                wide(type, [7]),
                tensor(type, [], [heldAs(type, endsOf(type)[0] + 1n)]),
                tensor(type, [], [heldAs(type, endsOf(type)[1] - 1n)]),
              ],
            },
          ]),
    ];
  },
};
