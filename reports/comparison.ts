// Several subjects of one run side by side: what each came to on each requirement, and where they part.
import type { Record as RunRecord, Verdict } from '../schemas/generated/types.ts';
import { oneLine, visible } from './text.ts';
import { levelName } from './words.ts';

/** A subject with what it came to. */
export interface Subject {
  /** Its run folder, relative to the page that shows all. */
  readonly folder: string;
  readonly record: RunRecord;
  /** What to call it in a table, where its target does not tell it from the others. */
  readonly name?: string;
}

/** A folder's report as a link: relative always, whatever the folder's name looks like. */
export const reportLink = (folder: string): string =>
  `./${visible(folder).split(/[\\/]/).map(encodeURIComponent).join('/')}/report.html`;

/** One requirement over all subjects. */
export interface ComparedRow {
  readonly id: string;
  /** In the order of the subjects; undefined where a record has no such row. */
  readonly verdicts: readonly (Verdict | undefined)[];
  /**
   * Of those that have the row: a profile leaves rows out, and two that part in them alone do not differ.
   * differ: not the same for all. open: the same, and not good. quiet: pass for all, or for none to keep.
   */
  readonly standing: 'differ' | 'open' | 'quiet';
}

export interface Comparison {
  readonly subjects: readonly Subject[];
  /** What to call each subject in a table: short, and no two alike where their targets are not. */
  readonly names: readonly string[];
  /** What each was judged by; empty where all were judged by the same. */
  readonly ownLevels: readonly string[];
  readonly rows: readonly ComparedRow[];
}

const standingOf = (verdicts: readonly (Verdict | undefined)[]): ComparedRow['standing'] => {
  const [first, ...others] = verdicts.filter((verdict) => verdict !== undefined);
  if (others.some((verdict) => verdict !== first)) return 'differ';
  return first === 'pass' || first === 'not-applicable' ? 'quiet' : 'open';
};

/** `host` of `reference:host` where all are of one adapter, and no two would be called so; else the whole of it. */
const namesOf = (targets: readonly string[]): readonly string[] => {
  const adapters = new Set(targets.map((target) => target.split(':', 1)[0]));
  const short = targets.map((target) => target.slice(target.indexOf(':') + 1));
  const isEnough = adapters.size === 1 && new Set(short).size === targets.length;
  return isEnough && !short.includes('') ? short : targets;
};

/** Compares subjects, in the order in which they are given; rows are in the order of the standard. */
export const compare = (subjects: readonly Subject[]): Comparison => {
  const verdicts = subjects.map(
    ({ record }) => new Map(record.requirements.map(({ id, verdict }) => [id, verdict])),
  );
  const ids = new Set(verdicts.flatMap((one) => [...one.keys()]));
  const short = namesOf(subjects.map(({ record }) => oneLine(record.subject.target)));
  const levels = subjects.map(({ record }) => levelName(record));
  return {
    subjects,
    names: subjects.map(({ name }, index) => name ?? short[index] ?? ''),
    ownLevels: new Set(levels).size > 1 ? levels : [],
    rows: [...ids].map((id) => {
      const own = verdicts.map((one) => one.get(id));
      return { id, verdicts: own, standing: standingOf(own) };
    }),
  };
};

/** A verdict in a cell: short, for there are many. */
export const mark = (verdict: Verdict | undefined): string => {
  switch (verdict) {
    case 'inconclusive':
      return 'unclear';
    case 'not-run':
      return 'not run';
    case 'not-applicable':
      return 'n/a';
    case undefined:
      return '';
    default:
      return verdict;
  }
};
