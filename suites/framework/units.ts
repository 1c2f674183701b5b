// Units in the last place of the float types that are judged by them, and what lies within so many of an exact result.
import { FORMATS, rounded } from '../../core/onnx/element.ts';
import type { ElementType } from '../../schemas/generated/types.ts';

/** The exponent of the least number of a type that is normal. */
const leastOf = (type: ElementType): number => {
  const { bytes, precision = 0 } = FORMATS[type];
  return 2 - 2 ** (8 * bytes - precision - 1);
};

export const isSubnormal = (type: ElementType, value: number): boolean =>
  value !== 0 && Math.abs(value) < 2 ** leastOf(type);

/** The unit in the last place of numbers of this size; of the smallest, the step of the subnormal ones. */
export const unitAt = (type: ElementType, value: number): number => {
  const exponent = Math.max(leastOf(type), Math.floor(Math.log2(Math.abs(value))));
  return 2 ** (exponent - (FORMATS[type].precision ?? 0) + 1);
};

/** How many units an answer is from the exact one; infinite where one of the two is no finite number. */
export const unitsFrom = (type: ElementType, exact: number, answer: number): number => {
  const best = Number(rounded(type, exact));
  if (best === answer || (Number.isNaN(best) && Number.isNaN(answer))) {
    return Number.isFinite(best) ? Math.abs(answer - exact) / unitAt(type, exact) : 0;
  }
  if (!Number.isFinite(exact) || !Number.isFinite(answer)) return Number.POSITIVE_INFINITY;
  return Math.abs(answer - exact) / unitAt(type, exact);
};

/**
 * Whether an answer is within so many units of the exact one. What may be subnormal may be zero; where a number within
 * the bound is rounded to an infinity, the answer may be one.
 */
export const isWithin = (
  type: ElementType,
  units: number,
  exact: number,
  answer: number,
): boolean => {
  if (unitsFrom(type, exact, answer) <= units) return true;
  if (!Number.isFinite(exact)) return false;
  const reach = units * unitAt(type, exact);
  if (answer === 0) return Math.abs(exact) - reach < 2 ** leastOf(type);
  if (Number.isFinite(answer) || Number.isNaN(answer)) return false;
  return rounded(type, exact + Math.sign(answer) * reach) === answer;
};
