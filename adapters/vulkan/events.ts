// The events of a session: names for a place on a stream's timeline, and host events, each with a timeline
// of its own that the client signals.
import { HandleTable } from '../kit/handles.ts';
import { Refusal } from '../kit/refusal.ts';
import type { Handlers } from '../kit/serve.ts';
import { pollWhilePending } from '../kit/waiting.ts';
import type { OpenDevice } from './device.ts';
import type { Devices } from './devices.ts';
import { admitSignal, admitTogether } from './rules.ts';
import { notCaptured, type Streams } from './streams.ts';
import { type Point, stateOf } from './timeline.ts';

interface Event {
  readonly on: OpenDevice;
  readonly host: boolean;
  /** What it was recorded for last. */
  point: Point | undefined;
}

/** Which kinds and states go together is the standard's: Vulkan has semaphores alone. */
const refused = (message: string): Refusal => new Refusal('EVENT_STATE', 'adapter', { message });

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
      const on = this.#devices.named(device);
      return { event: this.#events.add({ on, host: false, point: undefined }) };
    },
    'driver.event.host.create': ({ device }) => {
      const on = this.#devices.named(device);
      const point = { timeline: on.newTimeline(), value: 1n };
      return { event: this.#events.add({ on, host: true, point }) };
    },
    'driver.event.host.signal': ({ event }) => {
      const { on, host, point } = this.#events.get(event);
      if (!host || !point) throw refused('no host event');
      const { timeline, value } = point;
      admitSignal(value, timeline.given);
      timeline.signal(value);
      on.submissions.advance();
      return {};
    },
    'driver.event.destroy': ({ event }) => {
      const { on, host, point } = this.#events.get(event);
      if (host && point && stateOf(point) === 'pending') throw refused('it is not signalled');
      this.#events.remove(event);
      on.submissions.tidy();
      point?.timeline.kept.letGo();
      return {};
    },
    'driver.event.record': ({ stream, event }) => {
      const into = this.#streams.get(stream);
      const recorded = this.#events.get(event);
      notCaptured(into);
      if (recorded.host) throw refused('a host event');
      const point = into.last;
      point.timeline.kept.keep();
      recorded.point?.timeline.kept.letGo();
      recorded.point = point;
      return {};
    },
    'driver.stream.waitEvent': ({ stream, event }) => {
      const waiting = this.#streams.get(stream);
      const { on, point } = this.#events.get(event);
      notCaptured(waiting);
      admitTogether(waiting.on, on);
      if (point) waiting.waitFor(point);
      return {};
    },
    'driver.event.query': ({ event }) => {
      const { point } = this.#events.get(event);
      return { state: point ? stateOf(point) : 'unrecorded' };
    },
    'driver.event.synchronize': async ({ event, timeoutMilliseconds }, ended) => {
      const { point } = this.#events.get(event);
      if (!point) return { state: 'unrecorded' };
      return {
        state: await pollWhilePending(() => stateOf(point), { timeoutMilliseconds, ended }),
      };
    },
  };

  release(): void {
    for (const { point } of this.#events.drain()) point?.timeline.kept.letGo();
  }
}
