// The journal, sorted by attempts: what happened to each case, and what the run said of itself.
import type {
  EndpointProbed,
  JournalEvent,
  RunEnded,
  RunResumed,
  RunStarted,
} from '../schemas/generated/types.ts';

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
}

/** A journal, sorted by attempts. */
export const gather = (journal: Iterable<JournalEvent>) => {
  const attempts = new Map<string, GatheredAttempt[]>();
  const inOrder: GatheredAttempt[] = [];
  let started: RunStarted | undefined;
  let probed: EndpointProbed | undefined;
  let ended: RunEnded | undefined;
  const resumed: RunResumed[] = [];
  /** A moment by the wall clock and by the run's own time; shards that were merged may have run side by side. */
  let clock = { at: Number.NaN, t: 0 };
  /** An attempt that nothing ended reaches up to what comes next of the run itself. */
  const cutOpen = (n: number): void => {
    const open = inOrder.at(-1);
    if (open && open.to === Number.POSITIVE_INFINITY) open.to = n - 1;
  };
  for (const event of journal) {
    if (event.event === 'run-started') {
      started = event;
      clock = { at: Date.parse(event.at), t: event.t };
    } else if (event.event === 'endpoint-probed') {
      // A run that goes on probes again: what it began with counts.
      if (!probed?.started) probed = event;
    } else if (event.event === 'run-ended') {
      ended = event;
      cutOpen(event.n);
    } else if (event.event === 'run-resumed') {
      resumed.push(event);
      if (event.shard) clock = { at: Date.parse(event.at), t: event.t };
      // What is said of its end is said by the last part.
      ended = undefined;
      cutOpen(event.n);
    } else if (event.event === 'case-started') {
      const gathered: GatheredAttempt = {
        case: event.case,
        attempt: event.attempt,
        alone: event.alone,
        factor: event.factor,
        from: event.n,
        to: Number.POSITIVE_INFINITY,
        at: clock.at + (event.t - clock.t) / 1000,
        startedAt: event.t / 1000,
        endedAt: event.t / 1000,
        ended: false,
        events: [event],
      };
      attempts.set(event.case, [...(attempts.get(event.case) ?? []), gathered]);
      inOrder.push(gathered);
    } else {
      const current = attempts.get(event.case)?.at(-1);
      current?.events.push(event);
      if (current) current.endedAt = event.t / 1000;
      if (current && event.event === 'case-ended') {
        current.to = event.n;
        current.ended = true;
      }
      // What is no fault of the endpoint is known without an end.
      if (current && event.event === 'case-threw') current.ended = true;
    }
  }
  return { attempts, inOrder, started, probed, ended, resumed };
};
