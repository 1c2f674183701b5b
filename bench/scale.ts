// What long runs take: merged from two shards, judged, judged again into the record, and rendered, each step in a
// process of its own. `npm run bench -- scale` has 100,000 cases; others: node dist/bench/scale.js 1000000.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { longPlan, writeLongRun } from './long-run.ts';
import { node, tell, timed } from './measure.ts';

const count = Number(process.argv[2] ?? 100_000);
const most = count > 100_000 ? 400 : 300;
const scratch = mkdtempSync(join(tmpdir(), 'causeway-bench-'));
const peak = join(scratch, 'peak');
const plan = longPlan(count);
const half = Math.floor(plan.cases.length / 2);
writeLongRun(join(scratch, '1'), plan, 0, half);
writeLongRun(join(scratch, '2'), plan, half, plan.cases.length);
for (const step of ['merge', 'judge', 'record', 'ctrf', 'junit']) {
  const args = [join('dist', 'bench', 'scale-work.js'), step, scratch, String(count)];
  const all = await timed(() =>
    node(['--import', './bench/peak.mjs', ...args], { BENCH_PEAK: peak }),
  );
  const megabytes = Number(readFileSync(peak, 'utf8')) / 1024;
  tell([
    {
      what: `${step} of ${count.toLocaleString('en-US')} cases: ${(all / 1000).toFixed(1)} s`,
      found: `${megabytes.toFixed(0)} MB`,
      wanted: `below ${most} MB`,
      kept: megabytes < most,
    },
  ]);
}
rmSync(scratch, { recursive: true });
