// The vendor's claim: an in-toto statement with a test-result predicate, a pure function of the record, the
// digests of the run's files, and the moment.
import { standing } from '../core/gating.ts';
import type { Record as RunRecord, Seed } from '../schemas/generated/types.ts';

const STATEMENT = 'https://in-toto.io/Statement/v1';
export const TEST_RESULT = 'https://in-toto.io/attestation/test-result/v0.1';

/** A file and its digest. */
export interface Digested {
  /** Of a run's own file, relative to its folder; of what was tested, as the record names it. */
  readonly name: string;
  readonly sha256: string;
}

/** An in-toto statement; see https://in-toto.io/Statement/v1. */
export interface Statement<P> {
  readonly _type: typeof STATEMENT;
  readonly subject: readonly { name: string; digest: { sha256: string } }[];
  readonly predicateType: string;
  readonly predicate: P;
}

/** The predicate of a claim. What in-toto has no member for stands under `causeway`. */
export interface TestResult {
  readonly result: 'PASSED' | 'WARNED' | 'FAILED';
  readonly configuration: readonly object[];
  readonly passedTests: readonly string[];
  readonly warnedTests: readonly string[];
  readonly failedTests: readonly string[];
  readonly causeway: {
    /** ISO 8601, by the signer's clock. */
    readonly signedAt: string;
    readonly declaration: 'self-declared' | 'for a certificate';
    readonly outcome: string;
    readonly profile: string;
    readonly seed: Seed;
    readonly target: string;
  };
}

/** A statement about files. */
export const statementOf = <P>(
  files: readonly Digested[],
  predicateType: string,
  predicate: P,
): Statement<P> => ({
  _type: STATEMENT,
  subject: files.map(({ name, sha256 }) => ({ name, digest: { sha256 } })),
  predicateType,
  predicate,
});

/** Whether a run can certify anything: its seed is a certifier's. */
export const declarationOf = ({ source }: Seed): TestResult['causeway']['declaration'] =>
  source === 'nonce' ? 'for a certificate' : 'self-declared';

/** Each case in one of the three lists; what does not apply to the product is in none. */
const listsOf = (
  record: RunRecord,
): Pick<TestResult, 'passedTests' | 'warnedTests' | 'failedTests'> => {
  const passedTests: string[] = [];
  const warnedTests: string[] = [];
  const failedTests: string[] = [];
  for (const result of record.results) {
    const own = standing(record, result);
    switch (own) {
      case 'pass':
        passedTests.push(result.case);
        break;
      case 'fail':
        failedTests.push(result.case);
        break;
      case 'departure':
      case 'excluded':
      case 'error':
      case 'inconclusive':
      case 'not-run':
        warnedTests.push(result.case);
        break;
      case 'not-applicable':
        break;
      default:
        own satisfies never;
    }
  }
  return { passedTests, warnedTests, failedTests };
};

/** What a run was tested on: the files that its record says were started. */
const testedFiles = (record: RunRecord): Digested[] =>
  record.subject.files.map(({ path, sha256 }) => ({ name: path, sha256 }));

/** The claim over a run: its subjects are every file of the run, and every file of what was tested. */
export const claimOf = (
  record: RunRecord,
  files: readonly Digested[],
  signedAt: string,
): Statement<TestResult> => {
  const { standard, suite, profile, seed, evidence, subject } = record;
  const lists = listsOf(record);
  const passed = lists.warnedTests.length === 0 ? 'PASSED' : 'WARNED';
  return statementOf([...files, ...testedFiles(record)], TEST_RESULT, {
    result: profile.outcome === 'conformant' ? passed : 'FAILED',
    configuration: [
      { name: `${standard.name} ${standard.revision}`, digest: { sha256: standard.digest } },
      { name: evidence.plan.file, digest: { sha256: evidence.plan.sha256 } },
      { name: suite.name, uri: `pkg:npm/${suite.name}@${suite.version}` },
    ],
    ...lists,
    causeway: {
      signedAt,
      declaration: declarationOf(seed),
      outcome: profile.outcome,
      profile: `${profile.id}@${profile.level}`,
      seed,
      target: subject.target,
    },
  });
};
