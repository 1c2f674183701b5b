// Operators that take parts of a tensor, or put something around it: cuts, slices, borders, triangles.
import { tensor } from '../onnx/tensor.ts';
import {
  intOf,
  numbersOf,
  type Operator,
  type Operators,
  required,
  ShapeError,
  textOf,
} from './definition.ts';
import { elementAt, picked, replaced } from './picked.ts';
import { axisOf, positionsOf } from './positions.ts';

const split: Operator = (inputs, attributes, outputs) => {
  const data = required(inputs, 0);
  const axis = axisOf(intOf(attributes, 'axis', 0), data.shape.length);
  const whole = data.shape[axis] ?? 0;
  const lengths = inputs[1]
    ? numbersOf(inputs[1])
    : Array.from({ length: outputs }, () => whole / outputs);
  const isWhole = lengths.every((length) => Number.isInteger(length) && length >= 0);
  const sum = lengths.reduce((one, other) => one + other, 0);
  if (!isWhole || sum !== whole || lengths.length !== outputs) {
    throw new ShapeError(`no ${lengths} of ${whole}`);
  }
  return lengths.map((length, part) => {
    const before = lengths.slice(0, part).reduce((one, other) => one + other, 0);
    return picked(data, replaced(data.shape, axis, length), (position) =>
      replaced(position, axis, (position[axis] ?? 0) + before),
    );
  });
};

const within = (value: number, low: number, high: number): number =>
  Math.min(Math.max(value, low), high);

/** The indices that one dimension keeps, in order. */
const kept = (length: number, start: number, end: number, step: number): number[] => {
  if (step === 0) throw new ShapeError('a step of 0');
  const last = step < 0 ? length - 1 : length;
  const counted = (at: number): number => (at < 0 ? at + length : at);
  const from = within(counted(start), 0, last);
  const to = within(counted(end), step < 0 ? -1 : 0, last);
  const count = Math.max(0, Math.ceil((to - from) / step));
  return Array.from({ length: count }, (_, index) => from + index * step);
};

const slice: Operator = (inputs) => {
  const data = required(inputs, 0);
  const [starts, ends] = [numbersOf(required(inputs, 1)), numbersOf(required(inputs, 2))];
  const axes = inputs[3] ? numbersOf(inputs[3]) : starts.map((_, axis) => axis);
  const steps = inputs[4] ? numbersOf(inputs[4]) : starts.map(() => 1);
  const choices = data.shape.map((length) => Array.from({ length }, (_, index) => index));
  for (const [index, given] of axes.entries()) {
    const axis = axisOf(given, data.shape.length);
    const [start, end, step] = [starts[index], ends[index], steps[index]];
    if (start === undefined || end === undefined || step === undefined) {
      throw new ShapeError('starts, ends, axes and steps of several lengths');
    }
    choices[axis] = kept(data.shape[axis] ?? 0, start, end, step);
  }
  const shape = choices.map(({ length }) => length);
  return [picked(data, shape, (position) => position.map((at, axis) => choices[axis]?.[at] ?? 0))];
};

/** Where the element at an index comes from that may lie outside; undefined where from nowhere. */
const OUTSIDE: Readonly<Record<string, (at: number, length: number) => number | undefined>> = {
  constant: () => undefined,
  edge: (at, length) => within(at, 0, length - 1),
  reflect: (at, length) => (at < 0 ? -at : 2 * (length - 1) - at),
};

/** What is added, or with less than 0 taken away, at both ends of each dimension. */
const pad: Operator = (inputs, attributes) => {
  const data = required(inputs, 0);
  const rank = data.shape.length;
  const pads = numbersOf(required(inputs, 1));
  const outside = OUTSIDE[textOf(attributes, 'mode', 'constant')];
  if (!outside || pads.length !== 2 * rank) throw new ShapeError(`no pads ${pads} of ${rank}`);
  const filler = inputs[2]?.values[0] ?? tensor(data.type, [], [0]).values[0] ?? 0;
  const shape = data.shape.map(
    (length, axis) => length + (pads[axis] ?? 0) + (pads[axis + rank] ?? 0),
  );
  if (shape.some((length) => length < 0)) throw new ShapeError(`less than nothing of ${pads}`);
  const values = [...positionsOf(shape)].map((position) => {
    const from = position.map((at, axis) => {
      const [place, length] = [at - (pads[axis] ?? 0), data.shape[axis] ?? 0];
      return place >= 0 && place < length ? place : outside(place, length);
    });
    const known = from.flatMap((at) => (at === undefined ? [] : [at]));
    return known.length < rank ? filler : elementAt(data, known);
  });
  return [{ type: data.type, shape, values }];
};

/** Zero above or below the diagonal that k names. */
const triangle: Operator = (inputs, attributes) => {
  const { type, shape, values } = required(inputs, 0);
  if (shape.length < 2) throw new ShapeError('a matrix has two dimensions');
  const k = inputs[1] ? (numbersOf(inputs[1])[0] ?? 0) : 0;
  const isUpper = intOf(attributes, 'upper', 1) !== 0;
  const zero = type === 'int64' || type === 'uint64' ? 0n : 0;
  const made = [...positionsOf(shape)].map((position, index) => {
    const [row = 0, column = 0] = position.slice(-2);
    const isKept = isUpper ? column - row >= k : column - row <= k;
    return isKept ? (values[index] ?? zero) : zero;
  });
  return [{ type, shape, values: made }];
};

export const parts: Operators = {
  Split: split,
  Slice: slice,
  Pad: pad,
  Trilu: triangle,
};
