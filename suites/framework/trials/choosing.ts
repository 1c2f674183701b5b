// What the operators are tried on that choose elements, or tell which are chosen.
import { isFloat } from '../../../core/onnx/element.ts';
import type { Attributes } from '../../../core/onnx/model.ts';
import type { Tensor } from '../../../core/onnx/tensor.ts';
import { type Ground, int, moving, whole } from './moved.ts';
import { between, numbers, type Trial, type Trials, truths } from './trial.ts';

const axis = (value: number): Attributes => ({ axis: int(value) });

/** Conditions that hold at some places. */
const chosen = (holds: readonly number[]): Tensor => numbers('bool', [holds.length], holds);

export const choosing: Readonly<Record<string, Trials>> = {
  Compress: moving((data) =>
    (
      [
        [[3, 2], [0, 1, 1], axis(0)],
        [[3, 4], [1, 0, 0, 1], axis(-1)],
        [[3, 4], [0, 1], axis(1)],
        [[3, 2], [0, 1, 0, 0, 1], {}],
        [[3, 2], [0, 0, 0], axis(0)],
        [[0, 2], [1, 0], axis(1)],
        [[1], [1], {}],
      ] as const
    ).map(
      ([shape, holds, attributes]): Ground => ({
        inputs: [data(shape), chosen(holds)],
        attributes,
      }),
    ),
  ),
  NonZero: (random, type) => [
    ...[[13], [2, 3, 2], [1, 4], [0, 3]].map(
      (shape): Trial => ({
        about: 'values',
        inputs: [type === 'bool' ? truths(random, shape) : between(random, type, shape, [0, 2])],
      }),
    ),
    { about: 'values', inputs: [numbers(type, [2, 4], [0, 1, 0, 0, 1, 1, 0, 1])] },
    { about: 'values', inputs: [numbers(type, [3], [0, 0, 0])] },
    // A scalar has no dimension that an index could be of.
    ...[0, 1].map((one): Trial => ({ about: 'values', inputs: [numbers(type, [], [one])] })),
    ...(isFloat(type)
      ? [
          {
            about: 'special' as const,
            inputs: [numbers(type, [5], [0, -0, Number.NaN, Number.POSITIVE_INFINITY, 2 ** -100])],
          },
        ]
      : []),
    // What is zero in its lower half is not zero.
    ...(type === 'int64'
      ? [{ about: 'integers' as const, inputs: [numbers(type, [3], [2 ** 32, 0, -(2 ** 40)])] }]
      : []),
  ],
  OneHot: (random, type) =>
    (['float32', 'int64'] as const).flatMap((kind) => [
      ...(
        [
          [[5], {}],
          [[2, 3], axis(0)],
          [[2, 3], axis(1)],
          [[2, 3], axis(-2)],
          [[2, 3], axis(-1)],
          [[0], {}],
        ] as const
      ).map(
        ([shape, attributes]): Trial => ({
          about: 'values',
          inputs: [
            // Whole also as floats: of others ONNX's text and its own reference disagree.
            whole(random, type, shape, 0, 3),
            numbers(type, [], [4]),
            numbers(kind, [2], [-1, 5]),
          ],
          constant: [1, 2],
          attributes,
        }),
      ),
      // From the end, and outside.
      {
        about: 'values',
        inputs: [
          // The last is 1 in 32 bits.
          numbers(type, [7], [-1, -4, 3, 4, -5, 100, type === 'int64' ? 2 ** 32 + 1 : 99]),
          numbers(type, [1], [4]),
          numbers(kind, [2], [0, 1]),
        ],
      },
    ]),
};
