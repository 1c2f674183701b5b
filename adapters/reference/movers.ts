// The threads behind the streams of one session: two, so that streams overtake each other.
import { Worker } from 'node:worker_threads';
import type { Move } from './mover.ts';

const THREADS = 2;

class Mover {
  readonly #worker = new Worker(new URL('./mover.js', import.meta.url));
  readonly #moved: (() => void)[] = [];

  constructor() {
    this.#worker.on('message', () => this.#moved.shift()?.());
  }

  get busy(): number {
    return this.#moved.length;
  }

  move(move: Move): Promise<void> {
    this.#worker.postMessage(move);
    return new Promise((resolve) => {
      this.#moved.push(resolve);
    });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}

/** Starts no thread before there is something to move: most sessions have no streams. */
export class Movers {
  readonly #movers: Mover[] = [];

  /** Moves bytes in a thread that has little else to do; resolves when they are there. */
  move(move: Move): Promise<void> {
    const idle = this.#movers.find(({ busy }) => busy === 0);
    if (idle) return idle.move(move);
    if (this.#movers.length < THREADS) this.#movers.push(new Mover());
    const [first, ...others] = this.#movers;
    if (!first) throw new Error('there is one at least');
    return others.reduce((least, one) => (one.busy < least.busy ? one : least), first).move(move);
  }

  async end(): Promise<void> {
    await Promise.all(this.#movers.splice(0).map((mover) => mover.end()));
  }
}
