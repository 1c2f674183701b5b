// One stream of the reference: commands that wait in order, and are carried out while the session does other
// things.
import type { LaunchFailure, WorkResult, WorkState } from '../../schemas/generated/types.ts';
import type { Activity } from './activity.ts';
import { Completion } from './completion.ts';
import type { Launch } from './launch.ts';
import type { Move } from './mover.ts';
import type { Movers } from './movers.ts';
import { refused } from './refused.ts';

type Command =
  | Move
  | (Launch & { readonly command: string })
  | { readonly kind: 'wait'; readonly until: Completion }
  | { readonly kind: 'call'; readonly enter: Completion; readonly leave: Completion }
  | { readonly kind: 'record'; readonly completion: Completion };

/** How far work is, with what it failed of. */
export const resultOf = (state: WorkState, failure?: LaunchFailure): WorkResult => ({
  state,
  ...(failure && { failure }),
});

/** One stream. It goes on when its handle is gone, until it is empty or given up. */
export class Stream {
  readonly device: string;
  readonly #movers: Movers;
  readonly #activity: Activity;
  readonly #commands: Command[] = [];
  /** Commands that are not complete; recordings are not counted, since nobody waits for them here. */
  #work = 0;
  #failed = false;
  /** The launch that it failed of, where it was one. */
  #failure: LaunchFailure | undefined;
  #running = false;
  /** What is put here while it is captured. */
  #captured: Move[] | undefined;

  constructor(device: string, movers: Movers, activity: Activity) {
    this.device = device;
    this.#movers = movers;
    this.#activity = activity;
  }

  get result(): WorkResult {
    if (this.#failed) return resultOf('failed', this.#failure);
    return resultOf(this.#work > 0 ? 'pending' : 'complete');
  }

  /** Moves bytes in its turn; captured, it keeps the move. */
  move(move: Move): void {
    if (this.#captured) this.#captured.push(move);
    else this.put(move);
  }

  beginCapture(): void {
    this.#captured = [];
  }

  /** Refuses what cannot be done while the stream is captured. */
  notCaptured(): this {
    if (this.#captured) throw refused('STREAM_STATE');
    return this;
  }

  endCapture(): readonly Move[] {
    const captured = this.#captured;
    if (!captured) throw refused('STREAM_STATE');
    this.#captured = undefined;
    return captured;
  }

  put(command: Command): void {
    if (command.kind !== 'record') this.#work += 1;
    this.#commands.push(command);
    if (!this.#running) void this.#run();
  }

  /** Completes when all that was put here before has. */
  record(): Completion {
    const completion = new Completion();
    this.put({ kind: 'record', completion });
    return completion;
  }

  /** Carries out nothing that has not begun. */
  giveUp(): void {
    this.#failed = true;
    for (const command of this.#commands.splice(0)) {
      if (command.kind === 'record') command.completion.settle('failed');
      else this.#activity.failed(1);
    }
  }

  async #run(): Promise<void> {
    this.#running = true;
    for (let next = this.#commands.shift(); next; next = this.#commands.shift()) {
      if (next.kind === 'record') {
        next.completion.settle(this.#failed ? 'failed' : 'complete', this.#failure);
      } else {
        if (this.#failed) this.#activity.failed(1);
        else await this.#carryOut(next);
        this.#work -= 1;
      }
    }
    this.#running = false;
  }

  async #carryOut(command: Exclude<Command, { kind: 'record' }>): Promise<void> {
    if (command.kind === 'move' || command.kind === 'launch') {
      const outcome = await this.#activity.during(this.#movers.carryOut(command));
      if (command.kind === 'launch' && outcome !== 'done') {
        this.#fail({ command: command.command, cause: outcome });
      }
      return;
    }
    if (command.kind === 'call') command.enter.settle('complete');
    const until = command.kind === 'call' ? command.leave : command.until;
    await until.settled;
    if (until.state === 'failed') this.#fail(until.failure);
  }

  #fail(failure: LaunchFailure | undefined): void {
    this.#failed = true;
    this.#failure = failure;
  }
}
