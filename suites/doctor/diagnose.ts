// All checks over the evidence of one run, and what they come to together.
import { CHECK_IDS, type Check, type CheckId, type Finding, notTried, type Side } from './check.ts';
import { mapping, refusals, serves } from './checks/answers.ts';
import { answered, crashes, hangs, inFlight } from './checks/calls.ts';
import { framing, starts, stdout } from './checks/channel.ts';
import { clock } from './checks/clock.ts';
import { data, generator } from './checks/data.ts';
import { exits, flushed, leftBehind } from './checks/ending.ts';
import { errors, ids, origins, replies } from './checks/messages.ts';
import { capabilities, handles, precedence } from './checks/session.ts';
import type { Examined } from './examined.ts';

/** Every check, in the order of CHECK_IDS. */
export const CHECKS: readonly Check[] = [
  starts,
  framing,
  stdout,
  ids,
  replies,
  answered,
  inFlight,
  errors,
  origins,
  precedence,
  capabilities,
  handles,
  generator,
  clock,
  mapping,
  flushed,
  exits,
  leftBehind,
  serves,
  data,
  refusals,
  crashes,
  hangs,
].sort((one, other) => CHECK_IDS.indexOf(one.id) - CHECK_IDS.indexOf(other.id));

/** A check with what it found. */
export interface Diagnosis {
  readonly id: CheckId;
  readonly side: Side;
  readonly title: string;
  readonly finding: Finding;
}

/** `adapter` and `product`: which of the two is wrong. */
export type DoctorOutcome = 'sound' | 'not-started' | 'adapter' | 'product' | 'undecided';

/** What each check finds; one that rests on a broken one is not tried. */
export const diagnose = (examined: Examined): Diagnosis[] => {
  const found: Diagnosis[] = [];
  for (const { id, side, title, rests, diagnose: look } of CHECKS) {
    const cause = found.find((one) => rests.includes(one.id) && one.finding.state === 'broken');
    const finding = cause ? notTried(`${cause.id} is broken`) : look(examined);
    found.push({ id, side, title, finding });
  }
  return found;
};

/** The outcome of a run of doctor. `complete` is whether all was asked that there was to ask. */
export const outcomeOf = (diagnoses: readonly Diagnosis[], complete: boolean): DoctorOutcome => {
  const broken = diagnoses.filter(({ finding }) => finding.state === 'broken');
  if (broken.some(({ id }) => id === 'starts')) return 'not-started';
  if (broken.some(({ side }) => side === 'adapter')) return 'adapter';
  if (broken.length > 0) return 'product';
  const open = diagnoses.some(({ finding }) => finding.state === 'undecided');
  return open || !complete ? 'undecided' : 'sound';
};
