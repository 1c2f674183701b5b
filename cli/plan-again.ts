// The plan of a run as this suite makes it from what the plan says of itself.
import { plan as makePlan, profiles } from '../core/plan.ts';
import { shardOf } from '../core/shard.ts';
import type { Plan } from '../schemas/generated/types.ts';
import { selection } from './choices.ts';
import { casesOf } from './known-cases.ts';
import { suiteIdentity } from './version.ts';

/** The whole plan, of a shard too; undefined where the standard has no such profile. */
export const wholePlan = (
  plan: Pick<Plan, 'profile' | 'level' | 'seed' | 'only' | 'nodeTests'>,
  importantFirst = false,
): Plan | undefined => {
  const { profile: id, level, seed, only } = plan;
  const known = casesOf(plan);
  const profile = profiles.find((one) => one.id === id);
  if (!profile) return undefined;
  const selects = selection(only, known.cases);
  return makePlan({
    suite: suiteIdentity(),
    profile,
    level,
    seed,
    ...known,
    only,
    importantFirst,
    ...(selects && { selects }),
  });
};

/** The plans that a run like this one may have: a budget puts the most important first. */
export const plansAgain = (plan: Plan): Plan[] =>
  [false, true].flatMap((importantFirst) => {
    const whole = wholePlan(plan, importantFirst);
    if (!whole) return [];
    return [plan.shard ? shardOf(whole, plan.shard) : whole];
  });
