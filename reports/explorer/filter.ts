// Which requirements and cases a reader wants to see: words and choices, over all cases of a run at every keystroke.
import type { CaseIndex, Clause } from '../case-index.ts';

/** Each choice is empty where nothing is chosen. */
export interface Filter {
  readonly text: string;
  /** A verdict, or `not-passed`. */
  readonly verdict: string;
  /** `DRV-MEM`, or the whole layer `DRV`. */
  readonly area: string;
  readonly keyword: string;
  readonly level: string;
}

export const NO_FILTER: Filter = { text: '', verdict: '', area: '', keyword: '', level: '' };

/** All that needs a look. */
export const NOT_PASSED = 'not-passed';

/** A line of the list: a case by its place in the index, a requirement by its place's complement. */
export type Item = number;
export const clauseItem = (at: number): Item => ~at;
export const isClause = (item: Item): boolean => item < 0;

export interface Found {
  /** Requirements, each before its cases. */
  readonly items: readonly Item[];
  /** How many cases are among them. */
  readonly cases: number;
}

const admits = (clause: Clause, { area, keyword, level }: Filter): boolean =>
  (area === '' || clause.id === area || clause.id.startsWith(`${area}-`)) &&
  (keyword === '' || clause.keyword === keyword) &&
  (level === '' || String(clause.level) === level);

const fits = (verdict: string, chosen: string): boolean =>
  chosen === '' ||
  verdict === chosen ||
  (chosen === NOT_PASSED && verdict !== 'pass' && verdict !== 'not-applicable');

/** Made when it is first needed, and kept. */
const once = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
};

/** Searches an index; what it takes to find words is prepared with the first of them. */
export const finder = (index: CaseIndex): ((filter: Filter) => Found) => {
  const { clauses, ids, titles, verdicts, decisions } = index;
  const ofCase = once(() =>
    ids.map((id, at) => `${id} ${titles[at]} ${decisions[at]}`.toLowerCase()),
  );
  const ofClause = clauses.map(({ id, keyword, text, why }) =>
    `${id} ${keyword} ${text} ${why}`.toLowerCase(),
  );
  return (filter) => {
    const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
    const items: Item[] = [];
    let cases = 0;
    for (const [at, clause] of clauses.entries()) {
      if (!admits(clause, filter)) continue;
      // A word that the requirement has need not stand in each of its cases.
      const own = ofClause[at] ?? '';
      const left = words.filter((word) => !own.includes(word));
      const place = items.push(clauseItem(at));
      for (let one = clause.from; one < clause.to; one += 1) {
        if (!fits(verdicts[one] ?? '', filter.verdict)) continue;
        if (left.every((word) => ofCase()[one]?.includes(word))) items.push(one);
      }
      cases += items.length - place;
      const stays =
        items.length > place || (left.length === 0 && fits(clause.verdict, filter.verdict));
      if (!stays) items.pop();
    }
    return { items, cases };
  };
};
