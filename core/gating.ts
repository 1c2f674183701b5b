// Which failed cases stand against a product: not those of rows that only advise, nor of disputed rows.
import { REQUIREMENTS } from '../schemas/generated/standard.ts';
import type { Result } from '../schemas/generated/types.ts';
import type { LongRecord } from './list.ts';

/** A failed case of rows that say SHOULD alone: reported, never gating. */
export const isDeparture = (result: Result): boolean =>
  result.verdict === 'fail' &&
  result.requirements.every((id) =>
    REQUIREMENTS.some((row) => row.id === id && !row.keyword.startsWith('MUST')),
  );

/** A case of disputed rows alone: run and shown, never gating. */
export const isExcluded = (record: LongRecord, result: Result): boolean =>
  result.requirements.every((id) =>
    (record.profile.excluded ?? []).some((one) => one.requirement === id),
  );

/** A verdict, but that what fails and does not gate is told apart. */
export type Standing = Result['verdict'] | 'departure' | 'excluded';

/** How a case stands in its record: decided once, so that every format agrees. */
export const standing = (record: LongRecord, result: Result): Standing => {
  if (result.verdict !== 'fail') return result.verdict;
  if (isDeparture(result)) return 'departure';
  return isExcluded(record, result) ? 'excluded' : 'fail';
};
