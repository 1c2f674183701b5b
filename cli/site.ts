// `causeway site`: a static registry of run folders: its products, their comparison, and the standard itself.

import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { wholeRecord } from '../core/list.ts';
import { requirements } from '../core/plan.ts';
import type { Attestation } from '../reports/attestation.ts';
import { badge } from '../reports/badge.tsx';
import { compare } from '../reports/comparison.ts';
import { areaOf, grouped } from '../reports/groups.ts';
import { indexPage } from '../reports/index-page.tsx';
import { chapterPage, titleOf } from '../reports/site/chapter.tsx';
import { CHAPTERS } from '../reports/site/chapters.ts';
import { contentsPage } from '../reports/site/contents.tsx';
import { errorsPage } from '../reports/site/errors.tsx';
import { navigation } from '../reports/site/frame.tsx';
import { homePage } from '../reports/site/home.tsx';
import { runName } from '../reports/site/names.ts';
import { productsOf, type SiteRun, subjectsOf } from '../reports/site/registry.ts';
import { groupPage } from '../reports/site/requirements.tsx';
import { NAVIGATION_STYLE } from '../reports/site/style.ts';
import { counted } from '../reports/text.ts';
import { RECORD } from '../runner/folder.ts';
import { FolderError } from '../runner/folder-error.ts';
import type { Record as RunRecord } from '../schemas/generated/types.ts';
import { cases } from '../suites/index.ts';
import { mutants } from '../suites/mutants.ts';
import { attestationOf } from './attestation.ts';
import { trustedKey } from './key-files.ts';
import { type HeldRecord, holdRecord, subjectsIn } from './records.ts';
import { REPORTS, type ReportName, writeReports } from './write-reports.ts';

export interface SiteCommand {
  readonly out: string;
  readonly key: readonly string[];
  readonly certifier: readonly string[];
}

/** A run that may be shown: its evidence bears its record out. */
interface Shown {
  readonly held: HeldRecord & { readonly record: RunRecord };
  readonly attestation: Attestation;
  /** Of record.json: two folders with one record are one run. */
  readonly digest: string;
}

const RUNS = 'runs';
/** Written anew from each record, and so the same bytes that an honest folder holds; the badge knows its attestation. */
const REPORTS_SHOWN: readonly ReportName[] = ['html', 'markdown', 'junit', 'ctrf'];

const requireEmpty = (out: string): void => {
  if (!existsSync(out)) return;
  if (statSync(out).isDirectory() && readdirSync(out).length === 0) return;
  throw new FolderError(
    `${out} holds other files, or is one; nothing was written. Choose a new folder with --out`,
  );
};

const chapterText = (source: string): string =>
  readFileSync(new URL(`../../spec/${source}`, import.meta.url), 'utf8');

const noteOf = ({ checked }: HeldRecord): { note?: string } =>
  checked === 'judged-again'
    ? {}
    : {
        note: 'Another version of the suite made this run: its evidence is as it was, and its verdicts were not computed again.',
      };

/** Writes the pages of the standard. */
const writeStandard = (out: string, products: Parameters<typeof subjectsOf>[0]): void => {
  const write = (file: string, text: string): void =>
    writeFileSync(join(out, 'standard', file), text);
  mkdirSync(join(out, 'standard'));
  const chapters = CHAPTERS.map(({ source, file }) => {
    const text = chapterText(source);
    write(file, chapterPage(file, text));
    return { file, title: titleOf(text) };
  });
  const comparison = compare(subjectsOf(products));
  const groups = grouped(requirements, ({ id }) => areaOf(id));
  for (const [area, rows] of groups) {
    write(`${area}.html`, groupPage(area, rows, { cases, mutants }, comparison));
  }
  write('errors.html', errorsPage());
  write('index.html', contentsPage(chapters, groups));
};

/** Writes a run's reports, and says where they are. */
const writeRun = (
  out: string,
  { held, attestation, digest }: Shown,
  taken: Set<string>,
): SiteRun => {
  const { path, record } = held;
  const name = runName(record, digest, taken);
  taken.add(name);
  const into = join(out, RUNS, name);
  mkdirSync(into, { recursive: true });
  copyFileSync(join(path, RECORD), join(into, RECORD));
  writeReports(path, record, REPORTS_SHOWN, into);
  writeFileSync(join(into, REPORTS.badge.file), badge(record, attestation));
  return { folder: `${RUNS}/${name}`, record, attestation, ...noteOf(held) };
};

/** The command: 0 written, 5 where a record is not what its evidence makes it. */
export const siteCommand = async (
  folders: readonly string[],
  { out, key, certifier }: SiteCommand,
): Promise<number> => {
  requireEmpty(out);
  const trust = {
    keys: key.map(trustedKey),
    certifiers: certifier.map(trustedKey),
    now: new Date(),
  };
  const shown = new Map<string, Shown>();
  const distrust: string[] = [];
  for (const folder of folders.flatMap(subjectsIn)) {
    const held = holdRecord(folder, `the record in ${folder}`);
    const { record } = held;
    distrust.push(...held.distrust);
    if (!record || held.distrust.length > 0) continue;
    const digest = createHash('sha256')
      .update(readFileSync(join(folder, RECORD)))
      .digest('hex');
    shown.set(digest, {
      held: { ...held, record: wholeRecord(record) },
      attestation: await attestationOf(folder, trust),
      digest,
    });
  }
  for (const text of distrust) process.stderr.write(`causeway: ${text}\n`);
  if (distrust.length > 0) return 5;
  mkdirSync(out, { recursive: true });
  const taken = new Set<string>();
  const products = productsOf([...shown.values()].map((one) => writeRun(out, one, taken)));
  writeStandard(out, products);
  const around = { before: navigation('comparison.html'), style: NAVIGATION_STYLE };
  writeFileSync(join(out, 'comparison.html'), indexPage(subjectsOf(products), around));
  writeFileSync(join(out, 'index.html'), homePage(products));
  const what = `${counted(products.length, 'product', 'products')}, ${counted(shown.size, 'run', 'runs')}`;
  process.stdout.write(`${what}: ${relative('.', join(out, 'index.html'))}\n`);
  return 0;
};
