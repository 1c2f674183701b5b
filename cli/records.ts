// A run's record as gate and diff take it: from the run's folder or alone, and what its evidence says of it.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { LongRecord } from '../core/list.ts';
import { recordOf } from '../core/record.ts';
import { changedFiles, openRecord, openRecordFile } from '../runner/folder.ts';
import { FolderError } from '../runner/folder-error.ts';
import { judgeFolder } from './judged.ts';
import { isOurs } from './own.ts';

export interface HeldRecord {
  readonly path: string;
  /** Absent where the run was cut before it wrote one. */
  readonly record?: LongRecord;
  /** How far the record was held against its evidence. */
  readonly checked: 'judged-again' | 'digests' | 'not-at-all';
  /** Where the evidence and the record part. */
  readonly distrust: readonly string[];
}

/** The first thing that a record says other than its evidence. */
const judgedOtherwise = (folder: string, record: LongRecord): string | undefined => {
  const { plan, judgement } = judgeFolder(folder);
  const again = recordOf(plan, judgement, record.environment, record.evidence);
  let place = 0;
  for (const one of again.results) {
    if (!isDeepStrictEqual(one, record.results.at(place))) {
      return `the evidence makes ${one.case} ${one.verdict}`;
    }
    place += 1;
  }
  const same =
    again.results.length === record.results.length &&
    isDeepStrictEqual({ ...again, results: [] }, { ...record, results: [] });
  return same ? undefined : 'the evidence says otherwise';
};

/** The folders that a folder's index names. */
const namedIn = (folder: string): string[] => {
  const path = join(folder, 'index.json');
  try {
    const index = JSON.parse(readFileSync(path, 'utf8')) as { folder: unknown }[];
    return index.map((one) => String(one.folder));
  } catch {
    throw new FolderError(`${path} is no list of a run's subjects; name the folder of a run`);
  }
};

const severalIn = (folder: string): string => {
  const names = namedIn(folder).map((name) => join(folder, name));
  return `${folder} holds several subjects; name one: ${names.join(', ')}`;
};

/** The run folders that a folder stands for: itself, or those of its several subjects. */
export const subjectsIn = (folder: string): string[] => {
  if (!existsSync(folder)) throw new FolderError(`${folder} is not there`);
  if (!statSync(folder).isDirectory()) {
    throw new FolderError(`${folder} is a file; name the folder of a run`);
  }
  if (existsSync(join(folder, 'record.json')) || !existsSync(join(folder, 'index.json'))) {
    return [folder];
  }
  return namedIn(folder).map((name) => {
    if (/^[\w-][\w.-]*$/.test(name)) return join(folder, name);
    throw new FolderError(
      `${join(folder, 'index.json')} names ${JSON.stringify(name)}, which is no folder in it`,
    );
  });
};

/** Reads a run's folder, or a record.json; `called` is what messages call it: `the baseline`. */
export const holdRecord = (path: string, called: string): HeldRecord => {
  if (!existsSync(path)) throw new FolderError(`${path} is not there`);
  if (statSync(path).isFile()) {
    return { path, record: openRecordFile(path), checked: 'not-at-all', distrust: [] };
  }
  const record = openRecord(path);
  if (!record) {
    if (existsSync(join(path, 'index.json'))) throw new FolderError(severalIn(path));
    if (!existsSync(join(path, 'plan.json'))) {
      throw new FolderError(`${path} is no run's folder: it has no record.json and no plan.json`);
    }
    const distrust = [
      `${called} was never written: the run in ${path} was cut; to go on with it: causeway run --resume ${path}`,
    ];
    return { path, checked: 'digests', distrust };
  }
  const changed = changedFiles(path, record);
  if (changed.length > 0) {
    const distrust = changed.map((file) => `${called} was not made from ${join(path, file)}`);
    return { path, record, checked: 'digests', distrust };
  }
  if (!isOurs(record)) return { path, record, checked: 'digests', distrust: [] };
  const otherwise = judgedOtherwise(path, record);
  return {
    path,
    record,
    checked: 'judged-again',
    distrust: otherwise ? [`${called} does not follow from its evidence: ${otherwise}`] : [],
  };
};
