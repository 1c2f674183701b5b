// The record as one screen of a terminal: the verdict, the counts, and what to look at first.
import type { LongRecord } from '../core/list.ts';
import type { Result, Verdict } from '../schemas/generated/types.ts';
import { COLUMNS, cut, wrapped } from './columns.ts';
import { firstToLookAt } from './groups.ts';
import { fromDifference, sides } from './text.ts';
import {
  adapterName,
  decision,
  exclusionsOf,
  headline,
  isBad,
  missingItem,
  nativeShare,
  outcomeSentence,
  subjectName,
  VERDICTS,
  verdictWord,
} from './words.ts';

/** How a terminal sets text apart; each is the identity where it cannot. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly green: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly dim: (text: string) => string;
}

/** Lines for what to look at: with the five above them, a screen of 20. */
const LINES = 15;

/** How a verdict is shown: green for good, red for bad, yellow for what is open. */
export const colour = (verdict: Verdict, style: Style): ((text: string) => string) => {
  switch (verdict) {
    case 'pass':
      return style.green;
    case 'fail':
    case 'error':
      return style.red;
    case 'inconclusive':
    case 'not-run':
      return style.yellow;
    case 'not-applicable':
      return style.dim;
    default:
      return verdict satisfies never;
  }
};

const outcomeColour = ({ profile }: LongRecord, style: Style): ((text: string) => string) => {
  if (profile.outcome === 'conformant') return style.green;
  return profile.outcome === 'incomplete' ? style.yellow : style.red;
};

/** A case that was not as hoped, and for a bad one both sides of what decided. */
export const account = (result: Result, style: Style): string[] => {
  const word = verdictWord(result.verdict);
  const label = colour(result.verdict, style)(word);
  const name = cut(result.case, 50);
  const title = cut(result.title, Math.max(12, COLUMNS - 4 - word.length - name.length));
  const lines = [`  ${label} ${style.bold(name)} ${style.dim(title)}`];
  if (!isBad(result.verdict)) return lines;
  const both = sides(result.expected, result.observed);
  const [expected, observed] = fromDifference(both.expected, both.observed, COLUMNS - 13);
  const said = [
    ['expected', expected],
    ['observed', observed],
  ].filter(([, text]) => text !== '');
  if (said.length === 0) said.push(['', decision(result)]);
  for (const [side = '', text = ''] of said) {
    const lead = side && `${side} `;
    lines.push(`    ${style.dim(lead)}${cut(text, COLUMNS - 4 - lead.length)}`);
  }
  return lines;
};

/** What to look at, as many whole items as there are lines for; the rest is counted. */
const lookAt = (record: LongRecord, style: Style): string[] => {
  const lacking = record.profile.missing
    .filter((text) => !missingItem(text))
    .map((text) => [`  ${style.red('missing')} ${cut(text, COLUMNS - 10)}`]);
  const results = firstToLookAt(record.results);
  const bad = results.filter((result) => isBad(result.verdict));
  const open = results.filter((result) => !isBad(result.verdict));
  const items = [
    ...bad.map((result) => account(result, style)),
    ...lacking,
    ...(record.subject.started ? open.map((result) => account(result, style)) : []),
  ];
  if (items.length === 0) return [];
  const lines = ['', style.bold('Look at first')];
  for (const [index, item] of items.entries()) {
    const room = LINES - lines.length - (index === items.length - 1 ? 0 : 1);
    if (item.length > room) return [...lines, style.dim(`  and ${items.length - index} more`)];
    lines.push(...item);
  }
  return lines;
};

/** How many cases have each verdict, over two lines where one is too short. */
const counts = (record: LongRecord, style: Style): string[] => {
  const lines: string[] = [];
  let room = 0;
  for (const verdict of VERDICTS.filter((one) => record.summary[one] > 0)) {
    const text = `${record.summary[verdict]} ${verdictWord(verdict)}`;
    const styled = colour(verdict, style)(text);
    if (text.length + 2 > room) {
      lines.push(styled);
      room = COLUMNS - text.length;
    } else {
      lines.push(`${lines.pop()}  ${styled}`);
      room -= text.length + 2;
    }
  }
  return lines;
};

/** Disputed rows, which no level needs. */
const excluded = (record: LongRecord, style: Style): string[] =>
  exclusionsOf(record).map(({ id, verdict, dispute }) =>
    style.dim(cut(`excluded ${id}, ${verdictWord(verdict)}, ${dispute}`, COLUMNS)),
  );

/** The screen: at most 80 columns and about 20 lines, without a line break at its end. */
export const summary = (record: LongRecord, style: Style): string => {
  const adapter = adapterName(record);
  const subject = adapter ? `${subjectName(record)}, adapter ${adapter}` : subjectName(record);
  const { started, detail } = record.subject;
  return [
    style.bold(outcomeColour(record, style)(cut(headline(record), COLUMNS))),
    cut(subject, COLUMNS),
    cut(outcomeSentence(record), COLUMNS),
    ...(started ? [`${nativeShare(record)}.`] : detail ? wrapped(detail, 4) : []),
    ...counts(record, style),
    ...excluded(record, style),
    ...lookAt(record, style),
  ].join('\n');
};
