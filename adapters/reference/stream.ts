// The streams of the reference: commands that wait in order, and are carried out while the session does
// other things.
import type { WorkState } from '../../schemas/generated/types.ts';
import { bytesOf, lengthOf } from '../kit/data.ts';
import { HandleTable } from '../kit/handles.ts';
import type { Handlers } from '../kit/serve.ts';
import { waitFor } from '../kit/waiting.ts';
import { Completion } from './completion.ts';
import type { Devices } from './device.ts';
import type { Memory } from './memory.ts';
import type { Move } from './mover.ts';
import { Movers } from './movers.ts';
import { refused } from './refused.ts';

type Command =
  | { readonly kind: 'move'; readonly move: Move }
  | { readonly kind: 'wait'; readonly until: Completion }
  | { readonly kind: 'record'; readonly completion: Completion };

/** One stream. It goes on when its handle is gone, until it is empty or given up. */
class Stream {
  readonly device: string;
  readonly #movers: Movers;
  readonly #commands: Command[] = [];
  /** Commands that are not complete; recordings are not counted, since nobody waits for them here. */
  #work = 0;
  #failed = false;
  #running = false;

  constructor(device: string, movers: Movers) {
    this.device = device;
    this.#movers = movers;
  }

  get state(): WorkState {
    if (this.#failed) return 'failed';
    return this.#work > 0 ? 'pending' : 'complete';
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
    }
  }

  async #run(): Promise<void> {
    this.#running = true;
    for (let next = this.#commands.shift(); next; next = this.#commands.shift()) {
      if (next.kind === 'record') next.completion.settle(this.#failed ? 'failed' : 'complete');
      else {
        if (!this.#failed) await this.#carryOut(next);
        this.#work -= 1;
      }
    }
    this.#running = false;
  }

  async #carryOut(command: Exclude<Command, { kind: 'record' }>): Promise<void> {
    if (command.kind === 'move') {
      await this.#movers.move(command.move);
      return;
    }
    await command.until.settled;
    if (command.until.state === 'failed') this.#failed = true;
  }
}

/** The streams of one session. */
export class Streams {
  readonly #devices: Devices;
  readonly #memory: Memory;
  readonly #movers = new Movers();
  readonly #streams = new HandleTable<Stream>('stream');
  /** Also those whose handle is gone: they are to be given up with the session. */
  readonly #all = new Set<Stream>();
  readonly #open = new Map<string, number>();

  constructor(devices: Devices, memory: Memory) {
    this.#devices = devices;
    this.#memory = memory;
  }

  readonly handlers: Handlers = {
    'driver.stream.create': ({ device }) => {
      const most = this.#devices.get(device).streams?.max ?? 0;
      const open = this.#open.get(device) ?? 0;
      if (open >= most) throw refused('STREAMS');
      this.#open.set(device, open + 1);
      const stream = new Stream(device, this.#movers);
      this.#all.add(stream);
      return { stream: this.#streams.add(stream) };
    },
    'driver.stream.destroy': ({ stream }) => {
      const gone = this.#streams.remove(stream);
      this.#open.set(gone.device, (this.#open.get(gone.device) ?? 0) - 1);
      if (this.#devices.get(gone.device).streams?.destroyBusy === 'aborts') gone.giveUp();
      void gone.record().settled.then(() => this.#all.delete(gone));
      return {};
    },
    'driver.stream.query': ({ stream }) => ({ state: this.#streams.get(stream).state }),
    'driver.stream.synchronize': async ({ stream, timeoutMilliseconds }, ended) => {
      const done = this.#streams.get(stream).record();
      await waitFor(done.settled, { timeoutMilliseconds, ended });
      return { state: done.state };
    },
    'driver.stream.write': ({ stream, allocation, offsetBytes, data }) => {
      const to = this.#streams.get(stream);
      const target = this.#memory.range(this.#memory.get(allocation), offsetBytes, lengthOf(data));
      to.put({ kind: 'move', move: { source: bytesOf(data), target } });
      return {};
    },
    'driver.stream.copy': ({ stream, source, destination, lengthBytes }) => {
      const to = this.#streams.get(stream);
      const from = this.#memory.get(source.allocation);
      const into = this.#memory.get(destination.allocation);
      const length = BigInt(lengthBytes);
      const bytes = this.#memory.range(from, source.offsetBytes, length);
      const target = this.#memory.range(into, destination.offsetBytes, length);
      to.put({ kind: 'move', move: { source: bytes, target } });
      return {};
    },
  };

  /** The stream of a handle, or a refusal. */
  get(stream: string): Pick<Stream, 'record' | 'put'> {
    return this.#streams.get(stream);
  }

  /** Gives up all that is not complete. */
  async release(): Promise<void> {
    this.#streams.drain();
    for (const stream of this.#all) stream.giveUp();
    this.#all.clear();
    await this.#movers.end();
  }
}
