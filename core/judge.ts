// Plan, journal and wire log to verdicts. A pure function: who has the three files can recompute every
// verdict, and a verdict exists for every planned case, whatever died.
import { REQUIREMENTS } from '../schemas/generated/standard.ts';
import type {
  Attempt,
  Counts,
  EndpointProbed,
  ExpectationResult,
  JournalEvent,
  Measurement,
  Origin,
  Plan,
  PlannedCase,
  RequirementResult,
  Result,
  RunEnded,
  RunResumed,
  RunStarted,
  WireEntry,
} from '../schemas/generated/types.ts';
import { attemptOutcome, brief, joinAttempts } from './attempt.ts';
import type { Monitor, Watcher } from './case.ts';
import { type GatheredAttempt, gather } from './gather.ts';
import { requirements as rows } from './plan.ts';
import { readTraffic, slicesOf, type Traffic } from './traffic.ts';
import { because, explain, type Outcome, worst } from './verdict.ts';

/** What a run came to. */
export interface Judgement {
  readonly started: RunStarted | undefined;
  readonly probed: EndpointProbed | undefined;
  readonly ended: RunEnded | undefined;
  readonly resumed: readonly RunResumed[];
  readonly durationMs: number;
  readonly results: Result[];
  readonly requirements: RequirementResult[];
  readonly summary: Counts;
  /** Methods that each case used, by case id: what the native share is counted from. */
  readonly methodsUsed: ReadonlyMap<string, ReadonlySet<string>>;
}

/** What all cases of a run are judged with. */
interface Run {
  readonly started: RunStarted | undefined;
  readonly probed: EndpointProbed | undefined;
  readonly ended: RunEnded | undefined;
  readonly attempts: ReadonlyMap<string, readonly GatheredAttempt[]>;
  readonly watchers: ReadonlyMap<string, Watcher>;
  readonly traffic: Traffic;
}

/** Rows where only the product's own answer counts. */
const native = new Set<string>(rows.filter((row) => row.native).map((row) => row.id));

/** Why a case has nothing to be judged by. */
const unstarted = (run: Run): { outcome: Outcome; message: string } => {
  const started = run.probed?.started !== false;
  const reason = !started ? 'not-started' : run.ended?.how === 'budget' ? 'budget' : 'interrupted';
  return { outcome: because(reason), message: run.probed?.detail || explain(reason) };
};

const verdictOf = ({ verdict, reason }: Outcome) => ({ verdict, ...(reason && { reason }) });

const expectationsOf = (attempt: GatheredAttempt | undefined): ExpectationResult[] =>
  (attempt?.events ?? []).flatMap((event) => {
    if (event.event !== 'expectation') return [];
    const { id, held, expected, observed, origin } = event;
    return [{ id, held, expected, observed, ...(origin && { origin }) }];
  });

const measurementsOf = (attempt: GatheredAttempt): Measurement[] =>
  attempt.events.flatMap((event) => (event.event === 'measured' ? [event.measurement] : []));

/** Who gave the refusals that a case expected. */
const holders = (expectations: readonly ExpectationResult[]): Origin[] =>
  [...new Set(expectations.flatMap(({ held, origin }) => (held && origin ? [origin] : [])))].sort();

