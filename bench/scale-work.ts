// One step of bench/scale.ts, in a process of its own, so that the most that it held can be known.
import { join } from 'node:path';
import { recordFolder } from '../cli/judged.ts';
import { writeReports } from '../cli/write-reports.ts';
import { environment } from '../runner/environment.ts';
import { beginFolder, openRecord } from '../runner/folder.ts';
import { mergeLogs } from '../runner/merge.ts';
import { longPlan } from './long-run.ts';

const [step = '', folder = '', count = ''] = process.argv.slice(2);
const run = join(folder, 'run');
if (step === 'merge') {
  const shards = [1, 2].map((index) => ({
    folder: join(folder, String(index)),
    shard: { index, of: 2, environment: environment() },
    has: () => true,
  }));
  beginFolder(run, longPlan(Number(count)));
  mergeLogs(shards, run);
} else if (step === 'record') recordFolder(run, environment());
else {
  const record = openRecord(run);
  if (!record || record.results.length <= Number(count)) throw new Error('the record is not whole');
  writeReports(run, record, [step === 'junit' ? 'junit' : 'ctrf']);
}
