// What a case came to, in the few words that other formats have: decided once, so that all of them agree.
import { isDeparture, isExcluded } from '../core/gating.ts';
import type { Result, Record as RunRecord } from '../schemas/generated/types.ts';

/** A verdict, but that what fails and does not gate is told apart. */
export type Standing = Result['verdict'] | 'departure' | 'excluded';

/** How a case stands in its record. */
export const standing = (record: RunRecord, result: Result): Standing => {
  if (result.verdict !== 'fail') return result.verdict;
  if (isDeparture(result)) return 'departure';
  return isExcluded(record, result) ? 'excluded' : 'fail';
};
