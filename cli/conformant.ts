// What the selftest makes its mutants of: the embedded reference, or one endpoint that --target names.
import { inProcess } from '../adapters/kit/in-process.ts';
import { referenceAdapter } from '../adapters/reference/adapter.ts';
import { FULL, REDUCED } from '../adapters/reference/driver.ts';
import { reference } from '../adapters/reference/index.ts';
import type { StartEndpoint } from '../core/endpoint.ts';
import type { Mutant } from '../core/mutant.ts';
import { type PlanOptions, profiles, requirements } from '../core/plan.ts';
import { processEndpoints } from '../runner/process.ts';
import { judgeLive, PATIENT } from '../runner/selftest.ts';
import type { Capabilities, Deadlines } from '../schemas/generated/types.ts';
import { cases } from '../suites/index.ts';
import { resolveTargets } from './targets.ts';
import { UsageError } from './usage-error.ts';

/** A conformant endpoint, with what its maker claims for it: of a reference, what it declares. */
export interface Conformant {
  readonly id: string;
  readonly start: StartEndpoint;
  /** The same without processes, where there is such a way. */
  readonly within?: StartEndpoint;
  readonly claims?: Capabilities;
}

export interface Subjects {
  /** What must pass with every seed. */
  readonly conformant: readonly Conformant[];
  /** What stands behind a mutant's filter. */
  readonly behind: StartEndpoint;
  /** The same as a process, for cases that look at one. */
  readonly apart: StartEndpoint;
  /** How many mutants at a time. */
  readonly atOnce: number;
  /** Of mutants, where others than those of the reference. */
  readonly deadlines?: Deadlines;
}

/** Mutants of a target at a time, which are processes: two keep two cores busy. */
const PROCESSES = 2;
/** Runs of conformant endpoints at a time: one of them may be waiting for what measures time. */
export const REFERENCES = 3;
/**
 * Mutants at a time, beside those: within this process a run mostly waits for its turn. With more than ten runs
 * in all, node warns of mocha's handlers.
 */
const MUTANTS = 7;
const STOP_MILLISECONDS = 2000;
/** A mutant may turn one request into hundreds, each of which a target answers in its own time. */
const OF_A_TARGET: Deadlines = { call: 10_000, start: 10_000, case: 120_000, stop: 2000 };

const references = async (scratch: string): Promise<Subjects> => {
  const conformant = (await reference.find()).map(({ id, launch }) => {
    const claims = id === 'reduced' ? REDUCED : FULL;
    const within = inProcess(referenceAdapter(claims));
    // One of them as processes, as users have them: their starts are most of a run.
    const start = claims === FULL ? processEndpoints(launch, scratch, STOP_MILLISECONDS) : within;
    return { id: `${reference.name}:${id}`, claims, start, within };
  });
  const full = conformant.find(({ claims }) => claims === FULL);
  if (!full) throw new Error('there is no reference that declares everything');
  // Behind a mutant's filter it makes no difference where the endpoint runs, but to the time it takes.
  return { conformant, behind: full.within, apart: full.start, atOnce: MUTANTS };
};

/** The references, or the one endpoint of `target`; temporary files go to `scratch`. */
export const subjectsOf = async (
  scratch: string,
  target: string | undefined,
): Promise<Subjects> => {
  if (target === undefined) return references(scratch);
  const found = await resolveTargets([target]);
  const [one] = found;
  if (!one || found.length > 1) {
    const names = found.map(({ name }) => name).join(', ');
    throw new UsageError(`--target takes one endpoint, and ${target} names ${names}`);
  }
  const start = processEndpoints(one.launch, scratch, STOP_MILLISECONDS);
  const conformant = { id: one.name, start, ...(one.claims && { claims: one.claims }) };
  return {
    conformant: [conformant],
    behind: start,
    apart: start,
    atOnce: PROCESSES,
    deadlines: OF_A_TARGET,
  };
};

/** All cases of all levels. */
export const everyCase = (seed: string): Omit<PlanOptions, 'suite'> => {
  const [profile] = profiles;
  if (!profile) throw new Error('the standard has no profile');
  return {
    profile: { ...profile, groups: [...new Set(requirements.map((row) => row.id.slice(0, 7)))] },
    level: 3,
    seed: { value: seed, source: 'given' },
    cases,
  };
};

/** The cases of these rows that an endpoint passes; `claims` as in a target file. */
const passedBy = async (
  start: StartEndpoint,
  chosen: readonly Mutant[],
  claims?: Capabilities,
): Promise<Set<string>> => {
  const rows = new Set<string>(chosen.map((one) => one.requirement));
  const traffic = new Set<string>(chosen.flatMap((one) => one.traffic ?? []));
  const wanted = new Set<string>(
    cases
      .filter((one) => traffic.has(one.id) || one.requirements.some((row) => rows.has(row)))
      .map((one) => one.id),
  );
  const selects = (id: string): boolean => wanted.has(id);
  const plan = { ...everyCase('selftest'), selects };
  const { results } = await judgeLive(plan, start, { claims, deadlines: PATIENT });
  return new Set(results.flatMap((one) => (one.verdict === 'pass' ? [one.case] : [])));
};

/**
 * The mutants that can be tried with an endpoint: those of which it passes a case itself that they break. A case that it
 * does not pass, or that does not apply to it, shows nothing of a mutant. Mutants that come with claims
 * suppose an endpoint that has everything.
 */
export const triable = async (
  start: StartEndpoint,
  chosen: readonly Mutant[],
): Promise<readonly Mutant[]> => {
  const claimed = chosen.filter((one) => one.claims !== undefined);
  const unclaimed = chosen.filter((one) => one.claims === undefined);
  const passed = await passedBy(start, unclaimed);
  const withClaims = claimed.length > 0 ? await passedBy(start, claimed, FULL) : new Set<string>();
  return chosen.filter(({ requirement, breaks, claims }) =>
    cases.some(
      (one) =>
        one.requirements.includes(requirement) &&
        one.expectations.includes(breaks) &&
        (claims === undefined ? passed : withClaims).has(one.id),
    ),
  );
};
