// What the reports of a gate and of a diff say in the same words: the decision, what was compared with
// what, and how a verdict moved.
import type { Comparison, Difference, Ground, Standing } from '../core/compare.ts';
import type { Finding, Gate, WaiverUse } from '../core/gate.ts';
import { explain } from '../core/verdict.ts';
import type { Result, Record as RunRecord } from '../schemas/generated/types.ts';
import { requirementOf } from './requirement.ts';
import { counted, moment, oneLine } from './text.ts';
import { levelName, subjectName, verdictWord } from './words.ts';

/** A decided gate with the records that it was decided from. */
export interface GateView {
  readonly gate: Gate;
  readonly record: RunRecord;
  readonly baseline?: RunRecord;
  /** What a reader must know of how far the evidence was checked. */
  readonly notes: readonly string[];
}

/** What is told: every case and capability, and a requirement where none of its cases tells it. */
export const told = <T extends Difference>(differences: readonly T[]): T[] => {
  const byCases = new Set(
    differences.filter((one) => one.kind === 'case').flatMap((one) => one.id.split('/')[0] ?? []),
  );
  const decided = new Set([
    ...byCases,
    ...differences.flatMap((one) => (one.kind === 'case' ? one.musts : [])),
  ]);
  return differences.filter((one) => one.kind !== 'requirement' || !decided.has(one.id));
};

/** The findings of one effect, as they are told; of what gates, the failed first. */
export const findingsOf = (gate: Gate, effect: Finding['effect']): Finding[] => {
  const found = told(gate.findings.filter((one) => one.effect === effect));
  const failed = (one: Finding): boolean => one.after?.verdict === 'fail';
  return [...found.filter(failed), ...found.filter((one) => !failed(one))];
};

/** What moved and does not gate. */
export const moved = (gate: Gate, change: Difference['change']): Finding[] =>
  told(
    gate.findings.filter(
      (one) => one.change === change && (one.effect === 'shown' || one.effect === 'known'),
    ),
  );

/** Waivers that fail the gate by themselves. */
export const badWaivers = (gate: Gate): WaiverUse[] =>
  gate.waivers.filter(({ state }) => state === 'stale' || state === 'expired');

/** The decision in a line. */
export const gateHeadline = (gate: Gate): string => {
  if (gate.outcome === 'untrusted') return 'gate: undecided, a record proves nothing';
  const worse = findingsOf(gate, 'gates').length;
  const waived = findingsOf(gate, 'waived').length;
  const than = gate.against === 'baseline' ? 'the baseline' : 'conformant';
  const faults = (['stale', 'expired'] as const).flatMap((state) => {
    const count = gate.waivers.filter((one) => one.state === state).length;
    return count === 0 ? [] : [`${counted(count, 'waiver', 'waivers')} ${state}`];
  });
  const parts = [
    worse > 0 || gate.outcome === 'passed' ? `${worse || 'nothing'} worse than ${than}` : '',
    ...faults,
    waived > 0 ? `${waived} waived` : '',
  ];
  return `gate: ${gate.outcome}, ${parts.filter((part) => part !== '').join(', ')}`;
};

/** What is judged, and against what. */
export const gateSubject = ({ record, baseline }: GateView): string[] => [
  `${subjectName(record)}, target ${oneLine(record.subject.target)}, ${levelName(record)}`,
  baseline
    ? `Baseline: ${subjectName(baseline)}, ${moment(baseline.run.startedAt)}`
    : 'No baseline: held against conformance itself.',
];

const groundNote = ({ what, before, after }: Ground): string => {
  switch (what) {
    case 'standard':
      return `The baseline is of another revision of the standard, ${before}, not ${after}: what that had not is new, and does not gate.`;
    case 'profile':
      return `The baseline is of another profile or level, ${before}, not ${after}.`;
    case 'target':
      return `The baseline is of another target, ${before}, not ${after}.`;
    case 'suite':
    case 'product':
    case 'adapter':
    case 'deadlines':
      return `The ${what} of the baseline: ${before}; now: ${after}.`;
    default:
      return what satisfies never;
  }
};

/** What the two records do not have in common, and how far their evidence was checked. */
export const gateNotes = ({ gate, notes }: GateView): string[] => [
  ...gate.grounds.map(groundNote),
  ...notes,
];

/** `fail: broken, DRV-MEM-009/refused`. */
export const standingText = (standing: Standing | undefined): string => {
  if (!standing) return 'not there';
  const { verdict, reason, broke, heldBy } = standing;
  const held = heldBy && verdict === 'pass' ? `held by ${heldBy.join(' and ')}` : '';
  const parts = [reason ?? '', broke ?? '', held].filter((part) => part !== '');
  return oneLine([verdictWord(verdict), parts.join(', ')].filter(Boolean).join(': '));
};

/** `was pass`, and for what lost its ground the registry's sentence. */
export const wasText = ({ kind, before, after, change }: Difference): string => {
  const why = after?.verdict === 'fail' || !after?.reason ? '' : explain(after.reason);
  const was =
    kind === 'capability'
      ? 'the level requires it, and it is not declared'
      : before
        ? `was ${standingText(before)}`
        : change === 'new'
          ? 'the baseline had it not'
          : '';
  return [was, kind === 'capability' ? '' : why].filter((part) => part !== '').join('. ');
};

/** `pass -> fail: broken`. */
export const moveText = ({ before, after }: Difference): string =>
  `${standingText(before)} -> ${standingText(after)}`;

/** The title of a case, or the text of a requirement. */
export const titleOf = (id: string, results: ReadonlyMap<string, Result>): string =>
  results.get(id)?.title ?? requirementOf(id)?.text ?? '';

/** The record's results by case. */
export const resultsById = (record: RunRecord): ReadonlyMap<string, Result> =>
  new Map(record.results.map((result) => [result.case, result]));

/** New cases that are bad in a requirement that is worse only by them. */
export const newCauses = (gate: Gate, requirement: string): string[] =>
  gate.findings
    .filter((one) => one.kind === 'case' && one.change === 'new' && one.musts.includes(requirement))
    .filter((one) => one.after?.verdict !== 'pass' && one.after?.verdict !== 'not-applicable')
    .map((one) => `new case ${one.id}: ${standingText(one.after)}`);

/** What a waiver that fails the gate is told to be. */
export const waiverFault = ({ waiver, state }: WaiverUse): string =>
  state === 'expired'
    ? `waiver ${waiver.id} expired after ${waiver.expires}; ${waiver.approver} approved it`
    : `waiver ${waiver.id} covers nothing that is bad; take it out`;

/** How many differences of each kind of change, in words. */
export const changeCounts = ({ differences }: Pick<Comparison, 'differences'>): string =>
  (['worse', 'better', 'changed', 'new', 'gone'] as const)
    .flatMap((change) => {
      const count = told(differences.filter((one) => one.change === change)).length;
      return count === 0 ? [] : [`${count} ${change}`];
    })
    .join(', ');
