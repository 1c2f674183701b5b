// `causeway report`: the reports of a run made anew, in other formats too.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { BUNDLE_FOLDER } from '../runner/bundle-folder.ts';
import { FolderError } from '../runner/folder-error.ts';
import { holdRecord } from './records.ts';
import { REPORTS, reportNames, writeReports } from './write-reports.ts';

export const reportCommand = (
  folder: string,
  options: { formats?: string; out?: string },
): number => {
  const names = reportNames(options.formats);
  const { record, distrust } = holdRecord(folder, 'the record');
  if (!record || distrust.length > 0) throw new FolderError(distrust.join('; '));
  if (options.out === undefined && existsSync(join(folder, BUNDLE_FOLDER))) {
    throw new FolderError(
      `${folder} is signed, and a signature covers every file in it; write the reports elsewhere with --out`,
    );
  }
  const into = options.out ?? folder;
  mkdirSync(into, { recursive: true });
  writeReports(folder, record, names, into);
  for (const name of names) process.stdout.write(`${join(into, REPORTS[name].file)}\n`);
  return 0;
};
