// The checks of the run itself: the standard and the suite that judged it, its plan, its seed, its times,
// and every verdict computed again, from the journal and from the wire log.
import { isDeepStrictEqual } from 'node:util';
import type { AnyCase } from '../../core/case.ts';
import { recordOf } from '../../core/record.ts';
import {
  broken,
  firstDifference,
  held,
  notTried,
  type Outcome,
  parted,
  shown,
  undecided,
} from '../../evidence/finding.ts';
import { nonceTime } from '../../evidence/nonce.ts';
import { readJournal, readWire } from '../../runner/folder.ts';
import { FolderError } from '../../runner/folder-error.ts';
import { replay } from '../../runner/replay.ts';
import { STANDARD } from '../../schemas/generated/standard.ts';
import type { Plan, Record as RunRecord } from '../../schemas/generated/types.ts';
import { judgeFolder } from '../judged.ts';
import { casesOf } from '../known-cases.ts';
import { plansAgain } from '../plan-again.ts';
import { UsageError } from '../usage-error.ts';
import { suiteIdentity } from '../version.ts';
import { reportsIn } from '../write-reports.ts';
import { type Ground, withRun } from './ground.ts';
import { certifiedAt, signedAt } from './statements.ts';

const named = ({ name, revision, digest }: Plan['standard']): string =>
  `${name} ${revision}, digest ${digest}`;

export const standard = withRun(({ plan, record }) => {
  if (!isDeepStrictEqual(plan.standard, record.standard)) {
    return broken(`the plan’s: ${named(plan.standard)}`, `the record’s: ${named(record.standard)}`);
  }
  return plan.standard.digest === STANDARD.digest
    ? held(named(STANDARD))
    : undecided(
        named(STANDARD),
        `${named(plan.standard)}; verify it with ${plan.suite.name} ${plan.suite.version}`,
      );
});

export const suite = withRun((ground) => {
  const { plan } = ground;
  const own = suiteIdentity();
  const same = isDeepStrictEqual(plan.suite, own);
  ground.recomputable = same && plan.standard.digest === STANDARD.digest;
  return same
    ? held(`${own.name} ${own.version}`)
    : undecided(`${own.name} ${own.version}`, `${plan.suite.name} ${plan.suite.version}`);
});

/** A check that needs the suite that made the run. */
const recomputing = (
  check: (run: Ground & { plan: Plan; record: RunRecord }) => Outcome | Promise<Outcome>,
) =>
  withRun((ground) =>
    ground.recomputable
      ? check(ground)
      : undecided('the suite that made the run', 'another suite, or another revision'),
  );

const idsOf = ({ cases: planned }: Plan): string[] => planned.map(({ id }) => id);

/** A check that needs the cases themselves: what they were made of may not be on this machine. */
const withCases = (
  check: (plan: Plan, cases: readonly AnyCase[], folder: string) => Outcome | Promise<Outcome>,
) =>
  recomputing(({ plan, folder }) => {
    let known: readonly AnyCase[];
    try {
      known = casesOf(plan).cases;
    } catch (error) {
      if (!(error instanceof FolderError)) throw error;
      return undecided('what the cases were made of', error.message);
    }
    return check(plan, known, folder);
  });

export const planCheck = withCases((plan) => {
  let plans: Plan[];
  try {
    plans = plansAgain(plan);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return broken('globs that select cases', error.message);
  }
  const [again] = plans;
  if (!again) return broken('a profile of the standard', plan.profile);
  if (plans.some((one) => isDeepStrictEqual(one, plan))) {
    // Whoever made them may have made them to be passed.
    if (plan.nodeTests?.release === 'unknown') {
      return undecided('node tests of a release of ONNX', `others, ${plan.nodeTests.digest}`);
    }
    const left = plan.leftOut.length === 0 ? '' : `, ${plan.leftOut.length} left out and named`;
    return held(`${plan.cases.length} cases${left}`);
  }
  const found = new Set(idsOf(plan));
  const lost = idsOf(again).find((id) => !found.has(id));
  if (lost !== undefined) return broken(`the case ${lost}`, 'a plan without it');
  const known = new Set(idsOf(again));
  const added = idsOf(plan).find((id) => !known.has(id));
  if (added !== undefined) return broken('no case but the suite’s', added);
  const difference = firstDifference(again, plan);
  return difference ? parted(difference) : held(`${plan.cases.length} cases`);
});

