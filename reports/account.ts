// All that a person needs to start on a case that was not passed, as one text for formats that hold texts.
import type { LongRecord } from '../core/list.ts';
import type { Result } from '../schemas/generated/types.ts';
import { shorten, sides } from './text.ts';
import { decision, reasonText, reproduce } from './words.ts';

/** Readers hold a report in memory: a value longer than this stays in the record. */
export const VALUE_LIMIT = 4000;

/** What decided, why, both sides, and the command that tries it again; lines that have nothing are left out. */
export const account = (record: LongRecord, result: Result): string => {
  const { expected, observed } = sides(result.expected, result.observed, 2);
  return [
    decision(result),
    reasonText(result),
    expected && `expected: ${shorten(expected, VALUE_LIMIT)}`,
    observed && `observed: ${shorten(observed, VALUE_LIMIT)}`,
    `reproduce: ${reproduce(record, result.case)}`,
  ]
    .filter((line) => line !== '')
    .join('\n');
};
