// Operators that move elements, or look at them in another shape. Shapes, axes and positions are numbers of the program
// to the engine: they are the model's own, or read before.
import { ELEMENT_TYPES, FORMATS } from '../../core/onnx/element.ts';
import type { Attributes } from '../../core/onnx/model.ts';
import { intOf, intsOf, textOf } from '../../core/operators/definition.ts';
import { axisOf, broadcastShape } from '../../core/operators/positions.ts';
import { ARRAYS } from './engine.ts';
import { direct, type Given, input, lacking, type Mapping, type Mappings } from './mapping.ts';

/** An operation on the first input, with what the parameters and attributes make. */
const shaped = (
  operation: string,
  parameters: readonly number[],
  more: (given: Given) => readonly unknown[],
  admits: Mapping['admits'] = () => true,
): Mapping => ({
  parameters,
  admits,
  call: (engine, given) => [engine.call(operation, input(given, 0), ...more(given))],
});

const parameter = ({ parameters }: Given, index: number): readonly number[] =>
  parameters[index] ?? [];

/** A length of 0 is that of the input, where it does not mean itself. */
const newShape = (given: Given): number[] => {
  const { shape } = input(given, 0);
  const own = intOf(given.attributes, 'allowzero', 0) !== 0;
  return parameter(given, 1).map((length, axis) =>
    length === 0 && !own ? (shape[axis] ?? 0) : length,
  );
};

const flattened = (given: Given): number[] => {
  const { shape } = input(given, 0);
  const axis = intOf(given.attributes, 'axis', 1);
  const split = axis < 0 ? axis + shape.length : axis;
  const product = (lengths: readonly number[]): number =>
    lengths.reduce((all, one) => all * one, 1);
  return [product(shape.slice(0, split)), product(shape.slice(split))];
};

const clamped = (value: number, low: number, high: number): number =>
  Math.min(Math.max(value, low), high);

/** Beginnings, ends and steps along all axes, and the axes along which a slice goes down to the first element. */
const sliced = (given: Given): readonly unknown[] => {
  const { shape } = input(given, 0);
  const [begins, ends, steps] = [shape.map(() => 0), [...shape], shape.map(() => 1)];
  let toFirst = 0;
  const axes = given.parameters[3] ?? parameter(given, 1).map((_, index) => index);
  for (const [index, counted] of axes.entries()) {
    const axis = axisOf(counted, shape.length);
    const length = shape[axis] ?? 0;
    const fromFront = (at: number): number => (at < 0 ? at + length : at);
    const step = given.parameters[4]?.[index] ?? 1;
    const [low, high] = step > 0 ? [0, length] : [-1, length - 1];
    const end = clamped(fromFront(parameter(given, 2)[index] ?? length), low, high);
    begins[axis] = clamped(fromFront(parameter(given, 1)[index] ?? 0), Math.max(low, 0), high);
    ends[axis] = end;
    steps[axis] = step;
    if (end < 0) toFirst |= 1 << axis;
  }
  return [begins, ends, steps, 0, toFirst];
};

/** Of each axis what is ahead and what is behind. A length below zero takes away; the engine would write beyond its ends. */
const padding = (given: Given): [number, number][] => {
  const pads = parameter(given, 1);
  if (pads.some((one) => one < 0)) throw lacking('it adds, and takes nothing away');
  const { length } = input(given, 0).shape;
  return Array.from({ length }, (_, axis) => [pads[axis] ?? 0, pads[axis + length] ?? 0]);
};

const castTo = (attributes: Attributes): string | undefined =>
  ELEMENT_TYPES.find((type) => FORMATS[type].code === intOf(attributes, 'to', 0) && ARRAYS[type]);

const unsqueezed = (given: Given): number[] => {
  const { shape } = input(given, 0);
  const rank = shape.length + parameter(given, 1).length;
  const added = new Set(parameter(given, 1).map((axis) => axisOf(axis, rank)));
  const lengths = shape.values();
  return Array.from({ length: rank }, (_, axis) =>
    added.has(axis) ? 1 : (lengths.next().value ?? 1),
  );
};

/** The engine counts from the beginning alone. */
const gathered: Mapping = {
  call: (engine, given) => {
    const [one, indices] = [input(given, 0), input(given, 1)];
    const axis = axisOf(intOf(given.attributes, 'axis', 0), one.shape.length);
    const [nothing, length] = [0, one.shape[axis] ?? 0].map((value) =>
      engine.tensor(Int32Array.of(value), [], 'int32'),
    );
    const isBehind = engine.call('less', indices, nothing);
    const counted = engine.call('where', isBehind, engine.call('add', indices, length), indices);
    return [engine.call('gather', one, counted, axis)];
  },
};

/** Nothing is dropped where nothing is trained, and all is kept. */
const dropout: Mapping = {
  parameters: [2],
  call: (engine, given) => {
    if (given.parameters[2]?.[0]) throw lacking('nothing is trained here');
    const one = input(given, 0);
    return [engine.call('clone', one), engine.call('cast', engine.call('onesLike', one), 'bool')];
  },
};

export const shapes: Mappings = {
  Cast: direct(
    'cast',
    (attributes) => [castTo(attributes)],
    (attributes) => castTo(attributes) !== undefined,
  ),
  Concat: {
    call: (engine, given) => [
      engine.call('concat', given.inputs, intOf(given.attributes, 'axis', 0)),
    ],
  },
  CumSum: shaped('cumsum', [1], (given) => [
    axisOf(parameter(given, 1)[0] ?? 0, input(given, 0).shape.length),
    intOf(given.attributes, 'exclusive', 0) !== 0,
    intOf(given.attributes, 'reverse', 0) !== 0,
  ]),
  Dropout: dropout,
  Expand: shaped('broadcastTo', [1], (given) => [
    broadcastShape([input(given, 0).shape, parameter(given, 1)]),
  ]),
  Flatten: shaped('reshape', [], (given) => [flattened(given)]),
  Gather: gathered,
  Pad: {
    parameters: [1, 2],
    admits: (attributes) =>
      ['constant', 'reflect'].includes(textOf(attributes, 'mode', 'constant')),
    call: (engine, given) => [
      textOf(given.attributes, 'mode', 'constant') === 'reflect'
        ? engine.call('mirrorPad', input(given, 0), padding(given), 'reflect')
        : engine.call('pad', input(given, 0), padding(given), parameter(given, 2)[0] ?? 0),
    ],
  },
  Reshape: shaped('reshape', [1], (given) => [newShape(given)]),
  Slice: shaped('stridedSlice', [1, 2, 3, 4], sliced),
  Split: {
    parameters: [1],
    call: (engine, given) =>
      engine.callForAll(
        'split',
        input(given, 0),
        given.parameters[1] ?? given.outputs,
        intOf(given.attributes, 'axis', 0),
      ),
  },
  Squeeze: shaped('squeeze', [1], (given) => [given.parameters[1]]),
  Tile: shaped('tile', [1], (given) => [parameter(given, 1)]),
  Transpose: direct('transpose', (attributes) => [intsOf(attributes, 'perm')]),
  Unsqueeze: shaped('reshape', [1], (given) => [unsqueezed(given)]),
};
