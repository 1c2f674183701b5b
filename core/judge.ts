// Plan, journal and wire log to verdicts. A pure function: who has the three files can recompute every
// verdict, and a verdict exists for every planned case, whatever died.
import { REQUIREMENTS } from '../schemas/generated/standard.ts';
import type {
  Attempt,
  Counts,
  EndpointProbed,
  ExpectationReached,
  ExpectationResult,
  JournalEvent,
  Origin,
  Plan,
  PlannedCase,
  RequirementResult,
  Result,
  RunEnded,
  RunStarted,
  WireEntry,
  WireSlice,
} from '../schemas/generated/types.ts';
import type { Monitor, Watcher } from './case.ts';
import { requirements as rows } from './plan.ts';
import { because, explain, type Outcome, worst } from './verdict.ts';

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

const brief = (value: unknown): string => {
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
const join = (attempts: readonly (AttemptOutcome & { alone: boolean })[]): AttemptOutcome => {
  const [first, ...again] = attempts;
  if (!first) throw new Error('a case without attempts has no outcome to join');
  const last = again.at(-1);
  if (first.missed) {
    if (!last) {
      return {
        ...first,
        outcome: because(first.outcome.reason === 'overtime' ? 'overtime' : 'unconfirmed'),
      };
    }
    if (last.outcome.verdict === 'pass' || last.outcome.verdict === 'not-applicable') {
      return { ...first, outcome: because('slow') };
    }
    return last;
  }
  const failed = again.find((attempt) => attempt.outcome.verdict === 'fail');
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

/** Who gave the refusals that a case expected. */
const holders = (events: readonly ExpectationResult[]): Origin[] =>
  [
    ...new Set(events.flatMap((event) => (event.held && event.origin ? [event.origin] : []))),
  ].sort();

const result = (event: ExpectationReached): ExpectationResult => ({
  id: event.id,
  held: event.held,
  expected: event.expected,
  observed: event.observed,
  ...(event.origin && { origin: event.origin }),
});

/** What a run came to. */
export interface Judgement {
  readonly started: RunStarted | undefined;
  readonly probed: EndpointProbed | undefined;
  readonly ended: RunEnded | undefined;
  readonly durationMs: number;
  readonly results: Result[];
  readonly requirements: RequirementResult[];
  readonly summary: Counts;
  /** Methods that each case used, by case id: what the native share is counted from. */
  readonly methodsUsed: ReadonlyMap<string, ReadonlySet<string>>;
}

interface Gathered {
  attempt: number;
  alone: boolean;
  factor: number;
  from: number;
  to: number;
  startedAt: number;
  endedAt: number;
  events: JournalEvent[];
  slices: Map<string, WireSlice>;
}

const gather = (journal: Iterable<JournalEvent>) => {
  const attempts = new Map<string, Gathered[]>();
  const inOrder: Gathered[] = [];
  let started: RunStarted | undefined;
  let probed: EndpointProbed | undefined;
  let ended: RunEnded | undefined;
  for (const event of journal) {
    if (event.event === 'run-started') started = event;
    else if (event.event === 'endpoint-probed') probed = event;
    else if (event.event === 'run-ended') ended = event;
    else if (event.event === 'case-started') {
      const gathered: Gathered = {
        attempt: event.attempt,
        alone: event.alone,
        factor: event.factor,
        from: event.n,
        to: Number.POSITIVE_INFINITY,
        startedAt: event.t,
        endedAt: event.t,
        events: [event],
        slices: new Map(),
      };
      attempts.set(event.case, [...(attempts.get(event.case) ?? []), gathered]);
      inOrder.push(gathered);
    } else {
      const current = attempts.get(event.case)?.at(-1);
      current?.events.push(event);
      if (current) current.endedAt = event.t;
      if (current && event.event === 'case-ended') current.to = event.n;
    }
  }
  return { attempts, inOrder, started, probed, ended };
};

/** Entries of a session's beginning: open, initialize, its answer. */
const HANDSHAKE = 3;

const methodOf = (text: string): string | undefined => {
  const found = /"method":"([^"]+)"/.exec(text.slice(0, 256));
  return found?.[1];
};

