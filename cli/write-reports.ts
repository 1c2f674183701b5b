// The reports of a run, beside its evidence: which there are, in which file each stands, and how it is made.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type LongRecord, wholeRecord } from '../core/list.ts';
import { badge } from '../reports/badge.tsx';
import { ctrf } from '../reports/ctrf.ts';
import { earl } from '../reports/earl.ts';
import { html } from '../reports/html.tsx';
import { junit } from '../reports/junit.ts';
import { markdown } from '../reports/markdown.ts';
import { sarif } from '../reports/sarif.ts';
import { readWire } from '../runner/folder.ts';
import { holdsPieces, writePieces } from '../runner/pieces.ts';
import { excerpts } from './excerpts.ts';
import { nearest, UsageError } from './usage-error.ts';

/**
 * A report: its file, and its text in pieces. Some hold all results; the page shows pieces of the wire log too, and
 * other runs of the product where they are given.
 */
interface Report {
  readonly file: string;
  readonly render: (
    record: LongRecord,
    folder: string,
    others?: readonly LongRecord[],
  ) => Iterable<string>;
}

/** By the names that `--formats` takes. */
export const REPORTS = {
  junit: { file: 'junit.xml', render: junit },
  markdown: { file: 'report.md', render: (record) => [markdown(wholeRecord(record))] },
  html: {
    file: 'report.html',
    render: (record, folder, others: readonly LongRecord[] = []) => {
      const whole = wholeRecord(record);
      return html(whole, excerpts(whole.results, readWire(folder)), others);
    },
  },
  ctrf: { file: 'ctrf.json', render: ctrf },
  badge: { file: 'badge.svg', render: (record) => [badge(record)] },
  sarif: { file: 'results.sarif', render: (record) => [sarif(wholeRecord(record))] },
  earl: { file: 'earl.jsonld', render: (record) => [earl(wholeRecord(record))] },
} as const satisfies Record<string, Report>;

export type ReportName = keyof typeof REPORTS;

const isReport = (name: string): name is ReportName => Object.hasOwn(REPORTS, name);

/** `junit,sarif`; what every run gets where nothing is said. */
export const reportNames = (text: string | undefined): readonly ReportName[] => {
  if (text === undefined) return USUAL_REPORTS;
  const known = Object.keys(REPORTS);
  return text.split(',').map((name) => {
    if (isReport(name)) return name;
    const hint = nearest(name, known);
    throw new UsageError(`--formats takes some of ${known.join(',')}, not ${name}.${hint}`);
  });
};

/** What every run gets. */
export const USUAL_REPORTS: readonly ReportName[] = ['junit', 'ctrf', 'markdown', 'html', 'badge'];

/** Writes reports of a run's folder into it or elsewhere; all are functions of the record and its evidence. */
export const writeReports = (
  folder: string,
  record: LongRecord,
  names: readonly ReportName[] = USUAL_REPORTS,
  into: string = folder,
  others: readonly LongRecord[] = [],
): void => {
  for (const name of names) {
    const { file, render } = REPORTS[name];
    writePieces(join(into, file), render(record, folder, others));
  }
};

/** The reports that lie in a folder, and whether each is what the record makes. */
export function* reportsIn(
  folder: string,
  record: LongRecord,
): Generator<{ readonly file: string; readonly own: boolean }> {
  for (const { file, render } of Object.values(REPORTS)) {
    const path = join(folder, file);
    if (existsSync(path)) yield { file, own: holdsPieces(path, render(record, folder)) };
  }
}
