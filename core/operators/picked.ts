// Tensors whose elements are those of another, each from a place of its own: what all that moves elements stands on.
import type { Tensor } from '../onnx/tensor.ts';
import { type Evaluated, ShapeError } from './definition.ts';
import { indexOf, positionsOf, stridesOf } from './positions.ts';

type Position = readonly number[];

/** The element at a position; there is none outside. */
export const elementAt = (one: Tensor, position: Position) => {
  const isInside = position.every((at, axis) => at >= 0 && at < (one.shape[axis] ?? 0));
  const found = isInside ? one.values[indexOf(stridesOf(one.shape), position)] : undefined;
  if (found === undefined) throw new ShapeError(`no element at ${position} of ${one.shape}`);
  return found;
};

/** A tensor of this shape, with the element of another that lies where each of its positions says. */
export const picked = (
  one: Tensor,
  shape: readonly number[],
  from: (position: Position) => Position,
): Evaluated => ({
  type: one.type,
  shape,
  values: [...positionsOf(shape)].map((position) => elementAt(one, from(position))),
});

/** The same list with another member at one place. */
export const replaced = <T>(list: readonly T[], at: number, member: T): T[] =>
  list.map((one, index) => (index === at ? member : one));

/** An index counted from the front. */
export const fromFront = (index: number, length: number): number => {
  if (index < -length || index >= length) throw new ShapeError(`no index ${index} of ${length}`);
  return index < 0 ? index + length : index;
};
