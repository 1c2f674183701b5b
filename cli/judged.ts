// A run folder to its judgement: the one way in which run, merge, replay and reports read evidence.
import { judgeInto, type LongJudgement } from '../core/judge.ts';
import type { LongPlan, LongRecord } from '../core/list.ts';
import { recordOf } from '../core/record.ts';
import { ScratchList } from '../runner/file-list.ts';
import { digests, openPlan, readJournal, readWire, writeRecord } from '../runner/folder.ts';
import type { Environment, JournalEvent, Result } from '../schemas/generated/types.ts';
import { cases } from '../suites/index.ts';
import { holdLittle } from './hold-little.ts';

/** The monitors of the suites. */
const monitors = cases.flatMap((one) => (one.kind === 'monitor' ? [one] : []));

/** Above so many cases, what is held of each is a hundred megabytes, and garbage may not be as much again. */
const MANY = 250_000;

/**
 * Judges what lies in a folder; cases and results stay in files. `journal` stands in for the folder's own where
 * cases ran again.
 */
export const judgeFolder = (
  folder: string,
  journal: Iterable<JournalEvent> = readJournal(folder),
): { plan: LongPlan; judgement: LongJudgement } => {
  const plan = openPlan(folder);
  if (plan.cases.length > MANY) holdLittle();
  const results = new ScratchList<Result>(plan.cases.length);
  const found = judgeInto(
    (place, one) => results.put(place, one),
    plan,
    journal,
    readWire(folder),
    monitors,
  );
  return { plan, judgement: { ...found, results } };
};

/** Judges what lies in a folder, and writes the record beside it. */
export const recordFolder = (folder: string, environment: Environment): LongRecord => {
  const { plan, judgement } = judgeFolder(folder);
  const record = recordOf(plan, judgement, environment, digests(folder));
  writeRecord(folder, record);
  return record;
};
