// How far work is: a timeline semaphore, each value of which is reached once. A stream has one, whose values
// are its commands; a host event has one, whose value 1 the client signals.
import type { WorkState } from '../../schemas/generated/types.ts';
import type { Commands, Target } from './commands.ts';
import { Kept } from './kept.ts';
import type { Handle } from './library.ts';

export class Timeline {
  readonly kept: Kept;
  readonly #commands: Commands;
  readonly #device: Handle;
  readonly #semaphore: Handle;
  #given = 0n;
  #broken = false;
  #gone = false;

  constructor(commands: Commands, device: Handle) {
    const semaphore = commands.createTimeline(device);
    this.#commands = commands;
    this.#device = device;
    this.#semaphore = semaphore;
    this.kept = new Kept(() => {
      commands.destroySemaphore(device, semaphore);
      this.#gone = true;
    });
  }

  /** The last value that comes by itself: Vulkan has what signals it. */
  get given(): bigint {
    return this.#given;
  }

  at(value: bigint): Target {
    return { semaphore: this.#semaphore, value };
  }

  /** A submission that signals the value was handed over. */
  give(value: bigint): void {
    this.#given = value;
  }

  signal(value: bigint): void {
    this.#commands.signal(this.#device, this.at(value));
    this.give(value);
  }

  /** Nothing more will be given. */
  break(): void {
    this.#broken = true;
  }

  isLost(value: bigint): boolean {
    return this.#broken && value > this.#given;
  }

  stateOf(value: bigint): WorkState {
    if (this.isLost(value)) return 'failed';
    // It was kept until all work was done that signals it; a call that waits may still ask.
    if (this.#gone) return 'complete';
    const reached = this.#commands.counterOf(this.#device, this.#semaphore);
    return value <= reached ? 'complete' : 'pending';
  }
}

/** A place on a timeline. */
export interface Point {
  readonly timeline: Timeline;
  readonly value: bigint;
}

export const stateOf = ({ timeline, value }: Point): WorkState => timeline.stateOf(value);
