// Operators that shift and scale elements by what others are.
import { floatOf, intOf } from '../../core/operators/definition.ts';
import { axisOf } from '../../core/operators/positions.ts';
import type { Engine, EngineTensor } from './engine.ts';
import { type Given, input, type Mapping, type Mappings, scalar } from './mapping.ts';
import { toLast, toSecond } from './windows.ts';

const EPSILON = 1e-5;

const batch: Mapping = {
  admits: (attributes, { outputs }) =>
    intOf(attributes, 'training_mode', 0) === 0 && outputs.length === 1,
  call: (engine, given) => {
    const [scale, offset, mean, variance] = [1, 2, 3, 4].map((index) => input(given, index));
    const made = engine.call(
      'batchNorm',
      toLast(engine, input(given, 0)),
      mean,
      variance,
      offset,
      scale,
      floatOf(given.attributes, 'epsilon', EPSILON),
    );
    return [toSecond(engine, made)];
  },
};

/** Less the mean along axes, over the deviation; with the mean, and one over the deviation. */
const normalized = (engine: Engine, given: Given, axes: readonly number[]) => {
  const one = input(given, 0);
  const mean = engine.call('mean', one, axes, true);
  const centred = engine.call('sub', one, mean);
  const variance = engine.call('mean', engine.call('square', centred), axes, true);
  const epsilon = scalar(engine, floatOf(given.attributes, 'epsilon', EPSILON));
  const inverse = engine.call('rsqrt', engine.call('add', variance, epsilon));
  return { made: engine.call('mul', centred, inverse), mean, inverse };
};

const instance: Mapping = {
  call: (engine, given) => {
    const places = input(given, 0).shape.slice(2);
    const axes = places.map((_, index) => index + 2);
    const perChannel = (one: EngineTensor): EngineTensor =>
      engine.call('reshape', one, [-1, ...places.map(() => 1)]);
    const { made } = normalized(engine, given, axes);
    const scaled = engine.call('mul', made, perChannel(input(given, 1)));
    return [engine.call('add', scaled, perChannel(input(given, 2)))];
  },
};

const layer: Mapping = {
  call: (engine, given) => {
    const { length } = input(given, 0).shape;
    const first = axisOf(intOf(given.attributes, 'axis', -1), length);
    const axes = Array.from({ length: length - first }, (_, index) => first + index);
    const { made, mean, inverse } = normalized(engine, given, axes);
    const scaled = engine.call('mul', made, input(given, 1));
    const shift = given.inputs[2];
    return [shift ? engine.call('add', scaled, shift) : scaled, mean, inverse];
  },
};

/** What has no norm stays zero. */
const byNorm: Mapping = {
  call: (engine, given) => {
    const one = input(given, 0);
    const axis = intOf(given.attributes, 'axis', -1);
    const norm = engine.call('norm', one, intOf(given.attributes, 'p', 2), axis, true);
    return [engine.call('divNoNan', one, norm)];
  },
};

/** Of an odd number of channels by the engine's own; an even one has one more behind than before. */
const response: Mapping = {
  call: (engine, given) => {
    const { attributes } = given;
    const one = toLast(engine, input(given, 0));
    const size = intOf(attributes, 'size', 1);
    const [bias, beta] = [floatOf(attributes, 'bias', 1), floatOf(attributes, 'beta', 0.75)];
    const share = floatOf(attributes, 'alpha', 1e-4) / size;
    if (size % 2 === 1) {
      const radius = (size - 1) / 2;
      const made = engine.call('localResponseNormalization', one, radius, bias, share, beta);
      return [toSecond(engine, made)];
    }
    const channels = one.shape.length - 1;
    const pads = one.shape.map((_, axis) =>
      axis === channels ? [size / 2 - 1, size / 2] : [0, 0],
    );
    const squares = engine.call('pad', engine.call('square', one), pads);
    const near = Array.from({ length: size }, (_, at) => {
      const begin = one.shape.map((_length, axis) => (axis === channels ? at : 0));
      return engine.call('slice', squares, begin, one.shape);
    });
    const sum = engine.call('mul', engine.call('addN', near), scalar(engine, share));
    const base = engine.call('add', sum, scalar(engine, bias));
    const made = engine.call('div', one, engine.call('pow', base, scalar(engine, beta)));
    return [toSecond(engine, made)];
  },
};

export const normalizations: Mappings = {
  BatchNormalization: batch,
  InstanceNormalization: instance,
  LRN: response,
  LayerNormalization: layer,
  LpNormalization: byNorm,
};
