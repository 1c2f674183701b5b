// One target through one run into its folder: its evidence and its record. A folder that was begun goes on.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnyCase } from '../core/case.ts';
import type { LongRecord } from '../core/list.ts';
import { NO_PAST } from '../core/past.ts';
import { environment, startedFiles } from '../runner/environment.ts';
import { Evidence, redactor } from '../runner/evidence.ts';
import { createFolder, openRecord, PLAN, readPlan } from '../runner/folder.ts';
import { FolderError } from '../runner/folder-error.ts';
import type { Machine } from '../runner/machine.ts';
import { processEndpoints } from '../runner/process.ts';
import { resumeFolder } from '../runner/resume.ts';
import { run } from '../runner/run.ts';
import type { Deadlines, Plan } from '../schemas/generated/types.ts';
import { recordFolder } from './judged.ts';
import { requireOurs } from './own.ts';
import type { Board } from './progress.ts';
import type { Target } from './targets.ts';

/** What the targets of one command share. */
export interface Judging {
  /** All that there are for a plan, which says which of them run. */
  readonly cases: (plan: Plan) => readonly AnyCase[];
  /** In seconds, from a request to its reply. */
  readonly timeout: number | undefined;
  /** In seconds, for the cases of each target. */
  readonly budget: number | undefined;
  readonly signal: AbortSignal;
  readonly machine: Machine;
  readonly board: Board;
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

const newRun = (folder: string, plan: Plan, redact: (text: string) => string) => ({
  plan,
  past: NO_PAST,
  from: { count: 0, time: 0 },
  sinks: createFolder(folder, plan, redact),
});

/** Judges a target into a folder: a new one for `plan`, or without a plan one that was begun. */
export const judgeTarget = async (
  target: Target,
  folder: string,
  plan: Plan | undefined,
  judging: Judging,
): Promise<LongRecord> => {
  if (!plan) {
    requireOurs(
      `${folder} was begun`,
      readPlan(folder),
      'Go on with that one, or judge anew with --out',
    );
    const record = openRecord(folder);
    if (record && record.run.how !== 'interrupted' && record.run.how !== 'budget') return record;
  }
  const redact = redactor(target.launch.secrets ?? {});
  const begun = plan ? newRun(folder, plan, redact) : resumeFolder(folder, redact);
  const { past, from, sinks } = begun;
  if (past.started && past.started.target !== target.name) {
    throw new FolderError(
      `${folder} judges ${past.started.target}, not ${target.name}; type: causeway run ${past.started.target} --resume ${folder}`,
    );
  }
  if (past.merged) {
    throw new FolderError(
      `${folder} was merged from shards, and merging it was cut; merge them again: causeway merge DIR... --out DIR`,
    );
  }
  const deadlines = past.started?.deadlines ?? deadlinesOf(target, judging.timeout);
  const claims = past.started ? past.started.claims : target.claims;
  const scratch = mkdtempSync(join(tmpdir(), 'causeway-'));
  const shown = judging.board.follow(target.name, begun.plan, past);
  const evidence = new Evidence(sinks, (event) => shown.see(event), from);
  try {
    await run({
      plan: begun.plan,
      cases: judging.cases(begun.plan),
      start: processEndpoints(target.launch, scratch, deadlines.stop),
      target: target.name,
      deadlines,
      ...(claims && { claims }),
      evidence,
      files: startedFiles(target.launch),
      signal: judging.signal,
      ...(judging.budget !== undefined && { budget: 1000 * judging.budget }),
      past,
      machine: judging.machine,
    });
  } finally {
    shown.done();
    evidence.close();
    rmSync(scratch, { recursive: true, force: true });
  }
  return recordFolder(folder, environment());
};

/** Whether a folder holds a run, begun or ended. */
export const holdsRun = (folder: string): boolean => existsSync(join(folder, PLAN));
