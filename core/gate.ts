// Whether a release may go out: nothing that a level needs is worse than it was, but for what somebody
// waived by name and until a day. A pure function; it changes no verdict and no label.
import picomatch from 'picomatch';
import type { Record as RunRecord, Waiver } from '../schemas/generated/types.ts';
import {
  type Comparison,
  compare,
  compareWithConformance,
  type Difference,
  isOpen,
} from './compare.ts';

/**
 * What a difference does to the gate. `gates`: worse, and nobody waived it. `waived`: it would gate, or
 * keeps the level from being conformant, and a waiver names it. `excluded`: of disputed rows alone.
 * `known`: as bad in the baseline. `departure`: a SHOULD that failed. `shown`: all else.
 */
export type Effect = 'gates' | 'waived' | 'excluded' | 'known' | 'departure' | 'shown';

export interface Finding extends Difference {
  readonly effect: Effect;
  /** Ids of the waivers that let it through. */
  readonly waivedBy: readonly string[];
}

/**
 * `used`: it covers something that is not as a level needs it. `stale`: it covers nothing of the kind.
 * `expired`: its last day is over. `elsewhere`: it is for another target. Stale and expired fail the gate.
 */
export interface WaiverUse {
  readonly waiver: Waiver;
  readonly state: 'used' | 'stale' | 'expired' | 'elsewhere';
  /** Ids of what it covers. */
  readonly covers: readonly string[];
}

export interface Gate {
  /** `untrusted`: a record proves nothing, so that nothing is decided. */
  readonly outcome: 'passed' | 'failed' | 'untrusted';
  /** Why a record proves nothing; each names the record that it speaks of. */
  readonly distrust: readonly string[];
  readonly against: 'baseline' | 'conformance';
  readonly grounds: Comparison['grounds'];
  readonly findings: readonly Finding[];
  readonly waivers: readonly WaiverUse[];
}

export interface GateInput {
  readonly record: RunRecord;
  readonly baseline?: RunRecord;
  readonly waivers: readonly Waiver[];
  /** Today in UTC, as `2027-01-31`. */
  readonly day: string;
  /** What is wrong with the evidence of either, as the files tell. */
  readonly distrust: readonly string[];
}

/** Why a record, whatever its files are, decides nothing. */
const distrustOf = (record: RunRecord, name: string, isBaseline: boolean): string[] => {
  const errors = record.results.filter((one) => one.verdict === 'error').map((one) => one.case);
  const [first, ...more] = errors;
  const others = more.length === 0 ? '' : ` and ${more.length} more`;
  return [
    ...(record.run.how === 'interrupted' ? [`${name} is of a run that was interrupted`] : []),
    ...(first === undefined
      ? []
      : [`${name} has an error, a fault of the suite or the machine: ${first}${others}`]),
    ...(isBaseline && !record.subject.started
      ? [`${name} is of an endpoint that did not start: there is nothing to hold a release against`]
      : []),
  ];
};

/** The waivers that are in force, asked by id. */
const scopes = (waivers: readonly Waiver[]): ((id: string) => string[]) => {
  const matchers = waivers.map(({ id, scope }) => ({ id, matches: picomatch([...scope]) }));
  return (id) => matchers.filter((one) => one.matches(id)).map((one) => one.id);
};

/**
 * By difference, the ids of the waivers that cover it. A case is covered by its own id, or by all the
 * rows that it decides; a row by its own id, or by all the cases that made it worse.
 */
const coverage = (
  needed: readonly Difference[],
  waiversOf: (id: string) => string[],
): ReadonlyMap<Difference, readonly string[]> => {
  const all = (ids: readonly string[]): string[] => {
    const found = ids.map(waiversOf);
    return found.length > 0 && found.every((one) => one.length > 0) ? found.flat() : [];
  };
  const causes = (row: string): string[] =>
    needed
      .filter((one) => one.kind === 'case' && one.musts.includes(row))
      .filter((one) => one.change === 'worse' || (one.change === 'new' && isOpen(one)))
      .map((one) => one.id);
  const covering = (one: Difference): string[] => {
    const direct = waiversOf(one.id);
    if (direct.length > 0 || one.kind === 'capability') return direct;
    return one.kind === 'case' ? all(one.musts) : all(causes(one.id));
  };
  return new Map(needed.map((one) => [one, [...new Set(covering(one))]]));
};

const effectOf = (one: Difference, needed: boolean, waived: boolean): Effect => {
  if (!needed && one.musts.length > 0) return 'excluded';
  if (!needed) return one.after?.verdict === 'fail' ? 'departure' : 'shown';
  const bad = one.change === 'worse' || isOpen(one);
  if (bad && waived) return 'waived';
  if (one.change === 'worse') return 'gates';
  return bad && one.change !== 'new' ? 'known' : 'shown';
};

/** Decides the gate. */
export const gate = (input: GateInput): Gate => {
  const { record, baseline, waivers, day } = input;
  const { grounds, differences } = baseline
    ? compare(baseline, record)
    : compareWithConformance(record);
  const disputed = new Set<string>((record.profile.excluded ?? []).map((one) => one.requirement));
  // What a level needs, without rows that are disputed.
  const undisputed = differences.map((one) => ({
    ...one,
    musts: one.musts.filter((id) => !disputed.has(id)),
  }));
  const isNeeded = (one: Difference): boolean => one.kind === 'capability' || one.musts.length > 0;
  const bad = undisputed.filter((one) => isNeeded(one) && (one.change === 'worse' || isOpen(one)));
  const here = waivers.filter(
    ({ target }) => target === undefined || picomatch(target)(record.subject.target),
  );
  const covered = coverage(bad, scopes(here.filter((one) => day <= one.expires)));
  const findings = differences.map((one, index): Finding => {
    const own = undisputed[index];
    const waivedBy = (own && covered.get(own)) ?? [];
    const needed = own !== undefined && isNeeded(own);
    return { ...one, effect: effectOf(one, needed, waivedBy.length > 0), waivedBy };
  });
  const uses = waivers.map((waiver): WaiverUse => {
    if (!here.includes(waiver)) return { waiver, state: 'elsewhere', covers: [] };
    if (day > waiver.expires) return { waiver, state: 'expired', covers: [] };
    const covers = findings.filter((one) => one.waivedBy.includes(waiver.id)).map((one) => one.id);
    return { waiver, state: covers.length > 0 ? 'used' : 'stale', covers };
  });
  const distrust = [
    ...input.distrust,
    ...distrustOf(record, 'the record', false),
    ...(baseline ? distrustOf(baseline, 'the baseline', true) : []),
  ];
  const failed =
    findings.some((one) => one.effect === 'gates') ||
    uses.some(({ state }) => state === 'stale' || state === 'expired');
  return {
    outcome: distrust.length > 0 ? 'untrusted' : failed ? 'failed' : 'passed',
    distrust,
    against: baseline ? 'baseline' : 'conformance',
    grounds,
    findings,
    waivers: uses,
  };
};

/** The exit code of `gate`, from its outcome. */
export const gateExit = (outcome: Gate['outcome']): number => {
  switch (outcome) {
    case 'passed':
      return 0;
    case 'failed':
      return 1;
    case 'untrusted':
      return 5;
    default:
      return outcome satisfies never;
  }
};
