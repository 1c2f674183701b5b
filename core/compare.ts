// Two records side by side: what got worse, better or other, what is new and what is gone, by
// requirement, by case and by required capability. What follows from it is for a gate or a reader to say.
import type { Origin, Result, Record as RunRecord, Verdict } from '../schemas/generated/types.ts';
import { isMust } from './level.ts';

/**
 * `better` is said of what passes now alone. `changed`: neither better nor worse, and not the same: it
 * broke something else, another gave the refusal, a failure is no longer decided.
 */
export type Change = 'worse' | 'better' | 'changed' | 'same' | 'new' | 'gone';

/** What one record says of something. */
export interface Standing {
  readonly verdict: Verdict;
  readonly reason?: string;
  /** The expectation that decided a failed case. */
  readonly broke?: string;
  readonly heldBy?: readonly Origin[];
}

/** What two records say of one requirement, case or capability. */
export interface Difference {
  readonly kind: 'requirement' | 'case' | 'capability';
  readonly id: string;
  /** The MUST rows that it stands for: what a level needs. Empty for a SHOULD, and for a capability. */
  readonly musts: readonly string[];
  readonly change: Change;
  /** Absent where it is new, or where nothing was compared with. */
  readonly before?: Standing;
  /** Absent where it is gone. */
  readonly after?: Standing;
}

/** Something that the two records do not have in common, beside their verdicts. */
export interface Ground {
  readonly what: 'standard' | 'suite' | 'profile' | 'target' | 'product' | 'adapter' | 'deadlines';
  readonly before: string;
  readonly after: string;
}

export interface Comparison {
  readonly grounds: readonly Ground[];
  /** Of everything that either record speaks of, what is the same included. */
  readonly differences: readonly Difference[];
}

/**
 * Worst first. Not the order in which cases make a requirement's verdict: there a pass outweighs what
 * did not apply, and here a pass that no longer applies is a capability that was lost.
 */
const MERIT = [
  'error',
  'fail',
  'not-run',
  'inconclusive',
  'not-applicable',
  'pass',
] as const satisfies readonly Verdict[];

/** A row that a level needs and that a run has no case of. */
const leftOut = ({ run }: RunRecord): Standing => ({
  verdict: 'not-run',
  reason: run.shard ? 'elsewhere' : 'unselected',
});
const LACKING: Standing = { verdict: 'not-applicable', reason: 'capability' };

interface Entry {
  readonly kind: Difference['kind'];
  readonly id: string;
  readonly musts: readonly string[];
  readonly standing: Standing;
}

/** What a record says of everything that it speaks of, by kind and id. */
interface Account {
  readonly requirements: ReadonlyMap<string, Entry>;
  readonly cases: ReadonlyMap<string, Entry>;
  /** Required capabilities that are not declared. */
  readonly capabilities: ReadonlyMap<string, Entry>;
}

/** The expectation that a failed case broke first, in its last attempt. */
const brokeFirst = (result: Result): string | undefined =>
  result.verdict === 'fail'
    ? result.attempts.at(-1)?.expectations.find((one) => !one.held)?.id
    : undefined;

const standingOf = (result: Result): Standing => {
  const broke = brokeFirst(result);
  return {
    verdict: result.verdict,
    ...(result.reason !== undefined && { reason: result.reason }),
    ...(broke !== undefined && { broke }),
    ...(result.heldBy.length > 0 && { heldBy: result.heldBy }),
  };
};

const accountOf = (record: RunRecord): Account => {
  const requirements = new Map<string, Entry>(
    record.requirements.map(({ id, keyword, verdict }) => [
      id,
      { kind: 'requirement', id, musts: isMust(keyword) ? [id] : [], standing: { verdict } },
    ]),
  );
  const capabilities = new Map<string, Entry>();
  const absent = leftOut(record);
  for (const text of record.profile.missing) {
    const [, left] = /^(\S+) not-run$/.exec(text) ?? [];
    const [, lacking] = /^capability (\S+) not declared$/.exec(text) ?? [];
    // The level needs this row, and the run was told to leave all its cases out.
    if (left && !requirements.has(left)) {
      requirements.set(left, { kind: 'requirement', id: left, musts: [left], standing: absent });
    }
    if (lacking) {
      capabilities.set(lacking, { kind: 'capability', id: lacking, musts: [], standing: LACKING });
    }
  }
  const cases = new Map<string, Entry>(
    record.results.map((result) => [
      result.case,
      {
        kind: 'case',
        id: result.case,
        musts: result.requirements.filter((id) => requirements.get(id)?.musts.length === 1),
        standing: standingOf(result),
      },
    ]),
  );
  return { requirements, cases, capabilities };
};

