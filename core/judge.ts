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
  PlannedCase,
  RequirementResult,
  Result,
  RunEnded,
  RunResumed,
  RunStarted,
  Verdict,
  WireEntry,
} from '../schemas/generated/types.ts';
import { attemptOutcome, brief, joinAttempts } from './attempt.ts';
import type { Monitor, Watcher } from './case.ts';
import { readMessage } from './framing.ts';
import { Course, type GatheredAttempt } from './gather.ts';
import type { List, LongPlan } from './list.ts';
import { requirements as rows } from './plan.ts';
import { slicesOf, Traffic } from './traffic.ts';
import { because, explain, type Outcome, worst } from './verdict.ts';
import { Ahead, walk } from './walk.ts';

/** What a run came to, beside the results. */
interface Findings {
  readonly started: RunStarted | undefined;
  readonly probed: EndpointProbed | undefined;
  readonly ended: RunEnded | undefined;
  readonly resumed: readonly RunResumed[];
  readonly durationMs: number;
  readonly requirements: RequirementResult[];
  readonly summary: Counts;
  /** Requirements of which a case was helped by adapter or kit: what the native share leaves out. */
  readonly helped: ReadonlySet<string>;
}

export type LongJudgement = Findings & { readonly results: List<Result> };

export type Judgement = Findings & { readonly results: Result[] };

