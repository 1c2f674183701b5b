// The journal, sorted by attempts: what happened to each case, and what the run said of itself.
import type {
  EndpointProbed,
  JournalEvent,
  RunEnded,
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
  /** In milliseconds since the run began. */
  startedAt: number;
  endedAt: number;
  events: JournalEvent[];
}

/** A journal, sorted by attempts. */
export const gather = (journal: Iterable<JournalEvent>) => {
  const attempts = new Map<string, GatheredAttempt[]>();
  const inOrder: GatheredAttempt[] = [];
  let started: RunStarted | undefined;
  let probed: EndpointProbed | undefined;
  let ended: RunEnded | undefined;
  for (const event of journal) {
    if (event.event === 'run-started') started = event;
    else if (event.event === 'endpoint-probed') probed = event;
    else if (event.event === 'run-ended') ended = event;
    else if (event.event === 'case-started') {
      const gathered: GatheredAttempt = {
        case: event.case,
        attempt: event.attempt,
        alone: event.alone,
        factor: event.factor,
        from: event.n,
        to: Number.POSITIVE_INFINITY,
        startedAt: event.t / 1000,
        endedAt: event.t / 1000,
        events: [event],
      };
      attempts.set(event.case, [...(attempts.get(event.case) ?? []), gathered]);
      inOrder.push(gathered);
    } else {
      const current = attempts.get(event.case)?.at(-1);
      current?.events.push(event);
      if (current) current.endedAt = event.t / 1000;
      if (current && event.event === 'case-ended') current.to = event.n;
    }
  }
  return { attempts, inOrder, started, probed, ended };
};
