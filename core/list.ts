// Lists that may be too long to be held, and what has one: a plan its cases, a record its results.
import type { Plan, PlannedCase, Result, Record as RunRecord } from '../schemas/generated/types.ts';

/** An array is one; so is what reads each element from a file when it is asked for. */
export interface List<T> extends Iterable<T> {
  readonly length: number;
  at(place: number): T | undefined;
}

export type LongPlan = Omit<Plan, 'cases'> & { readonly cases: List<PlannedCase> };

export type LongRecord = Omit<RunRecord, 'results'> & { readonly results: List<Result> };

/** The record with its results held, for who goes to and fro in them. */
export const wholeRecord = (record: LongRecord): RunRecord => ({
  ...record,
  results: [...record.results],
});
