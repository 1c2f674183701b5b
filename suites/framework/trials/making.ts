// What the operators are tried on that make elements of a shape, of ends, or of elements of another type.
import { FORMATS, isFloat } from '../../../core/onnx/element.ts';
import { sizeOf, type Tensor, tensor } from '../../../core/onnx/tensor.ts';
import type { Random } from '../../../core/random.ts';
import type { ElementType } from '../../../schemas/generated/types.ts';
import { int } from './moved.ts';
import {
  balanced,
  between,
  element,
  numbers,
  type Trial,
  type Trials,
  truths,
  wholes,
} from './trial.ts';

const { NaN: none, POSITIVE_INFINITY: infinity } = Number;

/** The types that level 1 asks to cast between, and those that it does not. */
const ASKED = ['float32', 'int32', 'int64', 'bool'] as const;
const FURTHER = ['float64', 'float16', 'int8', 'uint8'] as const;

const isAsked = (type: ElementType): boolean => ASKED.some((one) => one === type);

const codeOf = (type: ElementType) => int(FORMATS[type].code);

/** Values that both types have, but for the fractions of floats. */
const common = (
  random: Random,
  from: ElementType,
  to: ElementType,
  shape: readonly number[],
): Tensor => {
  if (from === 'bool') return truths(random, shape);
  // Of numbers of which all but one are true, the one would be missing.
  if (to === 'bool' && !isFloat(from)) return balanced(random, from, shape, [0, 1, 100]);
  // None between -1 and 0: whether an unsigned type has it is open.
  const isSigned = [from, to].every((type) => FORMATS[type].kind !== 'unsigned');
  return between(random, from, shape, [isSigned ? -100 : 0, 100]);
};

/** Integers of which the type that they are cast to has only the lower bits. */
const WIDE = [200, -200, 256, 2 ** 31 - 1, -(2 ** 31), 2 ** 32, 2 ** 40 + 5, -(2 ** 33) - 1];

const wideOf = (type: ElementType): Tensor | undefined => {
  if (isFloat(type) || type === 'bool') return undefined;
  const held = WIDE.filter((value) => Number(element(type, value)) === value);
  return numbers(type, [held.length], held);
};

const casts = (random: Random, from: ElementType, to: ElementType): Trial[] => {
  const attributes = { to: codeOf(to) };
  const trials: Trial[] = [[23], [2, 3], [0, 2], [1], []].map((shape) => ({
    about: 'values',
    inputs: [common(random, from, to, shape)],
    attributes,
  }));
  if (isFloat(from) && to === 'bool') {
    trials.push({
      about: 'special',
      inputs: [numbers(from, [8], [0, -0, 0.25, -0.5, infinity, -infinity, none, 2 ** -100])],
      attributes,
    });
  }
  if (isFloat(from) && isFloat(to)) {
    // The largest of each type; a narrower one has an infinity in its place.
    const large = [65_504, 2 ** 127, 2 ** 1023].filter((x) => element(from, x) === x);
    const special = [0, -0, infinity, -infinity, none, ...large];
    trials.push({
      about: 'special',
      inputs: [numbers(from, [special.length], special)],
      attributes,
    });
  }
  if (isFloat(from) && (to === 'int32' || to === 'int64')) {
    // Whole numbers that both have, as far as the integer goes: a binary16 has fewer.
    const large = [2 ** 15, -(2 ** 15), 2 ** 24, 2 ** 30, -(2 ** 31), 2 ** 40, -(2 ** 62)];
    const held = large.filter((x) => element(from, x) === x && Number(element(to, x)) === x);
    trials.push({ about: 'integers', inputs: [numbers(from, [held.length], held)], attributes });
  }
  const wide = wideOf(from);
  if (wide && sizeOf(wide.shape) > 0) {
    trials.push({ about: 'integers', inputs: [wide], attributes });
  }
  return trials;
};

const scalar = (type: ElementType, value: number): Tensor => numbers(type, [], [value]);

/** Start, end and step; with floats that are exact however they are added. */
const RANGES: readonly (readonly [number, number, number])[] = [
  [3, 9, 3],
  [10, 4, -2],
  [0, 5, 1],
  [1, 8, 3],
  [5, 5, 1],
  [5, 1, 1],
  [1, 5, -1],
  [-3, 4, 2],
  [7, 6, -5],
];

/** Of integers that no shorter ones hold. */
const wideRanges = (type: ElementType): typeof RANGES => {
  const from = { int32: 2 ** 24 + 1, int64: 2 ** 40 + 1 }[type as string];
  return from === undefined ? [] : [[from, from + 5, 2]];
};

export const making: Readonly<Record<string, Trials>> = {
  ConstantOfShape: () => {
    const fillers: readonly (Tensor | undefined)[] = [
      undefined,
      tensor('float32', [1], [2.5]),
      tensor('int64', [1], [-7n]),
      tensor('int32', [1], [3]),
      tensor('bool', [1], [1]),
    ];
    return fillers.flatMap((filler) =>
      [[2, 3], [4], [], [0, 2], [1, 1]].flatMap((shape) =>
        [[], [0]].map(
          (constant): Trial => ({
            about: shape.includes(0) ? 'empty' : 'values',
            inputs: [wholes(shape)],
            constant,
            attributes: filler ? { value: { tensor: filler } } : {},
          }),
        ),
      ),
    );
  },
  Range: (_random, type) => {
    const ranges = isFloat(type)
      ? [...RANGES, [0.5, 2, 0.25] as const, [1, -0.75, -0.5] as const]
      : [...RANGES, ...wideRanges(type)];
    return ranges.flatMap((ends) =>
      [[], [0, 1, 2]].map(
        (constant): Trial => ({
          about: 'values',
          inputs: ends.map((end) => scalar(type, end)),
          constant,
        }),
      ),
    );
  },
  EyeLike: (random, type) =>
    (
      [
        [[3, 3], {}],
        [[2, 4], { k: int(1) }],
        [[4, 2], { k: int(-1) }],
        [[3, 3], { k: int(9) }],
        [[1, 1], {}],
        [[3, 2], { dtype: codeOf('int64') }],
        [[2, 3], { dtype: codeOf('float32'), k: int(-1) }],
        [[2, 2], { dtype: codeOf('int32') }],
        [[0, 3], {}],
      ] as const
    ).map(
      ([shape, attributes]): Trial => ({
        about: 'values',
        inputs: [between(random, type, shape, [0, 9])],
        attributes,
      }),
    ),
  // Of a type that level 1 does not ask for, also to it.
  Cast: (random, type) =>
    isAsked(type)
      ? ASKED.flatMap((to) => casts(random, type, to))
      : [
          ...[...ASKED, ...FURTHER].flatMap((to) => casts(random, type, to)),
          ...ASKED.flatMap((from) => casts(random, from, type)),
          ...(type === 'float16'
            ? [
                {
                  about: 'integers' as const,
                  inputs: [tensor('int64', [2], [70_000n, -70_000n])],
                  attributes: { to: codeOf('float16') },
                },
              ]
            : []),
        ],
};
