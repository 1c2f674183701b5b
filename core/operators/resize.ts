// Resize: each element of the result from the nearest of the input, or between its neighbours along straight lines.
import { isFloat, type Value } from '../onnx/element.ts';
import type { Attributes } from '../onnx/model.ts';
import {
  numbersOf,
  type Operator,
  type Operators,
  required,
  ShapeError,
  textOf,
} from './definition.ts';
import { indexOf, stridesOf } from './positions.ts';
import { summed } from './sums.ts';

/** One dimension. */
interface Side {
  readonly input: number;
  readonly output: number;
  readonly scale: number;
}

/** Where an index of the result lies in the input. */
const PLACES: Readonly<Record<string, (at: number, side: Side) => number>> = {
  half_pixel: (at, { scale }) => (at + 0.5) / scale - 0.5,
  pytorch_half_pixel: (at, { scale, output }) => (output > 1 ? (at + 0.5) / scale - 0.5 : 0),
  align_corners: (at, { input, output }) => (output > 1 ? (at * (input - 1)) / (output - 1) : 0),
  asymmetric: (at, { scale }) => at / scale,
};

const NEAREST: Readonly<Record<string, (place: number) => number>> = {
  round_prefer_floor: (place) => Math.ceil(place - 0.5),
  round_prefer_ceil: (place) => Math.floor(place + 0.5),
  floor: Math.floor,
  ceil: Math.ceil,
};

/** An index of the input, and how much of it there is. */
type Part = readonly [index: number, weight: number];

const within = (index: number, { input }: Side): number => Math.min(Math.max(index, 0), input - 1);

const partsOf = (at: number, side: Side, attributes: Attributes): readonly Part[] => {
  // What is not resized is left as it is in every mode.
  if (side.scale === 1) return [[at, 1]];
  const placeOf = PLACES[textOf(attributes, 'coordinate_transformation_mode', 'half_pixel')];
  if (!placeOf) throw new ShapeError('regions are not known here');
  const place = placeOf(at, side);
  if (textOf(attributes, 'mode', 'nearest') === 'nearest') {
    const pick = NEAREST[textOf(attributes, 'nearest_mode', 'round_prefer_floor')];
    if (!pick) throw new ShapeError('no such way to the nearest');
    return [[within(pick(place), side), 1]];
  }
  const low = Math.floor(place);
  const rest = place - low;
  return [
    [within(low, side), 1 - rest],
    [within(low + 1, side), rest],
  ];
};

const resize: Operator = (inputs, attributes) => {
  const { type, shape, values } = required(inputs, 0);
  if (textOf(attributes, 'mode', 'nearest') === 'cubic') throw new ShapeError('no cubic one here');
  const scales = inputs[2] && inputs[2].values.length > 0 ? numbersOf(inputs[2]) : undefined;
  const sizes = inputs[3] && numbersOf(inputs[3]);
  const sides = shape.map((input, axis): Side => {
    const output = sizes?.[axis] ?? Math.floor(input * (scales?.[axis] ?? 1));
    return { input, output, scale: scales?.[axis] ?? output / input };
  });
  const strides = stridesOf(shape);
  return [
    summed(
      type,
      sides.map(({ output }) => output),
      (position) => {
        const corners = sides.reduce<readonly (readonly [readonly number[], number])[]>(
          (made, side, axis) =>
            made.flatMap(([indexes, weight]) =>
              partsOf(position[axis] ?? 0, side, attributes).map(
                ([index, part]) => [[...indexes, index], weight * part] as const,
              ),
            ),
          [[[], 1]],
        );
        return corners.map(([indexes, weight]): Value => {
          const value = values[indexOf(strides, indexes)] ?? 0;
          return isFloat(type) ? Number(value) * weight : value;
        });
      },
    ),
  ];
};

export const resizes: Operators = { Resize: resize };
