// `causeway run`: probes each subject, judges it, writes its folder, and says where the result is.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { exitCode, worstExit } from '../core/level.ts';
import { plan as makePlan } from '../core/plan.ts';
import { recordOf } from '../core/record.ts';
import { html } from '../reports/html.ts';
import { indexPage } from '../reports/index-page.ts';
import { junit } from '../reports/junit.ts';
import { markdown } from '../reports/markdown.ts';
import { summary } from '../reports/summary.ts';
import { environment, startedFiles } from '../runner/environment.ts';
import { Evidence, redactor } from '../runner/evidence.ts';
import { createFolder, digests, readWire, writeRecord } from '../runner/folder.ts';
import { processEndpoints } from '../runner/process.ts';
import { run } from '../runner/run.ts';
import type { Deadlines, Plan, Record as RunRecord } from '../schemas/generated/types.ts';
import { cases } from '../suites/index.ts';
import { profileOf, secondsOf, seedOf, selection } from './choices.ts';
import { excerpts } from './excerpts.ts';
import { judgeFolder } from './judged.ts';
import { progress } from './progress.ts';
import { styleFor } from './style.ts';
import { everything, resolveTargets, type Target } from './targets.ts';
import { UsageError } from './usage-error.ts';
import { suiteIdentity } from './version.ts';

const style = styleFor(process.stdout);

export interface RunCommand {
  readonly out?: string;
  readonly profile: string;
  readonly only: readonly string[];
  readonly seed?: string;
  readonly timeout?: string;
  readonly command?: string;
  readonly json?: boolean;
}

/** From a request to its reply, in seconds, where neither option nor target file says otherwise. */
const CALL_SECONDS = 10;
/** From a start to the first valid line, likewise. */
const START_SECONDS = 10;
/** Calls that all take their whole deadline: what a case may take. */
const CALLS_PER_CASE = 20;
/** From the closing of stdin to the end: SYS-LIF-005 has the number. */
const STOP_MILLISECONDS = 2000;

const deadlinesOf = (target: Target, timeout: number | undefined): Deadlines => {
  const call = Math.round(1000 * (timeout ?? target.callTimeoutSeconds ?? CALL_SECONDS));
  return {
    call,
    start: Math.round(1000 * (target.startTimeoutSeconds ?? START_SECONDS)),
    case: CALLS_PER_CASE * call,
    stop: STOP_MILLISECONDS,
  };
};

/** Runs the plan against one target, into a folder that must be new. */
const runTarget = async (
  target: Target,
  plan: Plan,
  folder: string,
  timeout: number | undefined,
  signal: AbortSignal,
): Promise<RunRecord> => {
  const redact = redactor(target.launch.secrets ?? {});
  const sinks = createFolder(folder, plan, redact);
  const scratch = mkdtempSync(join(tmpdir(), 'causeway-'));
  const shown = progress(target.name, plan, Boolean(process.stderr.isTTY) && !process.env['CI']);
  const evidence = new Evidence(sinks, (event) => shown.see(event));
  const deadlines = deadlinesOf(target, timeout);
  try {
    await run({
      plan,
      cases,
      start: processEndpoints(target.launch, scratch, deadlines.stop),
      target: target.name,
      deadlines,
      ...(target.claims && { claims: target.claims }),
      evidence,
      files: startedFiles(target.launch),
      signal,
    });
  } finally {
    shown.done();
    evidence.close();
    rmSync(scratch, { recursive: true, force: true });
  }
  const { judgement } = judgeFolder(folder);
  const record = recordOf(plan, judgement, environment(), digests(folder));
  writeRecord(folder, record);
  writeReports(folder, record);
  return record;
};

const writeReports = (folder: string, record: RunRecord): void => {
  writeFileSync(join(folder, 'junit.xml'), junit(record));
  writeFileSync(join(folder, 'report.md'), markdown(record));
  const page = html(record, excerpts(record.results, readWire(folder)));
  writeFileSync(join(folder, 'report.html'), page);
};

/** A folder's name of a target's: `ADAPTER-NAME`. */
const folderName = (target: Target): string => target.name.replaceAll(/[^A-Za-z0-9._-]/g, '-');

const defaultFolder = (): string =>
  join('causeway-results', new Date().toISOString().slice(0, 19).replaceAll(':', '-'));

const targetsOf = async (texts: readonly string[], options: RunCommand): Promise<Target[]> => {
  if (options.command !== undefined) {
    if (texts.length > 0) throw new UsageError('--command is a target itself; name no other');
    const command = ['sh', '-c', `exec ${options.command}`];
    return [{ name: 'command', launch: { command } }];
  }
  if (texts.length > 0) return resolveTargets(texts);
  const { targets, absent } = await everything();
  for (const adapter of absent) {
    process.stderr.write(`${adapter.name}: not present (${adapter.title}). ${adapter.install}\n`);
  }
  return targets;
};

/** The command; its exit code is the worst of its subjects'. */
export const runCommand = async (
  texts: readonly string[],
  options: RunCommand,
): Promise<number> => {
  const { profile, level } = profileOf(options.profile);
  const selects = selection(options.only);
  const timeout =
    options.timeout === undefined ? undefined : secondsOf(options.timeout, '--timeout');
  const targets = await targetsOf(texts, options);
  const plan = makePlan({
    suite: suiteIdentity(),
    profile,
    level,
    seed: seedOf(options.seed),
    cases,
    only: options.only,
    ...(selects && { selects }),
  });
  if (plan.cases.length === 0) {
    throw new UsageError(`nothing to run: ${options.profile} has none of the selected cases`);
  }

  const controller = new AbortController();
  const stop = (): void => controller.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const out = options.out ?? defaultFolder();
  const several = targets.length > 1;
  const entries: { folder: string; record: RunRecord }[] = [];
  for (const target of targets) {
    const name = folderName(target);
    const folder = several ? join(out, name) : out;
    const record = await runTarget(target, plan, folder, timeout, controller.signal);
    entries.push({ folder: name, record });
    if (!options.json) process.stdout.write(`\n${summary(record, style)}\n`);
    const place = relative('.', join(folder, 'report.html'));
    if (!options.json) process.stdout.write(`${style.dim('report')}  ${place}\n`);
    if (controller.signal.aborted) break;
  }
  process.removeListener('SIGINT', stop);
  process.removeListener('SIGTERM', stop);
  if (several) {
    mkdirSync(out, { recursive: true });
    const index = entries.map(({ folder, record }) => ({
      folder,
      target: record.subject.target,
      profile: record.profile,
      summary: record.summary,
    }));
    writeFileSync(join(out, 'index.json'), `${JSON.stringify(index, null, 2)}\n`);
    writeFileSync(join(out, 'index.html'), indexPage(entries));
    if (!options.json) {
      process.stdout.write(`\n${style.dim('all')}     ${relative('.', join(out, 'index.html'))}\n`);
    }
  }
  if (options.json) {
    process.stdout.write(
      `${JSON.stringify(
        entries.map(({ record }) => record),
        null,
        2,
      )}\n`,
    );
  }
  return worstExit(entries.map(({ record }) => exitCode(record.profile.outcome)));
};
