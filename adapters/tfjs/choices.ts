// Operators that choose elements, or make them of a shape, of ends, or of where they stand.
import { ELEMENT_TYPES, FORMATS } from '../../core/onnx/element.ts';
import { intOf } from '../../core/operators/definition.ts';
import { axisOf } from '../../core/operators/positions.ts';
import { ARRAYS, type Engine, type EngineTensor } from './engine.ts';
import { type Given, input, lacking, type Mapping, type Mappings, positions } from './mapping.ts';

const compress: Mapping = {
  call: (engine, given) => {
    const isFlat = !('axis' in given.attributes);
    const one = isFlat ? engine.call('reshape', input(given, 0), [-1]) : input(given, 0);
    const axis = isFlat ? 0 : axisOf(intOf(given.attributes, 'axis', 0), one.shape.length);
    const holds = [...input(given, 1).dataSync()];
    const places = holds.flatMap((one, at) => (one ? [at] : []));
    return [engine.call('gather', one, positions(engine, places), axis)];
  },
};

/** Of each place of a matrix, how far it is to the right of the diagonal. */
const fromDiagonal = (engine: Engine, shape: readonly number[]): EngineTensor => {
  const [rows = 0, columns = 0] = shape.slice(-2);
  const down = engine.call('expandDims', engine.call('range', 0, rows, 1, 'int32'), 1);
  return engine.call('sub', engine.call('range', 0, columns, 1, 'int32'), down);
};

const whole = (engine: Engine, value: number): EngineTensor =>
  engine.tensor(Int32Array.of(value), [], 'int32');

const eyeLike: Mapping = {
  call: (engine, given) => {
    const one = input(given, 0);
    const code = intOf(given.attributes, 'dtype', 0);
    const type = ELEMENT_TYPES.find((name) => FORMATS[name].code === code && ARRAYS[name]);
    if (code !== 0 && !type) throw lacking('the engine has no such type');
    const offset = whole(engine, intOf(given.attributes, 'k', 0));
    const places = engine.call('equal', fromDiagonal(engine, one.shape), offset);
    return [engine.call('cast', places, type ?? one.dtype)];
  },
};

const triangle: Mapping = {
  parameters: [1],
  call: (engine, given) => {
    const one = input(given, 0);
    const isUpper = intOf(given.attributes, 'upper', 1) !== 0;
    const offset = whole(engine, given.parameters[1]?.[0] ?? 0);
    const far = fromDiagonal(engine, one.shape);
    const kept = engine.call(isUpper ? 'greaterEqual' : 'lessEqual', far, offset);
    return [engine.call('where', kept, one, engine.call('zerosLike', one))];
  },
};

const hardest: Mapping = {
  call: (engine, given) => {
    const one = input(given, 0);
    const axis = axisOf(intOf(given.attributes, 'axis', -1), one.shape.length);
    const found = engine.call('expandDims', engine.call('argMax', one, axis), axis);
    const { length } = one.shape;
    const along = Array.from({ length }, (_, at) => (at === axis ? -1 : 1));
    const places = engine.call('range', 0, one.shape[axis], 1, 'int32');
    const isFound = engine.call('equal', engine.call('reshape', places, along), found);
    return [engine.call('cast', isFound, one.dtype)];
  },
};

const end = (given: Given, index: number): number => Number(input(given, index).dataSync()[0]);

const range: Mapping = {
  call: (engine, given) => {
    const [start, limit, step] = [end(given, 0), end(given, 1), end(given, 2)];
    // There is nothing then, and the engine would turn a step of 1.
    const isNothing = (limit - start) * step < 0;
    return [engine.call('range', start, isNothing ? start : limit, step, input(given, 0).dtype)];
  },
};

const filled: Mapping = {
  parameters: [0],
  admits: ({ value }) => !value || !('tensor' in value) || ARRAYS[value.tensor.type] !== undefined,
  call: (engine, given) => {
    const { value } = given.attributes;
    const filler = value && 'tensor' in value ? value.tensor : undefined;
    const [one = 0] = filler?.values ?? [];
    return [engine.call('fill', given.parameters[0] ?? [], Number(one), filler?.type)];
  },
};

export const choices: Mappings = {
  Compress: compress,
  ConstantOfShape: filled,
  EyeLike: eyeLike,
  Hardmax: hardest,
  Range: range,
  Trilu: triangle,
};
