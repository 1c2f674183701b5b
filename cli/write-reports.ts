// The reports of a run, beside its evidence.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { html } from '../reports/html.ts';
import { junit } from '../reports/junit.ts';
import { markdown } from '../reports/markdown.ts';
import { readWire } from '../runner/folder.ts';
import type { Record as RunRecord } from '../schemas/generated/types.ts';
import { excerpts } from './excerpts.ts';

/** All of them are functions of the record; the page shows pieces of the wire log too. */
export const writeReports = (folder: string, record: RunRecord): void => {
  writeFileSync(join(folder, 'junit.xml'), junit(record));
  writeFileSync(join(folder, 'report.md'), markdown(record));
  const page = html(record, excerpts(record.results, readWire(folder)));
  writeFileSync(join(folder, 'report.html'), page);
};
