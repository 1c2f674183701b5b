// What convolutions and their transposes are tried on.
import type { Attributes } from '../../../core/onnx/model.ts';
import { between, type Trial, type Trials } from './trial.ts';

/** The shapes of data and weights, and of a bias as many as there are features, where there is one. */
type Form = readonly [readonly number[], readonly number[], number | undefined, Attributes?];

const ints = (...values: readonly number[]) => ({ ints: values });
const int = (value: number) => ({ int: value });
const auto = (text: string) => ({ auto_pad: { text } });

const CONVOLUTIONS: readonly Form[] = [
  [[1, 1, 5], [1, 1, 3], undefined],
  [[2, 2, 7], [3, 2, 3], 3, { strides: ints(2), pads: ints(1, 1) }],
  [[1, 2, 8], [2, 2, 3], undefined, { dilations: ints(2), pads: ints(2, 0) }],
  [[1, 1, 5, 5], [1, 1, 3, 3], undefined],
  [[1, 2, 6, 5], [3, 2, 3, 3], 3, { pads: ints(1, 1, 1, 1), kernel_shape: ints(3, 3) }],
  [[2, 3, 4, 4], [5, 3, 1, 1], 5],
  [
    [2, 4, 6, 5],
    [6, 2, 3, 2],
    6,
    { group: int(2), strides: ints(2, 1), dilations: ints(1, 2), pads: ints(1, 0, 2, 1) },
  ],
  [[1, 3, 5, 4], [3, 1, 3, 3], undefined, { group: int(3), pads: ints(1, 1, 1, 1) }],
  [[1, 2, 4, 4], [4, 1, 2, 2], 4, { group: int(2), strides: ints(2, 2) }],
  [[1, 1, 1, 1], [1, 1, 3, 3], 1, { pads: ints(1, 1, 1, 1) }],
  [[1, 16, 9, 9], [8, 16, 3, 3], 8, { pads: ints(1, 1, 1, 1) }],
  [[1, 1, 5, 6], [2, 1, 3, 2], undefined, { ...auto('SAME_UPPER'), strides: ints(2, 2) }],
  [[1, 1, 5, 6], [2, 1, 2, 3], 2, { ...auto('SAME_LOWER') }],
  [[1, 1, 6, 6], [2, 1, 3, 3], 2, { ...auto('SAME_LOWER'), strides: ints(2, 2) }],
  [[1, 1, 6, 5], [2, 1, 3, 3], undefined, { ...auto('VALID'), strides: ints(2, 1) }],
  [[0, 2, 5, 5], [3, 2, 3, 3], 3],
  [[1, 1, 7, 7], [1, 1, 2, 2], undefined, { ...auto('SAME_UPPER'), dilations: ints(2, 3) }],
  [
    [1, 2, 3, 4, 5],
    [2, 2, 2, 2, 2],
    2,
    { strides: ints(1, 1, 2), dilations: ints(1, 2, 1), pads: ints(0, 1, 0, 1, 0, 1) },
  ],
];

const TRANSPOSES: readonly Form[] = [
  [[1, 1, 4], [1, 1, 3], undefined],
  [[1, 2, 4], [2, 3, 3], 3, { strides: ints(2), pads: ints(1, 1), output_padding: ints(1) }],
  [[1, 1, 3, 3], [1, 2, 3, 3], undefined],
  [[2, 2, 3, 4], [2, 3, 3, 2], 3, { strides: ints(3, 2), pads: ints(1, 0, 2, 1) }],
  [[1, 2, 3, 3], [2, 1, 2, 2], 1, { dilations: ints(2, 1), kernel_shape: ints(2, 2) }],
  [
    [1, 4, 3, 3],
    [4, 2, 3, 3],
    4,
    { group: int(2), strides: ints(2, 2), output_padding: ints(1, 1) },
  ],
  [[1, 3, 2, 3], [3, 1, 2, 3], undefined, { group: int(3), strides: ints(2, 1) }],
  // The padding is even, for which all ways to share it are one.
  [[1, 1, 3, 3], [1, 1, 4, 4], undefined, { ...auto('SAME_UPPER'), strides: ints(2, 2) }],
  [[1, 1, 3, 3], [1, 1, 3, 3], undefined, { ...auto('SAME_LOWER') }],
  [[1, 1, 3, 3], [1, 2, 4, 4], 2, { output_shape: ints(6, 6), strides: ints(2, 2) }],
  [[0, 1, 3, 3], [1, 2, 3, 3], 2],
  [[1, 1, 2, 3], [1, 1, 3, 3], undefined, { strides: ints(2, 3), output_padding: ints(1, 2) }],
  [[1, 1, 3, 3], [1, 1, 3, 2], undefined, { ...auto('VALID'), strides: ints(2, 2) }],
  [[1, 1, 2, 2, 3], [1, 2, 2, 2, 2], 2, { strides: ints(1, 1, 2), pads: ints(0, 1, 0, 0, 0, 1) }],
];

const range = [-2, 2] as const;

const of =
  (forms: readonly Form[]): Trials =>
  (random, type) =>
    forms.flatMap(([data, weights, bias, attributes = {}]) =>
      // Weights come with the model, or with the run.
      [[], [1, 2]].map(
        (constant): Trial => ({
          about: 'values',
          inputs: [data, weights, ...(bias === undefined ? [] : [[bias]])].map((shape) =>
            between(random, type, shape, range),
          ),
          constant,
          attributes,
        }),
      ),
    );

export const convolutions: Readonly<Record<string, Trials>> = {
  Conv: of(CONVOLUTIONS),
  ConvTranspose: of(TRANSPOSES),
};
