// Whether an output is what a node test expects, as near as ONNX's own runner asks: the one place of its tolerance.
import { isFloat, type Value, valuesOf } from '../../../core/onnx/element.ts';
import type { Packed } from '../../../core/onnx/tensor-of-bytes.ts';
import { NODE_TESTS } from '../../../schemas/generated/standard.ts';

/** A share of the largest element that is expected, for tests with one of these operators. */
export const ofLargest = (operators: readonly string[]): number =>
  Math.max(
    0,
    ...NODE_TESTS.wider.flatMap((one) =>
      one.operators.some((name) => operators.includes(name)) ? [one.ofLargest] : [],
    ),
  );

const size = (value: Value): number => Math.abs(Number(value));

/** The largest of the finite sizes. */
const largest = (values: readonly Value[]): number =>
  values.reduce<number>(
    (most, value) => (Number.isFinite(size(value)) ? Math.max(most, size(value)) : most),
    0,
  );

/** An element that is not near enough, with its two sides. */
export interface Far {
  readonly index: number;
  readonly expected: Value;
  readonly observed: Value | undefined;
}

/** The first element that is not near enough; undefined where all are. Whole numbers and truth values are exact. */
export const firstFar = (
  { type, bytes }: Packed,
  observed: Uint8Array,
  share: number,
): Far | undefined => {
  if (Buffer.compare(bytes, observed) === 0) return undefined;
  const wanted = valuesOf(type, bytes);
  const found = valuesOf(type, observed);
  const { relative, absolute } = NODE_TESTS.tolerance;
  const further = share === 0 ? 0 : share * largest(wanted);
  const isNear = (expected: Value, value: Value | undefined): boolean => {
    // A zero of either sign is zero.
    if (Object.is(expected, value) || expected === value) return true;
    if (!isFloat(type) || !Number.isFinite(Number(expected))) return false;
    const distance = Math.abs(Number(value) - Number(expected));
    return distance <= absolute + relative * size(expected) + further;
  };
  const index = wanted.findIndex((expected, place) => !isNear(expected, found[place]));
  const expected = wanted[index];
  return expected === undefined ? undefined : { index, expected, observed: found[index] };
};
