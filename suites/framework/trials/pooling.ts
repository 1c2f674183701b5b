// What pools are tried on.
import { isFloat } from '../../../core/onnx/element.ts';
import type { Attributes } from '../../../core/onnx/model.ts';
import { sizeOf } from '../../../core/onnx/tensor.ts';
import type { ElementType } from '../../../schemas/generated/types.ts';
import { distinct } from './moved.ts';
import { between, ending, numbers, type Trial, type Trials } from './trial.ts';

const { POSITIVE_INFINITY: infinity } = Number;

const ints = (...values: readonly number[]) => ({ ints: values });
const int = (value: number) => ({ int: value });
const auto = (text: string) => ({ auto_pad: { text } });

type Form = readonly [readonly number[], Attributes];

/** Where a window of a rounded-up length would begin in the padding, editions of the definition differ: none does. */
const BOTH: readonly Form[] = [
  [[1, 2, 7], { kernel_shape: ints(3) }],
  [[2, 2, 8], { kernel_shape: ints(3), strides: ints(2), pads: ints(1, 0) }],
  [[1, 2, 5, 6], { kernel_shape: ints(3, 2) }],
  [[1, 2, 6, 5], { kernel_shape: ints(3, 3), strides: ints(2, 1), pads: ints(1, 1, 1, 1) }],
  [[1, 1, 4, 4], { kernel_shape: ints(3, 3), strides: ints(2, 2), pads: ints(0, 2, 1, 0) }],
  [[1, 1, 1, 1], { kernel_shape: ints(1, 1) }],
  [[1, 1, 5, 5], { kernel_shape: ints(2, 2), strides: ints(2, 2), ceil_mode: int(1) }],
  [[1, 1, 6, 4], { ...auto('SAME_UPPER'), kernel_shape: ints(3, 3), strides: ints(2, 2) }],
  [[1, 1, 5, 5], { ...auto('SAME_LOWER'), kernel_shape: ints(2, 2) }],
  [[1, 1, 5, 4], { ...auto('VALID'), kernel_shape: ints(3, 2) }],
  [[0, 2, 5, 5], { kernel_shape: ints(2, 2) }],
  [
    [1, 2, 3, 4, 5],
    { kernel_shape: ints(2, 3, 2), strides: ints(1, 1, 2), pads: ints(0, 1, 0, 1, 0, 1) },
  ],
];

const DILATED: readonly Form[] = [
  [[1, 2, 9], { kernel_shape: ints(3), dilations: ints(2) }],
  [[1, 1, 7, 7], { kernel_shape: ints(2, 3), dilations: ints(3, 2), pads: ints(1, 1, 1, 1) }],
];

const COUNTED: readonly Form[] = [
  [[1, 1, 5], { kernel_shape: ints(3), pads: ints(1, 1), count_include_pad: int(1) }],
  [
    [1, 2, 4, 5],
    {
      kernel_shape: ints(3, 3),
      strides: ints(2, 2),
      pads: ints(1, 1, 1, 1),
      count_include_pad: int(1),
    },
  ],
  [[1, 1, 4, 4], { ...auto('SAME_UPPER'), kernel_shape: ints(3, 3), count_include_pad: int(1) }],
];

const INDEXED: readonly Form[] = [
  [[2, 2, 6], { kernel_shape: ints(2), strides: ints(2) }],
  [[2, 2, 4, 5], { kernel_shape: ints(2, 3), pads: ints(1, 1, 0, 1) }],
  [[1, 2, 3, 5], { kernel_shape: ints(2, 2), storage_order: int(1) }],
];

/** In every other channel the numbers rise, in the others they fall: where a window ends makes a difference then. */
const monotone = (type: ElementType, [count = 1, channels = 1, ...sides]: readonly number[]) => {
  const shape = [count, Math.max(channels, 2), ...sides];
  const [all, image] = [sizeOf(shape), sizeOf(sides)];
  const lowest = type === 'uint8' ? 0 : Math.floor(all / 2);
  const values = Array.from({ length: all }, (_, index) =>
    Math.floor(index / image) % 2 === 0 ? index : all - 1 - index,
  );
  return numbers(
    type,
    shape,
    values.map((value) => value - lowest),
  );
};

const SPATIAL: readonly (readonly number[])[] = [
  [2, 3, 7],
  [1, 2, 4, 5],
  [2, 1, 2, 3, 2],
  [1, 3, 1, 1],
  [0, 2, 3, 3],
];

const global: Trials = (random, type) =>
  SPATIAL.map((shape) => ({
    about: 'values',
    inputs: [between(random, type, shape, [-4, 4])],
  }));

export const pooling: Readonly<Record<string, Trials>> = {
  MaxPool: (random, type) => {
    const trials = [...BOTH, ...DILATED].flatMap(([shape, attributes]) =>
      [distinct(random, type, shape), ...(sizeOf(shape) > 1 ? [monotone(type, shape)] : [])].map(
        (data): Trial => ({ about: 'values', inputs: [data], attributes }),
      ),
    );
    trials.push(
      ...INDEXED.map(
        ([shape, attributes]): Trial => ({
          about: 'values',
          inputs: [distinct(random, type, shape)],
          attributes,
          outputs: 2,
        }),
      ),
    );
    if (isFloat(type)) {
      // Padding is less than whatever is there.
      trials.push({
        about: 'special',
        inputs: [numbers(type, [1, 1, 4], [-infinity, -infinity, infinity, 1])],
        attributes: { kernel_shape: ints(2), pads: ints(1, 1) },
      });
    }
    return trials;
  },
  AveragePool: (random, type) =>
    [...BOTH, ...COUNTED].map(([shape, attributes]) => ({
      about: 'values',
      inputs: [between(random, type, shape, [-4, 4])],
      attributes,
    })),
  GlobalMaxPool: (random, type) => [
    ...SPATIAL.map(
      (shape): Trial => ({
        about: 'values',
        inputs: [ending(random, type, shape, [-4, 4], [4, 4])],
      }),
    ),
    {
      about: 'special',
      inputs: [numbers(type, [1, 3, 2], [-infinity, -infinity, infinity, 1, -infinity, 1])],
    },
  ],
  GlobalAveragePool: global,
};
