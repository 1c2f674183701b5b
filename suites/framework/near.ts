// Whether a result is the exact one, as near as the operator's tolerance asks: the one place where a tolerance is applied.
import { isFloat, rounded, type Value } from '../../core/onnx/element.ts';
import type { Tensor } from '../../core/onnx/tensor.ts';
import type { Evaluated } from '../../core/operators/definition.ts';
import { TOLERANCES } from '../../schemas/generated/standard.ts';
import type { BoundByType, ElementType, Tolerance } from '../../schemas/generated/types.ts';
import { unitAt } from './units.ts';

const tolerances: readonly Tolerance[] = TOLERANCES;

export const toleranceOf = (id: string): Tolerance => {
  const found = tolerances.find((one) => one.id === id);
  if (!found) throw new Error(`no tolerance ${id}`);
  return found;
};

const bound = (bounds: BoundByType, type: ElementType): number =>
  (bounds as Partial<Record<ElementType, number>>)[type] ?? 0;

/** How far a result may be from an exact one. */
const reach = (tolerance: Tolerance, type: ElementType, size: number): number =>
  Math.max(bound(tolerance.relative, type) * size, bound(tolerance.absolute, type));

/** The sign of a zero counts only where it is what is asked. */
const isNear = (
  exact: Value,
  observed: Value,
  type: ElementType,
  size: number,
  tolerance: Tolerance,
  withSigns: boolean,
): boolean => {
  const best = rounded(type, exact);
  if (Object.is(best, observed)) return true;
  if (!isFloat(type)) return false;
  const [x, y] = [Number(best), Number(observed)];
  if (x === 0 && y === 0) return !withSigns;
  if (!Number.isFinite(Number(exact)) || Number.isNaN(y)) return false;
  const within = reach(tolerance, type, size);
  // Near the end of its range a result may be the largest that there is, or an infinity.
  if (!Number.isFinite(y))
    return Number.isFinite(x)
      ? !Number.isFinite(Number(rounded(type, Number(exact) + Math.sign(y) * within)))
      : x === y;
  return Math.abs(y - Number(exact)) <= within;
};

/** How large a number is for a tolerance: of a sum, the sum of the sizes of its terms. */
const sizeAt = ({ values, magnitudes }: Evaluated, index: number): number =>
  magnitudes?.[index] ?? Math.abs(Number(values[index]));

/** How far the elements of a result of floats are from the exact ones, in units in the last place, where both are finite. */
export const distancesOf = (exact: Evaluated, observed: Tensor): number[] =>
  exact.values.flatMap((value, index) => {
    const off = Math.abs(Number(observed.values[index]) - Number(value));
    return Number.isFinite(off) ? [off / unitAt(exact.type, sizeAt(exact, index))] : [];
  });

/** The first element that is not near enough, by its index; undefined where there is none. */
export const firstFar = (
  exact: Evaluated,
  observed: Tensor,
  tolerance: Tolerance,
  withSigns: boolean,
): number | undefined => {
  const index = exact.values.findIndex((value, i) => {
    const found = observed.values[i] ?? Number.NaN;
    return !isNear(value, found, exact.type, sizeAt(exact, i), tolerance, withSigns);
  });
  return index < 0 ? undefined : index;
};
