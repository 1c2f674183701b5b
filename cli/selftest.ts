// `causeway selftest`: the kill matrix. A MUST counts only when a mutant of it is killed and the
// reference passes.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import logUpdate from 'log-update';
import { inProcess } from '../adapters/kit/in-process.ts';
import { referenceAdapter } from '../adapters/reference/adapter.ts';
import { FULL, REDUCED } from '../adapters/reference/driver.ts';
import { reference } from '../adapters/reference/index.ts';
import type { AnyCase } from '../core/case.ts';
import type { StartEndpoint } from '../core/endpoint.ts';
import { type PlanOptions, profiles, requirements } from '../core/plan.ts';
import { processEndpoints } from '../runner/process.ts';
import { judgeLive, type MutantOutcome, PATIENT, tryMutant } from '../runner/selftest.ts';
import type { Capabilities } from '../schemas/generated/types.ts';
import { cases, mutants } from '../suites/index.ts';
import { countOf, selection } from './choices.ts';
import { styleFor } from './style.ts';
import { UsageError } from './usage-error.ts';

const style = styleFor(process.stdout);

export interface SelftestCommand {
  readonly seeds: string;
  readonly only: readonly string[];
  readonly collateral?: boolean;
  readonly json?: boolean;
}

interface SeedOutcome {
  readonly endpoint: string;
  readonly seed: string;
  /** Cases that are neither pass nor not-applicable. */
  readonly departures: readonly string[];
}

/** Runs against processes at a time: two keep two cores busy. */
const PROCESSES = 2;
/** Mutants at a time: within this process a run mostly waits for its turn. */
const MUTANTS = 8;

const each = async <T, R>(
  items: readonly T[],
  atOnce: number,
  act: (item: T) => Promise<R>,
): Promise<R[]> => {
  const results: R[] = [];
  const queue = items.map((item, index) => ({ item, index }));
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      results[next.index] = await act(next.item);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
};

/** A reference, with what its maker claims for it: what it declares. */
interface Conformant {
  readonly id: string;
  readonly start: StartEndpoint;
  readonly claims: Capabilities;
}

const endpoints = async (scratch: string): Promise<Conformant[]> =>
  (await reference.find()).map(({ id, launch }) => ({
    id: `${reference.name}:${id}`,
    claims: id === 'reduced' ? REDUCED : FULL,
    start: processEndpoints(launch, scratch, 2000),
  }));

const optionsFor = (seed: string): Omit<PlanOptions, 'suite'> => {
  const [profile] = profiles;
  if (!profile) throw new Error('the standard has no profile');
  return {
    profile: { ...profile, groups: [...new Set(requirements.map((row) => row.id.slice(0, 7)))] },
    level: 3,
    seed: { value: seed, source: 'given' },
    cases,
  };
};

const isTiming = (one: AnyCase): boolean => one.kind !== 'monitor' && one.timing === true;

export const selftestCommand = async (options: SelftestCommand): Promise<number> => {
  const seeds = Array.from(
    { length: countOf(options.seeds, '--seeds') },
    (_, index) => `seed-${index + 1}`,
  );
  const selects = selection(options.only);
  const chosen = mutants.filter(
    (mutant) =>
      !selects ||
      cases.some((one) => selects(one.id) && one.requirements.includes(mutant.requirement)),
  );
  if (chosen.length === 0) throw new UsageError('no mutant belongs to what --only selects');
  const scratch = mkdtempSync(join(tmpdir(), 'causeway-'));
  const live = Boolean(process.stderr.isTTY) && !options.json;
  let done = 0;
  const total = chosen.length + (selects ? 0 : 2 * seeds.length);
  const step = <T>(result: T): T => {
    done += 1;
    if (live) logUpdate(`selftest ${done}/${total}`);
    return result;
  };
  try {
    const subjects = await endpoints(scratch);
    // Behind a mutant's filter it makes no difference where the endpoint runs, but to the time it takes.
    const conformant = inProcess(referenceAdapter(FULL));
    const matrix = await each(chosen, MUTANTS, async (mutant) =>
      step(
        await tryMutant(mutant, optionsFor('selftest'), conformant, options.collateral === true),
      ),
    );
    const runs = selects
      ? []
      : subjects.flatMap((subject) => seeds.map((seed) => ({ subject, seed })));
    const passes = await each(runs, PROCESSES, async ({ subject, seed }): Promise<SeedOutcome> => {
      // Cases that measure time draw nothing from the seed: once is enough of them.
      const kept = seed === seeds[0] ? cases : cases.filter((one) => !isTiming(one));
      const { results } = await judgeLive({ ...optionsFor(seed), cases: kept }, subject.start, {
        claims: subject.claims,
        deadlines: PATIENT,
      });
      return step({
        endpoint: subject.id,
        seed,
        departures: results
          .filter((one) => one.verdict !== 'pass' && one.verdict !== 'not-applicable')
          .map((one) => `${one.case} ${one.verdict}: ${one.message}`),
      });
    });
    if (live) logUpdate.clear();
    const uncovered = selects ? [] : uncoveredMusts(matrix);
    const bad =
      matrix.some((one) => one.outcome !== 'killed') ||
      passes.some((one) => one.departures.length > 0) ||
      uncovered.length > 0;
    if (options.json) {
      const report = { mutants: matrix, references: passes, uncovered };
      process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    } else print(matrix, passes, uncovered, options.collateral === true);
    return bad ? 1 : 0;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
};

/** MUST rows that no killed mutant belongs to. */
const uncoveredMusts = (matrix: readonly MutantOutcome[]): string[] =>
  requirements
    .filter((row) => row.keyword.startsWith('MUST') && row.untestable === undefined)
    .filter((row) => !matrix.some((one) => one.requirement === row.id && one.outcome === 'killed'))
    .map((row) => row.id);

const print = (
  matrix: readonly MutantOutcome[],
  passes: readonly SeedOutcome[],
  uncovered: readonly string[],
  collateral: boolean,
): void => {
  const out = (text: string): void => {
    process.stdout.write(`${text}\n`);
  };
  for (const row of requirements) {
    const own = matrix.filter((one) => one.requirement === row.id);
    if (own.length === 0) continue;
    out(
      `${style.bold(row.id)}  ${own.filter((one) => one.outcome === 'killed').length}/${own.length} killed`,
    );
    for (const one of own) {
      const mark = one.outcome === 'killed' ? style.green('killed') : style.red(one.outcome);
      const blamed =
        one.blamed && one.blamed.length > 0
          ? style.yellow(` also blamed: ${one.blamed.join(', ')}`)
          : '';
      const detail = one.detail ? ` ${style.dim(one.detail)}` : '';
      if (one.outcome !== 'killed' || collateral) out(`  ${mark} ${one.id}${detail}${blamed}`);
    }
  }
  const count = (outcome: MutantOutcome['outcome']): number =>
    matrix.filter((one) => one.outcome === outcome).length;
  out('');
  for (const endpoint of new Set(passes.map((one) => one.endpoint))) {
    const own = passes.filter((one) => one.endpoint === endpoint);
    const good = own.filter((one) => one.departures.length === 0).length;
    out(`${endpoint} passes with ${good} of ${own.length} seeds`);
    for (const one of own)
      for (const text of one.departures) out(style.red(`  ${one.seed}: ${text}`));
  }
  if (uncovered.length > 0) out(style.red(`no killed mutant: ${uncovered.join(', ')}`));
  out(
    `${count('killed')} killed, ${count('survived')} survived, ${count('wrong')} wrong, ${count('error')} errors`,
  );
};
