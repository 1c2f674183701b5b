// What tests need alike: temporary folders, runs of a few cases against a program, and replays of them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after } from 'mocha';
import type { AnyCase } from '../core/case.ts';
import type { Launch } from '../core/endpoint.ts';
import { judge } from '../core/judge.ts';
import { plan as makePlan, profiles } from '../core/plan.ts';
import { Evidence, redactor } from '../runner/evidence.ts';
import { createFolder, readJournal, readPlan, readWire } from '../runner/folder.ts';
import { processEndpoints } from '../runner/process.ts';
import { replay } from '../runner/replay.ts';
import { type RunOptions, run } from '../runner/run.ts';
import type { Deadlines, JournalEvent, Result } from '../schemas/generated/types.ts';

/** The repository: tests run from its root. */
export const ROOT = process.cwd();
/** What was built: elsewhere where a build is tried beside another. */
export const BUILD = resolve(ROOT, process.env['CAUSEWAY_BUILD'] ?? 'dist');

/** A fixture's path. */
export const fixture = (name: string): string => resolve(ROOT, 'test', 'fixtures', `${name}.mjs`);

/** Starts a fixture. */
export const launchOf = (name: string): Launch => ({ command: [process.execPath, fixture(name)] });

/** A new folder that is gone after the tests of the file. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-test-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

/** Short enough for tests, long enough for a crowded machine. */
export const SHORT: Deadlines = { call: 150, start: 10_000, case: 20_000, stop: 1000 };
export const PATIENT: Deadlines = { call: 10_000, start: 10_000, case: 60_000, stop: 2000 };

const monitorsOf = (cases: readonly AnyCase[]) =>
  cases.flatMap((one) => (one.kind === 'monitor' ? [one] : []));

/** The results of a folder, judged from its own journal or another. */
export const resultsOf = (
  folder: string,
  cases: readonly AnyCase[],
  journal: Iterable<JournalEvent> = readJournal(folder),
): Result[] => judge(readPlan(folder), journal, readWire(folder), monitorsOf(cases)).results;

/** Runs cases against a program, with all evidence in `folder`, and gives the results by case. */
export const runInto = async (
  folder: string,
  launch: Launch,
  cases: readonly AnyCase[],
  deadlines: Deadlines = PATIENT,
  seed = 'test',
  level = 1,
  files: RunOptions['files'] = async () => [],
): Promise<Map<string, Result>> => {
  const profile = profiles.find(({ id }) => id === 'DRV');
  if (!profile) throw new Error('the standard has no profile DRV');
  const plan = makePlan({
    suite: { name: 'test', version: '0' },
    profile,
    level,
    seed: { value: seed, source: 'given' },
    cases,
  });
  const evidence = new Evidence(createFolder(folder, plan, redactor(launch.secrets ?? {})));
  await run({
    plan,
    cases,
    start: processEndpoints(launch, folder, deadlines.stop),
    target: 'test',
    deadlines,
    evidence,
    files,
    signal: new AbortController().signal,
  });
  evidence.close();
  return new Map(resultsOf(folder, cases).map((result) => [result.case, result]));
};

/** Replays what lies in a folder, and gives the results and why it stopped. */
export const replayOf = async (folder: string, cases: readonly AnyCase[]) => {
  const replayed = await replay(readPlan(folder), readJournal(folder), readWire(folder), cases);
  return { ...replayed, results: resultsOf(folder, cases, replayed.journal) };
};

/** A text that comes in pieces. */
export const textOf = (pieces: Iterable<string>): string => [...pieces].join('');

/** Runs the built command line. */
export const causeway = (
  args: readonly string[],
  environment: Record<string, string> = {},
): { status: number | null; stdout: string; stderr: string } => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(BUILD, 'cli', 'main.cjs'), ...args],
    {
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1', CI: '1', ...environment },
      timeout: 600_000,
      maxBuffer: 256 * 1024 * 1024,
    },
  );
  return { status, stdout, stderr };
};

/** The words that programs with no coloured output print. */
export const REFERENCE: Launch = {
  command: [process.execPath, join(BUILD, 'adapters', 'reference', 'endpoint.cjs')],
};

/** The Python here, 3.9 or later: itself, not a version manager's stand-in, which takes longer to start. */
export const pythonProgram = (): string | undefined => {
  const code = 'import sys; print(sys.executable if sys.version_info >= (3, 9) else "")';
  const { stdout } = spawnSync('python3', ['-c', code], { encoding: 'utf8' });
  return stdout?.trim() || undefined;
};
