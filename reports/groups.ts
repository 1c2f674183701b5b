// A record's results in the order in which reports go through them: area, requirement, case.
import { isDeparture } from '../core/gating.ts';
import type {
  RequirementResult,
  Result,
  Record as RunRecord,
  Verdict,
} from '../schemas/generated/types.ts';

/** A requirement's row of the record, with its cases. */
export interface Row {
  /** Absent for the cases of requirements that the record does not list. */
  readonly requirement?: RequirementResult;
  /** Cases that are told here. */
  readonly own: readonly Result[];
  /** Cases that decide it too, and are told with another requirement. */
  readonly elsewhere: readonly Result[];
}

/** `DRV-MEM-001/small` and `DRV-MEM-001` are of the area `DRV-MEM`. */
export const areaOf = (id: string): string => {
  const second = id.indexOf('-', id.indexOf('-') + 1);
  return second < 0 ? id : id.slice(0, second);
};

/** What is put together by a key, in the order in which keys first come. */
export const grouped = <T>(items: Iterable<T>, key: (item: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const found = groups.get(key(item));
    if (found) found.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
};

/** Every result once, under the first of its requirements that the record lists; area by area, the rest at the end. */
export const rowsOf = (record: RunRecord): Row[] => {
  const listed = new Set(record.requirements.map((row) => row.id));
  const home = (result: Result): string => result.requirements.find((id) => listed.has(id)) ?? '';
  const homes = grouped(record.results, home);
  const visits = grouped(
    record.results.flatMap((result) =>
      [...new Set(result.requirements)]
        .filter((id) => listed.has(id) && id !== home(result))
        .map((id) => ({ id, result })),
    ),
    (visit) => visit.id,
  );
  const rows = record.requirements.map(
    (requirement): Row => ({
      requirement,
      own: homes.get(requirement.id) ?? [],
      elsewhere: (visits.get(requirement.id) ?? []).map((visit) => visit.result),
    }),
  );
  const unclaimed = homes.get('') ?? [];
  return [
    ...[...grouped(rows, (row) => areaOf(row.requirement?.id ?? '')).values()].flat(),
    ...(unclaimed.length > 0 ? [{ own: unclaimed, elsewhere: [] }] : []),
  ];
};

/** The results that were not as hoped: errors and failures first, then what stayed undecided. */
export const firstToLookAt = (results: Iterable<Result>): Result[] => {
  const found: Partial<Record<Verdict, Result[]>> = {
    error: [],
    fail: [],
    inconclusive: [],
    'not-run': [],
  };
  for (const result of results) if (!isDeparture(result)) found[result.verdict]?.push(result);
  return Object.values(found).flat();
};
