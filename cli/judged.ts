// A run folder to its judgement: the one way in which run, merge, replay and reports read evidence.
import { type Judgement, judge } from '../core/judge.ts';
import { recordOf } from '../core/record.ts';
import { digests, readJournal, readPlan, readWire, writeRecord } from '../runner/folder.ts';
import type {
  Environment,
  JournalEvent,
  Plan,
  Record as RunRecord,
} from '../schemas/generated/types.ts';
import { cases } from '../suites/index.ts';

/** The monitors of the suites. */
const monitors = cases.flatMap((one) => (one.kind === 'monitor' ? [one] : []));

/** Judges what lies in a folder; `journal` stands in for the folder's own where cases ran again. */
export const judgeFolder = (
  folder: string,
  journal: Iterable<JournalEvent> = readJournal(folder),
): { plan: Plan; judgement: Judgement } => {
  const plan = readPlan(folder);
  return { plan, judgement: judge(plan, journal, readWire(folder), monitors) };
};

/** Judges what lies in a folder, and writes the record beside it. */
export const recordFolder = (folder: string, environment: Environment): RunRecord => {
  const { plan, judgement } = judgeFolder(folder);
  const record = recordOf(plan, judgement, environment, digests(folder));
  writeRecord(folder, record);
  return record;
};
