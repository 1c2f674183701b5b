// The parts of a selftest, done here or in a process of their own: one alone keeps one core busy.
import { fork } from 'node:child_process';
import pLimit from 'p-limit';
import type { Mutant } from '../core/mutant.ts';
import { type MutantOutcome, tryMutant } from '../runner/selftest.ts';
import { cases } from '../suites/index.ts';
import { mutants } from '../suites/mutants.ts';
import { everyCase, REFERENCES, type Subjects } from './conformant.ts';
import { type SeedOutcome, type SeedRun, seedOutcome } from './seed-runs.ts';

/** Mutants, and runs of what should pass: all of it can be told to a process. */
export interface Part {
  /** As --target has it; without one, of the references. */
  readonly target: string | undefined;
  readonly scratch: string;
  readonly mutants?: readonly string[];
  readonly collateral?: boolean;
  readonly runs?: readonly SeedRun[];
  /** Nothing that could be heard on the machine is done beside. */
  readonly alone?: true;
}

/** What is said as it is known: what became of a mutant, or of a run. */
export type Told = { readonly mutant: MutantOutcome } | { readonly run: SeedOutcome };

/**
 * For processes that run cases and endpoints both: what a case leaves behind is garbage before the next, and with room
 * for it most of it is never looked at.
 */
const ROOM = '--max-semi-space-size=64';

/** Whether a case of the mutant's row looks at the endpoint's process. */
const wantsProcess = ({ requirement }: Mutant): boolean =>
  cases.some(
    (one) => one.kind !== 'monitor' && one.process && one.requirements.includes(requirement),
  );

const tryMutants = async (
  part: Part,
  subjects: Subjects,
  say: (told: Told) => void,
): Promise<void> => {
  const { behind, apart, atOnce, deadlines } = subjects;
  const wanted = new Set(part.mutants);
  await pLimit(part.alone ? 1 : atOnce).map(
    mutants.filter(({ id }) => wanted.has(id)),
    async (mutant) => {
      const start = wantsProcess(mutant) ? apart : behind;
      const collateral = part.collateral === true;
      say({ mutant: await tryMutant(mutant, everyCase('selftest'), start, collateral, deadlines) });
    },
  );
};

/** Does it in this process, to these subjects. */
export const doHere = async (
  part: Part,
  subjects: Subjects,
  say: (told: Told) => void,
): Promise<void> => {
  await tryMutants(part, subjects, say);
  await pLimit(part.alone ? 1 : REFERENCES).map(part.runs ?? [], async (run) => {
    say({ run: await seedOutcome(run, subjects) });
  });
};

/**
 * The same in a process of its own, whose memory is not this one's: the larger a process, the longer it takes to start
 * another.
 */
export const doBeside = (part: Part, say: (told: Told) => void): Promise<void> =>
  new Promise((done, failed) => {
    if (!part.mutants?.length && !part.runs?.length) return done();
    const execArgv = [...process.execArgv, ROOM];
    const doer = fork(new URL('./selftest-process.js', import.meta.url), { execArgv })
      .on('message', (told) => say(told as Told))
      .on('error', failed)
      .on('exit', (status, signal) => {
        if (status === 0) done();
        else failed(new Error(`a process of the selftest ended with ${signal ?? status}`));
      });
    doer.send(part);
  });
