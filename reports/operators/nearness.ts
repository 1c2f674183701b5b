// How near the operators of subjects come to the exact results: what the cases of FRM-OPS-002 measured on their way.
import { registered, typeName, typesOf } from '../../core/operators/registered.ts';
import type { Measurement, Record as RunRecord } from '../../schemas/generated/types.ts';

/** The row whose cases measure it. */
const ROW = 'FRM-OPS-002';

/** Whether a case's measurements stand here, and not among the others. */
export const isNearness = (caseId: string): boolean => caseId.startsWith(`${ROW}/`);

export interface Nearness {
  readonly case: string;
  readonly points: Measurement['points'];
}

export interface NearnessRow {
  readonly operator: string;
  readonly type: string;
  /** In the order of the records; undefined where nothing was measured. */
  readonly found: readonly (Nearness | undefined)[];
}

const nearnessIn = (record: RunRecord): ReadonlyMap<string, Nearness> =>
  new Map(
    record.results.flatMap((result): [string, Nearness][] => {
      if (!isNearness(result.case)) return [];
      const points = result.attempts
        .at(-1)
        ?.measurements?.find(({ form }) => form === 'histogram')?.points;
      return points ? [[result.case, { case: result.case, points }]] : [];
    }),
  );

/** The last class that has something in it. */
export const farthest = ({ points }: Nearness): number => points.findLast(({ y }) => y > 0)?.x ?? 0;

/** The operators and types of which one record has a distance, in the order of the standard. */
export const nearnessRows = (records: readonly RunRecord[]): NearnessRow[] => {
  const found = records.map(nearnessIn);
  return registered.flatMap((row) =>
    typesOf(row).flatMap((type) => {
      const id = `${ROW}/${typeName(row.operator, type)}`;
      const own = found.map((one) => one.get(id));
      return own.some((one) => one !== undefined)
        ? [{ operator: row.operator, type, found: own }]
        : [];
    }),
  );
};
