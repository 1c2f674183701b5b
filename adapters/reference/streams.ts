// The streams of a session of the reference, and the graphs that are captured from them.
import { bytesOf, lengthOf } from '../kit/data.ts';
import { HandleTable } from '../kit/handles.ts';
import type { Handlers } from '../kit/serve.ts';
import { waitFor } from '../kit/waiting.ts';
import { Activity } from './activity.ts';
import type { Devices } from './device.ts';
import type { Memory } from './memory.ts';
import type { Move } from './mover.ts';
import { Movers } from './movers.ts';
import { inMemory } from './pieces.ts';
import { refused } from './refused.ts';
import { resultOf, Stream } from './stream.ts';

/** The streams of one session. */
export class Streams {
  readonly #devices: Devices;
  readonly #memory: Memory;
  readonly #movers = new Movers();
  readonly #streams = new HandleTable<Stream>('stream');
  readonly #graphs = new HandleTable<readonly Move[]>('graph');
  /** Also those whose handle is gone: they are to be given up with the session. */
  readonly #all = new Set<Stream>();
  readonly #open = new Map<string, number>();
  readonly #activities = new Map<string, Activity>();

  constructor(devices: Devices, memory: Memory) {
    this.#devices = devices;
    this.#memory = memory;
    for (const { device } of devices.all) this.#activities.set(device, new Activity());
  }

  readonly handlers: Handlers = {
    'driver.stream.create': ({ device }) => {
      const most = this.#devices.get(device).streams?.max ?? 0;
      const open = this.#open.get(device) ?? 0;
      if (open >= most) throw refused('STREAMS');
      this.#open.set(device, open + 1);
      const stream = new Stream(device, this.#movers, this.activityOf(device));
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
    'driver.stream.query': ({ stream }) => this.find(stream).notCaptured().result,
    'driver.stream.synchronize': async ({ stream, timeoutMilliseconds }, ended) => {
      const done = this.find(stream).notCaptured().record();
      await waitFor(done.settled, { timeoutMilliseconds, ended });
      return resultOf(done.state, done.failure);
    },
    'driver.stream.write': ({ stream, allocation, offsetBytes, data }) => {
      const to = this.#streams.get(stream);
      const target = this.#memory.range(this.#memory.get(allocation), offsetBytes, lengthOf(data));
      to.move({ kind: 'move', source: inMemory(bytesOf(data)), target });
      return {};
    },
    'driver.stream.copy': ({ stream, source, destination, lengthBytes }) => {
      const to = this.#streams.get(stream);
      const [from, target] = this.#memory.both(source, destination, lengthBytes);
      to.move({ kind: 'move', source: from, target });
      return {};
    },
    'driver.stream.graph.begin': ({ stream }) => {
      this.find(stream).notCaptured().beginCapture();
      return {};
    },
    'driver.stream.graph.end': ({ stream }) => ({
      graph: this.#graphs.add(this.#streams.get(stream).endCapture()),
    }),
    'driver.stream.graph.launch': ({ stream, graph }) => {
      const into = this.#streams.get(stream);
      const moves = this.#graphs.get(graph);
      into.notCaptured();
      for (const move of moves) into.move(move);
      return {};
    },
    'driver.stream.graph.destroy': ({ graph }) => {
      this.#graphs.remove(graph);
      return {};
    },
  };

  /** The stream of a handle, or a refusal. */
  find(stream: string): Stream {
    return this.#streams.get(stream);
  }

  /** What a device, which is there, did in this session. */
  activityOf(device: string): Activity {
    const activity = this.#activities.get(device);
    if (!activity) throw new Error(`no such device: ${device}`);
    return activity;
  }

  /** Gives up all that is not complete. */
  async release(): Promise<void> {
    this.#streams.drain();
    for (const stream of this.#all) stream.giveUp();
    this.#all.clear();
    await this.#movers.end();
  }
}
