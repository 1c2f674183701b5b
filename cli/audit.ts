// `causeway audit`: a random sample of a claim's cases, run live against the endpoint: the only way to know
// that the transcript is the product's.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { auditExit, type Compared, compareAudit } from '../core/audit.ts';
import { wholeRecord } from '../core/list.ts';
import { plan as makePlan, profiles } from '../core/plan.ts';
import { Random } from '../core/random.ts';
import { chanceToFind, draw, liesFound, sampleFor } from '../core/sample.ts';
import { readPlan } from '../runner/folder.ts';
import { FolderError } from '../runner/folder-error.ts';
import { Machine } from '../runner/machine.ts';
import { STANDARD } from '../schemas/generated/standard.ts';
import type { Plan, PlannedCase, Record as RunRecord } from '../schemas/generated/types.ts';
import { countOf } from './choices.ts';
import { judgeTarget } from './judge-target.ts';
import { casesOf } from './known-cases.ts';
import { progressBoard } from './progress.ts';
import { holdRecord } from './records.ts';
import { styleFor } from './style.ts';
import { commandTarget, resolveTargets, type Target } from './targets.ts';
import { UsageError } from './usage-error.ts';
import { suiteIdentity } from './version.ts';
import { writeReports } from './write-reports.ts';

const style = styleFor(process.stdout);

export interface AuditCommand {
  readonly cases?: string;
  readonly command?: string;
  readonly out?: string;
  readonly json?: boolean;
}

/** Without --cases: a sample that finds a lie in a tenth of the cases... */
const LIES_SHARE = 0.1;
/** ...with this chance. */
const CHANCE = 0.95;

/** What an audit drew, and from how many. */
export interface Sample {
  readonly population: number;
  readonly drawn: readonly string[];
  readonly seed: string;
}

/** What a claim says of its cases; a monitor judges what others say, and comes with them. */
const claimedCases = (plan: Plan, record: RunRecord): PlannedCase[] => {
  const run = new Set(
    record.results.filter(({ verdict }) => verdict !== 'not-run').map((one) => one.case),
  );
  return plan.cases.filter(({ id, kind }) => kind !== 'monitor' && run.has(id));
};

/** Draws a sample with a seed that nobody knew before. */
export const drawSample = (claimed: readonly PlannedCase[], count: number | undefined): Sample => {
  const seed = randomBytes(16).toString('hex');
  const population = claimed.length;
  const lies = Math.max(1, Math.floor(population * LIES_SHARE));
  const wanted = Math.min(population, count ?? sampleFor(population, lies, CHANCE));
  const drawn = draw(claimed, wanted, new Random(seed, 'audit')).map(({ id }) => id);
  return { population, drawn, seed };
};

/** The plan of an audit: the drawn cases and the claim's monitors, with data that nobody knew before. */
const auditPlan = (claim: Plan, { drawn, seed }: Sample): Plan => {
  const profile = profiles.find(({ id }) => id === claim.profile);
  if (!profile)
    throw new FolderError(`the claim’s profile ${claim.profile} is not of this standard`);
  const monitors = claim.cases.filter(({ kind }) => kind === 'monitor').map(({ id }) => id);
  const only = [...drawn, ...monitors];
  return makePlan({
    suite: suiteIdentity(),
    profile,
    level: claim.level,
    seed: { value: seed, source: 'random' },
    ...casesOf(claim),
    only,
    selects: (id) => only.includes(id),
  });
};

const percent = (chance: number): string => `${(100 * chance).toFixed(1)} %`;

/** How large a sample finds how small a lie. */
const statistics = ({ population, drawn }: Sample): string[] => {
  const count = drawn.length;
  const rows = [...new Set([1, 2, 3, 5, 10].filter((lies) => lies <= population))].map((lies) => {
    const needed = sampleFor(population, lies, CHANCE);
    const chance = percent(chanceToFind(population, lies, count));
    return `  ${String(lies).padStart(4)} of ${population} ${chance.padStart(9)}   ${percent(CHANCE)} with a sample of ${needed}`;
  });
  return [`  lies        found by these ${count}`, ...rows];
};

