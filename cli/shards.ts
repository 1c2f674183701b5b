// The shards of a run, held together: all of them are there, each once, whole and unchanged, and all are of one
// run of one endpoint.
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { LongPlan } from '../core/list.ts';
import { shardOf } from '../core/shard.ts';
import { firstDifference, shown } from '../evidence/finding.ts';
import { argument, timeoutOption } from '../reports/words.ts';
import { changedFiles, openPlan, openRecord, readJournal } from '../runner/folder.ts';
import { FolderError } from '../runner/folder-error.ts';
import type {
  EndpointProbed,
  Environment,
  Plan,
  RunStarted,
  Shard,
} from '../schemas/generated/types.ts';
import { requireOurs } from './own.ts';
import { wholePlan } from './plan-again.ts';

/** A shard's folder, with what is known of it. */
export interface HeldShard {
  readonly folder: string;
  readonly shard: Shard;
  readonly plan: LongPlan;
  readonly started: RunStarted;
  readonly probed: EndpointProbed;
  readonly environment: Environment;
}

/** How the run began, and who answered then. */
const beginningOf = (folder: string): Pick<HeldShard, 'started' | 'probed'> => {
  let started: RunStarted | undefined;
  for (const event of readJournal(folder)) {
    if (event.event === 'run-started') started = event;
    if (event.event === 'endpoint-probed' && started) return { started, probed: event };
  }
  throw new FolderError(`${folder} cannot be merged: its journal does not begin as a run's does`);
};

/** One folder, held against what can be said of it alone. */
const holdShard = (folder: string): HeldShard => {
  if (!existsSync(folder)) throw new FolderError(`${folder} is not there`);
  if (existsSync(join(folder, 'index.json'))) {
    throw new FolderError(`${folder} holds several subjects; merge those of one at a time`);
  }
  if (!existsSync(join(folder, 'plan.json'))) {
    throw new FolderError(`${folder} is no run's folder: it has no plan.json`);
  }
  const plan = openPlan(folder);
  const { shard } = plan;
  if (!shard) {
    throw new FolderError(
      `${folder} is no shard but a whole run; a shard is made by: causeway run TARGET --shard 1/2 --seed TEXT`,
    );
  }
  const record = openRecord(folder);
  const how = record?.run.how ?? 'interrupted';
  if (!record || how === 'interrupted' || how === 'budget') {
    const why = how === 'budget' ? 'its time was over' : 'it was interrupted';
    throw new FolderError(
      `${folder} is not finished: ${why}; to go on with it, type: causeway run --resume ${folder}`,
    );
  }
  const [changed] = changedFiles(folder, record);
  if (changed !== undefined) {
    throw new FolderError(`${folder} is refused: ${changed} is not what record.json was made from`);
  }
  return { folder, shard, plan, environment: record.environment, ...beginningOf(folder) };
};

/** What is the same of all shards of a run. Of an identity, what a session may not say otherwise each time. */
const commonOf = ({ plan, shard, started, probed }: HeldShard) => {
  const { product, adapter, protocolVersion, capabilities, methods, runtimeVersions } =
    probed.identity ?? {};
  return {
    standard: plan.standard,
    suite: plan.suite,
    profile: `${plan.profile}@${plan.level}`,
    seed: plan.seed,
    only: plan.only,
    nodeTests: plan.nodeTests,
    shards: shard.of,
    target: started.target,
    deadlines: started.deadlines,
    claims: started.claims,
    ...{ product, adapter, protocolVersion, capabilities, methods, runtimeVersions },
  };
};

/** A file that one shard started and another did not have so, although it had one of that name. */
const otherFile = (first: HeldShard, other: HeldShard): string | undefined => {
  const known = new Map<string, string[]>();
  for (const { path, sha256 } of first.probed.files) {
    known.set(basename(path), [...(known.get(basename(path)) ?? []), sha256]);
  }
  return other.probed.files.find(
    ({ path, sha256 }) => known.get(basename(path))?.includes(sha256) === false,
  )?.path;
};

const requireSame = (first: HeldShard, other: HeldShard): void => {
  const refuse = (why: string): never => {
    throw new FolderError(`${other.folder} is no shard of the same run as ${first.folder}: ${why}`);
  };
  for (const one of [first, other]) {
    if (first.probed.started === other.probed.started || one.probed.started) continue;
    refuse(`the endpoint of ${one.folder} did not start; run that shard again`);
  }
  const difference = firstDifference(commonOf(first), commonOf(other));
  if (difference) {
    const { place, expected, found } = difference;
    refuse(`its ${place} is ${shown(found)}, and there it is ${shown(expected)}`);
  }
  const path = otherFile(first, other);
  if (path !== undefined) refuse(`it started another ${path}`);
};

/** The command that runs a shard which nobody has run. */
const commandOf = ({ plan, started }: HeldShard, index: number, of: number): string =>
  [
    'causeway run',
    argument(started.target),
    `--shard ${index}/${of}`,
    `--seed ${argument(plan.seed.value)}`,
    `--profile ${plan.profile}@${plan.level}`,
    ...plan.only.map((glob) => `--only ${argument(glob)}`),
    ...timeoutOption(started.deadlines),
  ].join(' ');

/** The shards by their numbers: each is there once. */
const inOrder = (held: readonly HeldShard[], first: HeldShard): HeldShard[] => {
  const { of } = first.shard;
  return Array.from({ length: of }, (_, place) => {
    const index = place + 1;
    const [one, twice] = held.filter(({ shard }) => shard.index === index);
    if (!one) {
      throw new FolderError(
        `shard ${index} of ${of} is missing: name the folders of all ${of}. To run it, type: ${commandOf(first, index, of)}`,
      );
    }
    if (twice) {
      throw new FolderError(
        `shard ${index} of ${of} is there twice, in ${one.folder} and in ${twice.folder}: name one`,
      );
    }
    return one;
  });
};

/** Whether a shard's plan is as the suite makes it; it is read case by case, as it may be of any length. */
const isMade = (whole: Plan, { shard, plan }: HeldShard): boolean => {
  const made = shardOf(whole, shard);
  return (
    made.cases.length === plan.cases.length &&
    isDeepStrictEqual({ ...made, cases: [] }, { ...plan, cases: [] }) &&
    made.cases.every((planned, place) => isDeepStrictEqual(planned, plan.cases.at(place)))
  );
};

/** The plan of all, which this suite must be able to make, as it must be able to judge by it. */
const planOf = (held: readonly HeldShard[], { plan }: HeldShard): Plan => {
  requireOurs('the shards were made', plan, 'Merge them with that one');
  const whole = wholePlan(plan);
  const other = held.find((one) => !whole || !isMade(whole, one));
  if (!whole || other) {
    throw new FolderError(
      `${other?.folder} cannot be merged: its plan is not what the suite makes`,
    );
  }
  return whole;
};

/** Holds the shards of a run together: the whole plan, and the shards in order. */
export const holdShards = (
  folders: readonly string[],
): { readonly plan: Plan; readonly shards: readonly HeldShard[] } => {
  const held = folders.map(holdShard);
  const [first, ...others] = held;
  if (!first) throw new FolderError('there is no shard to merge');
  for (const other of others) requireSame(first, other);
  const shards = inOrder(held, first);
  return { plan: planOf(shards, first), shards };
};
