// Operators between depth and space, and those that give a plane another size.
import { floatOf, intOf, textOf } from '../../core/operators/definition.ts';
import type { Engine, EngineTensor } from './engine.ts';
import { type Given, input, lacking, type Mapping, type Mappings, positions } from './mapping.ts';
import { toLast, toSecond } from './windows.ts';

/** Depth holds the place in a block before the channel (DCR), or behind it (CRD). */
const depthToSpace: Mapping = {
  call: (engine, given) => {
    const [batch = 0, channels = 0, height = 0, width = 0] = input(given, 0).shape;
    const block = intOf(given.attributes, 'blocksize', 1);
    const depth = channels / block ** 2;
    const isDepthFirst = textOf(given.attributes, 'mode', 'DCR') === 'DCR';
    const split = isDepthFirst
      ? [batch, block, block, depth, height, width]
      : [batch, depth, block, block, height, width];
    const order = isDepthFirst ? [0, 3, 4, 1, 5, 2] : [0, 1, 4, 2, 5, 3];
    const apart = engine.call('reshape', input(given, 0), split);
    const turned = engine.call('transpose', apart, order);
    return [engine.call('reshape', turned, [batch, depth, height * block, width * block])];
  },
};

const spaceToDepth: Mapping = {
  call: (engine, given) => {
    const [batch = 0, channels = 0, height = 0, width = 0] = input(given, 0).shape;
    const block = intOf(given.attributes, 'blocksize', 1);
    const [rows, columns] = [height / block, width / block];
    const split = [batch, channels, rows, block, columns, block];
    const apart = engine.call('reshape', input(given, 0), split);
    const turned = engine.call('transpose', apart, [0, 3, 5, 1, 2, 4]);
    return [engine.call('reshape', turned, [batch, channels * block ** 2, rows, columns])];
  },
};

/** Lengths and scales of each dimension. */
const resizing = ({ parameters }: Given, shape: readonly number[]) => {
  const [, , scales, sizes] = parameters;
  const made = sizes ?? shape.map((length, axis) => Math.floor(length * (scales?.[axis] ?? 1)));
  const factors = sizes ? shape.map((length, axis) => (made[axis] ?? 0) / length) : scales;
  return { made, factors: factors ?? shape.map(() => 1) };
};

const PLACES: Readonly<Record<string, (at: number, scale: number, ends: Ends) => number>> = {
  half_pixel: (at, scale) => (at + 0.5) / scale - 0.5,
  pytorch_half_pixel: (at, scale, { made }) => (made > 1 ? (at + 0.5) / scale - 0.5 : 0),
  align_corners: (at, _, { length, made }) => (made > 1 ? (at * (length - 1)) / (made - 1) : 0),
  asymmetric: (at, scale) => at / scale,
};

interface Ends {
  readonly length: number;
  readonly made: number;
}

const NEAREST: Readonly<Record<string, (place: number) => number>> = {
  round_prefer_floor: (place) => Math.ceil(place - 0.5),
  round_prefer_ceil: (place) => Math.floor(place + 0.5),
  floor: Math.floor,
  ceil: Math.ceil,
};

/** The engine has three kinds of straight lines, of planes: by the flags that it takes. */
const LINES: Readonly<Record<string, readonly [alignCorners: boolean, halfPixels: boolean]>> = {
  half_pixel: [false, true],
  align_corners: [true, false],
  asymmetric: [false, false],
};

/** Each element is one of the input's: one dimension after the other. */
const nearest = (engine: Engine, given: Given, transformation: string): EngineTensor => {
  const one = input(given, 0);
  const { made, factors } = resizing(given, one.shape);
  const place = PLACES[transformation];
  const pick = NEAREST[textOf(given.attributes, 'nearest_mode', 'round_prefer_floor')];
  if (!place || !pick) throw lacking(`Resize by ${transformation} is not mapped`);
  return one.shape.reduce((all, length, axis) => {
    const scale = factors[axis] ?? 1;
    if (scale === 1) return all;
    const ends = { length, made: made[axis] ?? 0 };
    const places = Array.from({ length: ends.made }, (_, at) =>
      Math.min(Math.max(pick(place(at, scale, ends)), 0), length - 1),
    );
    return engine.call('gather', all, positions(engine, places), axis);
  }, one);
};

const straight = (engine: Engine, given: Given, transformation: string): EngineTensor => {
  const one = input(given, 0);
  const { made, factors } = resizing(given, one.shape);
  const isFirst = transformation === 'pytorch_half_pixel';
  const flags = LINES[isFirst ? 'half_pixel' : transformation];
  const isPlane = one.shape.length === 4 && factors[0] === 1 && factors[1] === 1;
  if (!flags || !isPlane) throw lacking(`Resize by ${transformation} is not mapped`);
  // What becomes one element is then the first one.
  const sizes = one.shape.map((length, axis) => (isFirst && made[axis] === 1 ? 1 : length));
  const kept = engine.call('slice', one, [0, 0, 0, 0], sizes);
  const planes = toLast(engine, kept);
  return toSecond(engine, engine.call('image.resizeBilinear', planes, made.slice(2), ...flags));
};

const resize: Mapping = {
  parameters: [1, 2, 3],
  admits: (attributes) =>
    textOf(attributes, 'mode', 'nearest') !== 'cubic' &&
    floatOf(attributes, 'extrapolation_value', 0) === 0 &&
    intOf(attributes, 'exclude_outside', 0) === 0,
  call: (engine, given) => {
    const transformation = textOf(given.attributes, 'coordinate_transformation_mode', 'half_pixel');
    const isNearest = textOf(given.attributes, 'mode', 'nearest') === 'nearest';
    return [(isNearest ? nearest : straight)(engine, given, transformation)];
  },
};

export const images: Mappings = {
  DepthToSpace: depthToSpace,
  Resize: resize,
  SpaceToDepth: spaceToDepth,
};
