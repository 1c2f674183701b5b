// The thread that carries out what streams hold: it moves bytes from one place to another.
import { parentPort } from 'node:worker_threads';
import { type Pieces, read, write } from './pieces.ts';

/** What a thread is told. */
export interface Move {
  readonly source: Pieces;
  /** In memory that is shared, or in a file. */
  readonly target: Pieces;
}

parentPort?.on('message', ({ source, target }: Move) => {
  write(target, read(source));
  parentPort?.postMessage('moved');
});
