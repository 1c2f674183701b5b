// The record in short as Markdown, for a comment on a pull request.
import type { Result, Record as RunRecord } from '../schemas/generated/types.ts';
import { firstToLookAt } from './groups.ts';
import { code, fitting, LIMIT, plain } from './markdown-text.ts';
import { requirementOf } from './requirement.ts';
import { counted, duration, fromDifference, moment, shorten, shortenWords, sides } from './text.ts';
import {
  adapterName,
  decision,
  exclusionsOf,
  headline,
  isBad,
  levelName,
  missingItem,
  nativeShare,
  outcomeSentence,
  partSentences,
  reproduce,
  subjectName,
  VERDICTS,
  verdictWord,
} from './words.ts';

const SHOWN_BAD = 10;
const SHOWN_MISSING = 20;

const counts = ({ summary }: RunRecord): string[] => {
  const present = VERDICTS.filter((verdict) => summary[verdict] > 0);
  if (present.length === 0) return [];
  return [
    `| ${present.map(verdictWord).join(' | ')} |`,
    `|${present.map(() => ' ---: |').join('')}`,
    `| ${present.map((verdict) => summary[verdict]).join(' | ')} |`,
    '',
  ];
};

const missing = ({ profile }: RunRecord): string[] => {
  if (profile.missing.length === 0) return [];
  const lines = profile.missing.slice(0, SHOWN_MISSING).map((text) => {
    const item = missingItem(text);
    if (!item) return `- ${plain(shorten(text, 300))}`;
    const asks = requirementOf(item.id)?.text ?? '';
    return `- ${code(item.id)} **${verdictWord(item.verdict)}** ${plain(shortenWords(asks, 160))}`;
  });
  const more = profile.missing.length - SHOWN_MISSING;
  if (more > 0) lines.push(`- and ${more} more`);
  return ['### What is missing', '', ...lines, ''];
};

/** Disputed rows: run, shown, and needed by no level. */
const excluded = (record: RunRecord): string[] => {
  const rows = exclusionsOf(record);
  if (rows.length === 0) return [];
  const lines = rows.map(
    ({ id, verdict, dispute }) =>
      `- ${code(id)} **${verdictWord(verdict)}** ${plain(shorten(dispute, 300))}`,
  );
  return ['### Excluded', '', ...lines, ''];
};

const account = (record: RunRecord, result: Result): string[] => {
  const both = sides(result.expected, result.observed);
  const [expected, observed] = fromDifference(both.expected, both.observed, 200);
  const lines = [
    `- **${verdictWord(result.verdict)}** ${code(result.case)} ${plain(result.title)}`,
  ];
  if (expected) lines.push(`  - expected ${code(expected)}`);
  if (observed) lines.push(`  - observed ${code(observed)}`);
  if (!expected && !observed) lines.push(`  - ${plain(shorten(decision(result), 300))}`);
  lines.push(`  - ${code(reproduce(record, result.case), 400)}`);
  return lines;
};

const bad = (record: RunRecord): string[] => {
  const results = firstToLookAt(record.results).filter((result) => isBad(result.verdict));
  if (results.length === 0) return [];
  const shown = results.slice(0, SHOWN_BAD).flatMap((result) => account(record, result));
  const more = results.length - SHOWN_BAD;
  if (more > 0) shown.push(`- and ${more} more`);
  return ['### Look at first', '', ...shown, ''];
};

const row = (result: Result): string => {
  const title = plain(shorten(result.title, 200));
  const note = result.reason === undefined ? '' : `, ${plain(shorten(result.reason, 60))}`;
  return `| ${verdictWord(result.verdict)}${note} | ${code(result.case)} | ${title} |`;
};

/** Which node tests a run was judged by; none where it was judged by none. */
const nodeTestsOf = ({ nodeTests }: RunRecord): string =>
  nodeTests
    ? `, node tests of ${nodeTests.release === 'unknown' ? 'an unknown release' : nodeTests.release} (${nodeTests.digest.slice(0, 12)})`
    : '';

/** The record as a comment: the verdict, what is missing, what to look at, and every case that fits. */
export const markdown = (record: RunRecord): string => {
  const adapter = adapterName(record);
  const { subject, run, standard, suite } = record;
  const head = [
    `## ${plain(headline(record))}`,
    '',
    `**${plain(subjectName(record))}**${adapter && `, adapter ${plain(adapter)}`}, target ${code(subject.target)}`,
    '',
    `${outcomeSentence(record)} ${nativeShare(record)}.`,
    '',
    ...partSentences(record).flatMap((sentence) => [plain(sentence), '']),
    ...(!subject.started && subject.detail ? [code(subject.detail, 600), ''] : []),
    ...counts(record),
    ...missing(record),
    ...excluded(record),
    ...bad(record),
  ];
  const foot = [
    '',
    '</details>',
    '',
    `${plain(`${standard.name} ${standard.revision}, ${suite.name} ${suite.version}, ${levelName(record)}, seed ${record.seed.value}${nodeTestsOf(record)}, ${moment(run.startedAt)}, ${duration(run.durationMs)}`)}. ${record.seed.source === 'nonce' ? 'With a certifier’s nonce' : 'A self-declared run'}.`,
    '',
  ];
  const room = LIMIT - [...head, ...foot].join('\n').length;
  const rows = fitting(
    record.results.map(row),
    room,
    (count) => `| | | and ${counted(count, 'case', 'cases')} more, in the report |`,
  );
  return [
    ...head,
    '<details>',
    `<summary>${counted(record.results.length, 'case', 'cases')}</summary>`,
    '',
    '| verdict | case | what must hold |',
    '| --- | --- | --- |',
    ...rows,
    ...foot,
  ].join('\n');
};
