// A claim against what an auditor saw: case by case, and who answered. A pure function of two records.
import { isDeepStrictEqual } from 'node:util';
import type { Result, Record as RunRecord } from '../schemas/generated/types.ts';

/** One thing of which claim and audit speak. */
export interface Compared {
  /** A case, or what of the subject was compared. */
  readonly what: string;
  /**
   * `contradicts`: both are decided, and differ. `undecided`: the audit could not tell, or what it saw is not
   * what was tested.
   */
  readonly state: 'agrees' | 'contradicts' | 'undecided';
  readonly claimed: string;
  readonly seen: string;
}

const DECIDED = ['pass', 'fail', 'not-applicable'];

const told = ({ verdict, reason, heldBy }: Result): string =>
  [
    verdict,
    ...(reason ? [`(${reason})`] : []),
    ...(heldBy.length > 0 ? [`held by ${heldBy.join(', ')}`] : []),
  ].join(' ');

const stateOf = (claimed: Result, seen: Result): Compared['state'] => {
  if (claimed.verdict === seen.verdict) {
    return isDeepStrictEqual(claimed.heldBy, seen.heldBy) ? 'agrees' : 'contradicts';
  }
  return DECIDED.includes(claimed.verdict) && DECIDED.includes(seen.verdict)
    ? 'contradicts'
    : 'undecided';
};

/** Each case of the audit with what was claimed of it. */
const casesOf = (claim: RunRecord, audit: RunRecord): Compared[] => {
  const claimed = new Map(claim.results.map((one) => [one.case, one]));
  return audit.results.flatMap((seen) => {
    const said = claimed.get(seen.case);
    if (!said) return [];
    return [{ what: seen.case, state: stateOf(said, seen), claimed: told(said), seen: told(seen) }];
  });
};

/** What of a subject's own words must be the same. */
const IDENTITY = ['product', 'adapter', 'capabilities', 'methods'] as const;

const identityOf = (claim: RunRecord, audit: RunRecord): Compared[] =>
  IDENTITY.map((what) => {
    const [said, seen] = [claim, audit].map(({ subject }) => subject.identity?.[what]);
    return {
      what,
      state: isDeepStrictEqual(said, seen) ? 'agrees' : 'contradicts',
      claimed: JSON.stringify(said) ?? 'nothing',
      seen: JSON.stringify(seen) ?? 'nothing',
    };
  });

/** The files that were started: another machine has others, so they are shown and contradict nothing. */
const filesOf = (claim: RunRecord, audit: RunRecord): Compared => {
  const here = new Map(audit.subject.files.map(({ path, sha256 }) => [path, sha256]));
  const { files } = claim.subject;
  const other = files.filter(({ path, sha256 }) => here.get(path) !== sha256);
  const [first] = other;
  return {
    what: 'files',
    state: first ? 'undecided' : 'agrees',
    claimed: `${files.length} files${first ? `, ${first.path} ${first.sha256}` : ''}`,
    seen: first
      ? `${other.length} are others or not started, ${first.path} ${here.get(first.path) ?? ''}`
      : 'the same',
  };
};

/** All that can be compared of a claim with an audit of some of its cases. */
export const compareAudit = (claim: RunRecord, audit: RunRecord): Compared[] => [
  ...identityOf(claim, audit),
  filesOf(claim, audit),
  ...casesOf(claim, audit),
];

/** 0 agrees, 1 contradicts, 4 undecided. */
export const auditExit = (compared: readonly Compared[]): number => {
  if (compared.some(({ state }) => state === 'contradicts')) return 1;
  return compared.some(({ state }) => state === 'undecided') ? 4 : 0;
};
