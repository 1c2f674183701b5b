// `causeway merge`: the shards of a run as one run, in a folder of its own, judged as every run is.
import { rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { exitCode } from '../core/level.ts';
import type { LongRecord } from '../core/list.ts';
import { summary } from '../reports/summary.ts';
import { beginFolder, JOURNAL, PLAN, WIRE_FOLDER } from '../runner/folder.ts';
import { mergeLogs } from '../runner/merge.ts';
import { recordFolder } from './judged.ts';
import { type HeldShard, holdShards } from './shards.ts';
import { styleFor } from './style.ts';
import { reportNames, writeReports } from './write-reports.ts';

const style = styleFor(process.stdout);

export interface MergeCommand {
  readonly out: string;
  readonly formats?: string;
  readonly json?: boolean;
}

const logsOf = ({ folder, shard, plan, environment }: HeldShard) => {
  const own = new Set(Array.from(plan.cases, ({ id }) => id));
  return { folder, shard: { ...shard, environment }, has: (id: string) => own.has(id) };
};

/** Merges shards into a new folder, and judges what they make. */
export const mergeFolders = (folders: readonly string[], out: string): LongRecord => {
  const { plan, shards } = holdShards(folders);
  const [first] = shards;
  if (!first) throw new Error('a run of no shards');
  beginFolder(out, plan);
  try {
    mergeLogs(shards.map(logsOf), out);
  } catch (error) {
    // Half of the evidence must not be taken for a run that was cut.
    for (const name of [PLAN, JOURNAL, WIRE_FOLDER]) {
      rmSync(join(out, name), { recursive: true, force: true });
    }
    throw error;
  }
  return recordFolder(out, first.environment);
};

/** The command; its exit code is that of the run. */
export const mergeCommand = (folders: readonly string[], options: MergeCommand): number => {
  const formats = reportNames(options.formats);
  const record = mergeFolders(folders, options.out);
  writeReports(options.out, record, formats);
  if (options.json) process.stdout.write(`${JSON.stringify([record], null, 2)}\n`);
  else {
    const report = relative('.', join(options.out, 'report.html'));
    process.stdout.write(`\n${summary(record, style)}\n${style.dim('report')}  ${report}\n`);
  }
  return exitCode(record.profile.outcome);
};
