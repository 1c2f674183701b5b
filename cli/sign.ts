// `causeway sign`: the vendor's claim over a run, refused for what the run itself does not bear out.
import { join } from 'node:path';
import { wholeRecord } from '../core/list.ts';
import { signStatement } from '../evidence/envelope.ts';
import { bundleFile, filesOf } from '../evidence/files.ts';
import type { SigningKey } from '../evidence/keys.ts';
import { claimOf, declarationOf } from '../evidence/statement.ts';
import { runFiles, writeBundleFiles } from '../runner/bundle-folder.ts';
import { FolderError } from '../runner/folder-error.ts';
import type { Record as RunRecord } from '../schemas/generated/types.ts';
import { signingKey } from './key-files.ts';
import { holdRecord } from './records.ts';
import { reportsIn } from './write-reports.ts';

/** The record of a folder, which must be what its evidence makes it, with the reports that it makes. */
const soundRecord = (folder: string): RunRecord => {
  const { record, distrust } = holdRecord(folder, 'the record');
  if (!record || distrust.length > 0) {
    throw new FolderError(`${folder} cannot be signed: ${distrust.join('; ')}`);
  }
  for (const { file, own } of reportsIn(folder, record)) {
    if (own) continue;
    throw new FolderError(
      `${folder} cannot be signed: ${file} is not what the record makes; to write it anew, type: causeway report ${folder}`,
    );
  }
  return wholeRecord(record);
};

/** Why a run says nothing of its subject that could be claimed. */
const unclaimable = ({ profile, run }: RunRecord): string | undefined => {
  if (profile.outcome === 'error') return 'the suite or the machine failed';
  if (profile.outcome === 'not-started') return 'the endpoint did not start';
  return run.how === 'interrupted' ? 'the run was interrupted' : undefined;
};

/** Signs a run's folder: the claim, in bundle/. */
export const signFolder = (folder: string, key: SigningKey, at: Date): RunRecord => {
  const record = soundRecord(folder);
  const why = unclaimable(record);
  if (why)
    throw new FolderError(`${folder} cannot be signed: ${why}, so there is nothing to claim`);
  const signed = signStatement(claimOf(record, runFiles(folder), at.toISOString()), key);
  writeBundleFiles(folder, filesOf('claim', signed, key.public));
  return record;
};

export const signCommand = (folder: string, options: { key: string }): number => {
  const key = signingKey(options.key);
  const { profile, seed } = signFolder(folder, key, new Date());
  process.stdout.write(
    `signed: ${profile.id}@${profile.level} ${profile.outcome}, ${declarationOf(seed)}\nkey     ${key.public.hint}\nclaim   ${join(folder, bundleFile('claim'))}\n`,
  );
  return 0;
};
