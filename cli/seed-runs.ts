// What the selftest runs on the endpoints that should pass: every case, with several seeds, in runs that can be told to
// another process.
import type { AnyCase } from '../core/case.ts';
import { judgeLive, PATIENT } from '../runner/selftest.ts';
import type { Result } from '../schemas/generated/types.ts';
import { cases } from '../suites/index.ts';
import { type Conformant, everyCase, type Subjects } from './conformant.ts';

const isTiming = (one: AnyCase): boolean => one.kind !== 'monitor' && one.timing === true;

/** Whether it can say nothing of a machine on which others work too. */
export const wantsQuiet = (one: AnyCase): boolean =>
  one.kind !== 'monitor' && one.premises?.includes('quiet') === true;

/**
 * Whether another seed tells nothing of a reference: it is about operators or their gradients, whose definitions suite and
 * reference share (core/operators), or about so many bytes or runs that one seed of them is enough.
 */
const isDefined = (one: AnyCase): boolean =>
  one.id === 'DRV-MEM-001/largest' ||
  one.requirements.some((id) => /^FRM-(OPS|AUD|TRN-001)/.test(id));

const untimed = cases.filter((one) => !isTiming(one) && !wantsQuiet(one));

/** The cases that are run together. */
const TOGETHER = {
  untimed,
  defined: untimed.filter((one) => one.kind === 'monitor' || isDefined(one)),
  asked: untimed.filter((one) => one.kind === 'monitor' || !isDefined(one)),
  timing: cases.filter((one) => isTiming(one) && !wantsQuiet(one)),
  quiet: cases.filter(wantsQuiet),
};

/** Some of the cases, run on an endpoint that should pass them. */
export interface SeedRun {
  readonly endpoint: string;
  readonly seed: string;
  readonly cases: keyof typeof TOGETHER;
  /** Of those, these alone. */
  readonly only?: readonly string[];
  /** In the process that runs the cases: without one for each session. */
  readonly within: boolean;
}

/** A case that is neither pass nor not-applicable. */
export type Departure = Pick<Result, 'case' | 'verdict' | 'message'>;

export interface SeedOutcome extends SeedRun {
  readonly departures: readonly Departure[];
}

/**
 * All runs of these endpoints. Processes once, as users have them: another seed asks other things, and of the same
 * endpoint. What cases that measure time find is not for the seed to say: once is enough of them, and they mostly wait;
 * and once of what a reference computes by the very definitions that it is held against. The longest are begun first.
 */
export const seedRunsOf = (
  seeds: readonly string[],
  conformant: readonly Conformant[],
): readonly SeedRun[] =>
  seeds.flatMap((seed, index) =>
    conformant.flatMap(({ id, start, within }): SeedRun[] => {
      const run = { endpoint: id, seed };
      if (!within) {
        const names = index > 0 ? (['untimed'] as const) : (['untimed', 'timing'] as const);
        return names.map((name) => ({ ...run, cases: name, within: false }));
      }
      if (index > 0) return [{ ...run, cases: 'asked', within: true }];
      const processes = start !== within;
      return [
        { ...run, cases: 'asked', within: !processes },
        { ...run, cases: 'timing', within: !processes },
        { ...run, cases: 'defined', within: true },
      ];
    }),
  );

/** Runs it, and says what departed. */
export const seedOutcome = async (
  run: SeedRun,
  { conformant }: Pick<Subjects, 'conformant'>,
): Promise<SeedOutcome> => {
  const subject = conformant.find(({ id }) => id === run.endpoint);
  const start = run.within ? subject?.within : subject?.start;
  if (!subject || !start) throw new Error(`${run.endpoint} cannot be started so`);
  const { only } = run;
  const asked = TOGETHER[run.cases].filter(
    (one) => one.kind === 'monitor' || !only || only.includes(one.id),
  );
  const { results } = await judgeLive({ ...everyCase(run.seed), cases: asked }, start, {
    claims: subject.claims,
    deadlines: PATIENT,
  });
  const departures = results
    .filter((one) => one.verdict !== 'pass' && one.verdict !== 'not-applicable')
    .map(({ case: id, verdict, message }) => ({ case: id, verdict, message }));
  return { ...run, departures };
};

/**
 * An outcome, with what came to no verdict asked again while nothing else is done, so many times at most: the machine was
 * too crowded to tell, which says nothing of the endpoint.
 */
export const decided = async (
  outcome: SeedOutcome,
  subjects: Pick<Subjects, 'conformant'>,
  most = 3,
): Promise<SeedOutcome> => {
  const isCertain = ({ verdict }: Departure): boolean => verdict !== 'inconclusive';
  const certain = outcome.departures.filter(isCertain);
  if (certain.length === outcome.departures.length || most === 0) return outcome;
  const only = outcome.departures.filter((one) => !isCertain(one)).map((one) => one.case);
  const { departures } = await seedOutcome({ ...outcome, only }, subjects);
  return decided({ ...outcome, departures: [...certain, ...departures] }, subjects, most - 1);
};
