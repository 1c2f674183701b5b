// The events of the reference: names for the latest recording, and events that the client completes.
import { HandleTable } from '../kit/handles.ts';
import type { Handlers } from '../kit/serve.ts';
import { waitFor } from '../kit/waiting.ts';
import { Completion } from './completion.ts';
import type { Devices } from './device.ts';
import { refused } from './refused.ts';
import type { Streams } from './streams.ts';

interface Event {
  readonly kind: 'recorded' | 'timed' | 'host';
  /** The latest; a host event has one from the start, which its signal completes. */
  recording: Completion | undefined;
}

/** The events of one session. */
export class Events {
  readonly #devices: Devices;
  readonly #streams: Streams;
  readonly #events = new HandleTable<Event>('event');

  constructor(devices: Devices, streams: Streams) {
    this.#devices = devices;
    this.#streams = streams;
  }

  readonly handlers: Handlers = {
    'driver.event.create': ({ device }) => {
      this.#devices.get(device);
      return { event: this.#events.add({ kind: 'recorded', recording: undefined }) };
    },
    'driver.event.timing.create': ({ device }) => {
      this.#devices.get(device);
      return { event: this.#events.add({ kind: 'timed', recording: undefined }) };
    },
    'driver.event.timing.elapsed': ({ start, end }) => {
      const both = [this.#events.get(start), this.#events.get(end)];
      if (both.some(({ kind }) => kind !== 'timed')) throw refused('TIMING_DISABLED');
      const [from, to] = both.map(({ recording }) => {
        if (recording?.state !== 'complete') throw refused('EVENT_STATE');
        return recording.at;
      });
      return { nanoseconds: String((to ?? 0n) - (from ?? 0n)), resolutionNanoseconds: '1' };
    },
    'driver.event.host.create': ({ device }) => {
      this.#devices.get(device);
      return { event: this.#events.add({ kind: 'host', recording: new Completion() }) };
    },
    'driver.event.host.signal': ({ event }) => {
      const { kind, recording } = this.#events.get(event);
      if (kind !== 'host' || recording?.state !== 'pending') throw refused('EVENT_STATE');
      recording.settle('complete');
      return {};
    },
    'driver.event.destroy': ({ event }) => {
      const { kind, recording } = this.#events.get(event);
      if (kind === 'host' && recording?.state === 'pending') throw refused('EVENT_STATE');
      this.#events.remove(event);
      return {};
    },
    'driver.event.record': ({ stream, event }) => {
      // Handles first, states then.
      const into = this.#streams.find(stream);
      const recorded = this.#events.get(event);
      into.notCaptured();
      if (recorded.kind === 'host') throw refused('EVENT_STATE');
      recorded.recording = into.record();
      return {};
    },
    'driver.stream.waitEvent': ({ stream, event }) => {
      const waiting = this.#streams.find(stream);
      const { recording } = this.#events.get(event);
      waiting.notCaptured();
      if (recording) waiting.put({ kind: 'wait', until: recording });
      return {};
    },
    'driver.stream.callback': ({ stream, enter, leave }) => {
      const called = this.#streams.find(stream);
      const [entered, left] = [this.#events.get(enter), this.#events.get(leave)];
      called.notCaptured();
      const hosts = entered.kind === 'host' && left.kind === 'host' && enter !== leave;
      if (!hosts || !entered.recording || !left.recording) throw refused('EVENT_STATE');
      if (entered.recording.state !== 'pending') throw refused('EVENT_STATE');
      called.put({ kind: 'call', enter: entered.recording, leave: left.recording });
      return {};
    },
    'driver.event.query': ({ event }) => ({
      state: this.#events.get(event).recording?.state ?? 'unrecorded',
    }),
    'driver.event.synchronize': async ({ event, timeoutMilliseconds }, ended) => {
      const { recording } = this.#events.get(event);
      if (!recording) return { state: 'unrecorded' };
      await waitFor(recording.settled, { timeoutMilliseconds, ended });
      return { state: recording.state };
    },
  };
}
