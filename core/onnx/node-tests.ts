// ONNX's node tests as bytes, and the digest that says which they are: a plan names it, and a replay needs the same.
import { createHash } from 'node:crypto';
import { NODE_TESTS } from '../../schemas/generated/standard.ts';
import type { NodeTestIdentity } from '../../schemas/generated/types.ts';

/** Inputs and outputs in the model's order. */
export interface TestData {
  readonly inputs: readonly Uint8Array[];
  readonly outputs: readonly Uint8Array[];
}

export interface NodeTest {
  /** Of its folder. */
  readonly name: string;
  readonly model: Uint8Array;
  readonly data: readonly TestData[];
}

export interface NodeTests {
  readonly identity: NodeTestIdentity;
  readonly tests: readonly NodeTest[];
}

/** The tests with what says which they are, in the order of their names. */
export const identified = (unordered: readonly NodeTest[]): NodeTests => {
  const tests = unordered.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const hash = createHash('sha256');
  const add = (path: string, bytes: Uint8Array): void => {
    hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  };
  for (const { name, model, data } of tests) {
    add(`${name}/model.onnx`, model);
    for (const [set, { inputs, outputs }] of data.entries()) {
      for (const [kind, all] of Object.entries({ input: inputs, output: outputs })) {
        for (const [index, bytes] of all.entries()) {
          add(`${name}/test_data_set_${set}/${kind}_${index}.pb`, bytes);
        }
      }
    }
  }
  const digest = hash.digest('hex');
  const known = NODE_TESTS.releases.find((one) => one.digest === digest);
  return { identity: { release: known?.release ?? 'unknown', digest }, tests };
};
