// Several subjects as one table of a terminal: the rows on which they part, and a count of the others.
import type { LevelReached, Verdict } from '../schemas/generated/types.ts';
import { COLUMNS, cut } from './columns.ts';
import { type ComparedRow, type Comparison, compare, mark, type Subject } from './comparison.ts';
import { colour, type Style } from './summary.ts';
import { counted } from './text.ts';
import { levelName } from './words.ts';

/** Rows that one still reads: the page has all. */
const MOST_ROWS = 40;
/** The longest mark. */
const NARROWEST = 'unclear'.length;

interface Cell {
  readonly text: string;
  readonly set: (text: string) => string;
}

const verdictCell = (verdict: Verdict | undefined, style: Style): Cell => ({
  text: mark(verdict),
  set: verdict === undefined ? style.dim : colour(verdict, style),
});

const outcomeCell = (outcome: LevelReached['outcome'], style: Style): Cell => {
  switch (outcome) {
    case 'conformant':
      return { text: 'yes', set: style.green };
    case 'non-conformant':
      return { text: 'no', set: style.red };
    case 'incomplete':
      return { text: 'unclear', set: style.yellow };
    case 'error':
      return { text: 'error', set: style.red };
    case 'not-started':
      return { text: 'not run', set: style.yellow };
    default:
      return outcome satisfies never;
  }
};

interface Columns {
  readonly heads: readonly string[];
  readonly widths: readonly number[];
  /** A line of profiles under the heads, where those of all are not the same. */
  readonly levels: readonly string[];
  /** What each head stands for, where that is not the subject's name. */
  readonly key: readonly string[];
}

/** Names as headings where a line holds them all, else numbers, and a line for what each stands for. */
const columnsFor = ({ names, ownLevels }: Comparison, room: number): Columns => {
  const widths = names.map(
    (name, index) => 2 + Math.max(NARROWEST, name.length, ownLevels[index]?.length ?? 0),
  );
  if (widths.reduce((sum, width) => sum + width, 0) <= room) {
    return { heads: names, widths, levels: ownLevels, key: [] };
  }
  return {
    heads: names.map((_name, index) => String(index + 1)),
    widths: names.map(() => 2 + NARROWEST),
    levels: [],
    key: names.map((name, index) => {
      const level = ownLevels[index];
      return cut(`${index + 1} is ${level ? `${name}, ${level}` : name}`, COLUMNS);
    }),
  };
};

const rest = (rows: readonly ComparedRow[]): string[] => {
  if (rows.length === 0) return [];
  const passed = rows.filter(({ verdicts }) => verdicts.includes('pass')).length;
  const none = rows.length - passed;
  const parts = [
    ...(passed > 0 ? [`${counted(passed, 'row', 'rows')} that all pass`] : []),
    ...(none > 0 ? [`${counted(none, 'row', 'rows')} that no subject has to keep`] : []),
  ];
  return [`and ${parts.join(', ')}`];
};

const tableOf = (comparison: Comparison, style: Style): string[] => {
  const { subjects, rows, ownLevels } = comparison;
  const [first] = subjects;
  if (!first) return [];
  const corner = ownLevels.length > 0 ? '' : levelName(first.record);
  const lead = Math.max(corner.length, 'conformant'.length, ...rows.map(({ id }) => id.length)) + 2;
  const { heads, widths, levels, key } = columnsFor(comparison, COLUMNS - lead);
  const line = (head: string, cells: readonly Cell[]): string =>
    cells
      .reduce(
        (text, { text: word, set }, index) =>
          text + set(word) + ' '.repeat(Math.max(0, (widths[index] ?? 0) - word.length)),
        head.padEnd(lead),
      )
      .trimEnd();
  const shown = rows.filter(({ standing }) => standing !== 'quiet');
  const more = shown.length - MOST_ROWS;
  return [
    ...key,
    line(
      corner,
      heads.map((text) => ({ text, set: style.bold })),
    ),
    ...(levels.length > 0
      ? [
          line(
            'profile',
            levels.map((text) => ({ text, set: style.dim })),
          ),
        ]
      : []),
    line(
      'conformant',
      subjects.map(({ record }) => outcomeCell(record.profile.outcome, style)),
    ),
    ...shown.slice(0, MOST_ROWS).map(({ id, verdicts }) =>
      line(
        id,
        verdicts.map((verdict) => verdictCell(verdict, style)),
      ),
    ),
    ...(more > 0 ? [`and ${counted(more, 'row', 'rows')} more like these`] : []),
    ...rest(rows.filter(({ standing }) => standing === 'quiet')).map(style.dim),
  ];
};

/** The table, without a line break at its end: at most 80 columns for seven subjects or fewer. */
export const comparisonText = (subjects: readonly Subject[], style: Style): string =>
  tableOf(compare(subjects), style).join('\n');
