// What the operators that reduce along axes are tried on.
import { endsOf, FORMATS, isFloat } from '../../../core/onnx/element.ts';
import type { Attributes } from '../../../core/onnx/model.ts';
import { type Tensor, tensor } from '../../../core/onnx/tensor.ts';
import type { ElementType } from '../../../schemas/generated/types.ts';
import { heldAs } from './moved.ts';
import { between, ending, numbers, type Trial, type Trials, wholes } from './trial.ts';

const { NaN: none, POSITIVE_INFINITY: infinity } = Number;

/** Shapes and the axes to reduce along; none are all of them. */
const FORMS: readonly (readonly [readonly number[], (readonly number[])?])[] = [
  [[2, 3, 4]],
  [[2, 3, 4], [1]],
  [
    [2, 3, 4],
    [0, 2],
  ],
  [[2, 3, 4], [-1]],
  [
    [2, 3, 4],
    [-3, -2],
  ],
  [
    [1, 4, 1],
    [0, 2],
  ],
  [[5], [0]],
  [[]],
  // Groups there are none: each would have two elements.
  [[2, 0, 3], [0]],
];

interface Ground {
  readonly from?: readonly [number, number];
  /** Where what floats are drawn from is no ground for integers. */
  readonly whole?: readonly [number, number];
  /** Rows of floats for which IEEE 754 and the definition decide the result. */
  readonly special?: readonly (readonly number[])[];
  /** Whether the definition says what nothing is reduced to. */
  readonly ofNothing?: boolean;
  /** Rows of integers. */
  readonly integers?: (type: ElementType) => readonly (readonly bigint[])[];
  /** Whether it chooses: what it would choose lies at either end then. */
  readonly chooses?: true;
}

/** How axes are said: as an attribute, or as an input. */
type Said = (data: Tensor, axes: readonly number[] | undefined, attributes: Attributes) => Trial;

const ints = (values: readonly number[]) => ({ ints: [...values] });
const int = (value: number) => ({ int: value });

const asAttribute: Said = (data, axes, attributes) => ({
  about: 'values',
  inputs: [data],
  attributes: { ...attributes, ...(axes && { axes: ints(axes) }) },
});

const asInput: Said = (data, axes, attributes) => ({
  about: 'values',
  inputs: axes ? [data, wholes(axes)] : [data],
  constant: [1],
  attributes,
});

const of =
  (
    { from = [-4, 4], whole = from, special = [], ofNothing = true, integers, chooses }: Ground,
    said: Said = asAttribute,
  ): Trials =>
  (random, type) => {
    const isUnsigned = FORMATS[type].kind === 'unsigned';
    const range = isFloat(type) ? from : isUnsigned ? ([0, 8] as const) : whole;
    const forms = [...FORMS, ...(ofNothing ? [[[2, 0, 3], [1]] as const] : [])];
    const trials: Trial[] = forms.flatMap(([shape, axes]) =>
      [{}, { keepdims: int(0) }].map((attributes, index) => {
        const ends = index === 0 ? range : ([range[1], range[0]] as const);
        const data = chooses
          ? ending(random, type, shape, range, ends)
          : between(random, type, shape, range);
        return said(data, axes, attributes);
      }),
    );
    if (isFloat(type)) {
      trials.push(
        ...special.map((row) => ({
          ...said(numbers(type, [1, row.length], row), [1], {}),
          about: 'special' as const,
        })),
      );
    } else if (integers) {
      for (const row of integers(type)) {
        const data = tensor(
          type,
          [1, row.length],
          row.map((value) => heldAs(type, value)),
        );
        trials.push({ ...said(data, [1], {}), about: 'integers' });
      }
    }
    return trials;
  };

/** Above where the nearest float is told from the next integer. */
const large = (type: ElementType): bigint => (endsOf(type)[1] > 2n ** 32n ? 2n ** 53n : 2n ** 24n);

const ends = (type: ElementType): readonly (readonly bigint[])[] => {
  const [low, high] = endsOf(type);
  return [
    [high - 1n, low, 0n, high, low + 1n],
    // Neighbours that no float tells from each other, and none beyond zero.
    [high - 2n, high - 1n, high - 3n],
    [low + 2n, low + 1n, low + 3n],
  ];
};

const sum: Ground = {
  special: [
    [infinity, 1],
    [infinity, -infinity],
    [none, 1],
  ],
  integers: (type) => [
    [large(type) + 1n, 2n, 1n, 1n],
    [endsOf(type)[1], 2n, 1n],
  ],
};

export const reduction: Readonly<Record<string, Trials>> = {
  ReduceSum: (random, type) => [
    ...of(sum, asInput)(random, type),
    // Axes that are none: all of them, or no reduction at all.
    ...[0, 1].flatMap((isNothing) =>
      [undefined, []].map((axes) =>
        asInput(between(random, type, [2, 3], [-4, 4]), axes, {
          noop_with_empty_axes: int(isNothing),
        }),
      ),
    ),
  ],
  ReduceMean: of({
    ofNothing: false,
    special: [
      [infinity, 1],
      [infinity, -infinity],
      [none, 1],
    ],
  }),
  ReduceMax: of({
    chooses: true,
    special: [
      [infinity, 1],
      [-infinity, 1],
      [-infinity, -infinity],
    ],
    integers: ends,
  }),
  ReduceMin: of({
    chooses: true,
    special: [
      [infinity, 1],
      [-infinity, 1],
      [infinity, infinity],
    ],
    integers: ends,
  }),
  ReduceProd: of({
    from: [0.75, 1.5],
    whole: [1, 2],
    special: [
      [infinity, -2],
      [infinity, 0],
      [none, 0],
      [-0, 1],
    ],
    integers: (type) => [
      [large(type) / 2n ** 12n + 1n, -3n, 5n, 7n],
      [large(type) + 1n, 3n],
      [endsOf(type)[1], -3n, 5n],
    ],
  }),
  ReduceL1: of({
    special: [
      [-infinity, 1],
      [none, 1],
    ],
    integers: (type) => [[large(type), -1n, 1n, -1n]],
  }),
  ReduceL2: of({
    special: [
      [-infinity, 1],
      [none, 1],
    ],
  }),
  ReduceLogSum: of({
    from: [0.25, 4],
    special: [
      [1, -1],
      [-1, -1],
      [infinity, 1],
      [none, 1],
    ],
  }),
  ReduceLogSumExp: of({
    special: [
      [1000, 1000, 1001],
      [-1000, -1001, -1000],
      [-infinity, 1],
      [none, 1],
    ],
  }),
  ReduceSumSquare: of({
    special: [
      [-infinity, 1],
      [none, 1],
    ],
    integers: (type) => [[endsOf(type)[1] > 2n ** 32n ? 2n ** 27n : 2n ** 13n, 1n, -1n, 1n]],
  }),
};
