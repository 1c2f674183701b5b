// `causeway run`: judges each subject into its folder, several at a time, and says where the results are.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import pLimit from 'p-limit';
import { exitCode, worstExit } from '../core/level.ts';
import { type LongRecord, wholeRecord } from '../core/list.ts';
import { plan as makePlan } from '../core/plan.ts';
import { mostShards, shardOf } from '../core/shard.ts';
import { comparisonText } from '../reports/comparison-text.ts';
import { indexPage } from '../reports/index-page.tsx';
import { summary } from '../reports/summary.ts';
import { readJournal, readPlan } from '../runner/folder.ts';
import { FolderError } from '../runner/folder-error.ts';
import { Machine } from '../runner/machine.ts';
import type { Plan } from '../schemas/generated/types.ts';
import { countOf, profileOf, secondsOf, seedOf, selection, shardNumber } from './choices.ts';
import { holdLittle } from './hold-little.ts';
import { holdsRun, type Judging, judgeTarget } from './judge-target.ts';
import { casesFor, casesOf } from './known-cases.ts';
import { progressBoard } from './progress.ts';
import { styleFor } from './style.ts';
import { commandTarget, everything, resolveTargets, type Target } from './targets.ts';
import { UsageError } from './usage-error.ts';
import { suiteIdentity } from './version.ts';
import { reportNames, writeReports } from './write-reports.ts';

const style = styleFor(process.stdout);

export interface RunCommand {
  readonly out?: string;
  readonly profile?: string;
  readonly only: readonly string[];
  readonly seed?: string;
  readonly nonce?: string;
  readonly timeout?: string;
  readonly budget?: string;
  readonly jobs?: string;
  readonly shard?: string;
  readonly resume?: string;
  readonly command?: string;
  readonly formats?: string;
  readonly json?: boolean;
}

const DEFAULT_PROFILE = 'DRV-MEMORY@1';
/** Subjects at a time; more would have mocha's handlers warn, and share too little of a machine. */
const MOST_JOBS = 8;
/** What is judged by one command, in the folder that holds all of it. */
const INDEX = 'index.json';

/** A target, the folder that it is judged into, and the plan where that is a new one. */
interface Work {
  readonly target: Target;
  /** Relative to the folder of all. */
  readonly name: string;
  readonly plan: Plan | undefined;
}

/** A folder's name of a target's: `ADAPTER-NAME`. */
const folderName = (target: Target): string => target.name.replaceAll(/[^A-Za-z0-9._-]/g, '-');

const defaultFolder = (): string =>
  join('causeway-results', new Date().toISOString().slice(0, 19).replaceAll(':', '-'));

const targetsOf = async (texts: readonly string[], options: RunCommand): Promise<Target[]> => {
  if (options.command !== undefined) {
    if (texts.length > 0) throw new UsageError('--command is a target itself; name no other');
    return [commandTarget(options.command)];
  }
  if (texts.length > 0) return resolveTargets(texts);
  const { targets, absent } = await everything();
  for (const adapter of absent) {
    process.stderr.write(`${adapter.name}: not present (${adapter.title}). ${adapter.install}\n`);
  }
  return targets;
};

/** What shards of one run can only have alike, or not at all. */
const requireShared = ({ shard, seed, nonce, budget }: RunCommand): void => {
  if (nonce !== undefined) {
    throw new UsageError(
      '--nonce is for a run that is to be certified, and that is one run: leave --shard out',
    );
  }
  if (budget !== undefined) {
    throw new UsageError(
      '--budget would leave out another part of each shard: leave it out, and take more shards',
    );
  }
  if (seed === undefined) {
    throw new UsageError(
      `--shard needs the seed that all shards have, or they are no shards of one run; type: causeway run TARGET --shard ${shard} --seed TEXT, in a pipeline with the commit as TEXT`,
    );
  }
};

/** The plan of the run, or of one shard of it. */
const shardIn = (whole: Plan, text: string | undefined): Plan => {
  if (text === undefined) return whole;
  const shard = shardNumber(text);
  const most = mostShards(whole);
  if (shard.of > most) {
    throw new UsageError(
      `--shard ${text} leaves shards empty: the cases that can be shared out are ${most}, so leave it out or take fewer`,
    );
  }
  return shardOf(whole, shard);
};

