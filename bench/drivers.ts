// Every driver found here, judged on DRV@1: how long a user waits, and how much of that is the suite's own
// work rather than the driver's. Cases that measure time wait on purpose, so they are left out.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adapters } from '../adapters/index.ts';
import { plan, profiles } from '../core/plan.ts';
import { readWire } from '../runner/folder.ts';
import type { WireEntry } from '../schemas/generated/types.ts';
import { cases } from '../suites/index.ts';
import { type Measured, node, tell, timed } from './measure.ts';

const MOST_SHARE = 0.1;
/** Runs end with 1 where a driver does not conform: that is no fault of the bench. */
const ENDED = [0, 1];

/**
 * Milliseconds in which the suite waited for an endpoint: from a request to its reply, its deadline or the
 * session's end, from the closing of a session to its end, and where a case let a time pass to ask again.
 * Starts are in it: a first request waits for one.
 */
const waited = (entries: Iterable<WireEntry>): number => {
  /** What is waited for, by the session that it belongs to. */
  const open = new Map<number | string, string>();
  let since = 0;
  let last = 0;
  let total = 0;
  const forget = (session: string): void => {
    for (const [what, of] of open) if (of === session) open.delete(what);
  };
  for (const entry of entries) {
    const idle = open.size === 0;
    // With nothing open, what a timer ended is a pause.
    if (idle && entry.kind === 'timer') total += entry.t - last;
    last = entry.t;
    if (entry.kind === 'send') open.set(entry.n, entry.session);
    else if (entry.kind === 'receive') open.delete(entry.answers ?? '');
    else if (entry.kind === 'close') open.set(entry.session, entry.session);
    else if (entry.kind === 'timer' || entry.kind === 'end') forget(entry.session);
    if (idle && open.size > 0) since = entry.t;
    if (!idle && open.size === 0) total += entry.t - since;
  }
  return total / 1000;
};

const [profile] = profiles.filter(({ id }) => id === 'DRV');
if (!profile) throw new Error('the standard has no profile DRV');
const suite = { name: 'bench', version: '0' };
const seed = { value: 'bench', source: 'given' } as const;
const untimed = plan({ suite, profile, level: 1, seed, cases }).cases.flatMap(({ id, timing }) =>
  timing ? [] : ['--only', id],
);

const judged = async (target: string): Promise<Measured> => {
  const scratch = mkdtempSync(join(tmpdir(), 'causeway-bench-'));
  const folder = join(scratch, 'run');
  const run = ['run', target, '--profile', 'DRV@1', ...untimed, '--seed', 'bench', '--out', folder];
  const all = await timed(() => node([join('dist', 'cli', 'main.cjs'), ...run], {}, ENDED));
  const share = 1 - waited(readWire(folder)) / all;
  rmSync(scratch, { recursive: true, force: true });
  return {
    what: `${target}, ${untimed.length / 2} cases, start to reports`,
    found: `${(all / 1000).toFixed(1)} s, ${(100 * share).toFixed(0)} % the suite's own`,
    wanted: `at most ${100 * MOST_SHARE} %`,
    kept: share <= MOST_SHARE,
  };
};

for (const adapter of adapters) {
  for (const { id } of await adapter.find()) tell([await judged(`${adapter.name}:${id}`)]);
}
