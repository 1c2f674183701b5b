// Distances from the right answer in classes, as cases measure them.
import type { Measurement } from '../schemas/generated/types.ts';

/** What distances are in. */
export const UNITS = 'units in the last place';

/** Upper ends of the classes that distances are counted in; rounding alone may take half a unit. */
const CLASSES = [
  0,
  0.5,
  ...[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 40, 152].map((one) => 2 ** one),
  Number.MAX_VALUE,
];

/** How many distances each class has, up to that of the farthest. */
export const classified = (distances: readonly number[]): Measurement['points'] => {
  const farthest = Math.max(0, ...distances);
  const ends = CLASSES.filter((_, at) => (CLASSES[at - 1] ?? -1) < farthest);
  return ends.map((end, at) => ({
    x: end,
    y: distances.filter((one) => one <= end && one > (ends[at - 1] ?? -1)).length,
  }));
};
