// What a report's script finds cases by: every requirement and every case in the order in which they are shown, in
// columns, since a run may have a hundred thousand of them. All else of a case is in its view.
import type { Result, Record as RunRecord, Verdict } from '../schemas/generated/types.ts';
import { type Row, rowsOf } from './groups.ts';
import { requirementOf } from './requirement.ts';
import { shorten, shown } from './text.ts';
import { decision, VERDICTS } from './words.ts';

/** A requirement, and its cases from one place to before another. */
export interface Clause {
  readonly id: string;
  readonly keyword: string;
  readonly level: number;
  readonly verdict: Verdict;
  readonly text: string;
  readonly why: string;
  readonly from: number;
  readonly to: number;
  /** Cases that decide it too, and are told with another. */
  readonly elsewhere: readonly string[];
}

export interface CaseIndex {
  readonly clauses: readonly Clause[];
  readonly ids: readonly string[];
  readonly titles: readonly string[];
  readonly verdicts: readonly Verdict[];
  /** What decided, where it was not a pass; else empty. */
  readonly decisions: readonly string[];
}

/** Of a text that is there to be found and read in a line. */
const LINE_LIMIT = 240;
/** A requirement leads to no more cases that are told elsewhere. */
const ELSEWHERE = 200;

const NONE = {
  keyword: '',
  level: 0,
  text: 'Cases whose requirements this record does not list.',
  why: '',
};

const standing = ({ requirement }: Row): Pick<Clause, 'keyword' | 'level' | 'text' | 'why'> => {
  if (!requirement) return NONE;
  const { id, keyword, level } = requirement;
  const { text = 'This revision of the standard has no such requirement.', why = '' } =
    requirementOf(id) ?? {};
  return { keyword, level, text, why };
};

/** A record's rows as the script has them, and its results in the same order. */
export interface Cases {
  readonly index: CaseIndex;
  readonly results: readonly Result[];
}

export const caseIndex = (record: RunRecord): Cases => {
  const rows = rowsOf(record);
  const results = rows.flatMap((row) => row.own);
  let from = 0;
  const clauses = rows.map((row): Clause => {
    const to = from + row.own.length;
    const clause = {
      id: row.requirement?.id ?? 'Other cases',
      verdict: row.requirement?.verdict ?? 'not-run',
      ...standing(row),
      from,
      to,
      elsewhere: row.elsewhere.slice(0, ELSEWHERE).map((result) => result.case),
    };
    from = to;
    return clause;
  });
  const index = shown({
    clauses,
    ids: results.map((result) => result.case),
    titles: results.map((result) => shorten(result.title, LINE_LIMIT)),
    verdicts: results.map((result) => result.verdict),
    decisions: results.map((result) =>
      result.verdict === 'pass' ? '' : shorten(decision(result), LINE_LIMIT),
    ),
  });
  return { index, results };
};

/** The places of all cases that were not passed, those that failed first. */
export const notPassed = ({ verdicts }: CaseIndex): number[] =>
  VERDICTS.filter((verdict) => verdict !== 'pass').flatMap((verdict) =>
    [...verdicts.keys()].filter((at) => verdicts[at] === verdict),
  );
