// All cases of a plan: the suite's own, and for a profile that has ONNX's node tests those that are on this machine.
import { existsSync } from 'node:fs';
import type { AnyCase } from '../core/case.ts';
import type { NodeTests } from '../core/onnx/node-tests.ts';
import { rowsOf } from '../core/plan.ts';
import { FolderError } from '../runner/folder-error.ts';
import type { NodeTestIdentity, Plan, ProfileFile } from '../schemas/generated/types.ts';
import { nodeTestCases } from '../suites/framework/node-tests/cases.ts';
import { cases } from '../suites/index.ts';
import { readNodeTests } from './node-test-folder.ts';

const ROW = 'FRM-ONX-001';
/** Names the folder where it is not Debian's. */
const VARIABLE = 'CAUSEWAY_NODE_TESTS';
const DEBIAN = '/usr/share/libonnx-testdata/data/node';

/** Cases, and which node tests are among them. */
export interface KnownCases {
  readonly cases: readonly AnyCase[];
  readonly nodeTests?: NodeTestIdentity;
}

const read = (): NodeTests => {
  const named = process.env[VARIABLE];
  if (named !== undefined || existsSync(DEBIAN)) return readNodeTests(named ?? DEBIAN);
  throw new FolderError(
    `ONNX's node tests are not on this machine; type: apt-get install libonnx-testdata, or name their folder: ${VARIABLE}=DIR`,
  );
};

/** Without node tests of our own, which would make a claim of little that looks like one of much. */
const without: KnownCases = {
  cases: cases.filter(({ requirements }) => !requirements.includes(ROW)),
};

const withNodeTests = ({ identity, tests }: NodeTests): KnownCases => ({
  cases: [...without.cases, ...nodeTestCases(tests)],
  nodeTests: identity,
});

/** Reads node tests once, for all plans of a command. */
export class CaseShelf {
  #held: KnownCases | undefined;

  /** What a new plan is made of. */
  ofProfile(profile: ProfileFile, level: number): KnownCases {
    return rowsOf(profile, level).some(({ id }) => id === ROW) ? this.#withNodeTests() : without;
  }

  /** What a plan was made of; refused where that cannot be had here. */
  ofPlan({ nodeTests }: Pick<Plan, 'nodeTests'>): KnownCases {
    if (!nodeTests) return without;
    const known = this.#withNodeTests();
    if (known.nodeTests?.digest === nodeTests.digest) return known;
    const [wanted, found] = [nodeTests, known.nodeTests].map(
      (one) => `${one?.digest.slice(0, 12)} (release: ${one?.release})`,
    );
    throw new FolderError(
      `the run has the node tests ${wanted}; here are ${found}. Name the folder that has them: ${VARIABLE}=DIR`,
    );
  }

  #withNodeTests(): KnownCases {
    this.#held ??= withNodeTests(read());
    return this.#held;
  }
}

/** The same for one plan. */
export const casesOf = (plan: Pick<Plan, 'nodeTests'>): KnownCases => new CaseShelf().ofPlan(plan);
