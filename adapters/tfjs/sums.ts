// Operators that make one element of many: products of matrices, reductions, and shares of a sum.
import type { Attributes } from '../../core/onnx/model.ts';
import { floatOf, intOf, intsOf, textOf } from '../../core/operators/definition.ts';
import { axisOf } from '../../core/operators/positions.ts';
import type { Engine, EngineTensor } from './engine.ts';
import { input, type Mapping, type Mappings, scalar } from './mapping.ts';

const times = (engine: Engine, x: EngineTensor, factor: number): EngineTensor =>
  factor === 1 ? x : engine.call('mul', x, scalar(engine, factor));

const gemm: Mapping = {
  call: (engine, given) => {
    const { attributes } = given;
    const [left, right] = [input(given, 0), input(given, 1)];
    const isTurned = (name: string): boolean => intOf(attributes, name, 0) !== 0;
    const product = engine.call('matMul', left, right, isTurned('transA'), isTurned('transB'));
    const made = times(engine, product, floatOf(attributes, 'alpha', 1));
    const bias = given.inputs[2];
    return [
      bias ? engine.call('add', made, times(engine, bias, floatOf(attributes, 'beta', 1))) : made,
    ];
  },
};

/** A vector is a row on the left, and a column on the right; the engine has matrices alone. */
const product: Mapping = {
  call: (engine, given) => {
    const [left, right] = [input(given, 0), input(given, 1)];
    const isRow = left.shape.length === 1;
    const isColumn = right.shape.length === 1;
    const one = isRow ? engine.call('expandDims', left, 0) : left;
    const other = isColumn ? engine.call('expandDims', right, 1) : right;
    const made = engine.call('matMul', one, other);
    const { length } = made.shape;
    const added = [...(isRow ? [length - 2] : []), ...(isColumn ? [length - 1] : [])];
    return [added.length > 0 ? engine.call('squeeze', made, added) : made];
  },
};

/** With what ONNX leaves out of an equation, and without its spaces: what occurs once, in order. */
const equationOf = (attributes: Attributes): string => {
  const equation = textOf(attributes, 'equation', '').replaceAll(' ', '');
  if (equation.includes('->') || equation.includes('...')) return equation;
  const letters = [...equation.replaceAll(',', '')];
  const once = letters.filter((one) => letters.indexOf(one) === letters.lastIndexOf(one));
  return `${equation}->${once.toSorted().join('')}`;
};

type Reduce = (
  engine: Engine,
  one: EngineTensor,
  axes: readonly number[] | undefined,
  keeps: boolean,
) => EngineTensor;

/** Axes are an attribute, or of ReduceSum a parameter; all where there are none, or none at all. */
const reduced = (reduce: Reduce): Mapping => ({
  parameters: [1],
  call: (engine, given) => {
    const said = given.parameters[1] ?? intsOf(given.attributes, 'axes');
    const axes = said?.length === 0 ? undefined : said;
    const isNothing = !axes && intOf(given.attributes, 'noop_with_empty_axes', 0) !== 0;
    const keeps = intOf(given.attributes, 'keepdims', 1) !== 0;
    return [
      isNothing
        ? engine.call('clone', input(given, 0))
        : reduce(engine, input(given, 0), axes, keeps),
    ];
  },
});

/** By an operation of the engine, after one on each element and before one on each result. */
const by = (operation: string, before?: string, after?: string): Mapping =>
  reduced((engine, one, axes, keeps) => {
    const each = before === undefined ? one : engine.call(before, one);
    const made = engine.call(operation, each, axes, keeps);
    return after === undefined ? made : engine.call(after, made);
  });

const allPlaces = (operation: string): Mapping => ({
  call: (engine, given) => {
    const one = input(given, 0);
    const places = one.shape.slice(2).map((_, index) => index + 2);
    return [engine.call(operation, one, places, true)];
  },
});

/** An operation along the last dimension, which is the engine's: another is put there, and back. */
const alongLast = (operation: string): Mapping => ({
  call: (engine, given) => {
    const one = input(given, 0);
    const last = one.shape.length - 1;
    const axis = axisOf(intOf(given.attributes, 'axis', -1), one.shape.length);
    if (axis === last) return [engine.call(operation, one)];
    const order = one.shape.map((_, at) => (at === axis ? last : at === last ? axis : at));
    const made = engine.call(operation, engine.call('transpose', one, order));
    return [engine.call('transpose', made, order)];
  },
});

export const sums: Mappings = {
  Einsum: {
    call: (engine, given) => [engine.call('einsum', equationOf(given.attributes), ...given.inputs)],
  },
  Gemm: gemm,
  GlobalAveragePool: allPlaces('mean'),
  GlobalMaxPool: allPlaces('max'),
  LogSoftmax: alongLast('logSoftmax'),
  MatMul: product,
  ReduceL1: by('sum', 'abs'),
  ReduceL2: by('euclideanNorm'),
  ReduceLogSum: by('sum', undefined, 'log'),
  ReduceLogSumExp: by('logSumExp'),
  ReduceMax: by('max'),
  ReduceMean: by('mean'),
  ReduceMin: by('min'),
  ReduceProd: by('prod'),
  ReduceSum: by('sum'),
  ReduceSumSquare: by('sum', 'square'),
  Softmax: alongLast('softmax'),
};
