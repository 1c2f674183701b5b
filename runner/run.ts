// One live run of one subject: probe, every planned case, further tries, and the pinning of deaths.
import { performance } from 'node:perf_hooks';
import type { AttemptOutcome } from '../core/attempt.ts';
import type { AnyCase, Case } from '../core/case.ts';
import type { StartEndpoint } from '../core/endpoint.ts';
import { NO_PAST, type Past } from '../core/past.ts';
import { ALONE, FIRST, nextTry, REPEATS, type Try } from '../core/tries.ts';
import type {
  Capabilities,
  Deadlines,
  Plan,
  PlannedCase,
  StartedFile,
} from '../schemas/generated/types.ts';
import { isSame } from './environment.ts';
import type { Evidence } from './evidence.ts';
import { FolderError } from './folder-error.ts';
import { LiveWire } from './live-wire.ts';
import { Machine } from './machine.ts';
import { Subject, speaking } from './subject.ts';

export interface RunOptions {
  readonly plan: Plan;
  readonly cases: readonly AnyCase[];
  readonly start: StartEndpoint;
  readonly target: string;
  readonly deadlines: Deadlines;
  /** What the endpoint's maker claims that it has. */
  readonly claims?: Capabilities;
  readonly evidence: Evidence;
  /** What was started, from its process id. */
  readonly files: (pid: number | undefined) => Promise<StartedFile[]>;
  /** Ends the run: what has not begun is not-run. */
  readonly signal: AbortSignal;
  /** What the cases may take together, in milliseconds; what does not fit is not-run. */
  readonly budget?: number;
  /** The earlier parts of a run that goes on. */
  readonly past?: Past;
  /** What other subjects run on too. */
  readonly machine?: Machine;
  /** How often a case that failed is tried again alone. */
  readonly repeats?: number;
}

/** What all second tries after a missed deadline may take in a run, in milliseconds. */
const SECOND_TRIES_TIME = 60_000;
/** What all repeats of failed cases may take. */
const REPEATS_TIME = 15_000;

interface Ran {
  readonly declared: Case;
  readonly planned: PlannedCase;
}

/** Ends a run for one of two reasons: it was told to, or its time is over. */
const ending = (signal: AbortSignal, budget: number | undefined) => {
  const controller = new AbortController();
  let how: 'complete' | 'interrupted' | 'budget' = 'complete';
  const end = (why: typeof how): void => {
    if (controller.signal.aborted) return;
    how = why;
    controller.abort();
  };
  const interrupt = (): void => end('interrupted');
  if (signal.aborted) interrupt();
  signal.addEventListener('abort', interrupt);
  const timer = budget === undefined ? undefined : setTimeout(end, budget, 'budget');
  return {
    signal: controller.signal,
    /** How the run ends, from here on for good. */
    settle: (): typeof how => {
      clearTimeout(timer);
      signal.removeEventListener('abort', interrupt);
      return how;
    },
  };
};

