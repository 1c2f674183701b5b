// What is waited for: pending, and then for good complete or failed. A recording of an event is one, and
// so is a host event.
import type { WorkState } from '../../schemas/generated/types.ts';

export class Completion {
  #state: WorkState = 'pending';
  #at = 0n;
  #resolve = (): void => {};
  /** Resolves when it is pending no more. */
  readonly settled: Promise<void> = new Promise((resolve) => {
    this.#resolve = resolve;
  });

  get state(): WorkState {
    return this.#state;
  }

  /** When it was pending no more, in nanoseconds of the host's clock. */
  get at(): bigint {
    return this.#at;
  }

  /** Only the first counts. */
  settle(state: 'complete' | 'failed'): void {
    if (this.#state !== 'pending') return;
    this.#state = state;
    this.#at = process.hrtime.bigint();
    this.#resolve();
  }
}
