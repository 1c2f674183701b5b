// A plan cut into shards, each of which is run by itself. The rule depends on the plan alone, so that who
// runs one shard needs to know nothing of the others.
import type { LeftOutCase, Plan, PlannedCase, Shard } from '../schemas/generated/types.ts';
import { measures } from './plan.ts';

/** Roughly what a case takes, where a case in a shared session takes 1: a session's start, or a measured time. */
const weightOf = (planned: PlannedCase): number => {
  if (planned.timing) return 16;
  if (measures(planned)) return 4;
  return planned.kind === 'shared' ? 1 : 2;
};

/** What can be shared out; a monitor has no time of its own, and judges the traffic of whatever ran. */
const speaks = ({ kind }: PlannedCase): boolean => kind !== 'monitor';

/** How many shards a plan can be cut into: none of them may be empty. */
export const mostShards = ({ cases }: Plan): number => cases.filter(speaks).length;

/**
 * The shard of each case that speaks, from 1 on. They are cut where they stand in the order of the plan: there
 * cases that share a session are side by side, so that all shards together start few sessions more than one run.
 */
const cutInto = (of: number, cases: readonly PlannedCase[]): ReadonlyMap<string, number> => {
  const whole = cases.reduce((sum, one) => sum + weightOf(one), 0);
  const shards = new Map<string, number>();
  let before = 0;
  let last = 0;
  for (const [position, planned] of cases.entries()) {
    const middle = before + weightOf(planned) / 2;
    before += weightOf(planned);
    // However heavy one case is, no shard is left without any.
    const evenly = Math.min(1 + Math.floor((middle * of) / whole), last + 1);
    last = Math.max(evenly, of - (cases.length - position) + 1);
    shards.set(planned.id, last);
  }
  return shards;
};

/** One shard of a whole plan, in the order of that. What the others have is left out of it, by name. */
export const shardOf = (whole: Plan, shard: Shard): Plan => {
  const shards = cutInto(shard.of, whole.cases.filter(speaks));
  const has = ({ id }: PlannedCase): boolean => (shards.get(id) ?? shard.index) === shard.index;
  const elsewhere = whole.cases
    .filter((planned) => !has(planned))
    .map(({ id, requirements }): LeftOutCase => ({ id, requirements: [...requirements] }));
  const { leftOut, cases, ...same } = whole;
  return {
    ...same,
    shard,
    leftOut: [...leftOut, ...elsewhere],
    cases: cases.filter(has),
  };
};
