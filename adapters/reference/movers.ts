// The threads behind the streams of one session: two, so that streams overtake each other.
import { Worker } from 'node:worker_threads';
import type { Outcome, Task } from './mover.ts';

const THREADS = 2;

class Mover {
  readonly #worker = new Worker(new URL('./mover.js', import.meta.url));
  readonly #waiting: ((outcome: Outcome) => void)[] = [];

  constructor() {
    this.#worker.on('message', (outcome: Outcome) => this.#waiting.shift()?.(outcome));
  }

  get busy(): number {
    return this.#waiting.length;
  }

  carryOut(task: Task): Promise<Outcome> {
    this.#worker.postMessage(task);
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}

/** Starts no thread before there is something to do: most sessions have no streams. */
export class Movers {
  readonly #movers: Mover[] = [];

  /** Does a task in a thread that has little else to do; resolves when it is done. */
  carryOut(task: Task): Promise<Outcome> {
    const idle = this.#movers.find(({ busy }) => busy === 0);
    if (idle) return idle.carryOut(task);
    if (this.#movers.length < THREADS) this.#movers.push(new Mover());
    const [first, ...others] = this.#movers;
    if (!first) throw new Error('there is one at least');
    const next = others.reduce((least, one) => (one.busy < least.busy ? one : least), first);
    return next.carryOut(task);
  }

  async end(): Promise<void> {
    await Promise.all(this.#movers.splice(0).map((mover) => mover.end()));
  }
}
