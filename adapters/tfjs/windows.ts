// Operators with windows that go over a plane: convolutions and pools. ONNX has channels ahead of places, and the engine
// has them behind: what it takes is turned, and turned back. A line is a plane of one row.
import type { Attributes } from '../../core/onnx/model.ts';
import { intOf, intsOf, textOf } from '../../core/operators/definition.ts';
import { halves, sidesOf } from '../../core/operators/windows.ts';
import type { Engine, EngineTensor } from './engine.ts';
import { type Given, input, lacking, type Mapping, type Mappings } from './mapping.ts';

/** With the channels, which are ONNX's second dimension, as the last. */
export const toLast = (engine: Engine, one: EngineTensor): EngineTensor =>
  engine.call('transpose', one, [0, ...one.shape.slice(2).map((_, index) => index + 2), 1]);

export const toSecond = (engine: Engine, one: EngineTensor): EngineTensor => {
  const last = one.shape.length - 1;
  return engine.call('transpose', one, [
    0,
    last,
    ...one.shape.slice(2).map((_, index) => index + 1),
  ]);
};

const ALONG_A_PLANE = ['kernel_shape', 'strides', 'dilations', 'output_padding', 'output_shape'];

/** What the attributes of a line are of a plane. */
const inPlane = (attributes: Attributes): Attributes =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, one]) => {
      if (!('ints' in one)) return [name, one];
      const [first = 0, last = 0] = one.ints;
      if (name === 'pads') return [name, { ints: [0, first, 0, last] }];
      const own = name === 'output_padding' ? 0 : 1;
      return [name, ALONG_A_PLANE.includes(name) ? { ints: [own, ...one.ints.slice(-1)] } : one];
    }),
  );

const asPlane = (engine: Engine, one: EngineTensor): EngineTensor =>
  engine.call('expandDims', one, 2);

/** Does work on planes, also for a line. */
const onPlanes =
  (work: (engine: Engine, given: Given, data: EngineTensor) => EngineTensor): Mapping['call'] =>
  (engine, given) => {
    const data = input(given, 0);
    if (data.shape.length === 4) return [work(engine, given, data)];
    if (data.shape.length !== 3) throw lacking('the engine has this for lines and planes alone');
    const attributes = inPlane(given.attributes);
    const inputs = given.inputs.map((one, index) =>
      index < 2 && one ? asPlane(engine, one) : one,
    );
    const made = work(engine, { ...given, attributes, inputs }, asPlane(engine, data));
    return [engine.call('squeeze', made, [2])];
  };

const kernelOf = (attributes: Attributes, otherwise: readonly number[]): readonly number[] =>
  intsOf(attributes, 'kernel_shape') ?? otherwise;

/** Before and behind of each dimension, with batch and channels. */
const padsOf = (data: EngineTensor, kernel: readonly number[], attributes: Attributes) => {
  const sides = sidesOf(data.shape.slice(2), kernel, attributes);
  return [[0, 0], ...sides.map(({ before, after }) => [before, after]), [0, 0]];
};

/** Each group's part of a tensor, along an axis. */
const groupsOf = (engine: Engine, one: EngineTensor, groups: number, axis: number) =>
  groups === 1 ? [one] : engine.callForAll('split', one, groups, axis);

const perGroup = (
  engine: Engine,
  data: EngineTensor,
  weights: EngineTensor,
  groups: number,
  work: (x: EngineTensor, filter: EngineTensor) => EngineTensor,
): EngineTensor => {
  const filters = groupsOf(engine, weights, groups, 0);
  const made = groupsOf(engine, data, groups, 1).flatMap((x, index) => {
    const filter = filters[index];
    return filter ? [work(x, filter)] : [];
  });
  return made.length === 1 && made[0] ? made[0] : engine.call('concat', made, 1);
};

/** One for each channel, which is the second dimension. */
const shifted = (
  engine: Engine,
  one: EngineTensor,
  bias: EngineTensor | undefined,
): EngineTensor => (bias ? engine.call('add', one, engine.call('reshape', bias, [-1, 1, 1])) : one);

