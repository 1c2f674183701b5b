// One step of bench/scale.ts, in a process of its own, so that the most that it held can be known; it loads what it
// needs alone.
import { join } from 'node:path';
import { environment } from '../runner/environment.ts';
import { beginFolder, openRecord } from '../runner/folder.ts';

const [step = '', folder = '', count = ''] = process.argv.slice(2);
const run = join(folder, 'run');
if (step === 'merge') {
  const { mergeLogs } = await import('../runner/merge.ts');
  const { longPlan } = await import('./long-run.ts');
  const shards = [1, 2].map((index) => ({
    folder: join(folder, String(index)),
    shard: { index, of: 2, environment: environment() },
    has: () => true,
  }));
  beginFolder(run, longPlan(Number(count)));
  mergeLogs(shards, run);
} else if (step === 'judge') {
  const { judgeFolder } = await import('../cli/judged.ts');
  judgeFolder(run);
} else if (step === 'record') {
  const { recordFolder } = await import('../cli/judged.ts');
  recordFolder(run, environment());
} else {
  const { writeReports } = await import('../cli/write-reports.ts');
  const record = openRecord(run);
  if (!record || record.results.length <= Number(count)) throw new Error('the record is not whole');
  writeReports(run, record, [step === 'junit' ? 'junit' : 'ctrf']);
}
