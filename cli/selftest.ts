// `causeway selftest`: the kill matrix. A MUST counts only when a mutant of it is killed and the
// reference passes.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import logUpdate from 'log-update';
import type { Mutant } from '../core/mutant.ts';
import { requirements } from '../core/plan.ts';
import type { MutantOutcome } from '../runner/selftest.ts';
import { cases } from '../suites/index.ts';
import { mutants } from '../suites/mutants.ts';
import { countOf, selection } from './choices.ts';
import { subjectsOf, triable } from './conformant.ts';
import {
  type Departure,
  decided,
  type SeedOutcome,
  seedOutcome,
  seedRunsOf,
  wantsQuiet,
} from './seed-runs.ts';
import { doBeside, doHere, type Told } from './selftest-parts.ts';
import { styleFor } from './style.ts';
import { UsageError } from './usage-error.ts';

const style = styleFor(process.stdout);

export interface SelftestCommand {
  readonly seeds: string;
  readonly only: readonly string[];
  /** The endpoint that mutants are made of, in place of the reference. */
  readonly target?: string;
  readonly collateral?: boolean;
  readonly json?: boolean;
}

/** What departed from an endpoint's pass with one seed. */
interface Pass extends Pick<SeedOutcome, 'endpoint' | 'seed'> {
  /** Each as `CASE VERDICT: MESSAGE`. */
  readonly departures: readonly string[];
}

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
  let total = chosen.length;
  try {
    const subjects = await subjectsOf(scratch, options.target);
    const { conformant, behind } = subjects;
    const tried = options.target === undefined ? chosen : await triable(behind, chosen);
    if (tried.length === 0) {
      throw new UsageError(
        `${options.target} passes none of the cases that these mutants are tried on; for what it does, type: causeway run ${options.target}`,
      );
    }
    const untried = chosen.filter((one) => !tried.includes(one));
    const runs = selects ? [] : seedRunsOf(seeds, conformant);
    total = tried.length + runs.length;
    const part = { target: options.target, scratch, collateral: options.collateral === true };
    const outcomes = new Map<string, MutantOutcome>();
    const found: SeedOutcome[] = [];
    const know = (told: Told): void => {
      done += 1;
      if (live) logUpdate(`selftest ${done}/${total}`);
      if ('mutant' in told) outcomes.set(told.mutant.id, told.mutant);
      else found.push(told.run);
    };
    const rows = new Set<string>(cases.filter(wantsQuiet).flatMap((one) => one.requirements));
    const idsOf = (alone: boolean): readonly string[] =>
      tried.filter((one) => rows.has(one.requirement) === alone).map(({ id }) => id);
    // Side by side: what a silent mutant is waited for is time in which a reference can run. The mutants in two parts, for
    // in one they would be busy for longer than all the rest.
    const parts = [0, 1].map((which) => idsOf(false).filter((_, index) => index % 2 === which));
    await Promise.all([
      doHere({ ...part, runs: runs.filter(({ within }) => !within) }, subjects, know),
      doBeside({ ...part, runs: runs.filter(({ within }) => within) }, know),
      ...parts.map((ids) => doBeside({ ...part, mutants: ids }, know)),
    ]);
    await doHere({ ...part, mutants: idsOf(true), alone: true }, subjects, know);
    const matrix = tried.map(({ id }) => {
      const outcome = outcomes.get(id);
      if (!outcome) throw new Error(`nothing was heard of ${id}`);
      return outcome;
    });
    if (found.length < runs.length) {
      throw new Error(`nothing was heard of ${runs.length - found.length} runs`);
    }
    for (const run of runs.filter(({ cases }) => cases === 'timing')) {
      found.push(await seedOutcome({ ...run, cases: 'quiet' }, subjects));
    }
    const settled: SeedOutcome[] = [];
    for (const outcome of found) settled.push(await decided(outcome, subjects));
    const passes = seeds.flatMap((seed) =>
      [...new Set(runs.map(({ endpoint }) => endpoint))].map((endpoint): Pass => {
        const own = settled.filter((one) => one.endpoint === endpoint && one.seed === seed);
        return { endpoint, seed, departures: own.flatMap((one) => one.departures.map(inWords)) };
      }),
    );
    if (live) logUpdate.clear();
    const uncovered = selects
      ? []
      : uncoveredMusts(matrix).filter((id) => !untried.some((one) => one.requirement === id));
    const bad =
      matrix.some((one) => one.outcome !== 'killed') ||
      passes.some((one) => one.departures.length > 0) ||
      uncovered.length > 0;
    if (options.json) {
      const names = untried.map(({ id }) => id);
      const report = { mutants: matrix, untried: names, references: passes, uncovered };
      process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    } else print(matrix, untried, passes, uncovered, part.collateral);
    return bad ? 1 : 0;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
};

const inWords = ({ case: id, verdict, message }: Departure): string =>
  `${id} ${verdict}: ${message}`;

/** MUST rows that no killed mutant belongs to. */
const uncoveredMusts = (matrix: readonly MutantOutcome[]): string[] =>
  requirements
    .filter((row) => row.keyword.startsWith('MUST') && row.untestable === undefined)
    .filter((row) => !matrix.some((one) => one.requirement === row.id && one.outcome === 'killed'))
    .map((row) => row.id);

const print = (
  matrix: readonly MutantOutcome[],
  untried: readonly Mutant[],
  passes: readonly Pass[],
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
  if (untried.length > 0) {
    out(`${untried.length} not tried, of rows that the target does not pass or declare:`);
    for (const { id } of untried) out(style.dim(`  ${id}`));
  }
  if (uncovered.length > 0) out(style.red(`no killed mutant: ${uncovered.join(', ')}`));
  out(
    `${count('killed')} killed, ${count('survived')} survived, ${count('wrong')} wrong, ${count('error')} errors`,
  );
};
