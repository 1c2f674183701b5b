// The clock: whether an interval on it is the interval that we measured, and in which unit it counts if
// not.
import { ASKED } from '../cases.ts';
import { broken, type Check, notTried, sound } from '../check.ts';
import { firstBroken, resultOf, shown, wasTried } from '../examined.ts';

const EXPECTED = 'nanoseconds that never go back, in steps of resolutionNanoseconds';

/** Units that a clock counts in where it should count nanoseconds, in nanoseconds. */
const UNITS = [
  ['microseconds', 1e3, 'Multiply by 1000.'],
  ['milliseconds', 1e6, 'Multiply by 1000000, and declare that resolution; or read a finer clock.'],
  ['seconds', 1e9, 'Read a finer clock, such as clock_gettime(CLOCK_MONOTONIC).'],
] as const;

/** An interval as the case recorded it, counted and measured. */
interface Interval {
  readonly counted: number;
  readonly least: number;
  readonly most: number;
}

const intervalOf = (expected: unknown, observed: unknown): Interval => {
  const [least = 0, most = 0] = (expected as { nanoseconds: number[] }).nanoseconds;
  return { counted: (observed as { nanoseconds: number }).nanoseconds, least, most };
};

/** The unit in which the interval is right: one unit more or less, and two in a hundred. */
const unitOf = ({ counted, least, most }: Interval): (typeof UNITS)[number] | undefined =>
  UNITS.find(
    ([, unit]) => (counted + 1) * unit >= least * 0.98 && (counted - 1) * unit <= most * 1.02,
  );

const wrongUnit = (interval: Interval) => {
  const { counted, least, most } = interval;
  const ours = `${Math.round(least / 1e6)} to ${Math.round(most / 1e6)} ms of ours`;
  if (counted <= 0) {
    return broken(
      `${ours} were ${counted} on its clock: it stands still, goes back, or counts whole seconds`,
      EXPECTED,
      'Read a fine, monotonic clock at each call: not a time of the day, and not a reading that is kept.',
    );
  }
  const unit = unitOf(interval);
  if (unit) {
    const [name, , change] = unit;
    return broken(`${ours} were ${counted} on its clock: it counts ${name}`, EXPECTED, change);
  }
  const each = Number((least / counted).toPrecision(3));
  return broken(
    `${ours} were ${counted} on its clock: one of its units is about ${each} ns`,
    EXPECTED,
    `Multiply ticks by their length (about ${each} ns, if these are ticks).`,
  );
};

export const clock: Check = {
  id: 'clock',
  side: 'adapter',
  title: 'its clock counts nanoseconds, never goes back, and declares its steps truly',
  rests: ['starts', 'framing', 'stdout', 'ids', 'replies', 'answered'],
  diagnose: (examined) => {
    const found = firstBroken(examined, [ASKED.clock]);
    if (!found) {
      const { message } = resultOf(examined, ASKED.clock) ?? {};
      return wasTried(examined, ASKED.clock)
        ? sound('an interval on it is the one that we measured')
        : notTried(message || 'not asked');
    }
    if (typeof found.observed === 'object' && found.id.endsWith('unit')) {
      return wrongUnit(intervalOf(found.expected, found.observed));
    }
    const change = found.id.endsWith('steady')
      ? 'Read a monotonic clock: not a time of the day, and not one clock for each thread.'
      : 'Declare the step of the clock that is read, in nanoseconds: clock_getres says it.';
    return broken(shown(found.observed), shown(found.expected), change);
  },
};
