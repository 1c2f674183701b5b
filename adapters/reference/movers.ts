// The threads behind the streams of one session: two, so that streams overtake each other. One whose kernel runs for
// too long is ended, and another takes its place.
import { Worker } from 'node:worker_threads';
import { LONGEST_LAUNCH } from './device.ts';
import type { Outcome, Said, Task } from './mover.ts';

const THREADS = 2;

/**
 * How many times a launch is looked at while it may run: what the machine keeps from this process meanwhile, however long,
 * counts as one of them.
 */
const LOOKS = 10;

/** Threads of sessions that are over: where sessions follow each other in one process, so do their tasks here. */
const spare: Worker[] = [];

/** A task, and who waits for it. */
interface Job {
  readonly task: Task;
  done(outcome: Outcome | 'timeout'): void;
}

class Mover {
  #worker = this.#start();
  /** The first is with the thread, and no other: what waits is here when the thread is ended. */
  readonly #jobs: Job[] = [];
  #watchdog: NodeJS.Timeout | undefined;
  #ended = false;

  get busy(): number {
    return this.#jobs.length;
  }

  carryOut(task: Task): Promise<Outcome | 'timeout'> {
    return new Promise((done) => {
      this.#jobs.push({ task, done });
      if (this.#jobs.length === 1) this.#next();
    });
  }

  async end(): Promise<void> {
    this.#ended = true;
    clearTimeout(this.#watchdog);
    this.#worker.removeAllListeners('message');
    if (this.busy > 0) {
      await this.#worker.terminate();
      return;
    }
    // It keeps no process from ending.
    this.#worker.unref();
    spare.push(this.#worker);
  }

  #start(): Worker {
    const worker = spare.pop() ?? new Worker(new URL('./mover.cjs', import.meta.url));
    worker.ref();
    return worker.on('message', (said: Said) => {
      if (said === 'begun') this.#watch();
      else this.#settle(said);
    });
  }

  #next(): void {
    const [first] = this.#jobs;
    if (first) this.#worker.postMessage(first.task);
  }

  #settle(outcome: Outcome | 'timeout'): void {
    clearTimeout(this.#watchdog);
    this.#jobs.shift()?.done(outcome);
    this.#next();
  }

  #watch(): void {
    const [watched] = this.#jobs;
    let looks = 0;
    const look = (): void => {
      looks += 1;
      if (looks < LOOKS) {
        this.#watchdog = setTimeout(look, LONGEST_LAUNCH / LOOKS);
        return;
      }
      // What the thread has said is heard before: it may be this one that is late.
      setImmediate(() => {
        if (this.#jobs[0] === watched && !this.#ended) void this.#replace();
      });
    };
    this.#watchdog = setTimeout(look, LONGEST_LAUNCH / LOOKS);
  }

  /** Ends the thread first: what it runs must not write any more when that is said to have failed. */
  async #replace(): Promise<void> {
    this.#worker.removeAllListeners('message');
    await this.#worker.terminate();
    if (this.#ended) return;
    this.#worker = this.#start();
    this.#settle('timeout');
  }
}

/** Starts no thread before there is something to do: most sessions have no streams. */
export class Movers {
  readonly #movers: Mover[] = [];

  /** Does a task in a thread that has little else to do; resolves when it is done. */
  carryOut(task: Task): Promise<Outcome | 'timeout'> {
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
