// How many there are of each verdict, and how that is said: of cases and of rows alike.
import type { Counts, Verdict } from '../schemas/generated/types.ts';
import { VERDICTS, verdictWord } from './words.ts';

export const countsOf = (verdicts: readonly Verdict[]): Counts => {
  const counts: Counts = {
    pass: 0,
    fail: 0,
    error: 0,
    inconclusive: 0,
    'not-run': 0,
    'not-applicable': 0,
  };
  for (const verdict of verdicts) counts[verdict] += 1;
  return counts;
};

/** Of all verdicts together. */
export const total = (counts: Counts): number =>
  VERDICTS.reduce((sum, verdict) => sum + counts[verdict], 0);

/** The verdicts that there are, in the order of all reports. */
export const present = (counts: Counts): Verdict[] =>
  VERDICTS.filter((verdict) => counts[verdict] > 0);

/** `2 pass, 1 fail`. */
export const countsInWords = (counts: Counts): string =>
  present(counts)
    .map((verdict) => `${counts[verdict].toLocaleString('en-US')} ${verdictWord(verdict)}`)
    .join(', ');
