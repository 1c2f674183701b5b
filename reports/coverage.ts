// How far a level is reached, counted in rows: of all that a run planned, how many came to which verdict.
import type { LongRecord } from '../core/list.ts';
import type { Counts, Verdict } from '../schemas/generated/types.ts';
import { countsOf } from './counts.ts';
import { areaOf, grouped } from './groups.ts';
import { missingItem } from './words.ts';

interface PlannedRow {
  readonly id: string;
  readonly verdict: Verdict;
}

/** The rows that a run judged, and those that its level needs and that it was told to leave out. */
const plannedRows = ({ requirements, profile }: LongRecord): PlannedRow[] => {
  const judged = new Set(requirements.map(({ id }) => id));
  const needed = profile.missing.map(missingItem).filter((item) => item !== undefined);
  return [...requirements, ...needed.filter(({ id }) => !judged.has(id))];
};

const verdictsOf = (rows: readonly PlannedRow[]): Verdict[] => rows.map(({ verdict }) => verdict);

/** Of all rows of a run, how many there are of each verdict. */
export const rowCounts = (run: LongRecord): Counts => countsOf(verdictsOf(plannedRows(run)));

/** The same area by area, in the order in which the run has them. */
export const areaCounts = (run: LongRecord): ReadonlyMap<string, Counts> =>
  new Map(
    [...grouped(plannedRows(run), ({ id }) => areaOf(id))].map(([area, rows]) => [
      area,
      countsOf(verdictsOf(rows)),
    ]),
  );
