// `causeway selftest`: the kill matrix. A MUST counts only when a mutant of it is killed and the
// reference passes.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import logUpdate from 'log-update';
import pLimit from 'p-limit';
import type { AnyCase } from '../core/case.ts';
import type { StartEndpoint } from '../core/endpoint.ts';
import type { Mutant } from '../core/mutant.ts';
import { requirements } from '../core/plan.ts';
import { judgeLive, type MutantOutcome, PATIENT } from '../runner/selftest.ts';
import type { Capabilities } from '../schemas/generated/types.ts';
import { cases, mutants } from '../suites/index.ts';
import { countOf, selection } from './choices.ts';
import { everyCase, REFERENCES, subjectsOf, triable } from './conformant.ts';
import { tryBeside, tryHere } from './mutants-tried.ts';
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

/** Some of the cases, run on an endpoint that should pass them. */
interface SeedRun {
  readonly endpoint: string;
  readonly seed: string;
  readonly start: StartEndpoint;
  readonly claims: Capabilities | undefined;
  readonly kept: readonly AnyCase[];
}

interface SeedOutcome {
  readonly endpoint: string;
  readonly seed: string;
  /** Cases that are neither pass nor not-applicable. */
  readonly departures: readonly string[];
}

const isTiming = (one: AnyCase): boolean => one.kind !== 'monitor' && one.timing === true;

/** Whether it can say nothing of a machine on which others work too. */
const wantsQuiet = (one: AnyCase): boolean =>
  one.kind !== 'monitor' && one.premises?.includes('quiet') === true;

/** Whether it is about operators, whose definitions suite and reference share (core/operators). */
const isDefined = (one: AnyCase): boolean =>
  one.requirements.some((id) => id.startsWith('FRM-OPS'));

/** Of a case's line. */
const isUndecided = (departure: string): boolean => departure.split(' ')[1] === 'inconclusive';

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
  const step = <T>(result: T): T => {
    done += 1;
    if (live) logUpdate(`selftest ${done}/${total}`);
    return result;
  };
  try {
    const { conformant, behind } = await subjectsOf(scratch, options.target);
    const tried = options.target === undefined ? chosen : await triable(behind, chosen);
    if (tried.length === 0) {
      throw new UsageError(
        `${options.target} passes none of the cases that these mutants are tried on; for what it does, type: causeway run ${options.target}`,
      );
    }
    const untried = chosen.filter((one) => !tried.includes(one));
    const quiet = cases.filter(wantsQuiet);
    const timing = cases.filter((one) => isTiming(one) && !wantsQuiet(one));
    const untimed = cases.filter((one) => !isTiming(one) && !wantsQuiet(one));
    const [defined, asked] = [true, false].map((is) =>
      untimed.filter((one) => one.kind === 'monitor' || isDefined(one) === is),
    );
    /**
     * What each reference runs. Processes once, as users have them: another seed asks other things, and of the
     * same endpoint. What cases that measure time find is not for the seed to say: once is enough of them, and
     * they mostly wait; and once of what a reference computes by the very definitions that it is held against. The
     * longest are begun first.
     */
    const seedRuns = seeds.flatMap((seed, index) =>
      conformant.flatMap(({ id, start, within, claims }): SeedRun[] => {
        const run = { endpoint: id, seed, claims };
        if (!within) {
          const parts = index > 0 ? [untimed] : [untimed, timing];
          return parts.map((kept) => ({ ...run, start, kept }));
        }
        const again = { ...run, start: within, kept: asked ?? [] };
        if (index > 0) return [again];
        return [
          { ...again, start },
          { ...run, start, kept: timing },
          { ...again, kept: defined ?? [] },
        ];
      }),
    );
    const runs = selects ? [] : seedRuns;
    total = tried.length + runs.length;
    const { target } = options;
    const collateral = options.collateral === true;
    const outcomes = new Map<string, MutantOutcome>();
    const know = (outcome: MutantOutcome): void => {
      outcomes.set(outcome.id, step(outcome));
    };
    const departures = async ({ seed, start, claims, kept }: SeedRun): Promise<string[]> => {
      const { results } = await judgeLive({ ...everyCase(seed), cases: kept }, start, {
        claims,
        deadlines: PATIENT,
      });
      return results
        .filter((one) => one.verdict !== 'pass' && one.verdict !== 'not-applicable')
        .map((one) => `${one.case} ${one.verdict}: ${one.message}`);
    };
    const rows = new Set<string>(quiet.flatMap((one) => one.requirements));
    const [alone, beside] = [true, false].map((is) => ({
      ids: tried.filter((one) => rows.has(one.requirement) === is).map(({ id }) => id),
      target,
      scratch,
      collateral,
    }));
    // Side by side: what a silent mutant is waited for is time in which a reference can run.
    const [found] = await Promise.all([
      pLimit(REFERENCES).map(runs, async (run) => step({ run, departures: await departures(run) })),
      beside && tryBeside(beside, know),
    ]);
    if (alone) await tryHere({ ...alone, alone: true }, know);
    const matrix = tried.map(({ id }) => {
      const outcome = outcomes.get(id);
      if (!outcome) throw new Error(`nothing was heard of ${id}`);
      return outcome;
    });
    for (const { run } of found.filter(({ run }) => run.kept === timing)) {
      const again = { ...run, kept: quiet };
      let last = await departures(again);
      // It was not quiet enough to tell, which says nothing of the reference.
      for (let more = 3; more > 0 && last.some(isUndecided); more -= 1) {
        last = await departures(again);
      }
      found.push({ run: again, departures: last });
    }
    const passes = seeds.flatMap((seed) =>
      [...new Set(found.map(({ run }) => run.endpoint))].map((endpoint): SeedOutcome => {
        const own = found.filter(({ run }) => run.endpoint === endpoint && run.seed === seed);
        return { endpoint, seed, departures: own.flatMap((one) => one.departures) };
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
    } else print(matrix, untried, passes, uncovered, collateral);
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
  untried: readonly Mutant[],
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
  if (untried.length > 0) {
    out(`${untried.length} not tried, of rows that the target does not pass or declare:`);
    for (const { id } of untried) out(style.dim(`  ${id}`));
  }
  if (uncovered.length > 0) out(style.red(`no killed mutant: ${uncovered.join(', ')}`));
  out(
    `${count('killed')} killed, ${count('survived')} survived, ${count('wrong')} wrong, ${count('error')} errors`,
  );
};
