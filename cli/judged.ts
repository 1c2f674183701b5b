// A run folder to its judgement: the one way in which run, replay and reports read evidence.
import { type Judgement, judge } from '../core/judge.ts';
import { readJournal, readPlan, readWire } from '../runner/folder.ts';
import type { JournalEvent, Plan } from '../schemas/generated/types.ts';
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