export const seed = withRun(({ plan: { seed: own }, trust }) => {
  if (trust.nonce !== undefined && trust.nonce !== own.value) {
    return broken(`the nonce ${trust.nonce}`, `the seed ${own.value}`);
  }
  if (trust.nonce !== undefined && own.source !== 'nonce') {
    return broken('a seed that is said to be a nonce', `one that is ${own.source}`);
  }
  if (own.source !== 'nonce') return held(`${own.source}: self-declared`);
  return nonceTime(own.value) === undefined
    ? broken('a nonce as causeway nonce gives it out', own.value)
    : held(trust.nonce === undefined ? `said to be a nonce: ${own.value}` : own.value);
});

/** By how much two clocks may differ, in milliseconds. */
const SKEW = 300_000;

type Moment = [what: string, at: number];

/** The moments of a run, in the order in which they must have been. */
const momentsOf = ({ run }: RunRecord): Moment[] => {
  const began: Moment = ['the run began', Date.parse(run.startedAt)];
  const wentOn = run.resumed.map(({ at }): Moment => ['it went on', Date.parse(at)]);
  // Shards have run in any order or side by side, each in a time of its own.
  if (run.resumed.some(({ shard }) => shard)) {
    return [began, ...wentOn].sort(([, one], [, other]) => one - other);
  }
  return [began, ...wentOn, ['the run ended', began[1] + run.durationMs]];
};

export const clock = withRun((ground) => {
  const { record, plan, trust, claim, certificate } = ground;
  const given = plan.seed.source === 'nonce' ? nonceTime(plan.seed.value) : undefined;
  const moments: Moment[] = [
    ...(given === undefined ? [] : [['the nonce was given out', given] as Moment]),
    ...momentsOf(record),
    ...(claim.signed ? [['the claim was signed', Date.parse(signedAt(ground))] as Moment] : []),
    ...(certificate.signed
      ? [['it was certified', Date.parse(certifiedAt(ground))] as Moment]
      : []),
    ['now', trust.now.getTime()],
  ];
  for (const [index, [what, at]] of moments.entries()) {
    if (Number.isNaN(at)) return broken(`a time at which ${what}`, 'none');
    const [before, earlier] = moments[index - 1] ?? ['', Number.NEGATIVE_INFINITY];
    if (at + SKEW >= earlier) continue;
    const moment = (time: number): string => new Date(time).toISOString();
    return broken(`${what} after ${before}, ${moment(earlier)}`, moment(at));
  }
  return held(`run at ${record.run.startedAt}`);
});

export const judged = recomputing(({ folder, record }) => {
  const { plan, judgement } = judgeFolder(folder);
  const again = recordOf(plan, judgement, record.environment, record.evidence);
  const results = new Map(record.results.map((one) => [one.case, one]));
  for (const result of again.results) {
    const claimed = results.get(result.case);
    if (!claimed) return broken(`a result for ${result.case}`, 'none');
    if (claimed.verdict === result.verdict) continue;
    return broken(`${result.case} ${result.verdict}`, `${result.case} ${claimed.verdict}`);
  }
  const difference = firstDifference(JSON.parse(JSON.stringify(again)), record);
  return difference ? parted(difference) : held(`${again.results.length} verdicts`);
});

export const replayed = withCases(async (plan, cases, folder) => {
  const recorded = [...readJournal(folder)];
  const { journal, stopped } = await replay(plan, recorded, readWire(folder), cases);
  if (stopped) return broken('a wire log that the cases can be run against', stopped.message);
  for (const [index, event] of recorded.entries()) {
    const again: unknown = JSON.parse(JSON.stringify(journal[index] ?? null));
    const difference = firstDifference(again, event);
    if (!difference) continue;
    const { place, expected, found } = difference;
    return broken(`entry ${event.n} of the journal: ${place} ${shown(expected)}`, shown(found));
  }
  return journal.length === recorded.length
    ? held(`${recorded.length} entries of the journal`)
    : broken(`${journal.length} entries`, `${recorded.length}`);
});

export const reports = withRun(({ folder, record, recomputable }) => {
  if (!recomputable) return notTried('another suite writes other reports');
  let count = 0;
  for (const { file, own } of reportsIn(folder, record)) {
    count += 1;
    if (own) continue;
    return broken(`${file} as the record makes it`, 'other bytes');
  }
  return held(`${count} files`);
});