const convolution: Mapping = {
  call: onPlanes((engine, given, data) => {
    const { attributes } = given;
    const weights = input(given, 1);
    const dilations = intsOf(attributes, 'dilations') ?? [1, 1];
    const pads = padsOf(data, kernelOf(attributes, weights.shape.slice(2)), attributes);
    const made = perGroup(engine, data, weights, intOf(attributes, 'group', 1), (x, filter) =>
      toSecond(
        engine,
        engine.call(
          'conv2d',
          toLast(engine, x),
          engine.call('transpose', filter, [2, 3, 1, 0]),
          intsOf(attributes, 'strides') ?? [1, 1],
          pads,
          'NHWC',
          dilations,
        ),
      ),
    );
    return shifted(engine, made, given.inputs[2]);
  }),
};

/** What is cut off each dimension before, and how long it then is. */
const cutsOf = (lengths: readonly number[], whole: readonly number[], attributes: Attributes) =>
  lengths.map((length, axis): readonly [number, number] => {
    const all = whole[axis] ?? 0;
    const auto = textOf(attributes, 'auto_pad', 'NOTSET');
    const stride = intsOf(attributes, 'strides')?.[axis] ?? 1;
    const same = auto.startsWith('SAME') ? length * stride : undefined;
    const asked = intsOf(attributes, 'output_shape')?.[axis] ?? same;
    if (asked !== undefined) return [halves(all - asked, auto !== 'SAME_UPPER')[0], asked];
    const pads = auto === 'NOTSET' ? intsOf(attributes, 'pads') : undefined;
    const [before, after] = [pads?.[axis] ?? 0, pads?.[axis + lengths.length] ?? 0];
    return [before, all - before - after];
  });

/** Without dilations, which the engine has not here; pads are what is cut off. */
const transposed: Mapping = {
  admits: (attributes) => (intsOf(attributes, 'dilations') ?? []).every((one) => one === 1),
  call: onPlanes((engine, given, data) => {
    const { attributes } = given;
    const strides = intsOf(attributes, 'strides') ?? [1, 1];
    const weights = input(given, 1);
    const lengths = data.shape.slice(2);
    const whole = lengths.map(
      (length, axis) =>
        (strides[axis] ?? 1) * (length - 1) +
        (weights.shape[axis + 2] ?? 1) +
        (intsOf(attributes, 'output_padding')?.[axis] ?? 0),
    );
    const made = perGroup(engine, data, weights, intOf(attributes, 'group', 1), (x, filter) => {
      const turned = engine.call('transpose', filter, [2, 3, 1, 0]);
      const shape = [x.shape[0], ...whole, filter.shape[1]];
      return toSecond(
        engine,
        engine.call('conv2dTranspose', toLast(engine, x), turned, shape, strides, 'valid'),
      );
    });
    const cuts = cutsOf(lengths, whole, attributes);
    const begins = [0, 0, ...cuts.map(([before]) => before)];
    const sizes = [...made.shape.slice(0, 2), ...cuts.map(([, length]) => length)];
    return shifted(engine, engine.call('slice', made, begins, sizes), given.inputs[2]);
  }),
};

/** Padding is no part of a mean, as the engine has it: where it is to count, it is put there before. */
const pooled = (kind: 'avg' | 'max'): Mapping => ({
  admits: (_, { outputs }) => outputs.length === 1,
  call: onPlanes((engine, given, data) => {
    const { attributes } = given;
    const kernel = kernelOf(attributes, []);
    const dilations = intsOf(attributes, 'dilations') ?? [1, 1];
    const strides = intsOf(attributes, 'strides') ?? [1, 1];
    const rounding = intOf(attributes, 'ceil_mode', 0) === 0 ? 'floor' : 'ceil';
    const pads = padsOf(data, kernel, attributes);
    const planes = toLast(engine, data);
    const isDilated = dilations.some((one) => one !== 1);
    if (!isDilated && intOf(attributes, 'count_include_pad', 0) === 0) {
      const made = engine.call(`${kind}Pool`, planes, kernel, strides, pads, rounding);
      return toSecond(engine, made);
    }
    if (rounding === 'ceil') throw lacking('the engine rounds up where nothing else is asked');
    const filler = kind === 'avg' ? 0 : Number.NEGATIVE_INFINITY;
    const around = engine.call('pad', planes, pads, filler);
    return toSecond(engine, engine.call('pool', around, kernel, kind, 'valid', dilations, strides));
  }),
});

export const windows: Mappings = {
  AveragePool: pooled('avg'),
  Conv: convolution,
  ConvTranspose: transposed,
  MaxPool: pooled('max'),
};
