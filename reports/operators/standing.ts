// What each subject makes of each operator of the standard, type by type: read from the ids of cases and their verdicts.
import {
  emptyName,
  operatorName,
  registered,
  typeName,
  typesOf,
} from '../../core/operators/registered.ts';
import { worst } from '../../core/verdict.ts';
import type { RegisteredOperator, Result, Verdict } from '../../schemas/generated/types.ts';
import type { Subject } from '../comparison.ts';
import { grouped } from '../groups.ts';
import { isBad } from '../words.ts';

/** A verdict over all cases of an operator and a type; missing: level 1 asks for it, and it is not there. */
export type State = Verdict | 'missing';

export interface TypeStanding {
  readonly type: string;
  readonly state: State;
  /** The case to look at. */
  readonly case: string;
}

/** One operator of one subject. */
export interface OperatorCell {
  readonly types: readonly TypeStanding[];
  /** The first case that failed, or that could not be judged for an error. */
  readonly bad?: string;
}

export interface OperatorRow {
  readonly operator: string;
  /** In the order of the subjects; undefined where no case of the operator was run. */
  readonly cells: readonly (OperatorCell | undefined)[];
  /** As of a requirement (comparison.ts). */
  readonly standing: 'differ' | 'open' | 'quiet';
}

/** The results about an operator: of its presence, and of each of its types. */
export interface OperatorResults {
  readonly presence?: Result;
  readonly byType: ReadonlyMap<string, readonly Result[]>;
}

const PRESENCE = 'FRM-OPS-001';

/** A subject's results by what they are named for: `mod` of `FRM-OPS-001/mod`, `mod-int64` of `FRM-OPS-012/mod-int64`. */
export const byName = ({ record }: Subject): ReadonlyMap<string, readonly Result[]> =>
  grouped(
    record.results.filter((one) => one.case.startsWith('FRM-OPS-')),
    (one) => one.case.slice(one.case.indexOf('/') + 1),
  );

export const resultsOf = (
  named: ReadonlyMap<string, readonly Result[]>,
  row: RegisteredOperator,
): OperatorResults => {
  const presence = named
    .get(operatorName(row.operator))
    ?.find((one) => one.case.startsWith(`${PRESENCE}/`));
  const byType = typesOf(row).flatMap((type) => {
    const found = [typeName, emptyName].flatMap(
      (name) => named.get(name(row.operator, type)) ?? [],
    );
    return found.length > 0 ? [[type, found] as const] : [];
  });
  return { ...(presence && { presence }), byType: new Map(byType) };
};

/** Over all cases of a type; who has it of tensors without an element alone has it not. */
const verdictOf = (results: readonly Result[], empty: string): Verdict => {
  const others = results.filter((one) => !one.case.endsWith(`/${empty}`));
  const isAbsent = others.length > 0 && others.every((one) => one.verdict === 'not-applicable');
  const verdict = worst(results.map((one) => one.verdict));
  return isAbsent && verdict === 'pass' ? 'not-applicable' : verdict;
};

const cellOf = (
  { operator, types: asked }: RegisteredOperator,
  { presence, byType }: OperatorResults,
): OperatorCell | undefined => {
  if (byType.size === 0 && !presence) return undefined;
  const isAbsent = presence !== undefined && isBad(presence.verdict);
  const types = [...byType].map(([type, results]): TypeStanding => {
    const verdict = verdictOf(results, emptyName(operator, type));
    const isMissing = verdict === 'not-applicable' && isAbsent && asked.some((one) => one === type);
    const told = isMissing ? presence : results.find((one) => one.verdict === verdict);
    return { type, state: isMissing ? 'missing' : verdict, case: told?.case ?? '' };
  });
  const bad =
    types.find(({ state }) => state === 'missing' || isBad(state))?.case ??
    (isAbsent ? presence.case : undefined);
  return { types, ...(bad !== undefined && { bad }) };
};

const signature = (cell: OperatorCell | undefined): string =>
  cell ? cell.types.map(({ type, state }) => `${type} ${state}`).join() : '';

const standingOf = (cells: readonly (OperatorCell | undefined)[]): OperatorRow['standing'] => {
  if (new Set(cells.map(signature)).size > 1) return 'differ';
  return cells.every((cell) => cell && cell.bad === undefined) ? 'quiet' : 'open';
};

/** Whether a subject has operators to speak of: it was asked for one, and declares that it runs models. */
export const hasOperators = ({ record }: Subject): boolean =>
  record.results.some(
    (one) => one.case.startsWith(`${PRESENCE}/`) && one.verdict !== 'not-applicable',
  );

/** Every operator that a subject was asked for, in the order of the standard. */
export const operatorRows = (subjects: readonly Subject[]): OperatorRow[] => {
  const named = subjects.map(byName);
  return registered.flatMap((row) => {
    const cells = named.map((one) => cellOf(row, resultsOf(one, row)));
    return cells.some((cell) => cell !== undefined)
      ? [{ operator: row.operator, cells, standing: standingOf(cells) }]
      : [];
  });
};
