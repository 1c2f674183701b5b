// Operators on elements of two tensors or more, which are broadcast: arithmetic, comparisons, logic, choices.
import type { ElementType } from '../../schemas/generated/types.ts';
import { FORMATS, isFloat, type Value } from '../onnx/element.ts';
import type { Attributes } from '../onnx/model.ts';
import type { Tensor } from '../onnx/tensor.ts';
import {
  intOf,
  type Operator,
  type Operators,
  required,
  ShapeError,
  textOf,
} from './definition.ts';
import { broadcastShape, broadcastValues } from './positions.ts';

/** What two elements of one type make; integers come as bigints, floats as numbers. */
interface Pair {
  readonly floats?: (x: number, y: number, attributes: Attributes) => number;
  readonly integers?: (x: bigint, y: bigint, attributes: Attributes, type: ElementType) => bigint;
}

/** An integer as its type has it: numbers but for the wide ones, wrapped as two's complement wraps. */
export const wrapped = (type: ElementType, value: bigint): Value => {
  const { bytes, kind } = FORMATS[type];
  const bits = 8 * bytes;
  const held = kind === 'signed' ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value);
  return bytes === 8 ? held : Number(held);
};

const combined = (one: Tensor, other: Tensor, pair: Pair, attributes: Attributes): Tensor => {
  const { type } = one;
  const shape = broadcastShape([one.shape, other.shape]);
  const [xs, ys] = [broadcastValues(one, shape), broadcastValues(other, shape)];
  const values = xs.map((x, index): Value => {
    const y = ys[index] ?? 0;
    if (isFloat(type)) return pair.floats?.(Number(x), Number(y), attributes) ?? Number.NaN;
    const made = pair.integers?.(BigInt(x), BigInt(y), attributes, type);
    if (made === undefined) throw new ShapeError(`no ${type} here`);
    return wrapped(type, made);
  });
  return { type, shape, values };
};

const binary =
  (pair: Pair): Operator =>
  (inputs, attributes) => {
    const [one, other] = [required(inputs, 0), required(inputs, 1)];
    if (one.type !== other.type) throw new ShapeError(`${one.type} and ${other.type}`);
    return [combined(one, other, pair, attributes)];
  };

/** An operator of any number of tensors, one after another. */
const chained =
  (pair: Pair, finish: (sum: number, count: number) => number = (sum) => sum): Operator =>
  (inputs, attributes) => {
    const given = inputs.flatMap((one) => (one ? [one] : []));
    const made = given
      .slice(1)
      .reduce((sum, one) => combined(sum, one, pair, attributes), required(inputs, 0));
    const shape = broadcastShape(given.map((one) => one.shape));
    const sizes = given.map((one) => broadcastValues(one, shape).map((x) => Math.abs(Number(x))));
    return [
      {
        ...made,
        values: isFloat(made.type)
          ? made.values.map((x) => finish(Number(x), given.length))
          : made.values,
        magnitudes: made.values.map((_, i) => sizes.reduce((sum, one) => sum + (one[i] ?? 0), 0)),
      },
    ];
  };

const compared =
  (holds: (x: Value, y: Value) => boolean): Operator =>
  (inputs) => {
    const [one, other] = [required(inputs, 0), required(inputs, 1)];
    const shape = broadcastShape([one.shape, other.shape]);
    const ys = broadcastValues(other, shape);
    const values = broadcastValues(one, shape).map((x, i) => (holds(x, ys[i] ?? 0) ? 1 : 0));
    return [{ type: 'bool', shape, values }];
  };

const larger = (x: number, y: number): number =>
  Number.isNaN(x) || Number.isNaN(y) ? Number.NaN : Math.max(x, y);
const smaller = (x: number, y: number): number =>
  Number.isNaN(x) || Number.isNaN(y) ? Number.NaN : Math.min(x, y);

const least: Pair = { floats: smaller, integers: (x, y) => (x < y ? x : y) };
const most: Pair = { floats: larger, integers: (x, y) => (x > y ? x : y) };