const conclusion = (sample: Sample, compared: readonly Compared[]): string => {
  const { population, drawn } = sample;
  const contradictions = compared.filter(({ state }) => state === 'contradicts').length;
  if (contradictions > 0) {
    return style.red(`the claim is not this endpoint’s: ${contradictions} contradicted`);
  }
  if (compared.some(({ state }) => state === 'undecided')) {
    return style.yellow(
      'not decided: nothing contradicts the claim, and not all could be compared',
    );
  }
  const fewest = liesFound(population, drawn.length, CHANCE);
  const bound =
    fewest === undefined
      ? 'the sample is too small to say more'
      : `with ${percent(CHANCE)} confidence fewer than ${fewest} of ${population} cases are otherwise`;
  return style.green(`all ${drawn.length} drawn cases agree: ${bound}`);
};

const lineOf = ({ what, state, claimed, seen }: Compared): string[] =>
  state === 'agrees'
    ? []
    : [`  ${state} ${style.bold(what)}`, `    claimed ${claimed}`, `    seen    ${seen}`];

/** The one endpoint that an audit is of. */
const targetOf = async (text: string | undefined, command: string | undefined): Promise<Target> => {
  if ((text === undefined) === (command === undefined)) {
    throw new UsageError('name the endpoint: causeway audit DIR TARGET, or --command LINE');
  }
  if (command !== undefined) return commandTarget(command);
  const found = await resolveTargets([text ?? '']);
  const [one] = found;
  if (one && found.length === 1) return one;
  throw new UsageError(`${text} names ${found.map(({ name }) => name).join(', ')}; name one`);
};

/** The claim's record, which must be what its evidence makes it. */
const claimIn = (folder: string): { plan: Plan; record: RunRecord } => {
  const { record, distrust } = holdRecord(folder, 'the record');
  if (!record || distrust.length > 0) {
    throw new FolderError(
      `${distrust.join('; ')}. There is nothing to audit: causeway verify ${folder}`,
    );
  }
  if (record.standard.digest !== STANDARD.digest) {
    throw new FolderError(
      `${folder} was judged against another revision of the standard; audit it with ${record.suite.name} ${record.suite.version}`,
    );
  }
  return { plan: readPlan(folder), record: wholeRecord(record) };
};

export interface Audit {
  readonly sample: Sample;
  readonly compared: readonly Compared[];
  readonly record: RunRecord;
}

/** Runs an audit into a folder of its own, which is evidence too. */
export const auditFolder = async (
  folder: string,
  target: Target,
  out: string,
  count: number | undefined,
  signal: AbortSignal,
): Promise<Audit> => {
  const { plan, record: claim } = claimIn(folder);
  const sample = drawSample(claimedCases(plan, claim), count);
  if (sample.population === 0) throw new FolderError(`${folder} claims nothing of any case`);
  const judged = await judgeTarget(target, out, auditPlan(plan, sample), {
    cases: (planned) => casesOf(planned).cases,
    timeout: claim.run.deadlines.call / 1000,
    budget: undefined,
    signal,
    machine: new Machine(),
    board: await progressBoard(Boolean(process.stderr.isTTY) && !process.env['CI'], false),
  });
  writeReports(out, judged);
  const record = wholeRecord(judged);
  return { sample, compared: compareAudit(claim, record), record };
};

/** 0 agrees, 1 contradicts, 3 not started, 4 undecided. */
const exitOfAudit = ({ record, compared }: Audit): number =>
  record.subject.started ? auditExit(compared) : 3;

export const auditCommand = async (
  folder: string,
  text: string | undefined,
  options: AuditCommand,
): Promise<number> => {
  const target = await targetOf(text, options.command);
  const count = options.cases === undefined ? undefined : countOf(options.cases, '--cases');
  const time = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  const out = options.out ?? join('causeway-results', `audit-${time}`);
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  process.once('SIGINT', stop);
  const audit = await auditFolder(folder, target, out, count, controller.signal);
  process.removeListener('SIGINT', stop);
  const { sample, compared } = audit;
  const exitCode = exitOfAudit(audit);
  if (options.json) {
    const report = { format: 'causeway-audit/1', exitCode, ...sample, compared };
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    return exitCode;
  }
  const verdict =
    exitCode === 3 ? style.red('the endpoint did not start') : conclusion(sample, compared);
  const lines = [
    `\n${style.bold(folder)}: ${verdict}`,
    `${sample.drawn.length} of ${sample.population} cases drawn, seed ${sample.seed}`,
    ...compared.flatMap(lineOf),
    ...statistics(sample),
    `${style.dim('audit')}   ${join(out, 'report.html')}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return exitCode;
};
