// The devices of one platform: their names, what they are, and what is opened on them when it is first needed.
import { Refusal } from '../kit/refusal.ts';
import type { Handlers } from '../kit/serve.ts';
import type { Commands } from './commands.ts';
import { describeWith } from './description.ts';
import type { Pointer } from './library.ts';
import type { Queries } from './queries.ts';

/** A device in use. */
export interface OpenDevice {
  readonly device: Pointer;
  readonly context: Pointer;
  /** For the methods of driver.memory, which stand outside all streams. */
  readonly queue: Pointer;
}

export class Devices {
  readonly #commands: Commands;
  readonly #platform: Pointer;
  readonly #pointers: ReadonlyMap<string, Pointer>;
  readonly #opened = new Map<Pointer, OpenDevice>();
  readonly handlers: Handlers;

  /** `implementation` begins the ids of the devices. */
  constructor(commands: Commands, queries: Queries, platform: Pointer, implementation: string) {
    this.#commands = commands;
    this.#platform = platform;
    this.#pointers = new Map(
      queries.devices(platform).map((pointer, nth) => [`${implementation}-${nth}`, pointer]),
    );
    const describe = describeWith(queries, commands.fill !== undefined);
    this.handlers = {
      'driver.device.list': () => ({
        devices: [...this.#pointers].map(([device, pointer]) => describe(device, pointer)),
      }),
      'driver.device.get': ({ device }) => describe(device, this.#pointerOf(device)),
    };
  }

  /** The device of an id, opened; or a refusal. */
  open(id: string): OpenDevice {
    const device = this.#pointerOf(id);
    const before = this.#opened.get(device);
    if (before) return before;
    const context = this.#commands.createContext(this.#platform, device);
    const now = { device, context, queue: this.#commands.createQueue(context, device) };
    this.#opened.set(device, now);
    return now;
  }

  /** All work is finished before anything goes: PoCL's threads may crash in teardown otherwise. */
  finish(): void {
    for (const { queue } of this.#opened.values()) this.#commands.finish(queue);
  }

  release(): void {
    for (const { context, queue } of this.#opened.values()) {
      this.#commands.releaseQueue(queue);
      this.#commands.releaseContext(context);
    }
    this.#opened.clear();
  }

  /** OpenCL leaves open what a pointer to no device does, so the adapter refuses. */
  #pointerOf(id: string): Pointer {
    const pointer = this.#pointers.get(id);
    if (pointer === undefined) throw new Refusal('DEVICE', 'adapter');
    return pointer;
  }
}
