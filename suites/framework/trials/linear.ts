// What the products of matrices are tried on.
import { FORMATS, isFloat } from '../../../core/onnx/element.ts';
import type { Attributes } from '../../../core/onnx/model.ts';
import type { ElementType } from '../../../schemas/generated/types.ts';
import { between, numbers, type Trial, type Trials } from './trial.ts';

const { NaN: none, POSITIVE_INFINITY: infinity } = Number;

type Shape = readonly number[];

const PRODUCTS: readonly (readonly [Trial['about'], Shape, Shape])[] = [
  ['values', [3, 4], [4, 5]],
  ['values', [1, 7], [7, 1]],
  ['values', [4, 1], [1, 3]],
  ['values', [5], [5]],
  ['values', [4], [4, 3]],
  ['values', [2, 4], [4]],
  ['values', [2, 3, 4], [2, 4, 5]],
  ['values', [17, 33], [33, 19]],
  ['broadcast', [2, 3, 4], [4, 5]],
  ['broadcast', [3, 4], [2, 4, 5]],
  ['broadcast', [2, 1, 3, 4], [1, 3, 4, 2]],
  ['broadcast', [4], [2, 4, 3]],
  ['broadcast', [2, 3, 4], [4]],
  ['broadcast', [0, 4], [4, 3]],
  ['broadcast', [2, 4], [4, 0]],
  ['broadcast', [0, 2, 3], [3, 2]],
  // Sums of nothing are zero.
  ['broadcast', [2, 0], [0, 3]],
];

const float = (value: number) => ({ float: value });
const int = (value: number) => ({ int: value });

/** By what the sizes of A, B and C are, and the attributes. */
const GENERAL: readonly (readonly [Trial['about'], Shape, Shape, Shape | undefined, Attributes])[] =
  [
    ['values', [3, 4], [4, 5], [3, 5], {}],
    ['values', [3, 4], [4, 5], undefined, { alpha: float(0.5) }],
    ['values', [4, 3], [4, 5], [3, 5], { transA: int(1) }],
    ['values', [3, 4], [5, 4], [3, 5], { transB: int(1), beta: float(0.25) }],
    ['values', [4, 3], [5, 4], undefined, { transA: int(1), transB: int(1), alpha: float(-2) }],
    ['values', [1, 4], [4, 1], [1, 1], { alpha: float(0.5), beta: float(-1.5) }],
    ['values', [3, 4], [4, 5], [3, 5], { beta: float(0) }],
    ['values', [9, 33], [33, 17], [9, 17], {}],
    ['broadcast', [3, 4], [4, 5], [5], {}],
    ['broadcast', [3, 4], [4, 5], [3, 1], { beta: float(2) }],
    ['broadcast', [3, 4], [4, 5], [1, 5], {}],
    ['broadcast', [3, 4], [4, 5], [], { alpha: float(2) }],
    ['broadcast', [3, 4], [4, 5], [1], {}],
    ['broadcast', [0, 4], [4, 5], [5], {}],
  ];

/** Equations, with an arrow and without, of one operand, two and three. */
const EQUATIONS: readonly (readonly [string, ...Shape[]])[] = [
  ['ij,jk->ik', [2, 3], [3, 4]],
  ['ij,jk', [2, 3], [3, 4]],
  ['bij,bjk->bik', [2, 3, 4], [2, 4, 5]],
  ['bij, bkj -> bik', [2, 3, 4], [2, 5, 4]],
  ['bhid,bhjd->bhij', [1, 2, 3, 4], [1, 2, 5, 4]],
  ['ij->ji', [2, 3]],
  ['ij->', [2, 3]],
  ['ij->i', [2, 3]],
  ['ji', [2, 3]],
  ['i,j->ij', [3], [4]],
  ['i,i', [5], [5]],
  ['ij,ij->ij', [2, 3], [2, 3]],
  ['ii->i', [3, 3]],
  ['ij,jk,kl->il', [2, 3], [3, 4], [4, 2]],
  ['Ab,bC->AC', [2, 3], [3, 4]],
];

const ELLIPSES: readonly (readonly [string, ...Shape[]])[] = [
  ['...ij,...jk->...ik', [2, 3, 4], [2, 4, 5]],
  ['...ij,...jk->...ik', [2, 1, 3, 4], [1, 3, 4, 2]],
  ['...ij->...ji', [2, 3, 4]],
  ['...ij,...jk', [2, 3, 4], [2, 4, 5]],
  // Sums of nothing are zero.
  ['ij,jk->ik', [2, 0], [0, 3]],
  ['ij->ji', [0, 3]],
];

const rangeOf = (type: ElementType): readonly [number, number] =>
  FORMATS[type].kind === 'unsigned' ? [0, 8] : [-4, 4];

export const linear: Readonly<Record<string, Trials>> = {
  MatMul: (random, type) => [
    ...PRODUCTS.map(([about, one, other]) => ({
      about,
      inputs: [
        between(random, type, one, rangeOf(type)),
        between(random, type, other, rangeOf(type)),
      ],
    })),
    ...(isFloat(type)
      ? [
          {
            about: 'special' as const,
            inputs: [
              numbers(type, [4, 2], [infinity, 1, infinity, -infinity, none, 1, 1, 2]),
              numbers(type, [2, 1], [1, 1]),
            ],
          },
          // A weight of zero does not hide what it is multiplied by.
          {
            about: 'special' as const,
            inputs: [numbers(type, [2, 2], [infinity, 1, none, 1]), numbers(type, [2, 1], [0, 1])],
          },
        ]
      : []),
  ],
  Gemm: (random, type) =>
    GENERAL.flatMap(([about, one, other, bias, attributes]) =>
      // Weights come with the model, or with the run.
      [[], [1, 2]].map((constant) => ({
        about,
        inputs: [one, other, ...(bias ? [bias] : [])].map((shape) =>
          between(random, type, shape, rangeOf(type)),
        ),
        constant,
        attributes,
      })),
    ),
  Einsum: (random, type) => {
    const trial =
      (about: Trial['about']) =>
      ([equation, ...shapes]: readonly [string, ...Shape[]]): Trial => ({
        about,
        inputs: shapes.map((shape) => between(random, type, shape, rangeOf(type))),
        attributes: { equation: { text: equation } },
      });
    return [...EQUATIONS.map(trial('values')), ...ELLIPSES.map(trial('broadcast'))];
  },
};