const changeOf = (before: Standing | undefined, after: Standing | undefined): Change => {
  if (!before) return 'new';
  if (!after) return 'gone';
  const step = MERIT.indexOf(after.verdict) - MERIT.indexOf(before.verdict);
  if (step < 0) return 'worse';
  if (step > 0) return after.verdict === 'pass' ? 'better' : 'changed';
  const alike =
    before.reason === after.reason &&
    before.broke === after.broke &&
    before.heldBy?.join() === after.heldBy?.join();
  return alike ? 'same' : 'changed';
};

/** Joins two sides; `absent` stands in for what one side does not speak of. */
const joined = (
  before: ReadonlyMap<string, Entry>,
  after: ReadonlyMap<string, Entry>,
  absent: { readonly before?: Standing; readonly after?: Standing },
): Difference[] =>
  [...new Map([...before, ...after])].map(([id, entry]) => {
    const was = before.get(id)?.standing ?? absent.before;
    const is = after.get(id)?.standing ?? absent.after;
    return {
      kind: entry.kind,
      id,
      musts: entry.musts,
      change: changeOf(was, is),
      ...(was && { before: was }),
      ...(is && { after: is }),
    };
  });

const groundsOf = (record: RunRecord): readonly (readonly [Ground['what'], string])[] => {
  const { standard, suite, profile, subject, run } = record;
  const { product, adapter } = subject.identity ?? {};
  const { call, start, case: whole, stop } = run.deadlines;
  return [
    ['standard', `${standard.name} ${standard.revision} ${standard.digest.slice(0, 12)}`],
    ['suite', `${suite.name} ${suite.version}`],
    ['profile', `${profile.id}@${profile.level}`],
    ['target', subject.target],
    ['product', product ? `${product.vendor} ${product.name} ${product.version}` : 'unknown'],
    ['adapter', adapter ? `${adapter.name} ${adapter.version}` : 'unknown'],
    ['deadlines', `call ${call} ms, start ${start} ms, case ${whole} ms, stop ${stop} ms`],
  ];
};

/**
 * Compares two records. A requirement that the older one's standard had and that it did not judge counts
 * as not run there, and so does a case of the same suite: what nobody looked at is not good. `new` and
 * `gone` are left for what the other's standard, or for a case the other's suite, does not have.
 */
export const compare = (before: RunRecord, after: RunRecord): Comparison => {
  const [was, is] = [accountOf(before), accountOf(after)];
  const oneStandard = before.standard.digest === after.standard.digest;
  const oneSuite =
    oneStandard &&
    before.suite.name === after.suite.name &&
    before.suite.version === after.suite.version;
  const declared: Standing = { verdict: 'pass' };
  const unjudged = { before: leftOut(before), after: leftOut(after) };
  const older = new Map(groundsOf(before));
  return {
    grounds: groundsOf(after).flatMap(([what, text]) => {
      const old = older.get(what) ?? '';
      return old === text ? [] : [{ what, before: old, after: text }];
    }),
    differences: [
      ...joined(was.capabilities, is.capabilities, { before: declared, after: declared }),
      ...joined(was.requirements, is.requirements, oneStandard ? unjudged : {}),
      ...joined(was.cases, is.cases, oneSuite ? unjudged : {}),
    ],
  };
};

/** Whether a standing keeps its subject from being conformant. */
export const isOpen = ({ kind, after }: Pick<Difference, 'kind' | 'after'>): boolean =>
  after !== undefined &&
  (kind === 'capability'
    ? after.verdict !== 'pass'
    : after.verdict !== 'pass' && after.verdict !== 'not-applicable');

/** Compares a record with conformance itself: `worse` is what the level needs and has not got. */
export const compareWithConformance = (record: RunRecord): Comparison => {
  const { capabilities, requirements, cases } = accountOf(record);
  return {
    grounds: [],
    differences: [...capabilities.values(), ...requirements.values(), ...cases.values()].map(
      ({ standing, ...entry }) => {
        const open = isOpen({ kind: entry.kind, after: standing });
        const needed = entry.kind === 'capability' || entry.musts.length > 0;
        return { ...entry, change: open && needed ? 'worse' : 'same', after: standing };
      },
    ),
  };
};
