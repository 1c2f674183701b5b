// Every case of the widest profile on the reference: how long a user waits, and what the runner holds
// meanwhile. Cases that measure time wait on purpose, so they are counted apart.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPlan, readRecord } from '../runner/folder.ts';
import { node, tell, timed } from './measure.ts';

const MOST_MEGABYTES = 150;

const scratch = mkdtempSync(join(tmpdir(), 'causeway-bench-'));
const folder = join(scratch, 'run');
const peak = join(scratch, 'peak');
const run = ['run', 'reference:host', '--profile', 'DRV@2', '--seed', 'bench', '--out', folder];
const all = await timed(() =>
  node(['--import', './bench/peak.mjs', join('dist', 'cli', 'main.cjs'), ...run], {
    BENCH_PEAK: peak,
  }),
);
const timing = new Set(readPlan(folder).cases.flatMap(({ id, timing }) => (timing ? [id] : [])));
const results = readRecord(folder)?.results ?? [];
const waited = results
  .filter((one) => timing.has(one.case))
  .reduce((sum, { durationMs }) => sum + durationMs, 0);
const piped = await timed(() => node([join('dist', 'bench', 'reference-piped.js'), folder]));
const megabytes = Number(readFileSync(peak, 'utf8')) / 1024;
rmSync(scratch, { recursive: true, force: true });

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;
tell([
  {
    what: `the reference, ${results.length - timing.size} cases, start to reports`,
    found: seconds(all - waited),
  },
  { what: `its ${timing.size} cases that measure time`, found: seconds(waited) },
  { what: 'its requests, by a client that looks at nothing', found: seconds(piped) },
  {
    what: 'memory of the runner meanwhile, at most',
    found: `${megabytes.toFixed(0)} MB`,
    wanted: `below ${MOST_MEGABYTES} MB`,
    kept: megabytes < MOST_MEGABYTES,
  },
]);
