// The thread that carries out what streams hold: it moves bytes from one place to another.
import { parentPort } from 'node:worker_threads';

/** What a thread is told. */
export interface Move {
  readonly source: Uint8Array;
  /** In memory that is shared. */
  readonly target: Uint8Array;
}

parentPort?.on('message', ({ source, target }: Move) => {
  target.set(source);
  parentPort?.postMessage('moved');
});