/** Probes, and tries every case that is left; false where the endpoint did not start. */
const judgeAll = async (
  {
    plan,
    evidence,
    past = NO_PAST,
    machine = new Machine(),
    repeats = REPEATS,
    ...options
  }: RunOptions,
  subject: Subject,
  signal: AbortSignal,
): Promise<boolean> => {
  // mocha is loaded while the endpoint starts; where it cannot be, that is said once the probe is over.
  const loaded = import('./in-mocha.ts');
  loaded.catch(() => {});
  const probed = await subject.probe(options.files);
  const { inMocha } = await loaded;
  if (!probed.started) return false;
  if (past.probed?.started && !isSame(past.probed, probed)) {
    throw new FolderError(
      'The endpoint is not the one that this run began with: another product answers, or its files have changed. Judge it in a new folder with --out',
    );
  }

  const cases = speaking(options.cases);
  const begun = new Map([...past.cases].map(([id, one]) => [id, one.begun]));
  const outcomes = new Map<string, AttemptOutcome[]>(
    [...past.cases].map(([id, one]) => [id, [...one.ended]]),
  );
  const triedAlone = new Set(
    [...past.cases].filter(([, one]) => one.ended.some(({ alone }) => alone)).map(([id]) => id),
  );
  /** What is left for further tries, in milliseconds. */
  const left = { missed: SECOND_TRIES_TIME, failed: REPEATS_TIME };
  /** Cases of one area that shared its session, in order. */
  let history: Ran[] = [];

  const attempt = async ({ declared, planned }: Ran, how: Try): Promise<AttemptOutcome> => {
    const number = (begun.get(planned.id) ?? 0) + 1;
    begun.set(planned.id, number);
    const outcome = await subject.attempt(declared, planned, { attempt: number, ...how });
    outcomes.set(planned.id, [...(outcomes.get(planned.id) ?? []), outcome]);
    if (how.alone) triedAlone.add(planned.id);
    return outcome;
  };
  /** A death with no request open: whoever brings it about again, alone, did it. */
  const pin = async (suspects: readonly Ran[]): Promise<void> => {
    for (const suspect of suspects) {
      if (!signal.aborted && !triedAlone.has(suspect.planned.id)) await attempt(suspect, ALONE);
    }
    history = [];
  };
  const remember = (ran: Ran): void => {
    if (ran.declared.kind !== 'shared') return;
    if (history.at(-1)?.planned.area !== ran.planned.area) history = [];
    history.push(ran);
  };
  /** The tries that a case is owed after its first. */
  const follow = async (ran: Ran): Promise<void> => {
    const tried = (): readonly AttemptOutcome[] => outcomes.get(ran.planned.id) ?? [];
    if (tried()[0]?.diedIdle && ran.declared.kind === 'shared') await pin(history.slice(-2));
    for (let next = nextTry(tried(), repeats); next; next = nextTry(tried(), repeats)) {
      const why = tried()[0]?.missed ? 'missed' : 'failed';
      if (signal.aborted || left[why] <= 0) return;
      const from = performance.now();
      await attempt(ran, next);
      left[why] -= performance.now() - from;
    }
  };
  const runCase = async (ran: Ran): Promise<void> => {
    if (subject.diedIdle(ran.planned.area)) await pin(history.slice(-2));
    if (signal.aborted) return;
    await attempt(ran, FIRST);
    remember(ran);
    await follow(ran);
  };

  const steps = plan.cases.flatMap((planned) => {
    const declared = cases.get(planned.id);
    if (!declared) return [];
    const ran = { declared, planned };
    const done = (past.cases.get(planned.id)?.ended.length ?? 0) > 0;
    if (done) remember(ran);
    if (done && planned.id !== past.last) return [];
    const work = (): Promise<void> => (done ? follow(ran) : runCase(ran));
    return [
      {
        title: `${planned.id} ${planned.title}`,
        run: () => (planned.timing ? machine.alone(work) : machine.beside(work)),
        stray: (error: unknown) => subject.stray(error),
      },
    ];
  });
  const cut = (): void => subject.interrupt();
  signal.addEventListener('abort', cut);
  await inMocha(options.target, steps, signal);
  signal.removeEventListener('abort', cut);
  return true;
};

/** Runs the plan against the endpoint that `start` starts; all that it saw is in the evidence. */
export const run = async (options: RunOptions): Promise<void> => {
  const { plan, evidence, past = NO_PAST } = options;
  const end = ending(options.signal, options.budget);
  const { signal } = end;
  const wire = new LiveWire(options.start, evidence, evidence.now);
  const { deadlines, claims } = options;
  const subject = new Subject(wire, evidence, deadlines, plan.seed.value, claims, past.parts);
  const at = new Date().toISOString();
  if (past.parts > 0) {
    evidence.journal({ event: 'run-resumed', at, ...(past.cut && { again: past.cut }) });
  } else {
    const { target } = options;
    evidence.journal({ event: 'run-started', at, target, deadlines, ...(claims && { claims }) });
    // From here on a run that is killed can say what it judges.
    evidence.flush();
  }
  let started = false;
  let how: ReturnType<typeof end.settle>;
  try {
    started = await judgeAll(options, subject, signal);
  } finally {
    // Also where the suite itself failed: nothing that it started outlives it.
    await subject.close();
    wire.close();
    how = end.settle();
  }
  evidence.journal({ event: 'run-ended', how: started ? how : 'not-started' });
};
