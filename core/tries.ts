// How often a case is tried: a pure rule over what its attempts came to so far, so that a run which goes
// on after it was killed tries what is still owed, and nothing twice.
import type { AttemptOutcome } from './attempt.ts';

/** How one more attempt is made. */
export interface Try {
  /** In a session of its own, whatever the case asks. */
  readonly alone: boolean;
  /** What its deadlines are multiplied by. */
  readonly factor: number;
}

/** How much longer a second try may take where the first missed a deadline. */
const SECOND_TRY_FACTOR = 5;
/** How often a case that failed is tried again: enough to tell a defect from one that comes and goes. */
export const REPEATS = 3;

export const FIRST: Try = { alone: false, factor: 1 };
export const ALONE: Try = { alone: true, factor: 1 };

/** The try that a case is owed after these attempts; none where its verdict is decided. */
export const nextTry = (
  attempts: readonly AttemptOutcome[],
  repeats: number = REPEATS,
): Try | undefined => {
  const [first, ...again] = attempts;
  if (!first) return FIRST;
  // What was only to prepare the ground decides nothing, however long it may take.
  if (first.outcome.reason === 'setup') return undefined;
  if (first.missed) {
    return again.length === 0 ? { alone: true, factor: SECOND_TRY_FACTOR } : undefined;
  }
  // A death with no request open is nobody's yet: the cases around it are tried alone.
  if (first.diedIdle || first.outcome.verdict !== 'fail') return undefined;
  return again.length < repeats ? ALONE : undefined;
};
