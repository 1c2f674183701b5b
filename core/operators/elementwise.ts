// Operators that make each element of one: roundings, powers, angles, activations.
import type { Value } from '../onnx/element.ts';
import type { Attributes } from '../onnx/model.ts';
import { floatOf, intOf, type Operator, type Operators, required } from './definition.ts';
import { errorFunction } from './error-function.ts';

/** An operator that keeps type and shape. */
const each =
  (of: (x: number, attributes: Attributes) => number): Operator =>
  (inputs, attributes) => {
    const { type, shape, values } = required(inputs, 0);
    return [{ type, shape, values: values.map((x) => of(Number(x), attributes)) }];
  };

/** The same, of integers of any width. */
const eachValue =
  (ofNumber: (x: number) => number, ofWide: (x: bigint) => bigint): Operator =>
  (inputs) => {
    const { type, shape, values } = required(inputs, 0);
    const of = (x: Value): Value => (typeof x === 'bigint' ? ofWide(x) : ofNumber(x));
    return [{ type, shape, values: values.map(of) }];
  };

/** An operator that asks something of each element. */
const test =
  (holds: (x: number, attributes: Attributes) => boolean): Operator =>
  (inputs, attributes) => {
    const { shape, values } = required(inputs, 0);
    const told = values.map((x) => (holds(Number(x), attributes) ? 1 : 0));
    return [{ type: 'bool', shape, values: told }];
  };

/** To the nearest integer, ties to even, zero with its sign. */
export const toNearest = (x: number): number => {
  if (!Number.isFinite(x) || Math.abs(x) >= 2 ** 52) return x;
  const low = Math.floor(x);
  const rest = x - low;
  const nearest = rest > 0.5 || (rest === 0.5 && low % 2 !== 0) ? low + 1 : low;
  return nearest === 0 && (x < 0 || Object.is(x, -0)) ? -0 : nearest;
};

export const sigmoid = (x: number): number =>
  x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));

const softplus = (x: number): number =>
  x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));

const clamped = (x: number, low: number, high: number): number =>
  Number.isNaN(x) ? x : Math.min(Math.max(x, low), high);

export const SELU_ALPHA = 1.6732631921768188;
export const SELU_GAMMA = 1.0507010221481323;

export const elementwise: Operators = {
  Abs: eachValue(Math.abs, (x) => (x < 0n ? -x : x)),
  Neg: eachValue(
    (x) => -x,
    (x) => -x,
  ),
  Sign: eachValue(Math.sign, (x) => (x > 0n ? 1n : x < 0n ? -1n : 0n)),
  Identity: eachValue(
    (x) => x,
    (x) => x,
  ),
  Ceil: each(Math.ceil),
  Floor: each(Math.floor),
  Round: each(toNearest),
  Sqrt: each(Math.sqrt),
  Reciprocal: each((x) => 1 / x),
  Exp: each(Math.exp),
  Log: each(Math.log),
  Sin: each(Math.sin),
  Cos: each(Math.cos),
  Tan: each(Math.tan),
  Asin: each(Math.asin),
  Acos: each(Math.acos),
  Atan: each(Math.atan),
  Sinh: each(Math.sinh),
  Cosh: each(Math.cosh),
  Tanh: each(Math.tanh),
  Asinh: each(Math.asinh),
  Acosh: each(Math.acosh),
  Atanh: each(Math.atanh),
  Erf: each(errorFunction),
  Sigmoid: each(sigmoid),
  HardSigmoid: each((x, a) =>
    clamped(floatOf(a, 'alpha', 0.2) * x + floatOf(a, 'beta', 0.5), 0, 1),
  ),
  HardSwish: each((x) => x * clamped(x / 6 + 0.5, 0, 1)),
  Softplus: each(softplus),
  Softsign: each((x) => x / (1 + Math.abs(x))),
  Relu: each((x) => (x < 0 ? 0 : x)),
  LeakyRelu: each((x, a) => (x < 0 ? floatOf(a, 'alpha', 0.01) * x : x)),
  ThresholdedRelu: each((x, a) => (x > floatOf(a, 'alpha', 1) ? x : Number.isNaN(x) ? x : 0)),
  Elu: each((x, a) => (x < 0 ? floatOf(a, 'alpha', 1) * Math.expm1(x) : x)),
  Selu: each((x, a) => {
    const gamma = floatOf(a, 'gamma', SELU_GAMMA);
    return x > 0 ? gamma * x : gamma * floatOf(a, 'alpha', SELU_ALPHA) * Math.expm1(x);
  }),
  Celu: each((x, a) => {
    const alpha = floatOf(a, 'alpha', 1);
    return x < 0 ? alpha * Math.expm1(x / alpha) : x;
  }),
  IsNaN: test(Number.isNaN),
  IsInf: test(
    (x, a) =>
      (x === Number.POSITIVE_INFINITY && intOf(a, 'detect_positive', 1) !== 0) ||
      (x === Number.NEGATIVE_INFINITY && intOf(a, 'detect_negative', 1) !== 0),
  ),
  Not: test((x) => x === 0),
};
