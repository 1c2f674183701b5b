// A gate as Markdown, for a comment on a pull request.
import type { Finding } from '../core/gate.ts';
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
import { code, fitting, LIMIT, plain } from './markdown-text.ts';
import { counted, fromDifference, shorten, shortenWords, sides } from './text.ts';
import { reproduce, verdictWord } from './words.ts';

const SHOWN_WORSE = 20;

const worse = (view: GateView, finding: Finding): string[] => {
  const results = resultsById(view.record);
  const result = results.get(finding.id);
  const both = sides(result?.expected, result?.observed);
  const [expected, observed] = fromDifference(both.expected, both.observed, 200);
  const word =
    finding.kind === 'capability' ? 'missing' : verdictWord(finding.after?.verdict ?? 'not-run');
  const told = [wasText(finding), ...newCauses(view.gate, finding.id)].filter((one) => one !== '');
  return [
    `- **${word}** ${code(finding.id)} ${plain(shortenWords(titleOf(finding.id, results), 200))}`,
    ...told.map((text) => `  - ${plain(shorten(text, 300))}`),
    ...(expected ? [`  - expected ${code(expected)}`] : []),
    ...(observed ? [`  - observed ${code(observed)}`] : []),
    ...(result ? [`  - ${code(reproduce(view.record, finding.id), 400)}`] : []),
  ];
};

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`### ${title}`, '', ...lines, ''];

const rows = ({ gate }: GateView): string[] => {
  const row = (what: string, one: Finding): string =>
    `| ${plain(what)} | ${code(one.id)} | ${plain(shorten(moveText(one), 200))} |`;
  return [
    ...findingsOf(gate, 'waived').map((one) => row(`waived by ${one.waivedBy.join(', ')}`, one)),
    ...findingsOf(gate, 'departure').map((one) => row('departure', one)),
    ...findingsOf(gate, 'excluded').map((one) => row('excluded', one)),
    ...findingsOf(gate, 'known').map((one) => row('as bad as before', one)),
    ...(['new', 'changed', 'gone', 'better'] as const).flatMap((change) =>
      moved(gate, change)
        .filter((one) => one.effect !== 'known')
        .map((one) => row(change, one)),
    ),
  ];
};

/** The decision, what is worse, what is wrong with the waivers, and all else that fits. */
export const gateMarkdown = (view: GateView): string => {
  const { gate } = view;
  const gating = findingsOf(gate, 'gates');
  const more = gating.length - SHOWN_WORSE;
  const head = [
    `## ${plain(gateHeadline(gate))}`,
    '',
    ...gateSubject(view).flatMap((line) => [plain(line), '']),
    ...gateNotes(view).map((note) => `- ${plain(note)}`),
    '',
    ...section(
      'Why nothing is decided',
      gate.distrust.map((text) => `- ${plain(text)}`),
    ),
    ...section('Worse', [
      ...gating.slice(0, SHOWN_WORSE).flatMap((one) => worse(view, one)),
      ...(more > 0 ? [`- and ${more} more`] : []),
    ]),
    ...section(
      'Waivers',
      badWaivers(gate).map((use) => `- ${plain(waiverFault(use))}`),
    ),
  ];
  const others = rows(view);
  if (others.length === 0) return `${head.join('\n').trimEnd()}\n`;
  const room = LIMIT - head.join('\n').length;
  return [
    ...head,
    '<details>',
    `<summary>${counted(others.length, 'other', 'others')} that the gate lets through</summary>`,
    '',
    '| what | id | from and to |',
    '| --- | --- | --- |',
    ...fitting(others, room, (count) => `| | | and ${count} more |`),
    '',
    '</details>',
    '',
  ].join('\n');
};
