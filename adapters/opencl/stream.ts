// One stream: a command queue that is in order, and the events of the commands in it that are not known to
// be complete.
import type { WorkState } from '../../schemas/generated/types.ts';
import type { Patience } from '../kit/waiting.ts';
import type { Commands, Place } from './commands.ts';
import type { OpenDevice } from './devices.ts';
import type { Pointer } from './library.ts';
import { settled } from './settled.ts';

interface Command {
  readonly event: Pointer;
  /** What a write reads from: OpenCL copies nothing, so it stays here until the command is complete. */
  readonly bytes?: Uint8Array;
}

export class Stream {
  readonly #commands: Commands;
  readonly #queue: Pointer;
  /** In their order. The last is kept when it is complete, to wait for: a query is no wait. */
  readonly #put: Command[] = [];
  #failed = false;
  #destroyed = false;
  #released = false;

  constructor(commands: Commands, { context, device }: OpenDevice) {
    this.#commands = commands;
    this.#queue = commands.createQueue(context, device);
    // For waits that are open, or come, when the stream is destroyed: they flush.
    commands.retainQueue(this.#queue);
  }

  write(to: Place, bytes: Uint8Array): void {
    this.#add({ event: this.#commands.putWrite(this.#queue, to, bytes), bytes });
  }

  copy(from: Place, to: Place, length: bigint): void {
    this.#add({ event: this.#commands.putCopy(this.#queue, from, to, length) });
  }

  launch(kernel: Pointer, global: readonly bigint[], local: readonly bigint[]): void {
    this.#add({ event: this.#commands.putLaunch(this.#queue, kernel, global, local) });
  }

  waitFor(event: Pointer): void {
    this.#add({ event: this.#commands.putWait(this.#queue, event) });
  }

  /** The event of a marker behind all that was put here before; whoever keeps it retains it. */
  mark(): Pointer {
    const event = this.#commands.putMarker(this.#queue);
    this.#add({ event });
    return event;
  }

  /** How far all of it is. */
  state(): WorkState {
    this.#forget();
    const last = this.#put.at(-1);
    if (this.#failed) return 'failed';
    return last === undefined ? 'complete' : this.#commands.stateOf(last.event);
  }

  /** Waits for what was put here before this call. */
  async synchronize(patience: Patience): Promise<WorkState> {
    const last = this.#put.at(-1);
    if (!last) return this.state();
    const reached = await settled(this.#commands, last.event, () => this.flush(), patience);
    this.#forget();
    return this.#failed ? 'failed' : reached;
  }

  /** Has what was collected begun. */
  flush(): void {
    if (!this.#released) this.#commands.flush(this.#queue);
  }

  /** What is in the queue is carried out all the same: OpenCL keeps it until it is empty. */
  destroy(): void {
    this.#destroyed = true;
    this.#commands.releaseQueue(this.#queue);
  }

  /** Its handle is gone, and its commands have come to their end. */
  get over(): boolean {
    return this.#destroyed && this.state() !== 'pending';
  }

  /** Ends all, once nothing holds it. PoCL's threads may crash in teardown where work is not finished. */
  release(): void {
    const last = this.#put.at(-1);
    if (last) this.#commands.waitForEnd(last.event);
    for (const { event } of this.#put.splice(0)) this.#commands.releaseEvent(event);
    if (!this.#destroyed) this.destroy();
    this.#released = true;
    this.#commands.releaseQueue(this.#queue);
  }

  /** A command begins without another request: what a queue collects is flushed. */
  #add(command: Command): void {
    this.#put.push(command);
    this.flush();
    this.#forget();
  }

  /** Lets go of commands that have come to their end, but for the last. */
  #forget(): void {
    for (let [first] = this.#put; first && this.#put.length > 1; [first] = this.#put) {
      const state = this.#commands.stateOf(first.event);
      if (state === 'pending') return;
      if (state === 'failed') this.#failed = true;
      this.#commands.releaseEvent(first.event);
      this.#put.shift();
    }
  }
}
