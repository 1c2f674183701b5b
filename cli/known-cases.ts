// All cases of a plan: the suite's own, and for a profile that has ONNX's node tests those that are on this machine.
import type { AnyCase } from '../core/case.ts';
import { rowsOf } from '../core/plan.ts';
import { FolderError } from '../runner/folder-error.ts';
import type { NodeTestIdentity, Plan, ProfileFile } from '../schemas/generated/types.ts';
import { nodeTestCases } from '../suites/framework/node-tests/cases.ts';
import { cases } from '../suites/index.ts';
import { nodeTestFolder, readNodeTests, VARIABLE } from './node-test-folder.ts';

const ROW = 'FRM-ONX-001';
/** Cases, and which node tests are among them. */
export interface KnownCases {
  readonly cases: readonly AnyCase[];
  readonly nodeTests?: NodeTestIdentity;
}

/** Without node tests of our own, which would make a claim of little that looks like one of much. */
const without: KnownCases = {
  cases: cases.filter(({ requirements }) => !requirements.includes(ROW)),
};

/** What was read last, for all plans of a command. */
let held: { readonly folder: string; readonly known: KnownCases } | undefined;

const withNodeTests = (): KnownCases => {
  const folder = nodeTestFolder();
  if (folder === undefined) {
    throw new FolderError(
      `ONNX's node tests are not on this machine; type: apt-get install libonnx-testdata, or name their folder: ${VARIABLE}=DIR`,
    );
  }
  if (held?.folder !== folder) {
    const { identity, tests } = readNodeTests(folder);
    const known = { cases: [...without.cases, ...nodeTestCases(tests)], nodeTests: identity };
    held = { folder, known };
  }
  return held.known;
};

/** What a new plan is made of. */
export const casesFor = (profile: ProfileFile, level: number): KnownCases =>
  rowsOf(profile, level).some(({ id }) => id === ROW) ? withNodeTests() : without;

/** What a plan was made of; refused where that cannot be had here. */
export const casesOf = ({ nodeTests }: Pick<Plan, 'nodeTests'>): KnownCases => {
  if (!nodeTests) return without;
  const known = withNodeTests();
  if (known.nodeTests?.digest === nodeTests.digest) return known;
  const [wanted, found] = [nodeTests, known.nodeTests].map(
    (one) => `${one?.digest.slice(0, 12)} (release: ${one?.release})`,
  );
  throw new FolderError(
    `the run has the node tests ${wanted}; here are ${found}. Name the folder that has them: ${VARIABLE}=DIR`,
  );
};
