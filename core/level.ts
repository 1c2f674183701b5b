// Whether a subject has reached a profile's level, and what is missing for it.
import { EXCLUSIONS } from '../schemas/generated/standard.ts';
import type { Exclusion, LevelReached } from '../schemas/generated/types.ts';
import type { LongJudgement } from './judge.ts';
import type { LongPlan } from './list.ts';
import { declares, profiles, rowsOf } from './plan.ts';

/** Whether a level needs a row with this keyword. */
export const isMust = (keyword: string): boolean => keyword.startsWith('MUST');

/**
 * The level that a judged run reaches. Disputed rows are judged as all are, and the level does not need
 * them up to the day that their exclusion names: the day of the run decides, so that a replay agrees.
 */
export const levelReached = (
  plan: LongPlan,
  judgement: LongJudgement,
  exclusions: readonly Exclusion[] = EXCLUSIONS,
): LevelReached => {
  const profile = profiles.find((one) => one.id === plan.profile);
  if (!profile) throw new Error(`no such profile: ${plan.profile}`);
  const rows = rowsOf(profile, plan.level).filter((row) => row.untestable === undefined);
  const verdictOf = new Map(judgement.requirements.map((one) => [one.id, one.verdict]));
  const day = judgement.started?.at.slice(0, 10) ?? '';
  const excluded = exclusions.filter(
    (one) => day <= one.until && rows.some((row) => row.id === one.requirement),
  );
  const disputed = new Set<string>(excluded.map((one) => one.requirement));
  const musts = rows.filter((row) => isMust(row.keyword) && !disputed.has(row.id));
  const having = (...verdicts: string[]): string[] =>
    musts
      .filter((row) => verdicts.includes(verdictOf.get(row.id) ?? 'not-run'))
      .map((row) => `${row.id} ${verdictOf.get(row.id) ?? 'not-run'}`);
  const capabilities = judgement.probed?.identity?.capabilities ?? {};
  const lacking = profile.levels
    .filter((one) => one.level <= plan.level)
    .flatMap((one) => one.requires)
    .filter((name) => !declares(capabilities, name))
    .map((name) => `capability ${name} not declared`);
  const errors = having('error');
  const failed = having('fail');
  const undecided = having('not-run', 'inconclusive');
  const elsewhere = plan.shard
    ? [`all but shard ${plan.shard.index} of ${plan.shard.of}: causeway merge joins them`]
    : [];
  const passed = musts.filter((row) => verdictOf.get(row.id) === 'pass');

  const outcome = (): LevelReached['outcome'] => {
    if (judgement.probed?.started === false) return 'not-started';
    if (errors.length > 0 || judgement.summary.error > 0) return 'error';
    if (failed.length > 0 || (lacking.length > 0 && judgement.probed?.identity))
      return 'non-conformant';
    // A shard decides no level, whatever it holds: what the others come to is not known here.
    if (undecided.length > 0 || plan.shard) return 'incomplete';
    return passed.length > 0 ? 'conformant' : 'non-conformant';
  };

  const counted = passed.filter((row) => !row.id.startsWith('SYS-') && !row.handles);
  return {
    id: profile.id,
    level: plan.level,
    outcome: outcome(),
    missing: [...errors, ...failed, ...lacking, ...elsewhere, ...undecided],
    departures: rows
      .filter((row) => !isMust(row.keyword) && !disputed.has(row.id))
      .filter((row) => verdictOf.get(row.id) === 'fail')
      .map((row) => row.id),
    ...(excluded.length > 0 && { excluded }),
    nativeShare: {
      native: counted.filter((row) => !judgement.helped.has(row.id)).length,
      of: counted.length,
    },
  };
};

/** The exit code of `run`, from its outcome. */
export const exitCode = (outcome: LevelReached['outcome']): number => {
  switch (outcome) {
    case 'conformant':
      return 0;
    case 'non-conformant':
      return 1;
    case 'not-started':
      return 3;
    case 'incomplete':
      return 4;
    case 'error':
      return 5;
    default:
      return outcome satisfies never;
  }
};

/** Of several subjects' exit codes, the worst. */
export const worstExit = (codes: readonly number[]): number =>
  [5, 2, 3, 1, 4, 0].find((code) => codes.includes(code)) ?? 2;
