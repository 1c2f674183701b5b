// What the operators are tried on that move elements or repeat them.
import type { Attributes } from '../../../core/onnx/model.ts';
import { type Ground, int, moving, text } from './moved.ts';
import { type Trials, wholes } from './trial.ts';

type Shape = readonly number[];

/** Shapes and what is done to each: known to the model, and the first two also when it runs. */
const both = (grounds: readonly (readonly [Shape, Shape])[]): Trials =>
  moving((data) => [
    ...grounds.map(
      ([shape, how]): Ground => ({
        about: how.includes(0) ? 'empty' : 'values',
        inputs: [data(shape), wholes(how)],
        constant: [1],
      }),
    ),
    ...grounds.slice(0, 2).map(([shape, how]): Ground => ({ inputs: [data(shape), wholes(how)] })),
  ]);

const image = (attributes: readonly (readonly [Shape, Attributes])[]): Trials =>
  moving((data) => attributes.map(([shape, one]) => ({ inputs: [data(shape)], attributes: one })));

const sequences = (shape: Shape, lengths: Shape, batch?: number) => ({ shape, lengths, batch });

export const movement: Readonly<Record<string, Trials>> = {
  Transpose: moving((data) => [
    { inputs: [data([2, 3, 4])] },
    ...[
      [1, 0, 2],
      [2, 0, 1],
      [0, 1, 2],
    ].map((perm) => ({ inputs: [data([2, 3, 4])], attributes: { perm: { ints: perm } } })),
    { inputs: [data([1, 3, 1, 2])], attributes: { perm: { ints: [3, 1, 0, 2] } } },
    { inputs: [data([2, 3, 2, 3])], attributes: { perm: { ints: [0, 2, 3, 1] } } },
    { inputs: [data([7])] },
    { inputs: [data([])] },
    { inputs: [data([0, 3])] },
  ]),
  Concat: moving((data) =>
    (
      [
        [
          [
            [2, 3],
            [4, 3],
          ],
          0,
        ],
        [
          [
            [2, 3],
            [2, 1],
            [2, 2],
          ],
          1,
        ],
        [
          [
            [2, 3],
            [2, 2],
          ],
          -1,
        ],
        [
          [
            [2, 1, 2],
            [2, 3, 2],
          ],
          -2,
        ],
        [[[3]], 0],
        [
          [
            [0, 3],
            [2, 3],
          ],
          0,
        ],
        [
          [
            [2, 3],
            [2, 0],
            [2, 1],
          ],
          1,
        ],
        [
          [
            [2, 0],
            [1, 0],
          ],
          0,
        ],
      ] as const
    ).map(
      ([shapes, axis]): Ground => ({
        inputs: shapes.map((shape) => data(shape)),
        attributes: { axis: int(axis) },
      }),
    ),
  ),
  Expand: moving((data) => [
    { inputs: [data([3, 1]), wholes([3, 4])], constant: [1] },
    { inputs: [data([3, 1]), wholes([3, 4])] },
    ...(
      [
        [[3], [2, 3]],
        [[], [2, 2]],
        [[2, 3, 1], [4]],
        [
          [3, 1],
          [2, 1, 6],
        ],
        [[2, 3], [1]],
        [[2, 3], []],
        [
          [1, 3],
          [0, 3],
        ],
        [[0, 1], [4]],
      ] as const
    ).flatMap(([shape, to]): Ground[] => {
      const about = to.some((length) => length === 0) ? 'empty' : 'broadcast';
      return [
        { about, inputs: [data(shape), wholes(to)], constant: [1] },
        { about, inputs: [data(shape), wholes(to)] },
      ];
    }),
  ]),
  Tile: both([
    [
      [2, 3],
      [2, 2],
    ],
    [
      [2, 1, 3],
      [1, 4, 2],
    ],
    [[5], [1]],
    [[5], [3]],
    [
      [2, 3],
      [0, 2],
    ],
    [
      [0, 3],
      [2, 2],
    ],
  ]),
  DepthToSpace: image([
    [[2, 8, 2, 3], { blocksize: int(2) }],
    [[2, 8, 2, 3], { blocksize: int(2), mode: text('DCR') }],
    [[2, 8, 2, 3], { blocksize: int(2), mode: text('CRD') }],
    [[1, 9, 1, 2], { blocksize: int(3) }],
    [[1, 18, 1, 2], { blocksize: int(3), mode: text('CRD') }],
    [[1, 2, 3, 1], { blocksize: int(1) }],
    [[0, 4, 2, 2], { blocksize: int(2) }],
  ]),
  SpaceToDepth: image([
    [[2, 2, 4, 6], { blocksize: int(2) }],
    [[1, 1, 3, 6], { blocksize: int(3) }],
    [[1, 2, 3, 1], { blocksize: int(1) }],
    [[0, 1, 2, 2], { blocksize: int(2) }],
  ]),
  ReverseSequence: moving((data) =>
    [
      sequences([4, 3], [4, 2, 1]),
      sequences([4, 3, 2], [1, 4, 3], 1),
      sequences([3, 4], [4, 2, 1], 0),
      sequences([2, 3, 2], [3, 2], 0),
      sequences([1, 1], [1]),
      sequences([3, 2], [0, 3]),
      sequences([3, 0], []),
    ].map(
      ({ shape, lengths, batch }): Ground => ({
        inputs: [data(shape), wholes(lengths)],
        attributes:
          batch === undefined ? {} : { batch_axis: int(batch), time_axis: int(1 - batch) },
      }),
    ),
  ),
};