/** A new run: one folder, or one for each of several targets. */
const begin = async (texts: readonly string[], options: RunCommand): Promise<Work[]> => {
  if (options.shard !== undefined) requireShared(options);
  const seed = seedOf(options.seed, options.nonce);
  const planFor = (name: string): Plan => {
    const { profile, level } = profileOf(name);
    const known = casesFor(profile, level);
    const selects = selection(options.only, known.cases);
    const whole = makePlan({
      suite: suiteIdentity(),
      profile,
      level,
      seed,
      ...known,
      only: options.only,
      importantFirst: options.budget !== undefined,
      ...(selects && { selects }),
    });
    if (whole.cases.length === 0) {
      throw new UsageError(`nothing to run: ${name} has none of the selected cases`);
    }
    return shardIn(whole, options.shard);
  };
  // What is wrong with the command is said before anything is looked for.
  const plans = new Map<string, Plan>();
  if (options.profile === undefined) selection(options.only);
  else plans.set(options.profile, planFor(options.profile));
  const targets = await targetsOf(texts, options);
  const judgedBy = (target: Target): string => options.profile ?? target.profile ?? DEFAULT_PROFILE;
  // One plan for all that are judged alike, so that they can be held against each other.
  for (const name of new Set(targets.map(judgedBy))) {
    if (!plans.has(name)) plans.set(name, planFor(name));
  }
  const several = targets.length > 1;
  return targets.map((target) => ({
    target,
    name: several ? folderName(target) : '.',
    plan: plans.get(judgedBy(target)),
  }));
};

interface Judged {
  readonly folder: string;
  readonly record: LongRecord;
}

interface Indexed {
  readonly folder: string;
  readonly target: string;
  /** What it is judged by; left out of a folder that is one run, whose plan says it. */
  readonly profile?: { readonly id: string; readonly level: number };
}

/** What a folder of one run or of several judges. */
const indexed = (folder: string): Indexed[] => {
  if (holdsRun(folder)) {
    const [first] = readJournal(folder);
    const target = first?.event === 'run-started' ? first.target : '';
    return [{ folder: '.', target }];
  }
  try {
    return JSON.parse(readFileSync(join(folder, INDEX), 'utf8')) as Indexed[];
  } catch {
    throw new FolderError(`${folder} holds no run to go on with: neither plan.json nor ${INDEX}`);
  }
};

const NOT_WITH_RESUME = ['out', 'profile', 'seed', 'nonce', 'timeout', 'shard'] as const;

/** The runs of a folder that go on. A target that is no adapter's is to be named again. */
const goOn = async (
  folder: string,
  texts: readonly string[],
  options: RunCommand,
): Promise<Work[]> => {
  const given = NOT_WITH_RESUME.find((name) => options[name] !== undefined);
  if (given ?? options.only.length > 0) {
    throw new UsageError(`--${given ?? 'only'} was decided when the run began; leave it out`);
  }
  const runs = indexed(folder);
  const named = texts.length > 0 || options.command !== undefined;
  const known = named
    ? await targetsOf(texts, options)
    : await resolveTargets(runs.map(({ target }) => target).filter((name) => name !== ''));
  return runs.map((one) => {
    const { folder: name, target } = one;
    const found = known.find((one) => one.name === target || (target === '' && named));
    if (!found) {
      throw new UsageError(
        `${join(folder, name)} judges ${target || 'what it does not say'}; name the target again: causeway run TARGET --resume ${folder}`,
      );
    }
    const own = join(folder, name);
    return { target: found, name, plan: holdsRun(own) ? undefined : planLike(folder, runs, one) };
  });
};

