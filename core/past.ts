// What an earlier part of a run came to, from its journal: which cases are done, and what the last of
// them is still owed. A run that was killed goes on from here.
import type { EndpointProbed, JournalEvent, Plan, RunStarted } from '../schemas/generated/types.ts';
import { type AttemptOutcome, attemptOutcome } from './attempt.ts';
import { Attempts, Course, type GatheredAttempt } from './gather.ts';

/** One case of an earlier part, as far as it came. */
export interface PastCase {
  /** Attempts begun, those that were cut included: the next one's number is one more. */
  readonly begun: number;
  /** What each attempt that ended came to, in order. */
  readonly ended: readonly (AttemptOutcome & { readonly alone: boolean })[];
}

/** The earlier parts of a run. */
export interface Past {
  readonly started: RunStarted | undefined;
  /** Who answered then. */
  readonly probed: EndpointProbed | undefined;
  /** How often it was begun: 0 for a run that is new. */
  readonly parts: number;
  /** Whether it was put together from shards. */
  readonly merged: boolean;
  readonly cases: ReadonlyMap<string, PastCase>;
  /** The case that was tried last, not counting tries alone: it may be owed more of those. */
  readonly last: string | undefined;
  /** The case that was cut in the middle of an attempt. */
  readonly cut: string | undefined;
}

export const NO_PAST: Past = {
  started: undefined,
  probed: undefined,
  parts: 0,
  merged: false,
  cases: new Map(),
  last: undefined,
  cut: undefined,
};

export const pastOf = (plan: Plan, journal: Iterable<JournalEvent>): Past => {
  const course = new Course();
  const attempts = new Attempts();
  for (const event of journal) {
    course.see(event);
    attempts.see(event);
  }
  const { started, probed, resumed } = course;
  if (!started) return NO_PAST;
  const cases = new Map<string, PastCase>();
  for (const planned of plan.cases) {
    const own = attempts.byCase.get(planned.id);
    if (!own) continue;
    const ended = own
      .filter((one) => one.ended)
      .map((one) => ({ ...attemptOutcome(one.events, planned), alone: one.alone }));
    cases.set(planned.id, { begun: own.length, ended });
  }
  const last = attempts.latest;
  let together: GatheredAttempt | undefined;
  for (let one = attempts.first; one; one = one.next) if (one.ended && !one.alone) together = one;
  return {
    started,
    probed,
    parts: 1 + resumed.length,
    merged: resumed.some(({ shard }) => shard !== undefined),
    cases,
    last: together?.case,
    cut: last && !last.ended ? last.case : undefined,
  };
};