/** The verdicts of a run. `monitors` are the plan's own, by id. */
export const judge = (
  plan: Plan,
  journal: Iterable<JournalEvent>,
  wire: Iterable<WireEntry>,
  monitors: readonly Monitor[],
): Judgement => {
  const { attempts, inOrder, started, probed, ended } = gather(journal);
  const caseOf = new Map<Gathered, string>();
  for (const [id, list] of attempts) for (const one of list) caseOf.set(one, id);
  const watchers = new Map<string, Watcher>(
    monitors
      .filter((monitor) => plan.cases.some((planned) => planned.id === monitor.id))
      .map((monitor) => [monitor.id, monitor.watch()] as const),
  );

  const methodsUsed = new Map<string, Set<string>>();
  const handshakes = new Map<string, { slice: WireSlice; entries: number }>();
  let current = 0;
  let duration = ended?.t ?? 0;
  let seen = 0;
  for (const entry of wire) {
    seen += 1;
    duration = Math.max(duration, entry.t);
    for (const watcher of watchers.values()) watcher.see(entry);
    const handshake = handshakes.get(entry.session);
    if (entry.kind === 'open') {
      const slice = { session: entry.session, from: entry.n, to: entry.n };
      handshakes.set(entry.session, { slice, entries: 1 });
    } else if (handshake && handshake.entries < HANDSHAKE) {
      handshake.entries += 1;
      handshake.slice.to = entry.n;
    }
    while ((inOrder[current]?.to ?? Number.POSITIVE_INFINITY) < entry.n) current += 1;
    const attempt = inOrder[current];
    if (!attempt || entry.n < attempt.from) continue;
    const slice = attempt.slices.get(entry.session);
    if (slice) slice.to = entry.n;
    else attempt.slices.set(entry.session, { session: entry.session, from: entry.n, to: entry.n });
    const method = entry.kind === 'send' ? methodOf(entry.text) : undefined;
    const id = caseOf.get(attempt);
    if (method && id) {
      const used = methodsUsed.get(id) ?? new Set();
      methodsUsed.set(id, used.add(method));
    }
  }

  const at = Date.parse(started?.at ?? '');
  const clock = (t: number): string => new Date(at + t).toISOString();
  const native = new Set<string>(rows.filter((row) => row.native).map((row) => row.id));

  const judgeCase = (planned: PlannedCase): Result => {
    const base = {
      case: planned.id,
      title: planned.title,
      requirements: planned.requirements,
    };
    const unstarted = (outcome: Outcome, message: string): Result => ({
      ...base,
      verdict: outcome.verdict,
      ...(outcome.reason && { reason: outcome.reason }),
      heldBy: [],
      message,
      durationMs: 0,
      attempts: [],
      wire: [],
    });
    const list = attempts.get(planned.id);
    if (!list) {
      const reason = probed?.started === false ? 'not-started' : 'interrupted';
      return unstarted(because(reason), probed?.detail || explain(reason));
    }
    const outcomes = list.map((one) => ({
      ...attemptOutcome(one.events, planned),
      alone: one.alone || planned.kind !== 'shared',
    }));
    let joined = join(outcomes);
    const expectations = list.map((one) =>
      one.events.flatMap((event) => (event.event === 'expectation' ? [result(event)] : [])),
    );
    const heldBy = holders(expectations.at(-1) ?? []);
    if (
      joined.outcome.verdict === 'pass' &&
      heldBy.some((origin) => origin !== 'native') &&
      planned.requirements.some((id) => native.has(id))
    ) {
      joined = { ...joined, outcome: because('not-native'), message: explain('not-native') };
    }
    const slices = list.flatMap((one) => [...one.slices.values()]);
    const sessions = new Set(slices.map((slice) => slice.session));
    const opened = [...sessions].flatMap((session) => {
      const handshake = handshakes.get(session)?.slice;
      const earlier = slices.every(
        (slice) => slice.session !== session || slice.from > (handshake?.to ?? 0),
      );
      return handshake && earlier ? [handshake] : [];
    });
    return {
      ...base,
      verdict: joined.outcome.verdict,
      ...(joined.outcome.reason && { reason: joined.outcome.reason }),
      heldBy,
      message: joined.message,
      ...(joined.expected !== undefined && { expected: joined.expected }),
      ...(joined.observed !== undefined && { observed: joined.observed }),
      ...(started && { startedAt: clock(list[0]?.startedAt ?? 0) }),
      durationMs: list.reduce((sum, one) => sum + one.endedAt - one.startedAt, 0),
      attempts: list.map(
        (one, index): Attempt => ({
          attempt: one.attempt,
          alone: one.alone,
          factor: one.factor,
          durationMs: one.endedAt - one.startedAt,
          outcome: [outcomes[index]?.outcome.verdict, outcomes[index]?.outcome.reason]
            .filter((part) => part !== undefined)
            .join(': '),
          expectations: expectations[index] ?? [],
        }),
      ),
      wire: [...opened, ...slices],
    };
  };

  const judgeMonitor = (planned: PlannedCase): Result => {
    const conclusions = watchers.get(planned.id)?.conclude() ?? [];
    const broken = conclusions.find((conclusion) => !conclusion.held);
    const reached = new Set<string>(conclusions.map((conclusion) => conclusion.id));
    const unreached = planned.expectations.filter((id) => !reached.has(id));
    let outcome: Outcome = { verdict: 'pass' };
    let message = '';
    if (broken) {
      outcome = because('broken');
      message = `${broken.id}: expected ${brief(broken.expected)}, observed ${brief(broken.observed)}`;
    } else if (probed?.started === false || seen === 0) {
      const reason = probed?.started === false ? 'not-started' : 'interrupted';
      outcome = because(reason);
      message = probed?.detail || explain(reason);
    } else if (unreached.length > 0) {
      outcome = because('nothing-to-test');
      message = 'no traffic of this kind';
    }
    return {
      case: planned.id,
      title: planned.title,
      requirements: planned.requirements,
      verdict: outcome.verdict,
      ...(outcome.reason && { reason: outcome.reason }),
      heldBy: [],
      message,
      ...(broken && { expected: broken.expected, observed: broken.observed }),
      durationMs: 0,
      attempts: [
        {
          attempt: 1,
          alone: false,
          factor: 1,
          durationMs: 0,
          outcome: outcome.verdict,
          expectations: conclusions.map(({ id, held, expected, observed }) => ({
            id,
            held,
            expected,
            observed,
          })),
        },
      ],
      wire: [],
    };
  };

  const results = plan.cases.map((planned) =>
    planned.kind === 'monitor' ? judgeMonitor(planned) : judgeCase(planned),
  );
  return {
    started,
    probed,
    ended,
    durationMs: duration,
    results,
    requirements: requirementResults(results),
    summary: count(results),
    methodsUsed,
  };
};

const requirementResults = (results: readonly Result[]): RequirementResult[] =>
  REQUIREMENTS.flatMap((row) => {
    const own = results.filter((one) => one.requirements.includes(row.id));
    if (own.length === 0) return [];
    return [
      {
        id: row.id,
        keyword: row.keyword,
        level: row.level,
        verdict: worst(own.map((one) => one.verdict)),
        cases: own.map((one) => one.case),
      },
    ];
  });

const count = (results: readonly Result[]): Counts => {
  const counts: Counts = {
    pass: 0,
    fail: 0,
    inconclusive: 0,
    error: 0,
    'not-applicable': 0,
    'not-run': 0,
  };
  for (const one of results) counts[one.verdict] += 1;
  return counts;
};