/** The plan that all share that are judged alike: a run that had not begun yet takes it from another. */
const planLike = (folder: string, runs: readonly Indexed[], { profile }: Indexed): Plan => {
  const plans = runs
    .map(({ folder: name }) => join(folder, name))
    .filter(holdsRun)
    .map(readPlan);
  const found = plans.find(
    (plan) => !profile || (plan.profile === profile.id && plan.level === profile.level),
  );
  const what = profile ? ` that is judged by ${profile.id}@${profile.level}` : '';
  if (!found) throw new FolderError(`${folder}: nothing of it${what} had begun; run it anew`);
  return found;
};

/** Makes the folder of several runs, with what a later command needs to go on with them. */
const prepare = (out: string, runs: readonly Indexed[]): void => {
  if (existsSync(out) && readdirSync(out).length > 0) {
    const hint = existsSync(join(out, INDEX)) ? `, or go on with them: --resume ${out}` : '';
    throw new FolderError(
      `${out} holds ${hint ? 'other runs' : 'other files'}; nothing was written. Choose a new folder with --out${hint}`,
    );
  }
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, INDEX), `${JSON.stringify(runs, null, 2)}\n`);
};

/** Sets the subjects of a command side by side. */
const conclude = (out: string, entries: readonly Judged[], quiet: boolean): void => {
  const index = entries.map(({ folder, record }) => ({
    folder,
    target: record.subject.target,
    profile: record.profile,
    summary: record.summary,
  }));
  writeFileSync(join(out, INDEX), `${JSON.stringify(index, null, 2)}\n`);
  const whole = entries.map(({ folder, record }) => ({ folder, record: wholeRecord(record) }));
  writeFileSync(join(out, 'index.html'), indexPage(whole));
  if (quiet) return;
  process.stdout.write(`\n${comparisonText(whole, style)}\n`);
  process.stdout.write(`${style.dim('all')}     ${place(out, 'index.html')}\n`);
};

const place = (...parts: string[]): string => relative('.', join(...parts));

/** The command; its exit code is the worst of its subjects'. */
export const runCommand = async (
  texts: readonly string[],
  options: RunCommand,
): Promise<number> => {
  holdLittle();
  const seconds = (name: 'timeout' | 'budget'): number | undefined => {
    const text = options[name];
    return text === undefined ? undefined : secondsOf(text, `--${name}`);
  };
  const jobs = countOf(options.jobs ?? '1', '--jobs', MOST_JOBS);
  const formats = reportNames(options.formats);
  const timeout = seconds('timeout');
  const budget = seconds('budget');
  const work =
    options.resume === undefined
      ? await begin(texts, options)
      : await goOn(options.resume, texts, options);
  const out = options.resume ?? options.out ?? defaultFolder();
  const several = work.length > 1;
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const judging: Judging = {
    cases: (plan) => casesOf(plan).cases,
    timeout,
    budget,
    signal: controller.signal,
    machine: new Machine(),
    board: await progressBoard(Boolean(process.stderr.isTTY) && !process.env['CI'], jobs > 1),
  };
  if (several && options.resume === undefined) {
    prepare(
      out,
      work.map(({ name, target, plan }) => ({
        folder: name,
        target: target.name,
        ...(plan && { profile: { id: plan.profile, level: plan.level } }),
      })),
    );
  }
  const limit = pLimit(jobs);
  const ended = await Promise.all(
    work.map((one) =>
      limit(async (): Promise<Judged[]> => {
        if (controller.signal.aborted) return [];
        const record = await judgeTarget(one.target, join(out, one.name), one.plan, judging);
        writeReports(join(out, one.name), record, formats);
        if (!options.json) {
          process.stdout.write(`\n${summary(record, style)}\n`);
          process.stdout.write(`${style.dim('report')}  ${place(out, one.name, 'report.html')}\n`);
        }
        return [{ folder: one.name, record }];
      }),
    ),
  );
  const judged = ended.flat();
  process.removeListener('SIGINT', stop);
  process.removeListener('SIGTERM', stop);
  if (several) conclude(out, judged, options.json === true);
  if (options.json) {
    const records = judged.map(({ record }) => record);
    process.stdout.write(`${JSON.stringify(records, null, 2)}\n`);
  }
  return worstExit(judged.map(({ record }) => exitCode(record.profile.outcome)));
};