/** With fmod the sign is the dividend's; without it the divisor's. */
const modulo: Pair = {
  floats: (x, y) => x % y,
  integers: (x, y, attributes) => {
    const rest = x % y;
    const isOther = intOf(attributes, 'fmod', 0) === 0 && rest !== 0n && rest < 0n !== y < 0n;
    return isOther ? rest + y : rest;
  },
};

/** IEEE 754 pow: 1 to the power of anything is 1, where JavaScript says NaN. */
const power = (x: number, y: number): number =>
  x === 1 ? 1 : x === -1 && !Number.isFinite(y) && !Number.isNaN(y) ? 1 : x ** y;

/** The exponent may have a type of its own; the result has that of the base. */
const pow: Operator = (inputs) => {
  const [base, exponent] = [required(inputs, 0), required(inputs, 1)];
  const shape = broadcastShape([base.shape, exponent.shape]);
  const exponents = broadcastValues(exponent, shape);
  const values = broadcastValues(base, shape).map((x, i): Value => {
    const y = exponents[i] ?? 0;
    if (isFloat(base.type)) return power(Number(x), Number(y));
    return wrapped(base.type, BigInt(x) ** BigInt(y));
  });
  return [{ type: base.type, shape, values }];
};

const choice: Operator = (inputs) => {
  const [condition, one, other] = [0, 1, 2].map((index) => required(inputs, index));
  if (!condition || !one || !other) throw new ShapeError('Where takes three');
  const shape = broadcastShape([condition.shape, one.shape, other.shape]);
  const [xs, ys] = [broadcastValues(one, shape), broadcastValues(other, shape)];
  const values = broadcastValues(condition, shape).map((c, i) => (c ? xs : ys)[i] ?? 0);
  return [{ type: one.type, shape, values }];
};

const clip: Operator = (inputs) => {
  const { type, shape, values } = required(inputs, 0);
  const [low, high] = [inputs[1]?.values[0], inputs[2]?.values[0]];
  const held = values.map((x): Value => {
    const raised = low !== undefined && x < low ? low : x;
    return high !== undefined && raised > high ? high : raised;
  });
  return [{ type, shape, values: held }];
};

const shift: Pair = {
  integers: (x, y, attributes) =>
    textOf(attributes, 'direction', '') === 'LEFT' ? x << y : x >> y,
};

const sloped: Operator = (inputs) => {
  const [one, slope] = [required(inputs, 0), required(inputs, 1)];
  const slopes = broadcastValues(slope, one.shape);
  const values = one.values.map((x, i) => (Number(x) < 0 ? Number(x) * Number(slopes[i] ?? 0) : x));
  return [{ type: one.type, shape: one.shape, values }];
};

export const arithmetic: Operators = {
  Add: binary({ floats: (x, y) => x + y, integers: (x, y) => x + y }),
  Sub: binary({ floats: (x, y) => x - y, integers: (x, y) => x - y }),
  Mul: binary({ floats: (x, y) => x * y, integers: (x, y) => x * y }),
  // A bigint's quotient is cut towards zero, as the definition has it.
  Div: binary({ floats: (x, y) => x / y, integers: (x, y) => x / y }),
  Mod: binary(modulo),
  Pow: pow,
  PRelu: sloped,
  Min: chained(least),
  Max: chained(most),
  Sum: chained({ floats: (x, y) => x + y }),
  Mean: chained({ floats: (x, y) => x + y }, (sum, count) => sum / count),
  And: compared((x, y) => Boolean(x) && Boolean(y)),
  Or: compared((x, y) => Boolean(x) || Boolean(y)),
  Xor: compared((x, y) => Boolean(x) !== Boolean(y)),
  Equal: compared((x, y) => x === y),
  Greater: compared((x, y) => x > y),
  GreaterOrEqual: compared((x, y) => x >= y),
  Less: compared((x, y) => x < y),
  LessOrEqual: compared((x, y) => x <= y),
  BitShift: binary(shift),
  Where: choice,
  Clip: clip,
};
