// The streams of one session by their handles.
import { bytesOf } from '../kit/data.ts';
import { HandleTable } from '../kit/handles.ts';
import type { Handlers } from '../kit/serve.ts';
import type { Commands } from './commands.ts';
import type { Devices } from './devices.ts';
import type { Memory } from './memory.ts';
import { Stream } from './stream.ts';

export class Streams {
  readonly #streams = new HandleTable<Stream>('stream');
  /** Also those whose handle is gone, until they are over: they keep what their commands read from. */
  readonly #all = new Set<Stream>();
  readonly handlers: Handlers;

  constructor(commands: Commands, devices: Devices, memory: Memory) {
    this.handlers = {
      'driver.stream.create': ({ device }) => {
        const stream = new Stream(commands, devices.open(device));
        this.#all.add(stream);
        return { stream: this.#streams.add(stream) };
      },
      'driver.stream.destroy': ({ stream }) => {
        this.#streams.remove(stream).destroy();
        this.#forget();
        return {};
      },
      'driver.stream.query': ({ stream }) => ({ state: this.get(stream).state() }),
      'driver.stream.synchronize': async ({ stream, timeoutMilliseconds }, ended) => ({
        state: await this.get(stream).synchronize({ timeoutMilliseconds, ended }),
      }),
      'driver.stream.write': ({ stream, data, ...to }) => {
        this.get(stream).write(memory.place(to), bytesOf(data));
        return {};
      },
      'driver.stream.copy': ({ stream, source, destination, lengthBytes }) => {
        const into = this.get(stream);
        into.copy(memory.place(source), memory.place(destination), BigInt(lengthBytes));
        return {};
      },
    };
  }

  /** The stream of a handle, or a refusal. */
  get(stream: string): Stream {
    return this.#streams.get(stream);
  }

  release(): void {
    this.#streams.drain();
    for (const stream of this.#all) stream.release();
    this.#all.clear();
  }

  #forget(): void {
    for (const stream of [...this.#all].filter(({ over }) => over)) {
      stream.release();
      this.#all.delete(stream);
    }
  }
}