const judgeCase = (planned: PlannedCase, run: Run): Result => {
  const { id, title, requirements } = planned;
  const attempts = run.attempts.get(id) ?? [];
  const whole = attempts.filter((one) => one.ended);
  if (attempts.length === 0 || (whole.length === 0 && run.ended?.how === 'budget')) {
    const { outcome, message } = unstarted(run);
    return {
      case: id,
      title,
      requirements,
      ...verdictOf(outcome),
      heldBy: [],
      message,
      durationMs: 0,
      attempts: [],
      wire: [],
    };
  }
  const outcomes = new Map(
    attempts.map((one) => [
      one,
      {
        ...attemptOutcome(one.events, planned),
        alone: one.alone || planned.kind !== 'shared',
      },
    ]),
  );
  // One that was cut with its run decides nothing, where another was not.
  const deciding = whole.length > 0 ? whole : attempts.slice(-1);
  let joined = joinAttempts(deciding.flatMap((one) => outcomes.get(one) ?? []));
  const heldBy = holders(expectationsOf(deciding.at(-1)));
  const own = heldBy.every((origin) => origin === 'native');
  if (joined.outcome.verdict === 'pass' && !own && requirements.some((one) => native.has(one))) {
    joined = { ...joined, outcome: because('not-native'), message: explain('not-native') };
  }
  const at = attempts[0]?.at ?? Number.NaN;
  return {
    case: id,
    title,
    requirements,
    ...verdictOf(joined.outcome),
    heldBy,
    message: joined.message,
    ...(joined.expected !== undefined && { expected: joined.expected }),
    ...(joined.observed !== undefined && { observed: joined.observed }),
    ...(run.started && { startedAt: new Date(at).toISOString() }),
    durationMs: attempts.reduce((sum, one) => sum + one.endedAt - one.startedAt, 0),
    attempts: attempts.map((one): Attempt => {
      const measurements = measurementsOf(one);
      return {
        attempt: one.attempt,
        alone: one.alone,
        factor: one.factor,
        durationMs: one.endedAt - one.startedAt,
        outcome: Object.values(verdictOf(outcomes.get(one)?.outcome ?? joined.outcome)).join(': '),
        expectations: expectationsOf(one),
        ...(measurements.length > 0 && { measurements }),
      };
    }),
    wire: slicesOf(run.traffic, attempts),
  };
};

const judgeMonitor = (planned: PlannedCase, run: Run): Result => {
  const conclusions = run.watchers.get(planned.id)?.conclude() ?? [];
  const broken = conclusions.find((conclusion) => !conclusion.held);
  const reached = new Set<string>(conclusions.map((conclusion) => conclusion.id));
  const judged = (): { outcome: Outcome; message: string } => {
    if (broken) {
      const { id, expected, observed } = broken;
      const message = `${id}: expected ${brief(expected)}, observed ${brief(observed)}`;
      return { outcome: because('broken'), message };
    }
    if (run.probed?.started === false || run.traffic.entries === 0) return unstarted(run);
    if (planned.expectations.some((id) => !reached.has(id))) {
      return { outcome: because('nothing-to-test'), message: 'no traffic of this kind' };
    }
    return { outcome: { verdict: 'pass' }, message: '' };
  };
  const { outcome, message } = judged();
  const expectations = conclusions.map(({ id, held, expected, observed }) => ({
    id,
    held,
    expected,
    observed,
  }));
  return {
    case: planned.id,
    title: planned.title,
    requirements: planned.requirements,
    ...verdictOf(outcome),
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
        outcome: Object.values(verdictOf(outcome)).join(': '),
        expectations,
      },
    ],
    wire: [],
  };
};

/** The worst of each requirement's cases; one that was left out was not run. */
const requirementResults = (plan: Plan, results: readonly Result[]): RequirementResult[] =>
  REQUIREMENTS.flatMap((row) => {
    const own = results.filter((one) => one.requirements.includes(row.id));
    if (own.length === 0) return [];
    const leftOut = plan.leftOut.some((one) => one.requirements.includes(row.id));
    return [
      {
        id: row.id,
        keyword: row.keyword,
        level: row.level,
        verdict: worst([
          ...own.map((one) => one.verdict),
          ...(leftOut ? (['not-run'] as const) : []),
        ]),
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

/** The verdicts of a run. `monitors` are those of the suites. */
export const judge = (
  plan: Plan,
  journal: Iterable<JournalEvent>,
  wire: Iterable<WireEntry>,
  monitors: readonly Monitor[],
): Judgement => {
  const { attempts, inOrder, started, probed, ended, resumed } = gather(journal);
  const planned = new Set(plan.cases.map((one) => one.id));
  const watchers = new Map<string, Watcher>(
    monitors
      .filter(({ id }) => planned.has(id))
      .map((monitor) => [monitor.id, monitor.watch(started?.deadlines)]),
  );
  const traffic = readTraffic(wire, inOrder, [...watchers.values()]);
  const run: Run = { started, probed, ended, attempts, watchers, traffic };
  const results = plan.cases.map((one) =>
    one.kind === 'monitor' ? judgeMonitor(one, run) : judgeCase(one, run),
  );
  return {
    started,
    probed,
    ended,
    resumed,
    durationMs: Math.max((ended?.t ?? 0) / 1000, traffic.until),
    results,
    requirements: requirementResults(plan, results),
    summary: count(results),
    methodsUsed: traffic.methods,
  };
};
