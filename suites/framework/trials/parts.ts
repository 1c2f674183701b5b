// What the operators are tried on that take parts of a tensor, or put something around it.
import type { Attributes } from '../../../core/onnx/model.ts';
import { type Tensor, tensor } from '../../../core/onnx/tensor.ts';
import { type Ground, int, moving, text } from './moved.ts';
import { numbers, type Trials, wholes } from './trial.ts';

type Shape = readonly number[];

/** How models say "to the end", in either direction. */
const LAST = 2n ** 63n - 1n;
const FIRST = -(2n ** 63n);

type Ends = readonly (number | bigint)[];
type Part = readonly [
  shape: Shape,
  starts: Ends,
  ends: Ends,
  axes?: Shape | undefined,
  steps?: Shape,
];

const PARTS: readonly Part[] = [
  [
    [5, 4],
    [1, 0],
    [3, 4],
    [0, 1],
    [1, 2],
  ],
  [[5, 4], [-3], [-1], [-1]],
  [[5, 4], [1], [LAST]],
  [
    [5, 4],
    [1, 1],
    [1000, -1],
  ],
  [[5, 4], [-100], [2], [0]],
  [[5], [-1], [FIRST], [0], [-1]],
  [[5], [100], [0], [0], [-2]],
  [[5], [3], [-100], [0], [-1]],
  [
    [5, 4],
    [4, 1],
    [0, 100],
    [-2, -1],
    [-3, 2],
  ],
  [
    [2, 3, 4],
    [1, 0],
    [2, 3],
    [2, 0],
  ],
  [[5], [1], [4], undefined, [2]],
  [[5], [0], [5], [0], [9]],
  [[5, 4], [3], [3], [0]],
  [[5, 4], [4], [2], [0]],
  [[5, 4], [9], [10], [1]],
  [[0, 4], [0], [2], [1]],
  [[1, 1], [-1], [1], [1]],
];

const ends = (values: Ends): Tensor => tensor('int64', [values.length], values.map(BigInt));

const sliced = (data: Tensor, [, starts, until, axes, steps]: Part): Ground['inputs'] => {
  const rest = [axes && wholes(axes), steps && wholes(steps)];
  return [data, ends(starts), ends(until), ...rest.slice(0, steps ? 2 : axes ? 1 : 0)];
};

interface Padded {
  readonly shape: Shape;
  readonly pads: Shape;
  readonly mode?: string;
}

const PADDED: readonly Padded[] = [
  { shape: [2, 3], pads: [1, 2, 3, 0] },
  { shape: [4], pads: [0, 0] },
  { shape: [2, 1, 3], pads: [0, 1, 1, 2, 0, 0] },
  { shape: [4, 3], pads: [-1, 2, -2, -1] },
  { shape: [0, 3], pads: [1, 0, 1, 1] },
  { shape: [3, 4], pads: [1, 2, 2, 3], mode: 'reflect' },
  { shape: [2, 3, 3], pads: [0, 0, 2, 0, 1, 0], mode: 'reflect' },
  { shape: [3, 4], pads: [1, 0, 2, 5], mode: 'edge' },
  { shape: [1, 1], pads: [2, 0, 0, 3], mode: 'edge' },
];

const split = (
  shape: Shape,
  attributes: Attributes,
  outputs: number,
  lengths?: Shape,
): readonly [Shape, Attributes, number, Shape | undefined] => [shape, attributes, outputs, lengths];

export const parts: Readonly<Record<string, Trials>> = {
  Split: moving((data) =>
    [
      split([6, 2], {}, 3),
      split([2, 6], { axis: int(1) }, 2),
      split([2, 6], { axis: int(-1) }, 3, [2, 1, 3]),
      split([5], {}, 2, [1, 4]),
      split([4, 2], { axis: int(-2) }, 3, [0, 3, 1]),
      split([3, 2], {}, 1),
      split([2, 0], { axis: int(0) }, 2),
      split([0, 2], {}, 2, [0, 0]),
    ].map(
      ([shape, attributes, outputs, lengths]): Ground => ({
        inputs: lengths ? [data(shape), wholes(lengths)] : [data(shape)],
        constant: [1],
        attributes,
        outputs,
      }),
    ),
  ),
  Slice: moving((data) => [
    ...PARTS.map((part) => ({ inputs: sliced(data(part[0]), part), constant: [1, 2, 3, 4] })),
    ...PARTS.slice(0, 9).map((part) => ({ inputs: sliced(data(part[0]), part) })),
    {
      inputs: [
        data([5, 4]),
        numbers('int32', [1], [-3]),
        numbers('int32', [1], [2 ** 31 - 1]),
        numbers('int32', [1], [-1]),
      ],
      constant: [1, 2, 3],
    },
  ]),
  Pad: moving((data, _random, type) => [
    ...PADDED.flatMap(({ shape, pads, mode }): Ground[] => {
      const attributes = mode ? { mode: text(mode) } : {};
      return [
        { inputs: [data(shape), wholes(pads)], constant: [1], attributes },
        { inputs: [data(shape), wholes(pads)], attributes },
      ];
    }),
    ...PADDED.slice(0, 4).map(({ shape, pads }) => ({
      inputs: [data(shape), wholes(pads), numbers(type, [], [1])],
      constant: [1, 2],
      attributes: { mode: text('constant') },
    })),
    {
      inputs: [data([2, 3]), wholes([0, 1, 1, 0]), numbers(type, [], [7])],
    },
  ]),
  Trilu: moving((data) =>
    (
      [
        [[3, 4], undefined],
        [[4, 3], 0],
        [[2, 3, 3], 1],
        [[3, 4], -1],
        [[4, 3], 2],
        [[3, 3], 9],
        [[3, 3], -9],
        [[1, 1], 0],
        [[0, 3], 0],
      ] as const
    ).flatMap(([shape, k]) =>
      [{}, { upper: int(1) }, { upper: int(0) }].map(
        (attributes): Ground => ({
          inputs: k === undefined ? [data(shape)] : [data(shape), wholes([k], [])],
          constant: [1],
          attributes,
        }),
      ),
    ),
  ),
};
