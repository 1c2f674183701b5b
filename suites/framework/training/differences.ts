// Central differences in binary64: how much a sum changes with each element of a tensor, where it changes smoothly.
import type { Tensor } from '../../../core/onnx/tensor.ts';

const STEP = 1e-4;
/** How much the slope may change within a step, of the largest slope: an error of a difference is far below. */
const SMOOTH = 1e-3;
/** Differences of nothing are rounded too. */
const LEAST = 1e-7;

interface Slope {
  readonly at: number;
  readonly slope: number;
  /** By how much it is another on the one side than on the other. */
  readonly change: number;
}

/** The slope by each element about which `sum` is smooth, by its index. */
export const slopesOf = (
  sum: (moved: Tensor) => number,
  point: Tensor,
): ReadonlyMap<number, number> => {
  const here = sum(point);
  const slopes = point.values.map((value, at): Slope => {
    const to = (x: number): number => sum({ ...point, values: point.values.with(at, x) });
    const [up, down] = [to(Number(value) + STEP), to(Number(value) - STEP)];
    const slope = (up - down) / (2 * STEP);
    return { at, slope, change: Math.abs(up - here - (here - down)) / STEP };
  });
  const largest = (some: readonly Slope[]): number =>
    Math.max(0, ...some.map(({ slope }) => Math.abs(slope)));
  let [smooth, count] = [slopes.filter(({ slope }) => Number.isFinite(slope)), -1];
  // What is left out was perhaps the largest.
  while (smooth.length !== count) {
    count = smooth.length;
    const most = SMOOTH * largest(smooth) + LEAST;
    smooth = smooth.filter(({ change }) => change <= most);
  }
  return new Map(smooth.map(({ at, slope }) => [at, slope]));
};
