// ONNX's node tests from their folder: NAME/model.onnx, and NAME/test_data_set_N/input_I.pb and output_I.pb.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  identified,
  type NodeTest,
  type NodeTests,
  type TestData,
} from '../core/onnx/node-tests.ts';
import { FolderError } from '../runner/folder-error.ts';

/** Names the folder where it is not Debian's. */
export const VARIABLE = 'CAUSEWAY_NODE_TESTS';
const DEBIAN = '/usr/share/libonnx-testdata/data/node';

const MODEL = 'model.onnx';
/** A name becomes a case's. */
const NAME = /^[A-Za-z0-9_.-]{1,128}$/;

/** Reads what is numbered, from 0 on, as far as there is a name for it. */
const numbered = <T>(
  names: readonly string[],
  nameOf: (number: number) => string,
  readAt: (name: string) => T,
): T[] => {
  const found: T[] = [];
  while (names.includes(nameOf(found.length))) found.push(readAt(nameOf(found.length)));
  return found;
};

const dataIn = (folder: string): TestData => {
  const names = readdirSync(folder);
  const files = (kind: string): Uint8Array[] =>
    numbered(
      names,
      (number) => `${kind}_${number}.pb`,
      (name) => readFileSync(join(folder, name)),
    );
  return { inputs: files('input'), outputs: files('output') };
};

/** None where the folder holds no test. */
const testsIn = (folder: string, name: string): NodeTest[] => {
  const names = readdirSync(folder);
  if (!names.includes(MODEL)) return [];
  if (!NAME.test(name)) {
    throw new FolderError(`${folder}: ${JSON.stringify(name)} cannot be the name of a test`);
  }
  const data = numbered(
    names,
    (number) => `test_data_set_${number}`,
    (set) => dataIn(join(folder, set)),
  );
  return [{ name, model: readFileSync(join(folder, MODEL)), data }];
};

/** Where the tests are on this machine; undefined where they are not. */
export const nodeTestFolder = (): string | undefined =>
  process.env[VARIABLE] ?? (existsSync(DEBIAN) ? DEBIAN : undefined);

/** The tests in a folder, each in a folder of its own. */
export const readNodeTests = (folder: string): NodeTests => {
  if (!existsSync(folder)) throw new FolderError(`${folder} is not there`);
  const tests = readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? testsIn(join(folder, entry.name), entry.name) : [],
  );
  if (tests.length === 0) {
    throw new FolderError(`${folder} holds no node tests: no folder in it has a ${MODEL}`);
  }
  return identified(tests);
};
