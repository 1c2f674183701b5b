// What one attempt of a case came to, and what several come to together.
import type { JournalEvent, PlannedCase } from '../schemas/generated/types.ts';
import { because, explain, type Outcome } from './verdict.ts';

/** The events of one attempt of one case, in order. */
export type AttemptEvents = readonly JournalEvent[];

/** What one attempt came to, before attempts are joined. */
export interface AttemptOutcome {
  readonly outcome: Outcome;
  /** A deadline was missed: worth a second try. */
  readonly missed: boolean;
  /** The session died while no request was open. */
  readonly diedIdle: boolean;
  readonly message: string;
  readonly expected?: unknown;
  readonly observed?: unknown;
}

/** A value on one line of a message. */
export const brief = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length > 160 ? `${text.slice(0, 157)}...` : text;
};

/** What the events of one attempt come to. */
export const attemptOutcome = (events: AttemptEvents, planned: PlannedCase): AttemptOutcome => {
  let ended = false;
  let diedIdle = false;
  let first: AttemptOutcome | undefined;
  const reached = new Set<string>();
  const decide = (outcome: Outcome, message: string, rest: Partial<AttemptOutcome> = {}): void => {
    first ??= { outcome, missed: false, diedIdle: false, message, ...rest };
  };
  for (const event of events) {
    switch (event.event) {
      case 'expectation':
        reached.add(event.id);
        if (!event.held) {
          const { expected, observed, cause } = event;
          decide(
            because(cause ?? 'broken'),
            `${event.id}: expected ${brief(expected)}, observed ${brief(observed)}`,
            { expected, observed, missed: cause === 'hung' },
          );
        }
        break;
      case 'premise':
        reached.add(event.id);
        if (!event.held) {
          const { expected, observed } = event;
          decide(
            because('premise'),
            `${event.id}: needed ${brief(expected)}, found ${brief(observed)}`,
            { expected, observed },
          );
        }
        break;
      case 'setup-failed':
        decide(because('setup'), `${event.method} ${event.cause}: ${brief(event.observed)}`, {
          observed: event.observed,
          missed: event.cause === 'hung',
          diedIdle: event.cause === 'died-idle',
        });
        break;
      case 'case-gated':
        decide(because('capability'), `${event.capability} is not declared`);
        break;
      case 'nothing-to-test':
        decide(because('nothing-to-test'), event.why);
        break;
      case 'case-threw':
        decide(because(event.reason), event.message, { missed: event.reason === 'overtime' });
        break;
      case 'case-ended':
        ended = true;
        diedIdle = event.diedIdle === true;
        break;
      default:
        break;
    }
  }
  if (first && (ended || first.outcome.verdict === 'error')) {
    return { ...first, diedIdle: first.diedIdle || diedIdle };
  }
  const plain = { missed: false, diedIdle };
  if (!ended) return { ...plain, outcome: because('interrupted'), message: explain('interrupted') };
  const unreached = [...planned.expectations, ...planned.premises].filter((id) => !reached.has(id));
  if (unreached.length > 0) {
    return {
      ...plain,
      outcome: because('unreached'),
      message: `never reached: ${unreached.join(', ')}`,
    };
  }
  return { ...plain, outcome: { verdict: 'pass' }, message: '' };
};

/** Several attempts of one case as one outcome; each stays in the record. */
export const joinAttempts = (
  attempts: readonly (AttemptOutcome & { alone: boolean })[],
): AttemptOutcome => {
  const [first, ...again] = attempts;
  if (!first) throw new Error('a case without attempts has no outcome to join');
  const last = again.at(-1);
  if (first.missed) {
    if (!last) {
      const own = first.outcome.reason === 'overtime' || first.outcome.reason === 'setup';
      return own ? first : { ...first, outcome: because('unconfirmed') };
    }
    if (last.outcome.verdict === 'pass' || last.outcome.verdict === 'not-applicable') {
      return { ...first, outcome: because('slow') };
    }
    return last;
  }
  const failures = again.filter((attempt) => attempt.outcome.verdict === 'fail');
  if (first.outcome.verdict === 'fail') {
    const decided = again.filter(
      ({ outcome: { verdict } }) => verdict === 'pass' || verdict === 'fail',
    );
    if (failures.length === decided.length) return first;
    return {
      ...first,
      outcome: because('intermittent'),
      message: `${first.message}; tried again alone, it failed ${failures.length} of ${decided.length} times`,
    };
  }
  const [failed] = failures;
  if (failed) return failed;
  if (last?.diedIdle || (first.diedIdle && first.alone)) {
    return {
      ...(last ?? first),
      outcome: because('died'),
      message: 'it died with no request open',
    };
  }
  if (first.diedIdle) {
    return {
      ...first,
      outcome: because('death-unpinned'),
      message: explain('death-unpinned'),
    };
  }
  return first;
};
