// The thread that carries out what streams hold: it moves bytes from one place to another, and runs kernels.
import { parentPort } from 'node:worker_threads';
import type { Launch } from './launch.ts';
import { type Pieces, read, write } from './pieces.ts';

export interface Move {
  readonly kind: 'move';
  readonly source: Pieces;
  /** In memory that is shared, or in a file. */
  readonly target: Pieces;
}

/** What a thread is told. */
export type Task = Move | Launch;

/** What it says when it is done with a task. */
export type Outcome = 'done' | 'fault';

/** What it says: before it runs a kernel, too. */
export type Said = 'begun' | Outcome;

const say = (said: Said): void => parentPort?.postMessage(said);

/** What runs kernels is loaded when there is one: most streams move bytes alone. */
const launched = async (launch: Launch): Promise<Outcome> => {
  const { carryOut } = await import('./launch.ts');
  say('begun');
  try {
    carryOut(launch);
    return 'done';
  } catch {
    return 'fault';
  }
};

const outcomeOf = async (task: Task): Promise<Outcome> => {
  if (task.kind === 'launch') return launched(task);
  write(task.target, read(task.source));
  return 'done';
};

// One after another, and answered in that order.
let last: Promise<void> = Promise.resolve();
parentPort?.on('message', (task: Task) => {
  last = last.then(async () => say(await outcomeOf(task)));
});
