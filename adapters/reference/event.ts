// The events of the reference: names for the latest recording, and events that the client completes.
import { HandleTable } from '../kit/handles.ts';
import type { Handlers } from '../kit/serve.ts';
import { waitFor } from '../kit/waiting.ts';
import { Completion } from './completion.ts';
import type { Devices } from './device.ts';
import { refused } from './refused.ts';
import type { Streams } from './stream.ts';

interface Event {
  readonly host: boolean;
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
      return { event: this.#events.add({ host: false, recording: undefined }) };
    },
    'driver.event.host.create': ({ device }) => {
      this.#devices.get(device);
      return { event: this.#events.add({ host: true, recording: new Completion() }) };
    },
    'driver.event.host.signal': ({ event }) => {
      const { host, recording } = this.#events.get(event);
      if (!host || recording?.state !== 'pending') throw refused('EVENT_STATE');
      recording.settle('complete');
      return {};
    },
    'driver.event.destroy': ({ event }) => {
      const { host, recording } = this.#events.get(event);
      if (host && recording?.state === 'pending') throw refused('EVENT_STATE');
      this.#events.remove(event);
      return {};
    },
    'driver.event.record': ({ stream, event }) => {
      const into = this.#streams.get(stream);
      const recorded = this.#events.get(event);
      if (recorded.host) throw refused('EVENT_STATE');
      recorded.recording = into.record();
      return {};
    },
    'driver.stream.waitEvent': ({ stream, event }) => {
      const waiting = this.#streams.get(stream);
      const { recording } = this.#events.get(event);
      if (recording) waiting.put({ kind: 'wait', until: recording });
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
