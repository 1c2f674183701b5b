// What the operators that set each element against others along an axis are tried on.
import type { Attributes } from '../../../core/onnx/model.ts';
import { between, numbers, type Trial, type Trials } from './trial.ts';

const { NaN: none, POSITIVE_INFINITY: infinity } = Number;

const int = (value: number) => ({ int: value });

const FORMS: readonly (readonly [readonly number[], Attributes?])[] = [
  [[7]],
  [[3, 5]],
  [[3, 5], { axis: int(0) }],
  [[2, 3, 4], { axis: int(1) }],
  [[2, 3, 4], { axis: int(-3) }],
  [[2, 3, 4], { axis: int(-1) }],
  [[4, 1]],
  [[1, 1, 33]],
  [[0, 3]],
];

/** Lines that become what the definition decides, of exponentials that alone would be too large or too small. */
const of =
  (special: readonly (readonly number[])[]): Trials =>
  (random, type) => [
    ...FORMS.map(
      ([shape, attributes = {}]): Trial => ({
        about: 'values',
        inputs: [between(random, type, shape, [-4, 4])],
        attributes,
      }),
    ),
    ...special.map(
      (line): Trial => ({ about: 'special', inputs: [numbers(type, [1, line.length], line)] }),
    ),
  ];

export const softmax: Readonly<Record<string, Trials>> = {
  Softmax: of([
    [1000, 1000, 1001, 999],
    [-1000, -1000, -1001, -999],
    [-1000, 0, 1000],
    [-infinity, 1, 2],
    [none, 1, 2],
  ]),
  LogSoftmax: of([
    [1000, 1000, 1001, 999],
    [-1000, -1000, -1001, -999],
    [-infinity, 1, 2],
    [none, 1, 2],
  ]),
  // Of several that are the largest, the first.
  Hardmax: of([
    [1, 3, 3, 2],
    [-infinity, -5, -5],
    // Behind what vectors take.
    [...Array(32).fill(0), 1],
  ]),
};
