// One live run of one subject: probe, every planned case, second tries, and the pinning of deaths.
import type { AnyCase, Case } from '../core/case.ts';
import type { StartEndpoint } from '../core/endpoint.ts';
import type {
  Capabilities,
  Deadlines,
  Plan,
  PlannedCase,
  StartedFile,
} from '../schemas/generated/types.ts';
import type { Evidence } from './evidence.ts';
import { inMocha } from './in-mocha.ts';
import { LiveWire } from './live-wire.ts';
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
  readonly files: (pid: number | undefined) => StartedFile[];
  /** Ends the run: what has not begun is not-run. */
  readonly signal: AbortSignal;
}

/** How much longer a second try may take than the first. */
const SECOND_TRY_FACTOR = 5;
/** What all second tries of a run may take, in milliseconds. */
const SECOND_TRY_BUDGET = 60_000;

interface Ran {
  readonly declared: Case;
  readonly planned: PlannedCase;
}

/** Runs the plan against the endpoint that `start` starts; all that it saw is in the evidence. */
export const run = async (options: RunOptions): Promise<void> => {
  const { plan, evidence, signal } = options;
  const wire = new LiveWire(options.start, evidence);
  const subject = new Subject(wire, evidence, options.deadlines, plan.seed.value, options.claims);
  evidence.journal({
    event: 'run-started',
    at: new Date().toISOString(),
    target: options.target,
    deadlines: options.deadlines,
    ...(options.claims && { claims: options.claims }),
  });
  if (!(await subject.probe(options.files))) {
    evidence.journal({ event: 'run-ended', how: 'not-started' });
    wire.close();
    return;
  }

  const cases = speaking(options.cases);
  const attempts = new Map<string, number>();
  let budget = SECOND_TRY_BUDGET;
  let history: Ran[] = [];

  const attempt = ({ declared, planned }: Ran, alone: boolean, factor: number) => {
    const number = (attempts.get(planned.id) ?? 0) + 1;
    attempts.set(planned.id, number);
    return subject.attempt(declared, planned, { attempt: number, alone, factor });
  };
  /** A death with no request open: whoever brings it about again, alone, did it. */
  const pin = async (suspects: readonly Ran[]): Promise<void> => {
    for (const suspect of suspects) await attempt(suspect, true, 1);
    history = [];
  };
  const runCase = async (ran: Ran): Promise<void> => {
    if (subject.diedIdle(ran.planned.area)) await pin(history.slice(-2));
    const first = await attempt(ran, false, 1);
    if (ran.declared.kind === 'shared') {
      if (history.at(-1)?.planned.area !== ran.planned.area) history = [];
      history.push(ran);
    }
    if (first.diedIdle && ran.declared.kind === 'shared') await pin(history.slice(-2));
    else if (first.missed && budget > 0 && !signal.aborted) {
      const from = performance.now();
      await attempt(ran, true, SECOND_TRY_FACTOR);
      budget -= performance.now() - from;
    }
  };

  const steps = plan.cases.flatMap((planned) => {
    const declared = cases.get(planned.id);
    if (!declared) return [];
    return [
      {
        title: `${planned.id} ${planned.title}`,
        run: () => runCase({ declared, planned }),
        stray: (error: unknown) => subject.stray(error),
      },
    ];
  });
  const cut = (): void => subject.interrupt();
  signal.addEventListener('abort', cut);
  await inMocha(options.target, steps, signal);
  signal.removeEventListener('abort', cut);
  await subject.close();
  wire.close();
  evidence.journal({ event: 'run-ended', how: signal.aborted ? 'interrupted' : 'complete' });
};
