// The proof that cases can fail: every mutant against the cases of its requirement, and the conformant
// endpoint against all of them.
import type { AnyCase } from '../core/case.ts';
import type { StartEndpoint } from '../core/endpoint.ts';
import { type Judgement, judge } from '../core/judge.ts';
import { type Mutant, withDefect } from '../core/mutant.ts';
import { plan as makePlan, type PlanOptions } from '../core/plan.ts';
import type {
  Capabilities,
  Deadlines,
  JournalEvent,
  WireEntry,
} from '../schemas/generated/types.ts';
import { Evidence, memorySink } from './evidence.ts';
import { run } from './run.ts';

/** What became of a mutant. */
export interface MutantOutcome {
  readonly id: string;
  readonly requirement: string;
  /** What must break first. */
  readonly breaks: string;
  readonly outcome: 'killed' | 'survived' | 'wrong' | 'error';
  /** The case that killed it. */
  readonly killedBy?: string;
  /** What was seen where it was not killed. */
  readonly detail?: string;
  /** With collateral: other requirements whose cases failed. */
  readonly blamed?: readonly string[];
}

/** Short: what a mutant keeps silent about costs each of them this. */
const SHORT: Deadlines = { call: 1000, start: 10_000, case: 60_000, stop: 2000 };
/** For endpoints that keep nothing back: reached only where the machine is crowded. */
export const PATIENT: Deadlines = { call: 30_000, start: 30_000, case: 300_000, stop: 5000 };

/** What a run in memory may be told. */
interface LiveOptions {
  readonly claims?: Capabilities | undefined;
  readonly deadlines?: Deadlines;
  /** Breaking it ends the run with the case that broke it: the rest is not run. */
  readonly until?: string | undefined;
  /** How often a case that failed is tried again. */
  readonly repeats?: number;
}

/** Ends a run once an expectation broke; for a missed deadline once that was tried again. */
const stopper = (until: string | undefined) => {
  const controller = new AbortController();
  let broken = false;
  const see = (event: JournalEvent): void => {
    if (event.event === 'expectation') {
      const certain = event.cause !== 'hung' || event.attempt > 1;
      broken ||= event.id === until && !event.held && certain;
    } else if (event.event === 'case-ended' && broken) controller.abort();
  };
  return { signal: controller.signal, see };
};

/** Runs the selected cases in memory and judges them. */
export const judgeLive = async (
  options: Omit<PlanOptions, 'suite'>,
  start: StartEndpoint,
  { claims, until, deadlines = SHORT, repeats }: LiveOptions = {},
): Promise<Judgement> => {
  const journal: JournalEvent[] = [];
  const wire: WireEntry[] = [];
  const plan = makePlan({ ...options, suite: { name: 'selftest', version: '0' } });
  const { signal, see } = stopper(until);
  await run({
    plan,
    cases: options.cases,
    start,
    target: 'selftest',
    deadlines,
    ...(claims && { claims }),
    evidence: new Evidence({ wire: memorySink(wire), journal: memorySink(journal) }, see),
    files: async () => [],
    signal,
    ...(repeats !== undefined && { repeats }),
  });
  const monitors = options.cases.flatMap((one) => (one.kind === 'monitor' ? [one] : []));
  return judge(plan, journal, wire, monitors);
};

/** The first expectation that broke in each case that failed. */
const firstBroken = ({ results }: Judgement): Map<string, string> =>
  new Map(
    results.flatMap((result) => {
      if (result.verdict !== 'fail') return [];
      const broken = result.attempts
        .flatMap((attempt) => attempt.expectations)
        .find((expectation) => !expectation.held);
      return [[result.case, broken?.id ?? `${result.reason}`] as const];
    }),
  );

const relevant = (mutant: Mutant, cases: readonly AnyCase[]): ((id: string) => boolean) => {
  const own = cases.filter((one) =>
    mutant.shows ? one.id === mutant.shows : one.requirements.includes(mutant.requirement),
  );
  const wanted = new Set<string>([...own.map((one) => one.id), ...(mutant.traffic ?? [])]);
  return (id) => wanted.has(id);
};

/** All cases but those that measure time, of which a mutant has its own alone: others run beside it. */
const collaterally = (mutant: Mutant, cases: readonly AnyCase[]): ((id: string) => boolean) => {
  const own = relevant(mutant, cases);
  const timing = new Set<string>(
    cases.flatMap((one) => (one.kind !== 'monitor' && one.timing ? [one.id] : [])),
  );
  return (id) => own(id) || !timing.has(id);
};

const tryOnce = async (
  mutant: Mutant,
  options: Omit<PlanOptions, 'suite'>,
  start: StartEndpoint,
  collateral: boolean,
  deadlines: Deadlines,
): Promise<MutantOutcome> => {
  const base = { id: mutant.id, requirement: mutant.requirement, breaks: mutant.breaks };
  try {
    const selects = (collateral ? collaterally : relevant)(mutant, options.cases);
    const judgement = await judgeLive({ ...options, selects }, withDefect(start, mutant.defect()), {
      claims: mutant.claims,
      deadlines,
      ...(collateral ? { repeats: 0 } : { until: mutant.breaks }),
    });
    const broken = firstBroken(judgement);
    const killer = [...broken].find(([, expectation]) => expectation === mutant.breaks);
    const errors = judgement.results.filter((result) => result.verdict === 'error');
    const blamed = judgement.requirements
      .filter((one) => one.verdict === 'fail' && one.id !== mutant.requirement)
      .map((one) => one.id);
    const rest = collateral ? { blamed } : {};
    if (errors.length > 0) {
      const detail = errors.map((one) => `${one.case}: ${one.message}`).join('; ');
      return { ...base, outcome: 'error', detail, ...rest };
    }
    if (killer) return { ...base, outcome: 'killed', killedBy: killer[0], ...rest };
    const own = [...broken].filter(([id]) => relevant(mutant, options.cases)(id));
    const detail = own.map(([id, expectation]) => `${id} broke ${expectation}`).join('; ');
    return own.length > 0
      ? { ...base, outcome: 'wrong', detail, ...rest }
      : { ...base, outcome: 'survived', ...rest };
  } catch (error) {
    return { ...base, outcome: 'error', detail: String(error) };
  }
};

/**
 * Runs one mutant: the cases of its requirement, or with `collateral` of all requirements, each once.
 * `deadlines` are longer where it is made of an endpoint that takes its time. One that is not killed is tried
 * again with patience: a crowded machine may have had it miss the deadline that only a silent one should.
 */
export const tryMutant = async (
  mutant: Mutant,
  options: Omit<PlanOptions, 'suite'>,
  start: StartEndpoint,
  collateral: boolean,
  deadlines = SHORT,
): Promise<MutantOutcome> => {
  const first = await tryOnce(mutant, options, start, collateral, deadlines);
  if (first.outcome === 'killed') return first;
  return tryOnce(mutant, options, start, collateral, PATIENT);
};
