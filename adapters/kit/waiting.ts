// Calls that wait: they hold up no other call, and each can be ended while it is open.
import { setTimeout as after } from 'node:timers/promises';
import type { RequestId } from '../../schemas/generated/types.ts';
import { Refusal } from './refusal.ts';

/** The calls of one session that wait. */
export class WaitingCalls {
  readonly #open = new Map<RequestId, () => void>();

  /** Begins `work` at once. Ended before the work is done, the call is refused: BY_CLIENT. */
  run<T>(id: RequestId, work: (ended: AbortSignal) => T | Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const controller = new AbortController();
      const end = (): void => {
        close();
        controller.abort();
        reject(new Refusal('BY_CLIENT', 'kit'));
      };
      // Its place is given up in the same turn in which its outcome is known: a cancel that comes later
      // must not say that it ended what was answered.
      const close = (): void => {
        if (this.#open.get(id) === end) this.#open.delete(id);
      };
      this.#open.set(id, end);
      const outcome = (async () => work(controller.signal))();
      outcome.finally(close).then(resolve, reject);
    });
  }

  /** Ends the call that is open under `id`; says whether there was one. */
  cancel(id: RequestId): boolean {
    const end = this.#open.get(id);
    end?.();
    return end !== undefined;
  }

  /** Ends all. */
  cancelAll(): void {
    for (const end of [...this.#open.values()]) end();
  }
}

/** How long a call waits. */
export interface Patience {
  /** As long as it takes, where it is absent. */
  readonly timeoutMilliseconds?: number | undefined;
  /** The call was ended: nobody hears the answer. */
  readonly ended: AbortSignal;
}

/** Waits for `done`, which never fails, as long as it may. */
export const waitFor = (
  done: Promise<unknown>,
  { timeoutMilliseconds, ended }: Patience,
): Promise<void> =>
  new Promise((resolve) => {
    const stop = (): void => {
      clearTimeout(timer);
      ended.removeEventListener('abort', stop);
      resolve();
    };
    const timer =
      timeoutMilliseconds === undefined ? undefined : setTimeout(stop, timeoutMilliseconds);
    ended.addEventListener('abort', stop);
    void done.then(stop);
  });

/**
 * Asks for a state until it is another than pending, or as long as it may: for interfaces that can be asked
 * and do not tell. A blocking call would keep every other request waiting.
 */
export const pollWhilePending = async <State extends string>(
  state: () => State,
  { timeoutMilliseconds = Number.POSITIVE_INFINITY, ended }: Patience,
): Promise<State> => {
  const end = performance.now() + timeoutMilliseconds;
  let now = state();
  while (now === 'pending' && performance.now() < end) {
    await after(1);
    // What is asked about may be gone by now.
    if (ended.aborted) break;
    now = state();
  }
  return now;
};
