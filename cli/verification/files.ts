// The checks of the folder as it lies there: which files, in which form, with which digests, in which order.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { broken, held, notTried, type Outcome } from '../../evidence/finding.ts';
import { namesIn } from '../../runner/bundle-folder.ts';
import {
  changedFiles,
  JOURNAL,
  linesOf,
  PLAN,
  RECORD,
  readJournal,
  readPlan,
  readRecord,
  readWire,
  wireFiles,
} from '../../runner/folder.ts';
import { FolderError } from '../../runner/folder-error.ts';
import { readJournalLine, readWireLine } from '../../runner/lines.ts';
import { REPORTS } from '../write-reports.ts';
import { type Ground, withRun } from './ground.ts';

const REQUIRED = [PLAN, JOURNAL, RECORD];
const REPORT_FILES = Object.values(REPORTS).map(({ file }) => file);
const BUNDLE_FILES = ['claim', 'certificate'].flatMap((kind) =>
  ['statement.json', 'dsse.json', 'sigstore.json', 'pem'].map((end) => `bundle/${kind}.${end}`),
);
const WIRE_FILE = /^wire\/\d{4}\.jsonl$/;

const isKnown = (name: string): boolean =>
  [...REQUIRED, ...REPORT_FILES, ...BUNDLE_FILES].includes(name) || WIRE_FILE.test(name);

export const files = ({ folder }: Ground): Outcome => {
  const names = namesIn(folder);
  const missing = REQUIRED.find((name) => !names.includes(name));
  if (missing) return broken(missing, 'no such file');
  const unknown = names.find((name) => !isKnown(name));
  return unknown === undefined
    ? held(`${names.length} files`)
    : broken('no file that the suite does not write', unknown);
};

const logFault = (
  folder: string,
  file: string,
  read: (line: string) => object | { readonly fault: string },
): Outcome | undefined => {
  let number = 0;
  let open = false;
  for (const { text, whole } of linesOf(join(folder, file))) {
    number += 1;
    open = !whole;
    if (open) continue;
    const found = read(text);
    if ('fault' in found) {
      return broken(`line ${number} of ${file} as its schema says`, `it ${found.fault}`);
    }
  }
  return open ? broken(`${file} ends with a whole line`, `line ${number} is cut`) : undefined;
};

const spellingFault = (folder: string, file: string, value: unknown): Outcome | undefined =>
  readFileSync(join(folder, file)).equals(Buffer.from(`${JSON.stringify(value, null, 2)}\n`))
    ? undefined
    : broken(`${file} as the suite spells it`, 'other bytes for the same values');

export const formCheck = ({ folder }: Ground): Outcome => {
  try {
    const record = existsSync(join(folder, RECORD)) ? readRecord(folder) : undefined;
    const fault =
      spellingFault(folder, PLAN, readPlan(folder)) ??
      (record && spellingFault(folder, RECORD, record)) ??
      logFault(folder, JOURNAL, readJournalLine);
    if (fault) return fault;
  } catch (error) {
    if (!(error instanceof FolderError)) throw error;
    return broken('files that keep their schemas', error.message);
  }
  for (const file of wireFiles(folder)) {
    const fault = logFault(folder, file.replaceAll('\\', '/'), readWireLine);
    if (fault) return fault;
  }
  return held('plan, record, journal and wire log');
};

export const digests = withRun(({ folder, record }) => {
  const changed = changedFiles(folder, record);
  const named = new Set(record.evidence.wire.map(({ file }) => file));
  const [beside] = wireFiles(folder).filter((file) => !named.has(file));
  if (beside !== undefined) return broken('no wire log that the record does not name', beside);
  const { plan, journal, wire } = record.evidence;
  return changed.length === 0
    ? held(`${[plan, journal, ...wire].length} files`)
    : broken('the digests of record.json', `other bytes in ${changed.join(', ')}`);
});

export const order = ({ folder, plan }: Ground): Outcome => {
  if (!plan) return notTried('the plan cannot be read');
  const journal = readJournal(folder)[Symbol.iterator]();
  const wire = readWire(folder)[Symbol.iterator]();
  let event = journal.next();
  let entry = wire.next();
  let count = 0;
  let time = 0;
  let last = '';
  while (!event.done || !entry.done) {
    count += 1;
    const [one, name] =
      !event.done && event.value.n === count
        ? [event.value, event.value.event]
        : !entry.done && entry.value.n === count
          ? [entry.value, entry.value.kind]
          : [undefined, ''];
    if (!one) {
      const next = [event, entry].flatMap((step) => (step.done ? [] : [step.value.n]));
      return broken(`entry ${count}`, `entry ${Math.min(...next)} in its place`);
    }
    if (one.t < time) return broken(`entry ${count} not before ${time} us`, `at ${one.t} us`);
    time = one.t;
    last = name;
    if (one === event.value) event = journal.next();
    else entry = wire.next();
  }
  return last === 'run-ended'
    ? held(`${count} entries`)
    : broken('the run’s end as the last entry', last === '' ? 'no entry' : last);
};
