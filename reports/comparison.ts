// Several subjects of one run side by side: what each came to on each requirement, and where they part.
import type { Record as RunRecord, Verdict } from '../schemas/generated/types.ts';
import { oneLine, visible } from './text.ts';

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
  /** differ: not the same for all. open: the same, and not good. quiet: pass for all, or for none to keep. */
  readonly standing: 'differ' | 'open' | 'quiet';
}

export interface Comparison {
  readonly subjects: readonly Subject[];
  /** What to call each subject in a table: short, and no two alike where their targets are not. */
  readonly names: readonly string[];
  readonly rows: readonly ComparedRow[];
}

const standingOf = (verdicts: readonly (Verdict | undefined)[]): ComparedRow['standing'] => {
  const [first] = verdicts;
  if (verdicts.some((verdict) => verdict !== first)) return 'differ';
  return first === 'pass' || first === 'not-applicable' ? 'quiet' : 'open';
};

/** `host` of `reference:host`, where no other subject would be called so. */
const namesOf = (targets: readonly string[]): string[] => {
  const short = targets.map((target) => target.slice(target.indexOf(':') + 1) || target);
  return targets.map((target, index) => {
    const name = short[index] ?? target;
    return short.indexOf(name) === short.lastIndexOf(name) ? name : target;
  });
};

/** Compares subjects, in the order in which they are given; rows are in the order of the standard. */
export const compare = (subjects: readonly Subject[]): Comparison => {
  const verdicts = subjects.map(
    ({ record }) => new Map(record.requirements.map(({ id, verdict }) => [id, verdict])),
  );
  const ids = new Set(verdicts.flatMap((one) => [...one.keys()]));
  const short = namesOf(subjects.map(({ record }) => oneLine(record.subject.target)));
  return {
    subjects,
    names: subjects.map(({ name }, index) => name ?? short[index] ?? ''),
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
