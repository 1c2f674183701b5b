// A run folder to its judgement: the one way in which run, merge, replay and reports read evidence.
import { judgeInto, type LongJudgement } from '../core/judge.ts';
import type { LongPlan, LongRecord } from '../core/list.ts';
import { recordOf } from '../core/record.ts';
import { scratchList } from '../runner/file-list.ts';
import { digests, openPlan, readJournal, readWire, writeRecord } from '../runner/folder.ts';
import type { Environment, JournalEvent, Result } from '../schemas/generated/types.ts';
import { cases } from '../suites/index.ts';

/** The monitors of the suites. */
const monitors = cases.flatMap((one) => (one.kind === 'monitor' ? [one] : []));

/**
 * Judges what lies in a folder; cases and results stay in files. `journal` stands in for the folder's own where
 * cases ran again.
 */
export const judgeFolder = (
  folder: string,
  journal: Iterable<JournalEvent> = readJournal(folder),
): { plan: LongPlan; judgement: LongJudgement } => {
  const plan = openPlan(folder);
  const { list, put } = scratchList<Result>(plan.cases.length);
  const found = judgeInto(put, plan, journal, readWire(folder), monitors);
  return { plan, judgement: { ...found, results: list } };
};

/** Judges what lies in a folder, and writes the record beside it. */
export const recordFolder = (folder: string, environment: Environment): LongRecord => {
  const { plan, judgement } = judgeFolder(folder);
  const record = recordOf(plan, judgement, environment, digests(folder));
  writeRecord(folder, record);
  return record;
};
