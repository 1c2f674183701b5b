// The thread that carries out what streams hold: it moves bytes from one place to another, and runs kernels.
import { parentPort } from 'node:worker_threads';
import { carryOut, type Launch } from './launch.ts';

export interface Move {
  readonly kind: 'move';
  readonly source: Uint8Array;
  /** In memory that is shared. */
  readonly target: Uint8Array;
}

/** What a thread is told. */
export type Task = Move | Launch;

/** What it says when it is done with a task. */
export type Outcome = 'done' | 'failed';

const outcomeOf = (task: Task): Outcome => {
  if (task.kind === 'move') task.target.set(task.source);
  else {
    try {
      carryOut(task);
    } catch {
      return 'failed';
    }
  }
  return 'done';
};

parentPort?.on('message', (task: Task) => parentPort?.postMessage(outcomeOf(task)));
