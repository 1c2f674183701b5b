// `causeway report`: the reports of a run made anew, in other formats too.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { LongRecord } from '../core/list.ts';
import { isSameProduct, productWords } from '../reports/product.ts';
import { BUNDLE_FOLDER } from '../runner/bundle-folder.ts';
import { PLAN } from '../runner/folder.ts';
import { FolderError } from '../runner/folder-error.ts';
import { holdRecord } from './records.ts';
import { UsageError } from './usage-error.ts';
import { REPORTS, reportNames, writeReports } from './write-reports.ts';

export interface ReportCommand {
  readonly formats?: string;
  readonly out?: string;
  readonly history?: readonly string[];
}

/** A record that may be shown: its evidence bears it out. */
const shownRecord = (path: string, called: string): LongRecord => {
  const { record, distrust } = holdRecord(path, called);
  if (!record || distrust.length > 0) throw new FolderError(distrust.join('; '));
  return record;
};

/** The other runs of a history: of the same product, and each once. */
const othersOf = (own: LongRecord, folder: string, paths: readonly string[]): LongRecord[] => {
  const journals = new Set([own.evidence.journal.sha256]);
  return paths.flatMap((path) => {
    const record = shownRecord(path, `the record in ${path}`);
    if (!isSameProduct(own, record)) {
      throw new FolderError(
        `${path} is a run of ${productWords(record)}, and ${folder} one of ${productWords(own)}; a history is of one product. Leave it out of --history`,
      );
    }
    const { sha256 } = record.evidence.journal;
    if (journals.has(sha256)) return [];
    journals.add(sha256);
    return [record];
  });
};

export const reportCommand = (folder: string, options: ReportCommand): number => {
  const names = reportNames(options.formats);
  const into = options.out ?? folder;
  const history = options.history ?? [];
  // What lies in a run's folder is what its record alone makes: everybody who verifies it makes it again.
  if (history.length > 0 && (options.out === undefined || existsSync(join(into, PLAN)))) {
    throw new UsageError(
      `a report with --history is made from other records than the one beside it; name a folder that is no run's with --out, not ${into}`,
    );
  }
  if (history.length > 0 && !names.includes('html')) {
    throw new UsageError('--history is shown in report.html alone; add html to --formats');
  }
  const record = shownRecord(folder, 'the record');
  const others = othersOf(record, folder, history);
  if (options.out === undefined && existsSync(join(folder, BUNDLE_FOLDER))) {
    throw new FolderError(
      `${folder} is signed, and a signature covers every file in it; write the reports elsewhere with --out`,
    );
  }
  mkdirSync(into, { recursive: true });
  writeReports(folder, record, names, into, others);
  for (const name of names) process.stdout.write(`${join(into, REPORTS[name].file)}\n`);
  return 0;
};
