// What a device of the reference did in a session: how long it worked, and what it could not carry out.

export class Activity {
  #working = 0;
  #since = 0n;
  #busy = 0n;
  /** Where the stretch of time begins that the next reading is about. */
  #read = process.hrtime.bigint();
  #errors = 0;

  /** Commands that were not carried out. */
  get errors(): number {
    return this.#errors;
  }

  failed(commands: number): void {
    this.#errors += commands;
  }

  /** Works, also beside other work, until `work` is done. */
  async during<T>(work: Promise<T>): Promise<T> {
    if (this.#working === 0) this.#since = process.hrtime.bigint();
    this.#working += 1;
    try {
      return await work;
    } finally {
      this.#working -= 1;
      if (this.#working === 0) this.#busy += process.hrtime.bigint() - this.#since;
    }
  }

  /** The part of the time since the reading before in which it worked: 0 to 1. */
  utilization(): number {
    const now = process.hrtime.bigint();
    const running = this.#working > 0 ? now - this.#since : 0n;
    const busy = this.#busy + running;
    const elapsed = now - this.#read;
    this.#busy = 0n;
    this.#since = now;
    this.#read = now;
    return elapsed === 0n ? 0 : Math.min(1, Number(busy) / Number(elapsed));
  }
}
