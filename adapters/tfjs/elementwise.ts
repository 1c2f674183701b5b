// Operators on elements, each by the engine's operation of the same meaning. Where that has fewer choices than ONNX, a
// node that wants another is not admitted; where it has none, the operator is not here.
import { intOf } from '../../core/operators/definition.ts';
import type { Engine, EngineTensor } from './engine.ts';
import { direct, input, type Mapping, type Mappings, scalar } from './mapping.ts';

/** Of any number of inputs, by an operation of two. */
const chained = (operation: string): Mapping => ({
  call: (engine, given) => {
    const [first, ...others] = given.inputs.map((_, index) => input(given, index));
    const start = first ?? input(given, 0);
    return [others.reduce((made, one) => engine.call(operation, made, one), start)];
  },
});

/** Of whole numbers ONNX has the quotient that is cut towards zero, and the engine the one below. */
const divided: Mapping = {
  call: (engine, given) => {
    const [one, other] = [input(given, 0), input(given, 1)];
    const below = engine.call('div', one, other);
    if (one.dtype !== 'int32') return [below];
    const rest = engine.call('notEqual', engine.call('mod', one, other), zero(engine));
    const signs = [one, other].map((side) => engine.call('less', side, zero(engine)));
    const isBelow = engine.call('logicalAnd', rest, engine.call('logicalXor', ...signs));
    return [engine.call('add', below, engine.call('cast', isBelow, 'int32'))];
  },
};

const zero = (engine: Engine): EngineTensor => engine.tensor(Int32Array.of(0), [], 'int32');

/** The engine's remainder has the sign of the divisor; with `fmod` it has that of the dividend. */
const remainder: Mapping = {
  call: (engine, given) => {
    const [one, other] = [input(given, 0), input(given, 1)];
    const rest = engine.call('mod', one, other);
    if (intOf(given.attributes, 'fmod', 0) === 0) return [rest];
    const isThere = engine.call('notEqual', rest, zero(engine));
    const signs = [one, other].map((side) => engine.call('less', side, zero(engine)));
    const isOther = engine.call('logicalAnd', isThere, engine.call('logicalXor', ...signs));
    return [engine.call('where', isOther, engine.call('sub', rest, other), rest)];
  },
};

const mean: Mapping = {
  call: (engine, given) => {
    const [sum] = chained('add').call(engine, given);
    return [engine.call('div', sum, scalar(engine, given.inputs.length))];
  },
};

/** Both infinities, or one of them. */
const infinite: Mapping = {
  call: (engine, given) => {
    const one = input(given, 0);
    const isSought = (name: string): boolean => intOf(given.attributes, name, 1) !== 0;
    const [positive, negative] = [isSought('detect_positive'), isSought('detect_negative')];
    const found = engine.call('isInf', one);
    if (positive && negative) return [found];
    const side = positive ? 'greater' : 'less';
    const isSide = engine.call(side, one, scalar(engine, 0));
    const kept = engine.call('logicalAnd', found, isSide);
    return [positive || negative ? kept : engine.call('zerosLike', found)];
  },
};

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
  Asinh: direct('asinh'),
  Acosh: direct('acosh'),
  Atanh: direct('atanh'),
  Erf: direct('erf'),
  IsNaN: direct('isNaN'),
  IsInf: infinite,
  Not: direct('logicalNot'),
  Add: direct('add'),
  Sub: direct('sub'),
  Mul: direct('mul'),
  Div: divided,
  Mean: mean,
  Mod: remainder,
  Pow: direct('pow'),
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
