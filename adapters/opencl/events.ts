// The events of one session: names for the latest marker that was put into a stream for each, and user events.
import { HandleTable } from '../kit/handles.ts';
import { Refusal } from '../kit/refusal.ts';
import type { Handlers } from '../kit/serve.ts';
import type { Commands } from './commands.ts';
import type { Devices } from './devices.ts';
import type { Pointer } from './library.ts';
import { DEVICE, type Queries } from './queries.ts';
import { settled } from './settled.ts';
import type { Stream } from './stream.ts';
import type { Streams } from './streams.ts';

/** What an OpenCL event serves for, once: a marker in a stream, or the client's own signal. */
interface Recording {
  readonly event: Pointer;
  readonly stream?: Stream;
}

interface Event {
  readonly host: boolean;
  /** Of events that are made for timing. */
  readonly timerResolution?: bigint;
  /** Absent until it is recorded. */
  recording?: Recording;
}

/** Any error does: nobody asks why any more. */
const GIVEN_UP = -1;

export class Events {
  readonly #commands: Commands;
  readonly #events = new HandleTable<Event>('event');
  readonly handlers: Handlers;

  constructor(commands: Commands, queries: Queries, devices: Devices, streams: Streams) {
    this.#commands = commands;
    this.handlers = {
      'driver.event.create': ({ device }) => {
        devices.open(device);
        return { event: this.#events.add({ host: false }) };
      },
      'driver.event.host.create': ({ device }) => {
        const event = commands.createUserEvent(devices.open(device).context);
        return { event: this.#events.add({ host: true, recording: { event } }) };
      },
      'driver.event.host.signal': ({ event }) => {
        const { recording } = this.#events.get(event);
        // OpenCL has no object for it yet, and so no answer.
        if (!recording) throw new Refusal('EVENT_STATE', 'adapter');
        commands.signal(recording.event);
        return {};
      },
      'driver.event.timing.create': ({ device }) => {
        const { device: pointer } = devices.open(device);
        const timerResolution = queries.deviceNumber(pointer, DEVICE.timerResolution);
        return { event: this.#events.add({ host: false, timerResolution }) };
      },
      'driver.event.timing.elapsed': ({ start, end }) => {
        const both = [this.#events.get(start), this.#events.get(end)] as const;
        const [resolution] = both.map(({ timerResolution }) => {
          // Every queue keeps times here: which events are to have them is the adapter's own book.
          if (timerResolution === undefined) throw new Refusal('TIMING_DISABLED', 'adapter');
          return timerResolution;
        });
        const [from, to] = both.map(({ recording }) => {
          if (!recording) throw new Refusal('EVENT_STATE', 'adapter');
          return commands.endOf(recording.event);
        });
        return {
          nanoseconds: String((to ?? 0n) - (from ?? 0n)),
          resolutionNanoseconds: String(resolution),
        };
      },
      'driver.event.destroy': ({ event }) => {
        // OpenCL leaves open what becomes of commands that wait for a user event that is gone.
        if (this.#isUnsignalled(this.#events.get(event))) {
          throw new Refusal('EVENT_STATE', 'adapter');
        }
        this.#forget(this.#events.remove(event));
        return {};
      },
      'driver.event.record': ({ stream, event }) => {
        const into = streams.get(stream);
        const recorded = this.#events.get(event);
        // Nothing in OpenCL records a user event.
        if (recorded.host) throw new Refusal('EVENT_STATE', 'adapter');
        const marker = into.mark();
        commands.retainEvent(marker);
        this.#forget(recorded);
        recorded.recording = { event: marker, stream: into };
        return {};
      },
      'driver.stream.waitEvent': ({ stream, event }) => {
        const waiting = streams.get(stream);
        const { recording } = this.#events.get(event);
        if (recording) waiting.waitFor(recording.event);
        return {};
      },
      'driver.event.query': ({ event }) => {
        const { recording } = this.#events.get(event);
        return { state: recording ? commands.stateOf(recording.event) : 'unrecorded' };
      },
      'driver.event.synchronize': async ({ event, timeoutMilliseconds }, ended) => {
        const { recording } = this.#events.get(event);
        if (!recording) return { state: 'unrecorded' };
        const flush = () => recording.stream?.flush();
        const patience = { timeoutMilliseconds, ended };
        return { state: await settled(commands, recording.event, flush, patience) };
      },
    };
  }

  /** Lets go of all that waits for the client. OpenCL wants each status set before anything is released. */
  release(): void {
    const left = this.#events.drain();
    for (const event of left) {
      if (event.recording && this.#isUnsignalled(event)) {
        this.#commands.signal(event.recording.event, GIVEN_UP);
      }
    }
    for (const event of left) this.#forget(event);
  }

  #isUnsignalled({ host, recording }: Event): boolean {
    return host && recording !== undefined && this.#commands.stateOf(recording.event) === 'pending';
  }

  /** An event of OpenCL lives on for who waits for it. */
  #forget({ recording }: Event): void {
    if (recording) this.#commands.releaseEvent(recording.event);
  }
}
