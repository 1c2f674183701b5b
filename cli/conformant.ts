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
import type { Capabilities } from '../schemas/generated/types.ts';
import { cases } from '../suites/index.ts';
import { resolveTargets } from './targets.ts';
import { UsageError } from './usage-error.ts';

/** A conformant endpoint, with what its maker claims for it: of a reference, what it declares. */
export interface Conformant {
  readonly id: string;
  readonly start: StartEndpoint;
  readonly claims?: Capabilities;
}

export interface Subjects {
  /** What must pass with every seed. */
  readonly conformant: readonly Conformant[];
  /** What stands behind a mutant's filter. */
  readonly behind: StartEndpoint;
  /** How many mutants at a time. */
  readonly atOnce: number;
}

/** Runs against processes at a time: two keep two cores busy. */
export const PROCESSES = 2;
/** Mutants at a time: within this process a run mostly waits for its turn. */
const MUTANTS = 8;
const STOP_MILLISECONDS = 2000;

const references = async (scratch: string): Promise<Subjects> => ({
  conformant: (await reference.find()).map(({ id, launch }) => ({
    id: `${reference.name}:${id}`,
    claims: id === 'reduced' ? REDUCED : FULL,
    start: processEndpoints(launch, scratch, STOP_MILLISECONDS),
  })),
  // Behind a mutant's filter it makes no difference where the endpoint runs, but to the time it takes.
  behind: inProcess(referenceAdapter(FULL)),
  atOnce: MUTANTS,
});

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
  return { conformant: [conformant], behind: start, atOnce: PROCESSES };
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

/**
 * The mutants that can be tried with an endpoint: those of which it passes a case itself. A case that it
 * does not pass, or that does not apply to it, shows nothing of a mutant.
 */
export const triable = async (
  start: StartEndpoint,
  chosen: readonly Mutant[],
): Promise<readonly Mutant[]> => {
  const rows = new Set<string>(chosen.map((one) => one.requirement));
  const traffic = new Set<string>(chosen.flatMap((one) => one.traffic ?? []));
  const wanted = new Set<string>(
    cases
      .filter((one) => traffic.has(one.id) || one.requirements.some((row) => rows.has(row)))
      .map((one) => one.id),
  );
  const selects = (id: string): boolean => wanted.has(id);
  const plan = { ...everyCase('selftest'), selects };
  const { results } = await judgeLive(plan, start, { deadlines: PATIENT });
  const passed = new Set<string>(
    results.flatMap((one) => (one.verdict === 'pass' ? [one.case] : [])),
  );
  return chosen.filter(({ requirement, claims }) =>
    cases.some(
      (one) =>
        one.requirements.includes(requirement) &&
        // What a mutant's maker claims is the mutant's own: without it the case does not apply.
        (passed.has(one.id) || claims !== undefined),
    ),
  );
};