/** What all cases of a run are judged with. */
interface Run {
  readonly started: RunStarted | undefined;
  readonly probed: EndpointProbed | undefined;
  readonly ended: RunEnded | undefined;
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

const expectationsOf = (attempt: GatheredAttempt): ExpectationResult[] =>
  attempt.events.flatMap((event) => {
    if (event.event !== 'expectation') return [];
    const { id, held, expected, observed, origin } = event;
    return [{ id, held, expected, observed, ...(origin && { origin }) }];
  });

const measurementsOf = (attempt: GatheredAttempt): Measurement[] =>
  attempt.events.flatMap((event) => (event.event === 'measured' ? [event.measurement] : []));

/** Who gave the refusals that a case expected. */
const holders = (expectations: readonly ExpectationResult[]): Origin[] =>
  [...new Set(expectations.flatMap(({ held, origin }) => (held && origin ? [origin] : [])))].sort();

const judgeCase = (
  planned: PlannedCase,
  attempts: readonly GatheredAttempt[],
  run: Run,
): Result => {
  const { id, title, requirements } = planned;
  if (run.ended?.how === 'budget' ? !attempts.some((one) => one.ended) : attempts.length === 0) {
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
  const tried = attempts.map((one) => ({
    ...attemptOutcome(one.events, planned),
    alone: one.alone || planned.kind !== 'shared',
    expectations: expectationsOf(one),
    told: one,
  }));
  // One that was cut with its run decides nothing, where another was not.
  const whole = tried.filter(({ told }) => told.ended);
  const deciding = whole.length > 0 ? whole : tried.slice(-1);
  let joined = joinAttempts(deciding);
  const heldBy = holders(deciding.at(-1)?.expectations ?? []);
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
    attempts: tried.map(({ told, outcome, expectations }): Attempt => {
      const measurements = measurementsOf(told);
      return {
        attempt: told.attempt,
        alone: told.alone,
        factor: told.factor,
        durationMs: told.endedAt - told.startedAt,
        outcome: Object.values(verdictOf(outcome)).join(': '),
        expectations,
        ...(measurements.length > 0 && { measurements }),
      };
    }),
    wire: slicesOf(attempts),
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

/** What results come to together. */
class Sum {
  readonly counts: Counts = {
    pass: 0,
    fail: 0,
    inconclusive: 0,
    error: 0,
    'not-applicable': 0,
    'not-run': 0,
  };
  readonly helped = new Set<string>();
  readonly #rows = new Map<string, { readonly cases: string[]; readonly verdicts: Set<Verdict> }>();

  expect({ id, requirements }: PlannedCase): void {
    for (const row of new Set(requirements)) {
      const known = this.#rows.get(row);
      if (known) known.cases.push(id);
      else this.#rows.set(row, { cases: [id], verdicts: new Set() });
    }
  }

  add({ requirements, verdict, heldBy }: Result, emulated: boolean): void {
    this.counts[verdict] += 1;
    const helped = emulated || heldBy.some((origin) => origin !== 'native');
    for (const id of requirements) {
      if (helped) this.helped.add(id);
      this.#rows.get(id)?.verdicts.add(verdict);
    }
  }

  /** The worst of each requirement's cases; one that was left out was not run. */
  requirements({ leftOut }: LongPlan): RequirementResult[] {
    const out = new Set(leftOut.flatMap((one) => one.requirements));
    return REQUIREMENTS.flatMap(({ id, keyword, level }) => {
      const row = this.#rows.get(id);
      if (!row) return [];
      const verdict = worst([...row.verdicts, ...(out.has(id) ? (['not-run'] as const) : [])]);
      return [{ id, keyword, level, verdict, cases: row.cases }];
    });
  }
}

/**
 * The verdicts of a run, each put in its case's place when the logs have no more of the case. The logs are read
 * once to know what is in them, and once more to judge. `monitors` are those of the suites.
 */
export const judgeInto = (
  put: (place: number, result: Result) => void,
  plan: LongPlan,
  journal: Iterable<JournalEvent>,
  wire: Iterable<WireEntry>,
  monitors: readonly Monitor[],
): Findings => {
  const ahead = new Ahead();
  const sum = new Sum();
  const monitored = new Map<number, PlannedCase>();
  let places = 0;
  for (const planned of plan.cases) {
    ahead.add(planned.id);
    sum.expect(planned);
    if (planned.kind === 'monitor') monitored.set(places, planned);
    places += 1;
  }
  const course = new Course();
  for (const event of journal) {
    course.see(event);
    ahead.expect(event);
  }
  const { started, probed, ended, resumed } = course;
  const watchers = new Map<string, Watcher>(
    monitors
      .filter(({ id }) => ahead.numberOf(id) !== undefined)
      .map((monitor) => [monitor.id, monitor.watch(started?.deadlines)]),
  );
  const traffic = new Traffic();
  const run: Run = { started, probed, ended, watchers, traffic };
  const decided = new Uint8Array(places);
  const decide = (place: number, result: Result, emulated = false): void => {
    decided[place] = 1;
    sum.add(result, emulated);
    put(place, result);
  };
  const declared = probed?.identity?.methods ?? {};
  const walked = walk(journal, wire, ahead, (entry, attempt) => {
    const message = 'text' in entry ? readMessage(entry.text) : undefined;
    for (const watcher of watchers.values()) watcher.see(entry, message);
    traffic.see(entry, attempt);
  });
  for (const attempts of walked) {
    const place = ahead.numberOf(attempts[0]?.case ?? '') ?? places;
    const planned = plan.cases.at(place);
    if (!planned || planned.kind === 'monitor') continue;
    const emulated = attempts.some(({ methods }) =>
      [...methods].some((method) => declared[method] === 'emulated'),
    );
    decide(place, judgeCase(planned, attempts, run), emulated);
  }
  for (const [place, planned] of monitored) decide(place, judgeMonitor(planned, run));
  for (let place = 0; place < places; place += 1) {
    const planned = decided[place] === 0 ? plan.cases.at(place) : undefined;
    if (planned) decide(place, judgeCase(planned, [], run));
  }
  return {
    started,
    probed,
    ended,
    resumed,
    durationMs: Math.max((ended?.t ?? 0) / 1000, traffic.until),
    requirements: sum.requirements(plan),
    summary: sum.counts,
    helped: sum.helped,
  };
};

/** The same, with the results held. */
export const judge = (
  plan: LongPlan,
  journal: Iterable<JournalEvent>,
  wire: Iterable<WireEntry>,
  monitors: readonly Monitor[],
): Judgement => {
  const results: Result[] = [];
  const put = (place: number, result: Result): void => {
    results[place] = result;
  };
  return { ...judgeInto(put, plan, journal, wire, monitors), results };
};
