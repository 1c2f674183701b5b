// Sums of many terms, and with each the sum of the sizes of its terms: the same in whatever order they are added.
import type { ElementType } from '../../schemas/generated/types.ts';
import { isFloat, type Value } from '../onnx/element.ts';
import { wrapped } from './arithmetic.ts';
import type { Evaluated } from './definition.ts';
import { positionsOf } from './positions.ts';

/** A product of elements of one type; of integers a bigint. */
export const product = (type: ElementType, factors: readonly Value[]): Value =>
  isFloat(type)
    ? factors.reduce<number>((made, one) => made * Number(one), 1)
    : factors.reduce<bigint>((made, one) => made * BigInt(one), 1n);

export const added = (terms: readonly number[]): number => terms.reduce((sum, one) => sum + one, 0);

/** The sum of the sizes of terms. */
export const sizesOf = (terms: readonly Value[]): number =>
  added(terms.map((one) => Math.abs(Number(one))));

const sum = (type: ElementType, terms: readonly Value[]): Value =>
  isFloat(type)
    ? added(terms.map(Number))
    : wrapped(
        type,
        terms.reduce<bigint>((made, one) => made + BigInt(one), 0n),
      );

/** A tensor whose elements are sums, each of the terms of its position. */
export const summed = (
  type: ElementType,
  shape: readonly number[],
  termsOf: (position: readonly number[]) => readonly Value[],
): Evaluated => {
  const terms = [...positionsOf(shape)].map(termsOf);
  return {
    type,
    shape,
    values: terms.map((one) => sum(type, one)),
    magnitudes: terms.map(sizesOf),
  };
};
