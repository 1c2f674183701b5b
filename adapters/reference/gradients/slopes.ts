// Operators that make each element of one, and those that make it of two: their derivatives, as calculus has them.
import type { Attributes } from '../../../core/onnx/model.ts';
import { floatOf } from '../../../core/operators/definition.ts';
import { SELU_ALPHA, SELU_GAMMA, sigmoid } from '../../../core/operators/elementwise.ts';
import { broadcastIndexes } from '../../../core/operators/positions.ts';
import { firstWeights, type Rule } from './rule.ts';

type Slope = (x: number, attributes: Attributes) => number;

const slopes: Readonly<Record<string, Slope>> = {
  Abs: Math.sign,
  Sqrt: (x) => 0.5 / Math.sqrt(x),
  Reciprocal: (x) => -1 / x ** 2,
  Exp: Math.exp,
  Log: (x) => 1 / x,
  Sin: Math.cos,
  Cos: (x) => -Math.sin(x),
  Tan: (x) => 1 / Math.cos(x) ** 2,
  Asin: (x) => 1 / Math.sqrt(1 - x ** 2),
  Acos: (x) => -1 / Math.sqrt(1 - x ** 2),
  Atan: (x) => 1 / (1 + x ** 2),
  Sinh: Math.cosh,
  Cosh: Math.sinh,
  Tanh: (x) => 1 / Math.cosh(x) ** 2,
  Asinh: (x) => 1 / Math.sqrt(x ** 2 + 1),
  Acosh: (x) => 1 / Math.sqrt(x ** 2 - 1),
  Atanh: (x) => 1 / (1 - x ** 2),
  Erf: (x) => (2 / Math.sqrt(Math.PI)) * Math.exp(-(x ** 2)),
  Sigmoid: (x) => sigmoid(x) * sigmoid(-x),
  HardSigmoid: (x, a) => {
    const alpha = floatOf(a, 'alpha', 0.2);
    const line = alpha * x + floatOf(a, 'beta', 0.5);
    return line > 0 && line < 1 ? alpha : 0;
  },
  HardSwish: (x) => (x <= -3 ? 0 : x >= 3 ? 1 : x / 3 + 0.5),
  Softplus: sigmoid,
  Softsign: (x) => 1 / (1 + Math.abs(x)) ** 2,
  Relu: (x) => (x > 0 ? 1 : 0),
  LeakyRelu: (x, a) => (x < 0 ? floatOf(a, 'alpha', 0.01) : 1),
  ThresholdedRelu: (x, a) => (x > floatOf(a, 'alpha', 1) ? 1 : 0),
  Elu: (x, a) => (x < 0 ? floatOf(a, 'alpha', 1) * Math.exp(x) : 1),
  Selu: (x, a) =>
    floatOf(a, 'gamma', SELU_GAMMA) * (x > 0 ? 1 : floatOf(a, 'alpha', SELU_ALPHA) * Math.exp(x)),
  Celu: (x, a) => (x < 0 ? Math.exp(x / floatOf(a, 'alpha', 1)) : 1),
};

const sloped =
  (slope: Slope): Rule =>
  (call) => {
    const xs = call.inputs[0]?.values ?? [];
    const found = firstWeights(call).map((weight, at) => {
      return weight * slope(Number(xs[at] ?? 0), call.attributes);
    });
    return new Map([[0, found]]);
  };

/** By the one and by the other. */
type Slopes = (x: number, y: number) => readonly [number, number];

const pairs: Readonly<Record<string, Slopes>> = {
  Add: () => [1, 1],
  Sub: () => [1, -1],
  Mul: (x, y) => [y, x],
  Div: (x, y) => [1 / y, -x / y ** 2],
  Pow: (x, y) => [y * x ** (y - 1), x ** y * Math.log(x)],
  PRelu: (x, y) => (x < 0 ? [y, x] : [1, 0]),
};

/** An element that is broadcast counts wherever it went. */
const paired =
  (slopesOf: Slopes): Rule =>
  (call) => {
    const shape = call.results[0]?.shape ?? [];
    const sides = [0, 1].map((index) => {
      const { shape: from = [], values = [] } = call.inputs[index] ?? {};
      return { values, places: broadcastIndexes(from, shape), sums: values.map(() => 0) };
    });
    const at = (side: number, place: number): number => sides[side]?.places[place] ?? 0;
    const xAt = (side: number, place: number): number =>
      Number(sides[side]?.values[at(side, place)] ?? 0);
    for (const [place, weight] of firstWeights(call).entries()) {
      const made = slopesOf(xAt(0, place), xAt(1, place));
      for (const index of call.by) {
        const sums = sides[index]?.sums ?? [];
        sums[at(index, place)] = (sums[at(index, place)] ?? 0) + weight * (made[index] ?? 0);
      }
    }
    return new Map(call.by.map((index) => [index, sides[index]?.sums ?? []]));
  };

const rules = <T>(table: Readonly<Record<string, T>>, make: (one: T) => Rule) =>
  Object.fromEntries(Object.entries(table).map(([operator, one]) => [operator, make(one)]));

export const slopeRules: Readonly<Record<string, Rule>> = {
  ...rules(slopes, sloped),
  ...rules(pairs, paired),
};
