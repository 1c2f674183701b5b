// What Resize is tried on: factors of two, so that nothing lies between two neighbours but where that is decided.
import { isFloat } from '../../../core/onnx/element.ts';
import type { Attributes } from '../../../core/onnx/model.ts';
import { between, numbers, type Trial, type Trials, wholes } from './trial.ts';

const SHAPE = [1, 2, 4, 2] as const;

/** How many times as long each dimension becomes. */
const SCALES: readonly (readonly number[])[] = [
  [1, 1, 2, 2],
  [1, 1, 0.5, 4],
  [1, 1, 1, 2],
  [1, 1, 1.25, 3],
];

const named = (members: Readonly<Record<string, string>>): Attributes =>
  Object.fromEntries(Object.entries(members).map(([name, text]) => [name, { text }]));

const NEAREST: readonly Attributes[] = [
  {},
  named({ coordinate_transformation_mode: 'asymmetric', nearest_mode: 'floor' }),
  named({ coordinate_transformation_mode: 'asymmetric', nearest_mode: 'ceil' }),
  named({ nearest_mode: 'round_prefer_ceil' }),
  named({ coordinate_transformation_mode: 'align_corners' }),
];

const LINEAR: readonly Attributes[] = [
  'half_pixel',
  'pytorch_half_pixel',
  'align_corners',
  'asymmetric',
].map((mode) => named({ mode: 'linear', coordinate_transformation_mode: mode }));

/** To a length of one, for which the two kinds of half pixels differ, and others are open. */
const TO_ONE = [1, 1, 0.25, 1] as const;

const FORMS: readonly (readonly [readonly number[], Attributes])[] = [
  ...[...NEAREST, ...LINEAR].flatMap((attributes) =>
    SCALES.map((scales) => [scales, attributes] as const),
  ),
  ...['half_pixel', 'pytorch_half_pixel'].map(
    (mode) => [TO_ONE, named({ mode: 'linear', coordinate_transformation_mode: mode })] as const,
  ),
];

/**
 * To the nearest: a length that is rounded down, by a scale for which it is the same elements whether it is taken as it
 * is or made anew of the lengths; and batches and channels as other dimensions.
 */
const OTHERS: readonly (readonly number[])[] = [
  [1, 1, 0.65, 1],
  [2, 2, 1, 1],
];

export const resizes: Readonly<Record<string, Trials>> = {
  Resize: (random, type) => [
    ...FORMS.filter(([, attributes]) => isFloat(type) || !attributes['mode']).flatMap(
      ([scales, attributes]) => {
        const sizes = SHAPE.map((length, axis) => length * (scales[axis] ?? 1));
        const factors = numbers('float32', [4], scales);
        return [
          [undefined, factors],
          [undefined, undefined, wholes(sizes)],
        ].map(
          (rest): Trial => ({
            about: 'values',
            inputs: [between(random, type, SHAPE, [0, 8]), ...rest],
            constant: [2, 3],
            attributes,
          }),
        );
      },
    ),
    ...OTHERS.map(
      (scales): Trial => ({
        about: 'values',
        inputs: [between(random, type, SHAPE, [0, 8]), undefined, numbers('float32', [4], scales)],
        constant: [2],
      }),
    ),
    // A batch of none.
    {
      about: 'empty',
      inputs: [
        between(random, type, [0, 2, 4, 2], [0, 8]),
        undefined,
        numbers('float32', [4], [1, 1, 2, 2]),
      ],
      constant: [2],
    },
  ],
};
