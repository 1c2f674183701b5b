// The machine as subjects share it: cases of several subjects run side by side, and one that measures
// time has it to itself.

/** A lock that many may hold together, or one alone. Who waits to be alone lets nobody else in before. */
export class Machine {
  #beside = 0;
  #alone = false;
  #waitingAlone = 0;
  #changed: (() => void)[] = [];

  /** Takes its place in the moment in which it is found free: between the two nobody else may. */
  async #enter(free: () => boolean, take: () => void): Promise<void> {
    while (!free()) await new Promise<void>((resolve) => this.#changed.push(resolve));
    take();
  }

  #change(): void {
    const waiting = this.#changed;
    this.#changed = [];
    for (const resolve of waiting) resolve();
  }

  /** Runs `act` beside others of its kind. */
  async beside<T>(act: () => Promise<T>): Promise<T> {
    await this.#enter(
      () => !this.#alone && this.#waitingAlone === 0,
      () => {
        this.#beside += 1;
      },
    );
    try {
      return await act();
    } finally {
      this.#beside -= 1;
      this.#change();
    }
  }

  /** Runs `act` with nothing beside it. */
  async alone<T>(act: () => Promise<T>): Promise<T> {
    this.#waitingAlone += 1;
    await this.#enter(
      () => !this.#alone && this.#beside === 0,
      () => {
        this.#waitingAlone -= 1;
        this.#alone = true;
      },
    );
    try {
      return await act();
    } finally {
      this.#alone = false;
      this.#change();
    }
  }
}
