// Operators on elements, each by the engine's operation of the same meaning. Where that has fewer choices than ONNX, a
// node that wants another is not admitted; where it has none, the operator is not here.
import type { Attributes } from '../../core/onnx/model.ts';
import { floatOf, intOf } from '../../core/operators/definition.ts';
import { direct, input, type Mapping, type Mappings } from './mapping.ts';

/** Admits nodes whose attribute has one value, or is left out and means it. */
const onlyFloat =
  (name: string, only: number) =>
  (attributes: Attributes): boolean =>
    floatOf(attributes, name, only) === Math.fround(only);

const onlyInt =
  (name: string, only: number, otherwise: number = only) =>
  (attributes: Attributes): boolean =>
    intOf(attributes, name, otherwise) === only;

/** Of any number of inputs, by an operation of two. */
const chained = (operation: string): Mapping => ({
  call: (engine, given) => {
    const [first, ...others] = given.inputs.map((_, index) => input(given, index));
    const start = first ?? input(given, 0);
    return [others.reduce((made, one) => engine.call(operation, made, one), start)];
  },
});

const SELU_ALPHA = 1.6732631921768188;
const SELU_GAMMA = 1.0507010221481323;
const selu = (attributes: Attributes): boolean =>
  onlyFloat('alpha', SELU_ALPHA)(attributes) && onlyFloat('gamma', SELU_GAMMA)(attributes);

/** The bounds are tensors to ONNX, and numbers to the engine. */
const clip: Mapping = {
  call: (engine, given) => {
    const [, low, high] = given.inputs;
    const bound = (one: typeof low, otherwise: number): number =>
      Number(one?.dataSync()[0] ?? otherwise);
    return [
      engine.call(
        'clipByValue',
        input(given, 0),
        bound(low, Number.NEGATIVE_INFINITY),
        bound(high, Number.POSITIVE_INFINITY),
      ),
    ];
  },
};

export const elementwise: Mappings = {
  Abs: direct('abs'),
  Neg: direct('neg'),
  Sign: direct('sign'),
  Identity: direct('clone'),
  Ceil: direct('ceil'),
  Floor: direct('floor'),
  Round: direct('round'),
  Sqrt: direct('sqrt'),
  Reciprocal: direct('reciprocal'),
  Exp: direct('exp'),
  Log: direct('log'),
  Sin: direct('sin'),
  Cos: direct('cos'),
  Tan: direct('tan'),
  Asin: direct('asin'),
  Acos: direct('acos'),
  Atan: direct('atan'),
  Sinh: direct('sinh'),
  Cosh: direct('cosh'),
  Tanh: direct('tanh'),
  Asinh: direct('asinh'),
  Acosh: direct('acosh'),
  Atanh: direct('atanh'),
  Erf: direct('erf'),
  Sigmoid: direct('sigmoid'),
  Softplus: direct('softplus'),
  Relu: direct('relu'),
  LeakyRelu: direct('leakyRelu', (attributes) => [floatOf(attributes, 'alpha', 0.01)]),
  Elu: direct('elu', undefined, onlyFloat('alpha', 1)),
  Celu: direct('elu', undefined, onlyFloat('alpha', 1)),
  Selu: direct('selu', undefined, selu),
  IsNaN: direct('isNaN'),
  IsInf: direct(
    'isInf',
    undefined,
    (attributes) =>
      onlyInt('detect_positive', 1)(attributes) && onlyInt('detect_negative', 1)(attributes),
  ),
  Not: direct('logicalNot'),
  Add: direct('add'),
  Sub: direct('sub'),
  Mul: direct('mul'),
  Div: direct('div'),
  // The operation's remainder has the sign of the divisor.
  Mod: direct('mod', undefined, onlyInt('fmod', 0)),
  Pow: direct('pow'),
  PRelu: direct('prelu'),
  Min: chained('minimum'),
  Max: chained('maximum'),
  Sum: chained('add'),
  And: direct('logicalAnd'),
  Or: direct('logicalOr'),
  Xor: direct('logicalXor'),
  Equal: direct('equal'),
  Greater: direct('greater'),
  GreaterOrEqual: direct('greaterEqual'),
  Less: direct('less'),
  LessOrEqual: direct('lessEqual'),
  Where: direct('where'),
  Clip: clip,
};
