// A gate as one screen of a terminal: the decision, what it rests on, and what to look at first.
import type { Finding } from '../core/gate.ts';
import { COLUMNS, cut, wrapped } from './columns.ts';
import {
  badWaivers,
  findingsOf,
  type GateView,
  gateHeadline,
  gateNotes,
  gateSubject,
  moved,
  moveText,
  newCauses,
  resultsById,
  titleOf,
  waiverFault,
  wasText,
} from './gate-words.ts';
import { account, colour, type Style } from './summary.ts';
import { reproduce, verdictWord } from './words.ts';

/** Lines for what to look at. */
const LINES = 24;

const indented = (text: string, style: Style): string => `    ${style.dim(cut(text, COLUMNS - 4))}`;

/** Something that gates: what it is now, what it was, both sides, and the command that repeats it. */
const worse = (view: GateView, finding: Finding, style: Style): string[] => {
  const results = resultsById(view.record);
  const result = results.get(finding.id);
  const verdict = finding.after?.verdict ?? 'not-run';
  const word = finding.kind === 'capability' ? 'missing' : verdictWord(verdict);
  const room = Math.max(12, COLUMNS - 4 - word.length - finding.id.length);
  const title = style.dim(cut(titleOf(finding.id, results), room));
  const [head, ...both] = result
    ? account(result, style)
    : [`  ${colour(verdict, style)(word)} ${style.bold(finding.id)} ${title}`.trimEnd()];
  const told = [wasText(finding), ...newCauses(view.gate, finding.id)].filter((one) => one !== '');
  return [
    head ?? '',
    ...told.map((text) => indented(text, style)),
    ...both,
    // Whole, however long: it is there to be pasted.
    ...(result ? [`    ${style.dim(reproduce(view.record, finding.id))}`] : []),
  ];
};

const short = (word: string, finding: Finding, style: Style): string[] => [
  `  ${style.dim(word)} ${cut(`${finding.id} ${moveText(finding)}`, COLUMNS - 3 - word.length)}`,
];

const items = (view: GateView, style: Style): string[][] => {
  const { gate } = view;
  const brief = (word: string, findings: readonly Finding[]): string[][] =>
    findings.map((one) => short(word, one, style));
  return [
    ...gate.distrust.map((text) =>
      wrapped(text, 3).map((line) => `  ${style.red(cut(line, COLUMNS - 2))}`),
    ),
    ...findingsOf(gate, 'gates').map((one) => worse(view, one, style)),
    ...badWaivers(gate).map((use) => [`  ${style.red(cut(waiverFault(use), COLUMNS - 2))}`]),
    ...brief(
      'new',
      moved(gate, 'new').filter((one) => one.after?.verdict !== 'pass'),
    ),
    ...brief('departure', findingsOf(gate, 'departure')),
    ...brief(
      'excluded',
      findingsOf(gate, 'excluded').filter((one) => one.change !== 'same'),
    ),
    ...findingsOf(gate, 'waived').map((one) =>
      short(`waived by ${one.waivedBy.join(', ')}`, one, style),
    ),
    ...brief('changed', moved(gate, 'changed')),
    ...brief('gone', moved(gate, 'gone')),
    ...brief('better', moved(gate, 'better')),
  ];
};

const counts = (view: GateView): string => {
  const { gate } = view;
  const parts: [string, number][] = [
    ['worse', findingsOf(gate, 'gates').length],
    ['waived', findingsOf(gate, 'waived').length],
    ['as bad as before', findingsOf(gate, 'known').length],
    ['better', moved(gate, 'better').length],
    ['changed', moved(gate, 'changed').length],
    ['new', moved(gate, 'new').length],
    ['gone', moved(gate, 'gone').length],
    ['departures', findingsOf(gate, 'departure').length],
  ];
  return parts
    .filter(([, count]) => count > 0)
    .map(([word, count]) => `${count} ${word}`)
    .join('  ');
};

/** The screen, without a line break at its end. */
export const gateSummary = (view: GateView, style: Style): string => {
  const { outcome } = view.gate;
  const shade =
    outcome === 'passed' ? style.green : outcome === 'failed' ? style.red : style.yellow;
  const lines = [
    style.bold(shade(cut(gateHeadline(view.gate), COLUMNS))),
    ...gateSubject(view).map((line) => cut(line, COLUMNS)),
    ...gateNotes(view).flatMap((note) => wrapped(`Note: ${note}`, 2)),
    ...[counts(view)].filter((line) => line !== ''),
  ];
  const all = items(view, style);
  if (all.length > 0) lines.push('', style.bold('Look at first'));
  let room = LINES;
  for (const [index, item] of all.entries()) {
    if (item.length > room - (index === all.length - 1 ? 0 : 1)) {
      lines.push(style.dim(`  and ${all.length - index} more: --json has all`));
      break;
    }
    lines.push(...item);
    room -= item.length;
  }
  return lines.join('\n');
};
