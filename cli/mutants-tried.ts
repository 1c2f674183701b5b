// Mutants tried in numbers, here or in a thread of their own: the references keep this one busy.
import { Worker } from 'node:worker_threads';
import pLimit from 'p-limit';
import type { Mutant } from '../core/mutant.ts';
import { type MutantOutcome, tryMutant } from '../runner/selftest.ts';
import { cases, mutants } from '../suites/index.ts';
import { everyCase, subjectsOf } from './conformant.ts';

/** Which mutants, of what: all of it can be told to a thread. */
export interface ToTry {
  readonly ids: readonly string[];
  /** As --target has it; without one, of the reference. */
  readonly target: string | undefined;
  readonly scratch: string;
  readonly collateral: boolean;
  /** Nothing that could be heard on the machine is tried beside them. */
  readonly alone?: true;
}

/** Whether a case of the mutant's row looks at the endpoint's process. */
const wantsProcess = ({ requirement }: Mutant): boolean =>
  cases.some(
    (one) => one.kind !== 'monitor' && one.process && one.requirements.includes(requirement),
  );

/** Tries them in this thread, and says what became of each as it is known. */
export const tryHere = async (
  { ids, target, scratch, collateral, alone }: ToTry,
  say: (outcome: MutantOutcome) => void,
): Promise<void> => {
  const { behind, apart, atOnce, deadlines } = await subjectsOf(scratch, target);
  const wanted = new Set(ids);
  await pLimit(alone ? 1 : atOnce).map(
    mutants.filter(({ id }) => wanted.has(id)),
    async (mutant) => {
      const start = wantsProcess(mutant) ? apart : behind;
      say(await tryMutant(mutant, everyCase('selftest'), start, collateral, deadlines));
    },
  );
};

/** The same in a thread of its own. */
export const tryBeside = (toTry: ToTry, say: (outcome: MutantOutcome) => void): Promise<void> =>
  new Promise((done, failed) => {
    new Worker(new URL('./mutants-thread.js', import.meta.url), { workerData: toTry })
      .on('message', say)
      .on('error', failed)
      .on('exit', (status) => {
        if (status === 0) done();
        else failed(new Error(`the thread of the mutants ended with status ${status}`));
      });
  });
