// Products of matrices, and sums of products by an equation.
import type { Value } from '../onnx/element.ts';
import { sizeOf, type Tensor } from '../onnx/tensor.ts';
import {
  type Evaluated,
  floatOf,
  intOf,
  type Operator,
  type Operators,
  required,
  ShapeError,
  textOf,
} from './definition.ts';
import { broadcastShape, broadcastValues, indexOf, positionsOf, stridesOf } from './positions.ts';
import { product, summed } from './sums.ts';

/** The matrix product as numpy.matmul has it: of vectors, of matrices, and of stacks of these that are broadcast. */
export const matrixProduct = (one: Tensor, other: Tensor): Evaluated => {
  const { type } = one;
  if (one.shape.length === 0 || other.shape.length === 0) throw new ShapeError('a scalar');
  if (type !== other.type) throw new ShapeError(`${type} and ${other.type}`);
  const left = one.shape.length === 1 ? [1, ...one.shape] : one.shape;
  const right = other.shape.length === 1 ? [...other.shape, 1] : other.shape;
  const stack = broadcastShape([left.slice(0, -2), right.slice(0, -2)]);
  const [rows = 0, inner = 0] = left.slice(-2);
  const [height = 0, columns = 0] = right.slice(-2);
  if (inner !== height) throw new ShapeError(`rows of ${inner} and columns of ${height}`);
  const xs = broadcastValues({ ...one, shape: left }, [...stack, rows, inner]);
  const ys = broadcastValues({ ...other, shape: right }, [...stack, inner, columns]);
  const matrices = stridesOf(stack);
  const made = summed(type, [...stack, rows, columns], (position) => {
    const matrix = indexOf(matrices, position.slice(0, stack.length));
    const [row = 0, column = 0] = position.slice(-2);
    return Array.from({ length: inner }, (_, k) =>
      product(type, [
        xs[(matrix * rows + row) * inner + k] ?? 0,
        ys[(matrix * inner + k) * columns + column] ?? 0,
      ]),
    );
  });
  // The dimension that a vector was given is taken away again.
  const shape = [
    ...stack,
    ...(one.shape.length === 1 ? [] : [rows]),
    ...(other.shape.length === 1 ? [] : [columns]),
  ];
  return { ...made, shape };
};

const transposed = (one: Tensor): Tensor => {
  const [rows = 0, columns = 0] = one.shape;
  const values = [...positionsOf([columns, rows])].map(
    ([column = 0, row = 0]) => one.values[row * columns + column] ?? 0,
  );
  return { type: one.type, shape: [columns, rows], values };
};

const matrix = (one: Tensor, isTransposed: boolean): Tensor => {
  if (one.shape.length !== 2) throw new ShapeError(`${one.shape.length} dimensions are no matrix`);
  return isTransposed ? transposed(one) : one;
};

/** alpha A B + beta C. */
const general: Operator = (inputs, attributes) => {
  const made = matrixProduct(
    matrix(required(inputs, 0), intOf(attributes, 'transA', 0) !== 0),
    matrix(required(inputs, 1), intOf(attributes, 'transB', 0) !== 0),
  );
  const [alpha, beta] = [floatOf(attributes, 'alpha', 1), floatOf(attributes, 'beta', 1)];
  const { type, shape } = made;
  const given = inputs[2];
  if (given && sizeOf(broadcastShape([given.shape, shape])) !== sizeOf(shape)) {
    throw new ShapeError(`[${given.shape}] does not broadcast to [${shape}]`);
  }
  const bias = given ? broadcastValues(given, shape) : [];
  const plus = (index: number): number => beta * Number(bias[index] ?? 0);
  return [
    {
      type,
      shape,
      values: made.values.map((x, index) => alpha * Number(x) + plus(index)),
      magnitudes: (made.magnitudes ?? []).map(
        (size, index) => Math.abs(alpha) * size + Math.abs(plus(index)),
      ),
    },
  ];
};

/** The letters of an operand's dimensions; those of an ellipsis are numbers, the last one 0. */
const lettersOf = (term: string, rank: number): string[] => {
  const [ahead = '', behind] = term.split('...');
  if (behind === undefined) return [...ahead];
  const length = rank - ahead.length - behind.length;
  const dots = Array.from({ length }, (_, index) => String(length - 1 - index));
  return [...ahead, ...dots, ...behind];
};

/** Without an arrow: what an ellipsis stands for, and then each letter that occurs once, in the order of its code. */
const implied = (terms: readonly (readonly string[])[]): string[] => {
  const every = terms.flat();
  const dots = [...new Set(every.filter((letter) => /\d/.test(letter)))].sort().reverse();
  const once = every.filter((letter) => every.filter((other) => other === letter).length === 1);
  return [...dots, ...once.filter((letter) => !/\d/.test(letter)).sort()];
};

const einsum: Operator = (inputs, attributes) => {
  const [from = '', to] = textOf(attributes, 'equation', '').replaceAll(' ', '').split('->');
  const terms = from.split(',').map((term, index) => {
    const { shape } = required(inputs, index);
    const letters = lettersOf(term, shape.length);
    if (letters.length !== shape.length) throw new ShapeError(`${term} of [${shape}]`);
    return letters;
  });
  const operands = terms.map((_, index) => required(inputs, index));
  const { type } = required(inputs, 0);
  const lengths = new Map<string, number>();
  for (const [index, letters] of terms.entries()) {
    for (const [axis, letter] of letters.entries()) {
      const length = operands[index]?.shape[axis] ?? 1;
      const [common = 1] = broadcastShape([[lengths.get(letter) ?? 1], [length]]);
      lengths.set(letter, common);
    }
  }
  const dots = [...lengths.keys()].filter((letter) => /\d/.test(letter)).length;
  const kept =
    to === undefined
      ? implied(terms)
      : lettersOf(to, to.replace('...', '').length + (to.includes('...') ? dots : 0));
  const gone = [...lengths.keys()].filter((letter) => !kept.includes(letter));
  const lengthsOf = (letters: readonly string[]) => letters.map((one) => lengths.get(one) ?? 1);
  const within = [...positionsOf(lengthsOf(gone))];
  const order = [...kept, ...gone];
  const steps = operands.map(({ shape }, index) => {
    const strides = stridesOf(shape);
    // A letter that occurs twice goes along both dimensions, and one of 1 goes nowhere.
    return order.map((letter) =>
      (terms[index] ?? []).reduce(
        (sum, one, axis) => sum + (one === letter && shape[axis] !== 1 ? (strides[axis] ?? 0) : 0),
        0,
      ),
    );
  });
  const termsAt = (position: readonly number[]): Value[] =>
    within.map((rest) =>
      product(
        type,
        operands.map(
          ({ values }, i) => values[indexOf(steps[i] ?? [], [...position, ...rest])] ?? 0,
        ),
      ),
    );
  return [summed(type, lengthsOf(kept), termsAt)];
};

export const linear: Operators = {
  MatMul: (inputs) => [matrixProduct(required(inputs, 0), required(inputs, 1))],
  Gemm: general,
  Einsum: einsum,
};
