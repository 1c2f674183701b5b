// What the operators are tried on that read or write elements where another tensor says.
import { isFloat } from '../../../core/onnx/element.ts';
import type { Attributes } from '../../../core/onnx/model.ts';
import type { Tensor } from '../../../core/onnx/tensor.ts';
import type { Random } from '../../../core/random.ts';
import type { ElementType } from '../../../schemas/generated/types.ts';
import { distinct, type Ground, int, moving, text, whole, wide } from './moved.ts';
import { drawn, numbers, type Trial, type Trials, wholes } from './trial.ts';

type Shape = readonly number[];
type Indices = readonly [values: readonly number[], shape: Shape];

interface Read {
  readonly shape: Shape;
  readonly at: Indices;
  readonly attributes?: Attributes;
}

/** Indices that are known when the model runs, which is usual, and of the first two that the model itself has. */
const reading = (reads: readonly Read[], kinds: readonly ElementType[]): Trials =>
  moving((data) => {
    const of = ({ shape, at: [values, form], attributes = {} }: Read, kind: ElementType) => ({
      inputs: [data(shape), numbers(kind, form, values)],
      attributes,
    });
    return [
      ...kinds.flatMap((kind) => reads.map((one): Ground => of(one, kind))),
      ...reads.slice(0, 2).map((one): Ground => ({ ...of(one, 'int64'), constant: [1] })),
    ];
  });

interface Write extends Read {
  readonly updates: Shape;
  /** Whether two updates meet: without a reduction it is open which stays. */
  readonly meets?: boolean;
}

const reductionsOf = (type: ElementType): readonly string[] =>
  type === 'bool' ? [] : ['add', 'mul'];

/** No value twice, and none that a product hides. */
const factors = (random: Random, type: ElementType, shape: Shape): Tensor => {
  const all = distinct(random, type, shape);
  return drawn(type, shape, () => all.values.map(Number).map((x) => (x < 0 ? x : x + 1)));
};

const writing =
  (writes: readonly Write[], kinds: readonly ElementType[]): Trials =>
  (random, type) => {
    const moved = moving((data) =>
      writes
        .filter(({ meets }) => !meets)
        .flatMap(({ shape, at: [values, form], updates, attributes = {} }) =>
          kinds.map(
            (kind): Ground => ({
              inputs: [data(shape), numbers(kind, form, values), data(updates)],
              attributes,
            }),
          ),
        ),
    )(random, type);
    const merged = writes.flatMap(({ shape, at: [values, form], updates, attributes = {} }) =>
      reductionsOf(type).map(
        (reduction): Trial => ({
          about: 'values',
          inputs: [
            factors(random, type, shape),
            wholes(values, form),
            // So small that no sum and no product leaves the type, and none that a product would not show.
            whole(random, type, updates, 2, 3),
          ],
          attributes: { ...attributes, reduction: text(reduction) },
        }),
      ),
    );
    // Sums and products of integers that wrap, and that no float has.
    const [first] = writes;
    const wraps =
      first && !isFloat(type)
        ? reductionsOf(type).map(
            (reduction): Trial => ({
              about: 'integers',
              inputs: [
                wide(type, first.shape),
                wholes(first.at[0], first.at[1]),
                whole(random, type, first.updates, 3, 5),
              ],
              attributes: { ...first.attributes, reduction: text(reduction) },
            }),
          )
        : [];
    return [...moved, ...merged, ...wraps];
  };

const axis = (value: number): Attributes => ({ axis: int(value) });

export const indexing: Readonly<Record<string, Trials>> = {
  Gather: reading(
    [
      { shape: [5, 4], at: [[0, -1, 3, 0], [4]] },
      {
        shape: [5, 4],
        at: [
          [1, -4, 2, 0, 3, -2],
          [3, 2],
        ],
        attributes: axis(1),
      },
      { shape: [2, 3, 4], at: [[2, -3], [2]], attributes: axis(-2) },
      { shape: [5, 4], at: [[-5], []] },
      { shape: [5], at: [[4], []] },
      { shape: [5, 4], at: [[], [0]], attributes: axis(-1) },
      { shape: [3, 0], at: [[2, 0], [2]] },
      {
        shape: [1, 1],
        at: [
          [0, -1],
          [1, 2],
        ],
      },
    ],
    ['int64', 'int32'],
  ),
  GatherElements: reading(
    [
      {
        shape: [3, 4],
        at: [
          [0, -1, 2, 1, -3, 0, 1, 2],
          [2, 4],
        ],
      },
      {
        shape: [3, 2],
        at: [
          [0, -1, 1, 1, 0, -2, -2, 1, 0],
          [3, 3],
        ],
        attributes: axis(1),
      },
      {
        shape: [2, 1, 3],
        at: [
          [2, -3, 0, 1],
          [2, 1, 2],
        ],
        attributes: axis(-1),
      },
      { shape: [5], at: [[4, 4, -5], [3]] },
      { shape: [3, 2], at: [[], [0, 2]] },
    ],
    ['int64', 'int32'],
  ),
  GatherND: reading(
    [
      {
        shape: [3, 4],
        at: [
          [0, 1, -1, -4, 2, 3],
          [3, 2],
        ],
      },
      {
        shape: [3, 4],
        at: [
          [2, -3],
          [2, 1],
        ],
      },
      {
        shape: [2, 3, 2],
        at: [
          [0, 2, 1, -1],
          [2, 1, 2],
        ],
      },
      {
        shape: [2, 3, 2],
        at: [
          [2, -3],
          [2, 1],
        ],
        attributes: { batch_dims: int(1) },
      },
      {
        shape: [2, 3, 2],
        at: [
          [0, 1, -1, 0],
          [2, 1, 2],
        ],
        attributes: { batch_dims: int(1) },
      },
      { shape: [5], at: [[-2], [1]] },
      { shape: [3, 4], at: [[], [0, 2]] },
    ],
    ['int64'],
  ),
  ScatterElements: writing(
    [
      {
        shape: [3, 3],
        at: [
          [1, 0, 2, 0, -1, 1],
          [2, 3],
        ],
        updates: [2, 3],
      },
      {
        shape: [1, 5],
        at: [
          [1, -2],
          [1, 2],
        ],
        updates: [1, 2],
        attributes: axis(1),
      },
      {
        shape: [2, 2, 3],
        at: [
          [2, 0, 1, -3],
          [2, 1, 2],
        ],
        updates: [2, 1, 2],
        attributes: axis(-1),
      },
      { shape: [4], at: [[1, -3, 0], [3]], updates: [3], meets: true },
      { shape: [3, 2], at: [[], [0, 2]], updates: [0, 2] },
    ],
    ['int64', 'int32'],
  ),
  ScatterND: writing(
    [
      {
        shape: [8],
        at: [
          [4, 3, -7, 7],
          [4, 1],
        ],
        updates: [4],
      },
      {
        shape: [3, 2, 2],
        at: [
          [0, -1],
          [2, 1],
        ],
        updates: [2, 2, 2],
      },
      {
        shape: [3, 4],
        at: [
          [0, 1, -1, -1],
          [2, 2],
        ],
        updates: [2],
      },
      {
        shape: [3, 4],
        at: [
          [2, 0, 1, 1],
          [2, 1, 2],
        ],
        updates: [2, 1],
      },
      {
        shape: [4],
        at: [
          [2, 2, -4],
          [3, 1],
        ],
        updates: [3],
        meets: true,
      },
      { shape: [3, 4], at: [[], [0, 1]], updates: [0, 4] },
    ],
    ['int64'],
  ),
};
