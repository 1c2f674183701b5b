// A run's folder: made whole or refused, read back line by line, and bound to its record by digests.
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
} from 'node:fs';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { jsonPieces } from '../core/json-pieces.ts';
import { type LongPlan, type LongRecord, wholeRecord } from '../core/list.ts';
import { faultText } from '../schemas/fault.ts';
import type {
  Evidence as EvidenceDigests,
  JournalEvent,
  Plan,
  PlannedCase,
  Result,
  Record as RunRecord,
  WireEntry,
} from '../schemas/generated/types.ts';
import { faultOf, type ValidatedName } from '../schemas/validate.ts';
import { digestOf } from './digest.ts';
import { fileSink, type Sink } from './evidence.ts';
import { FolderError } from './folder-error.ts';
import { wireEntry } from './lines.ts';
import { readLongJson } from './long-json.ts';
import { writePieces } from './pieces.ts';

export const PLAN = 'plan.json';
export const JOURNAL = 'journal.jsonl';
export const WIRE_FOLDER = 'wire';
export const RECORD = 'record.json';

/** The wire log's file of a part of the run, which are counted from 1 on. */
export const wireFile = (part: number): string =>
  join(WIRE_FOLDER, `${String(part).padStart(4, '0')}.jsonl`);

/** The wire log's files, one for each part of the run, in order. */
export const wireFiles = (folder: string): string[] => {
  const path = join(folder, WIRE_FOLDER);
  return (existsSync(path) ? readdirSync(path) : [])
    .filter((name) => /^\d{4}\.jsonl$/.test(name))
    .sort()
    .map((name) => join(WIRE_FOLDER, name));
};

/** A value as a file of it reads. */
function* jsonText(value: unknown): Generator<string> {
  yield* jsonPieces(value);
  yield '\n';
}

/** Makes a new run folder with its plan alone; a folder that holds anything is refused. */
export const beginFolder = (folder: string, plan: LongPlan): void => {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    const isRun = existsSync(join(folder, PLAN));
    const hint = isRun ? `, or go on with that run: --resume ${folder}` : '';
    throw new FolderError(
      `${folder} holds ${isRun ? 'another run' : 'other files'}; nothing was written. Choose a new folder with --out${hint}`,
    );
  }
  mkdirSync(join(folder, WIRE_FOLDER), { recursive: true });
  writePieces(join(folder, PLAN), jsonText(plan), 'wx');
};

/** Makes a new run folder with its plan, and opens its logs. */
export const createFolder = (
  folder: string,
  plan: LongPlan,
  redact: (text: string) => string,
): { journal: Sink; wire: Sink } => {
  beginFolder(folder, plan);
  return {
    journal: fileSink(join(folder, JOURNAL), redact),
    wire: fileSink(join(folder, wireFile(1)), redact),
  };
};

/** The digests of a folder's evidence as it lies there. */
export const digests = (folder: string): EvidenceDigests => {
  const entry = (file: string) => ({ file, sha256: digestOf(join(folder, file)) });
  return { plan: entry(PLAN), journal: entry(JOURNAL), wire: wireFiles(folder).map(entry) };
};

/** Writes the record whole or not at all: a run that is killed here is judged again. */
export const writeRecord = (folder: string, record: LongRecord): void => {
  const unfinished = join(folder, `${RECORD}.new`);
  writePieces(unfinished, jsonText(record));
  renameSync(unfinished, join(folder, RECORD));
};

/**
 * Opens a file whose one long list may be too long to be held. What is around the list is held against its schema
 * now, and each element when it is read first.
 */
