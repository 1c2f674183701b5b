// The journal, sorted by attempts: what happened to each case, and what the run said of itself.
import type {
  EndpointProbed,
  JournalEvent,
  RunEnded,
  RunResumed,
  RunStarted,
  WireSlice,
} from '../schemas/generated/types.ts';

/** What an attempt said in one session. */
export interface OwnSlice {
  readonly slice: WireSlice;
  /** How the session began: open, initialize, its answer. */
  readonly handshake: WireSlice;
}

/** One attempt as the journal tells it. */
export interface GatheredAttempt {
  case: string;
  attempt: number;
  alone: boolean;
  factor: number;
  from: number;
  to: number;
  /** The wall clock at its beginning, in milliseconds. */
  at: number;
  /** In milliseconds since the run began. */
  startedAt: number;
  endedAt: number;
  /** Whether it came to its end; one that was cut with its run did not, and decides nothing. */
  ended: boolean;
  events: JournalEvent[];
  /** What the wire log has of it, by session. */
  slices: Map<string, OwnSlice>;
  /** The methods that it called. */
  methods: Set<string>;
  /** The attempt that began after it. */
  next: GatheredAttempt | undefined;
}

/** What a journal says of the run itself. */
export class Course {
  started: RunStarted | undefined;
  probed: EndpointProbed | undefined;
  ended: RunEnded | undefined;
  readonly resumed: RunResumed[] = [];

  see(event: JournalEvent): void {
    if (event.event === 'run-started') this.started = event;
    // A run that goes on probes again: what it began with counts.
    else if (event.event === 'endpoint-probed') {
      if (!this.probed?.started) this.probed = event;
    } else if (event.event === 'run-ended') this.ended = event;
    else if (event.event === 'run-resumed') {
      this.resumed.push(event);
      // What is said of its end is said by the last part.
      this.ended = undefined;
    }
  }
}

/** The attempts of a journal, as far as it was read. */
export class Attempts {
  readonly byCase = new Map<string, GatheredAttempt[]>();
  /** The attempt that began first, of those that were not passed. */
  first: GatheredAttempt | undefined;
  /** The one that began last. */
  latest: GatheredAttempt | undefined;
  /** A moment by the wall clock and by the run's own time; shards that were merged may have run side by side. */
  #clock = { at: Number.NaN, t: 0 };

  see(event: JournalEvent): void {
    switch (event.event) {
      case 'endpoint-probed':
        break;
      case 'run-started':
        this.#clock = { at: Date.parse(event.at), t: event.t };
        break;
      case 'run-ended':
        this.#cutOpen(event.n);
        break;
      case 'run-resumed':
        if (event.shard) this.#clock = { at: Date.parse(event.at), t: event.t };
        this.#cutOpen(event.n);
        break;
      case 'case-started': {
        const gathered: GatheredAttempt = {
          case: event.case,
          attempt: event.attempt,
          alone: event.alone,
          factor: event.factor,
          from: event.n,
          to: Number.POSITIVE_INFINITY,
          at: this.#clock.at + (event.t - this.#clock.t) / 1000,
          startedAt: event.t / 1000,
          endedAt: event.t / 1000,
          ended: false,
          events: [event],
          slices: new Map(),
          methods: new Set(),
          next: undefined,
        };
        const earlier = this.byCase.get(event.case);
        if (earlier) earlier.push(gathered);
        else this.byCase.set(event.case, [gathered]);
        if (this.first && this.latest) this.latest.next = gathered;
        else this.first = gathered;
        this.latest = gathered;
        break;
      }
      default: {
        const current = this.byCase.get(event.case)?.at(-1);
        if (!current) break;
        current.events.push(event);
        current.endedAt = event.t / 1000;
        if (event.event === 'case-ended') {
          current.to = Math.min(current.to, event.n);
          current.ended = true;
        }
        // What is no fault of the endpoint is known without an end.
        if (event.event === 'case-threw') current.ended = true;
      }
    }
  }

  /** An attempt that nothing ended reaches up to what comes next of the run itself. */
  #cutOpen(n: number): void {
    if (this.latest?.to === Number.POSITIVE_INFINITY) this.latest.to = n - 1;
  }
}
