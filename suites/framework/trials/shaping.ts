// What the operators are tried on that give elements another shape, or tell the shape.
import type { Attributes } from '../../../core/onnx/model.ts';
import { type Ground, int, moving } from './moved.ts';
import { type Trials, wholes } from './trial.ts';

type Shape = readonly number[];

/** Of each shape, with the axes that the model itself has. */
const withAxes = (grounds: readonly (readonly [Shape, Shape | undefined])[]): Trials =>
  moving((data) =>
    grounds.map(
      ([shape, axes]): Ground => ({
        inputs: axes ? [data(shape), wholes(axes)] : [data(shape)],
        constant: [1],
      }),
    ),
  );

const withAttributes = (grounds: readonly (readonly [Shape, Attributes])[]): Trials =>
  moving((data) => grounds.map(([shape, attributes]) => ({ inputs: [data(shape)], attributes })));

/** From a shape to another as it is asked for, where 0 is the length that there is, and -1 the rest. */
const RESHAPED: readonly (readonly [Shape, Shape])[] = [
  [
    [2, 3, 4],
    [4, 6],
  ],
  [[2, 3, 4], [-1]],
  [
    [2, 3, 4],
    [0, -1],
  ],
  [
    [2, 3, 4],
    [2, 0, 2, -1],
  ],
  [
    [6, 1],
    [1, 3, 1, 2],
  ],
  [[1, 1], []],
  [[], [1]],
  [
    [0, 3],
    [0, 3, 1],
  ],
];

export const shaping: Readonly<Record<string, Trials>> = {
  Reshape: moving((data) => [
    ...RESHAPED.flatMap(([from, to]): Ground[] => [
      { inputs: [data(from), wholes(to)], constant: [1] },
      // A shape that is computed is as usual as one that is known.
      { inputs: [data(from), wholes(to)] },
    ]),
    {
      inputs: [data([0, 3]), wholes([3, 0])],
      constant: [1],
      attributes: { allowzero: int(1) },
    },
    {
      inputs: [data([2, 3]), wholes([3, -1])],
      constant: [1],
      attributes: { allowzero: int(1) },
    },
  ]),
  Flatten: withAttributes([
    [[2, 3, 4], {}],
    ...[0, 1, 2, 3, -1, -3].map((axis) => [[2, 3, 4], { axis: int(axis) }] as const),
    [[5], {}],
    [[5], { axis: int(0) }],
    [[2, 0, 3], { axis: int(2) }],
  ]),
  Squeeze: withAxes([
    [[1, 3, 1, 2], [0]],
    [
      [1, 3, 1, 2],
      [0, 2],
    ],
    [
      [1, 3, 1, 2],
      [-2, 0],
    ],
    [[1, 3, 1, 2], [-4]],
    [[1, 3, 1, 2], undefined],
    [[1, 1], undefined],
    [[2, 3], undefined],
    [[0, 1], [1]],
  ]),
  Unsqueeze: withAxes([
    [[2, 3], [0]],
    [[2, 3], [1]],
    [[2, 3], [-1]],
    [
      [2, 3],
      [0, 3],
    ],
    [
      [2, 3],
      [3, 1],
    ],
    [[], [0]],
    [[], [0, 1]],
    [[0, 2], [-2]],
  ]),
  Shape: withAttributes([
    [[2, 3, 4], {}],
    [[], {}],
    [[0, 1], {}],
    [[2, 3, 4], { start: int(1) }],
    [[2, 3, 4], { start: int(-1) }],
    [[2, 3, 4], { end: int(2) }],
    [[2, 3, 4], { end: int(-1) }],
    [[2, 3, 4], { start: int(1), end: int(2) }],
    [[2, 3, 4], { start: int(-9), end: int(9) }],
    [[2, 3, 4], { start: int(2), end: int(1) }],
  ]),
  Size: withAttributes([[2, 3, 4], [7], [], [0, 3]].map((shape) => [shape, {}] as const)),
};