const openLong = <Whole extends object, T>(
  path: string,
  [name, member, element]: readonly [ValidatedName, keyof Whole & string, ValidatedName],
): Whole => {
  const unreadable = (error: unknown): FolderError =>
    error instanceof FolderError
      ? error
      : new FolderError(
          `${path} cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}`,
        );
  const checked = <V>(value: V, schema: ValidatedName, place = ''): V => {
    const fault = faultOf(schema, value);
    if (!fault) return value;
    const text = faultText({ ...fault, place: `${place}${fault.place}` });
    throw new FolderError(`${path} is no ${name.toLowerCase()}: ${text}`);
  };
  /** So many elements from the first on are known to keep it. */
  let known = 0;
  const parse = (text: string, place: number): T => {
    try {
      if (place < known) return JSON.parse(text);
      const value: T = checked(JSON.parse(text), element, `/${member}/${place}`);
      if (place === known) known += 1;
      return value;
    } catch (error) {
      throw unreadable(error);
    }
  };
  try {
    const { rest, list } = readLongJson(path, member, parse);
    return { ...checked(rest as Whole, name), ...(list && { [member]: list }) };
  } catch (error) {
    throw unreadable(error);
  }
};

/** The plan with its cases in their file. */
export const openPlan = (folder: string): LongPlan =>
  openLong<LongPlan, PlannedCase>(join(folder, PLAN), ['Plan', 'cases', 'PlannedCase']);

export const readPlan = (folder: string): Plan => {
  const plan = openPlan(folder);
  return { ...plan, cases: [...plan.cases] };
};

/** A record that lies alone, without its run's folder, with its results in their file. */
export const openRecordFile = (path: string): LongRecord =>
  openLong<LongRecord, Result>(path, ['Record', 'results', 'Result']);

/** The record with its results in their file, or undefined where the run was cut before it was written. */
export const openRecord = (folder: string): LongRecord | undefined =>
  existsSync(join(folder, RECORD)) ? openRecordFile(join(folder, RECORD)) : undefined;

/** The same, held. */
export const readRecord = (folder: string): RunRecord | undefined => {
  const record = openRecord(folder);
  return record && wholeRecord(record);
};

/** The names of evidence files that are not what the record's digests say. */
export const changedFiles = (folder: string, record: LongRecord): string[] => {
  const { plan, journal, wire } = record.evidence;
  return [plan, journal, ...wire]
    .filter(
      ({ file, sha256 }) =>
        !existsSync(join(folder, file)) || digestOf(join(folder, file)) !== sha256,
    )
    .map(({ file }) => file);
};

/** A line of a file; one that is not whole has no end, and is the last. */
interface Line {
  readonly text: string;
  readonly whole: boolean;
}

/** What is read at a time: little enough that what was read before is soon collected. */
const BLOCK = 64 * 1024;

/** The lines of a file, one at a time. */
export function* linesOf(path: string): Generator<Line> {
  const file = openSync(path, 'r');
  const buffer = Buffer.alloc(BLOCK);
  const decoder = new StringDecoder('utf8');
  let held = '';
  try {
    for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer)) {
      const parts = (held + decoder.write(buffer.subarray(0, read))).split('\n');
      held = parts.pop() ?? '';
      for (const text of parts) yield { text, whole: true };
    }
    held += decoder.end();
    if (held !== '') yield { text: held, whole: false };
  } finally {
    closeSync(file);
  }
}

const journalEvent = (line: string): JournalEvent | undefined => {
  try {
    const value: unknown = JSON.parse(line);
    return faultOf('JournalEvent', value) ? undefined : (value as JournalEvent);
  } catch {
    return undefined;
  }
};

/** The entries of a log up to the first that is none or was cut: what follows proves nothing. */
const entriesOf = <T>(path: string, read: (line: string) => T | undefined): Iterable<T> => ({
  *[Symbol.iterator]() {
    if (!existsSync(path)) return;
    for (const { text, whole } of linesOf(path)) {
      const entry = whole ? read(text) : undefined;
      if (entry === undefined) return;
      yield entry;
    }
  },
});

export const readJournal = (folder: string): Iterable<JournalEvent> =>
  entriesOf(join(folder, JOURNAL), journalEvent);

export const readWire = (folder: string): Iterable<WireEntry> => ({
  *[Symbol.iterator]() {
    for (const file of wireFiles(folder)) yield* entriesOf(join(folder, file), wireEntry);
  },
});
