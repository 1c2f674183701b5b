// `causeway replay`: the cases again, against the log of a run, without its endpoint.
import { existsSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { changedFiles, readJournal, readPlan, readRecord, readWire } from '../runner/folder.ts';
import { FolderError } from '../runner/folder-error.ts';
import { replay } from '../runner/replay.ts';
import { STANDARD } from '../schemas/generated/standard.ts';
import type { Result } from '../schemas/generated/types.ts';
import { ownCases } from '../suites/doctor/cases.ts';
import { judgeFolder } from './judged.ts';
import { casesOf } from './known-cases.ts';

export interface ReplayCommand {
  readonly unverified?: boolean;
  readonly json?: boolean;
}

/** What a replay came to. */
export interface ReplayOutcome {
  readonly outcome: 'same' | 'different' | 'interrupted' | 'diverged';
  /** Of each case that differs, both verdicts. */
  readonly differences: readonly { case: string; recorded: string; replayed: string }[];
  readonly cases: number;
  readonly detail: string;
}

const verdict = (result: Result | undefined): string =>
  result ? [result.verdict, result.reason].filter(Boolean).join(': ') : 'absent';

/** Replays a folder and compares every result with the recorded one, down to each expectation. */
export const replayFolder = async (folder: string, verified: boolean): Promise<ReplayOutcome> => {
  if (!existsSync(folder)) throw new FolderError(`${folder} is not there`);
  const plan = readPlan(folder);
  const record = readRecord(folder);
  if (record && verified) {
    const changed = changedFiles(folder, record);
    if (changed.length > 0) {
      throw new FolderError(
        `${folder} is refused: ${changed.join(', ')} ${changed.length === 1 ? 'is' : 'are'} not what record.json was made from. To see where they part, type: causeway replay ${folder} --unverified`,
      );
    }
  }
  if (plan.standard.digest !== STANDARD.digest) {
    throw new FolderError(
      `${folder} was made by another revision of the standard (${plan.standard.digest.slice(0, 12)}); this is ${STANDARD.digest.slice(0, 12)}. Replay it with ${plan.suite.name} ${plan.suite.version}`,
    );
  }
  const recorded = record?.results ?? [...judgeFolder(folder).judgement.results];
  const known = [...casesOf(plan).cases, ...ownCases];
  const { journal, stopped } = await replay(plan, readJournal(folder), readWire(folder), known);
  const results = [...judgeFolder(folder, journal).judgement.results];
  const replayed = new Map(results.map((result) => [result.case, result]));
  const differences = recorded
    .filter((result) => !isDeepStrictEqual(result, replayed.get(result.case)))
    .map((result) => ({
      case: result.case,
      recorded: verdict(result),
      replayed: verdict(replayed.get(result.case)),
    }));
  const outcome = (): ReplayOutcome['outcome'] => {
    if (stopped) return stopped.reason === 'cut-short' ? 'interrupted' : 'diverged';
    return differences.length > 0 ? 'different' : 'same';
  };
  return {
    outcome: outcome(),
    differences,
    cases: results.length,
    detail: stopped?.message ?? '',
  };
};

/** 0 same, 1 different, 5 diverged or interrupted. */
const EXIT = { same: 0, different: 1, interrupted: 5, diverged: 5 } as const;

export const replayCommand = async (folder: string, options: ReplayCommand): Promise<number> => {
  const found = await replayFolder(folder, !options.unverified);
  if (options.json) process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
  else {
    const detail = found.detail === '' ? '' : `: ${found.detail}`;
    process.stdout.write(`${found.outcome}: ${found.cases} cases replayed${detail}\n`);
    for (const one of found.differences) {
      process.stdout.write(`  ${one.case}: recorded ${one.recorded}, replayed ${one.replayed}\n`);
    }
  }
  return EXIT[found.outcome];
};
