// The events of a session: names for a place on a stream's timeline, and host events, each with a timeline
// of its own that the client signals.
import { HandleTable } from '../kit/handles.ts';
import { Refusal } from '../kit/refusal.ts';
import type { Handlers } from '../kit/serve.ts';
import { pollWhilePending } from '../kit/waiting.ts';
import type { OpenDevice } from './device.ts';
import type { Devices } from './devices.ts';
import { admitSignal, admitTogether } from './rules.ts';
import type { Stream } from './stream.ts';
import { notCaptured, put, type Streams } from './streams.ts';
import { type Point, stateOf } from './timeline.ts';
import type { Timestamp } from './timestamps.ts';

interface Event {
  readonly on: OpenDevice;
  readonly kind: 'recorded' | 'timed' | 'host';
  /** What it was recorded for last. */
  point: Point | undefined;
  /** Written when it was recorded last, where it is made for timing. */
  timestamp?: Timestamp;
}

/** Which kinds and states go together is the standard's: Vulkan has semaphores alone. */
const refused = (message: string): Refusal => new Refusal('EVENT_STATE', 'adapter', { message });

/** The timestamp of an event that is complete: of another, the query pool may be asked and has no answer. */
const stampOf = ({ point, timestamp }: Event): Timestamp => {
  if (!point || !timestamp || stateOf(point) !== 'complete') throw refused('it is not complete');
  return timestamp;
};

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
      return { event: this.#events.add({ on, kind: 'recorded', point: undefined }) };
    },
    'driver.event.host.create': ({ device }) => {
      const on = this.#devices.named(device);
      const point = { timeline: on.newTimeline(), value: 1n };
      return { event: this.#events.add({ on, kind: 'host', point }) };
    },
    'driver.event.timing.create': ({ device }) => {
      const on = this.#devices.named(device);
      return { event: this.#events.add({ on, kind: 'timed', point: undefined }) };
    },
    'driver.event.timing.elapsed': ({ start, end }) => {
      const [from, to] = [this.#events.get(start), this.#events.get(end)];
      // Which events are to have a time is the adapter's own book.
      if (from.kind !== 'timed' || to.kind !== 'timed') {
        throw new Refusal('TIMING_DISABLED', 'adapter');
      }
      admitTogether(from.on, to.on);
      const { timestamps } = from.on;
      return {
        nanoseconds: String(timestamps.between(stampOf(from), stampOf(to))),
        resolutionNanoseconds: String(timestamps.resolution),
      };
    },
    'driver.event.host.signal': ({ event }) => {
      const { on, kind, point } = this.#events.get(event);
      if (kind !== 'host' || !point) throw refused('no host event');
      const { timeline, value } = point;
      admitSignal(value, timeline.given);
      timeline.signal(value);
      on.submissions.advance();
      return {};
    },
    'driver.event.destroy': ({ event }) => {
      const { on, kind, point, timestamp } = this.#events.get(event);
      if (kind === 'host' && point && stateOf(point) === 'pending')
        throw refused('it is not signalled');
      this.#events.remove(event);
      on.submissions.tidy();
      point?.timeline.kept.letGo();
      timestamp?.kept.letGo();
      return {};
    },
    'driver.event.record': ({ stream, event }) => {
      const into = this.#streams.get(stream);
      const recorded = this.#events.get(event);
      notCaptured(into);
      if (recorded.kind === 'host') throw refused('a host event');
      if (recorded.kind === 'timed') this.#stamp(recorded, into);
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
    for (const { point, timestamp } of this.#events.drain()) {
      point?.timeline.kept.letGo();
      timestamp?.kept.letGo();
    }
  }

  /** A timestamp is a command of its own, behind which the event is recorded. */
  #stamp(event: Event, stream: Stream): void {
    let timestamp: Timestamp | undefined;
    put(stream, (_recorder, recording) => {
      timestamp = stream.on.timestamps.put(recording);
    });
    event.timestamp?.kept.letGo();
    if (timestamp) event.timestamp = timestamp;
  }
}
