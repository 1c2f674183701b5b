// Mutants tried in numbers, here or in a process of their own: the references keep this one busy.
import { fork } from 'node:child_process';
import pLimit from 'p-limit';
import type { Mutant } from '../core/mutant.ts';
import { type MutantOutcome, tryMutant } from '../runner/selftest.ts';
import { cases, mutants } from '../suites/index.ts';
import { everyCase, subjectsOf } from './conformant.ts';

/** Which mutants, of what: all of it can be told to a process. */
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

/** Tries them in this process, and says what became of each as it is known. */
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

/**
 * The same in a process of its own, whose memory is not this one's: the larger a process, the longer it takes to start
 * another, and references are started here.
 */
export const tryBeside = (toTry: ToTry, say: (outcome: MutantOutcome) => void): Promise<void> =>
  new Promise((done, failed) => {
    const trier = fork(new URL('./mutants-process.js', import.meta.url))
      .on('message', (outcome) => say(outcome as MutantOutcome))
      .on('error', failed)
      .on('exit', (status, signal) => {
        if (status === 0) done();
        else failed(new Error(`the process of the mutants ended with ${signal ?? status}`));
      });
    trier.send(toTry);
  });
