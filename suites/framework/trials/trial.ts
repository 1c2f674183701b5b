// A trial: one operator on inputs of its own, and what of it is judged.

import { isFloat, isWide, rounded, type Value } from '../../../core/onnx/element.ts';
import type { Attributes } from '../../../core/onnx/model.ts';
import { sizeOf, type Tensor, tensor } from '../../../core/onnx/tensor.ts';
import type { Random } from '../../../core/random.ts';
import type { ElementType } from '../../../schemas/generated/types.ts';

/**
 * What a trial is about, and so which row judges it: any values, special ones, broadcasting, tensors without an
 * element, or integers where they do not fit or do not divide.
 */
export type About = 'values' | 'special' | 'broadcast' | 'empty' | 'integers';

export interface Trial {
  readonly about: About;
  /** An optional one may be left out. */
  readonly inputs: readonly (Tensor | undefined)[];
  /** Inputs that the model itself has, by their index: axes and shapes, which engines want to know early. */
  readonly constant?: readonly number[];
  readonly attributes?: Attributes;
  /** How many results; one where nothing is said. */
  readonly outputs?: number;
}

/** What a trial is about: with an input that has no element, about that, whatever else it is. */
export const aboutOf = ({ about, inputs }: Trial): About =>
  inputs.some((one) => one && sizeOf(one.shape) === 0) ? 'empty' : about;

/** A trial with all its elements, made in the order of the inputs. */
export const made = (trial: Trial): Trial => ({
  ...trial,
  inputs: trial.inputs.map((one) => one && tensor(one.type, one.shape, one.values)),
});

/** The trials of an operator for one type of its first input. */
export type Trials = (random: Random, type: ElementType) => readonly Trial[];

/** A value that the type can hold, from a number. */
export const element = (type: ElementType, value: number): Value =>
  rounded(type, isWide(type) ? BigInt(Math.trunc(value)) : value);

/** A tensor whose elements are made when they are first asked for: to see which trials there are, none is. */
const later = (
  type: ElementType,
  shape: readonly number[],
  make: () => readonly Value[],
): Tensor => {
  let made: readonly Value[] | undefined;
  return {
    type,
    shape,
    get values() {
      made ??= make();
      return made;
    },
  };
};

/** A tensor of the numbers that are drawn. */
export const drawn = (
  type: ElementType,
  shape: readonly number[],
  draw: () => readonly number[],
): Tensor => later(type, shape, () => draw().map((value) => element(type, value)));

/** A tensor of these numbers. */
export const numbers = (
  type: ElementType,
  shape: readonly number[],
  values: readonly number[],
): Tensor => drawn(type, shape, () => values);

/** A tensor of values between two ends: whole ones for integers. */
export const between = (
  random: Random,
  type: ElementType,
  shape: readonly number[],
  [low, high]: readonly [number, number],
): Tensor =>
  drawn(type, shape, () =>
    Array.from({ length: sizeOf(shape) }, () => {
      const whole = random.integer(0, 1_000_000) / 1_000_000;
      const value = low + whole * (high - low);
      return isFloat(type) ? value : Math.round(value);
    }),
  );

/** The same in no order. */
export const shuffled = <T>(random: Random, values: readonly T[]): T[] => {
  const left = [...values];
  for (const [index, value] of left.entries()) {
    const other = random.integer(index, left.length - 1);
    [left[index], left[other]] = [left[other] as T, value];
  }
  return left;
};

/** A tensor that has each of these as often as any other, in no order: of a few that are drawn one may be missing. */
export const balanced = (
  random: Random,
  type: ElementType,
  shape: readonly number[],
  values: readonly number[],
): Tensor =>
  drawn(type, shape, () => {
    const from = random.integer(0, values.length - 1);
    const all = Array.from(
      { length: sizeOf(shape) },
      (_, index) => values[(from + index) % values.length] ?? 0,
    );
    return shuffled(random, all);
  });

/** A tensor of values between two ends with one in each of as many equal parts, in no order: some lie on each side of any bound. */
export const evenly = (
  random: Random,
  type: ElementType,
  shape: readonly number[],
  [low, high]: readonly [number, number],
): Tensor =>
  drawn(type, shape, () => {
    const count = sizeOf(shape);
    const all = Array.from({ length: count }, (_, index) => {
      const share = (index + random.integer(0, 1_000_000) / 1_000_000) / count;
      const value = low + share * (high - low);
      return isFloat(type) ? value : Math.round(value);
    });
    return shuffled(random, all);
  });

/**
 * A tensor of values within two ends, of which the first and the last are these: for operators that choose, to which
 * what lies at an end makes a difference in few draws.
 */
export const ending = (
  random: Random,
  type: ElementType,
  shape: readonly number[],
  [low, high]: readonly [number, number],
  [first, last]: readonly [number, number],
): Tensor => {
  const within = between(random, type, shape, [low + 1, high - 1]);
  return drawn(type, shape, () => {
    const values = within.values.map(Number);
    if (values.length > 0) values.splice(-1, 1, last);
    if (values.length > 1) values.splice(0, 1, first);
    return values;
  });
};

/** Truth values, as many of one as of the other. */
export const truths = (random: Random, shape: readonly number[]): Tensor =>
  balanced(random, 'bool', shape, [0, 1]);

/** Integers of 64 bits, as axes and shapes are. */
export const wholes = (values: readonly number[], shape: readonly number[] = [values.length]) =>
  tensor('int64', shape, values.map(BigInt));
