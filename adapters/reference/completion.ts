// What is waited for: pending, and then for good complete or failed. A recording of an event is one, and
// so is a host event.
import type { LaunchFailure, WorkState } from '../../schemas/generated/types.ts';

export class Completion {
  #state: WorkState = 'pending';
  #failure: LaunchFailure | undefined;
  #at = 0n;
  #resolve = (): void => {};
  /** Resolves when it is pending no more. */
  readonly settled: Promise<void> = new Promise((resolve) => {
    this.#resolve = resolve;
  });

  get state(): WorkState {
    return this.#state;
  }

  /** The launch that it failed of, where it was one. */
  get failure(): LaunchFailure | undefined {
    return this.#failure;
  }

  /** When it was pending no more, in nanoseconds of the host's clock. */
  get at(): bigint {
    return this.#at;
  }

  /** Only the first counts. */
  settle(state: 'complete' | 'failed', failure?: LaunchFailure): void {
    if (this.#state !== 'pending') return;
    this.#state = state;
    this.#failure = failure;
    this.#at = process.hrtime.bigint();
    this.#resolve();
  }
}
