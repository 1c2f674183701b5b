// A judged run as one record: everything that reports, gates and signatures are made from.
import type { Deadlines, Environment, Evidence } from '../schemas/generated/types.ts';
import type { LongJudgement } from './judge.ts';
import { levelReached } from './level.ts';
import type { LongPlan, LongRecord } from './list.ts';

const NO_DEADLINES: Deadlines = { call: 0, start: 0, case: 0, stop: 0 };

/** The record of a run, from what was judged, where it ran, and the digests of its evidence. */
export const recordOf = (
  plan: LongPlan,
  judgement: LongJudgement,
  environment: Environment,
  evidence: Evidence,
): LongRecord => {
  const { started, probed, ended, resumed } = judgement;
  return {
    format: 'causeway-record/1',
    standard: plan.standard,
    suite: plan.suite,
    subject: {
      target: started?.target ?? '',
      started: probed?.started ?? false,
      ...(probed?.detail && { detail: probed.detail }),
      ...(probed?.identity && { identity: probed.identity }),
      files: probed?.files ?? [],
    },
    environment,
    profile: levelReached(plan, judgement),
    seed: plan.seed,
    ...(plan.nodeTests && { nodeTests: plan.nodeTests }),
    run: {
      startedAt: started?.at ?? '',
      durationMs: judgement.durationMs,
      how: ended?.how ?? 'interrupted',
      ...(plan.shard && { shard: plan.shard }),
      resumed: resumed.map(({ at, again, shard }) => ({
        at,
        ...(again !== undefined && { again }),
        ...(shard && { shard }),
      })),
      deadlines: started?.deadlines ?? NO_DEADLINES,
    },
    evidence,
    results: judgement.results,
    requirements: judgement.requirements,
    summary: judgement.summary,
  };
};
