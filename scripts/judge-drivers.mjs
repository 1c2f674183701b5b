// Judges the real drivers that CI installed, and holds each verdict against the committed, explained
// list: a driver that is not present, an error, or a difference fails. Non-conformance alone does not.
// `judge-drivers.mjs [TARGET...]`: every list that CI judges, or those of these targets, among which may be such as CI
// does not install.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import pLimit from 'p-limit';
import picomatch from 'picomatch';
import { parse } from 'yaml';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const main = join(root, 'dist', 'cli', 'main.cjs');
const lists = join(root, 'test', 'expected');
const wanted = process.argv.slice(2);
/** Drivers at a time: one that spins would have another miss its deadlines. */
const AT_ONCE = 1;
let passed = 0;
const failures = [];

/** Whether cases are named together; no id of a case has any of these. */
const isGlob = (id) => /[*{(]/.test(id);

/**
 * A list with what it has from the list that it is `like`; what it says itself comes first. `profile` is what
 * the target is judged against, `timeout` how long a call may take, in seconds. A list `onRequest` is of a target that CI
 * does not install: it is judged where it is named. What `several` says, it says of all the cases that it names, by ids
 * and globs.
 */
const listOf = (file) => {
  const own = parse(readFileSync(join(lists, file), 'utf8'));
  const base = own.like ? listOf(`${own.like}.yaml`) : {};
  const each = (own.several ?? []).flatMap(({ cases, ...said }) => cases.map((id) => [id, said]));
  const single = Object.fromEntries(each.filter(([id]) => !isGlob(id)));
  return {
    ...base,
    ...own,
    cases: { ...base.cases, ...single, ...own.cases },
    groups: {
      ...base.groups,
      ...Object.fromEntries(each.filter(([id]) => isGlob(id))),
      ...own.groups,
    },
  };
};

/** The group of a case: the longest beginning of its id, or glob that it matches, that is listed. */
const groupOf = (groups, id) =>
  Object.keys(groups)
    .filter((key) => (isGlob(key) ? picomatch.isMatch(id, key) : id.startsWith(key)))
    .sort((one, other) => other.length - one.length)[0];

/** The first expectation that did not hold, in the try that counts. */
const brokenIn = ({ attempts }) => attempts.at(-1)?.expectations.find((one) => !one.held)?.id;

const expect = (what, expected, observed) => {
  if (JSON.stringify(expected) === JSON.stringify(observed)) passed += 1;
  else
    failures.push(
      `${what}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(observed)}`,
    );
};

/** Runs the command line; gives its exit code, undefined where it took too long, and its last words. */
const causeway = async (...args) => {
  const { exitCode, stderr } = await execa(process.execPath, [main, ...args], {
    stdout: 'ignore',
    // A driver that hangs does so in many cases, one deadline after another.
    timeout: 900_000,
    reject: false,
  });
  return { status: exitCode, last: stderr.trim().split('\n').at(-1) };
};

/** How often a case is tried again that the machine was too busy to decide, where its list says otherwise. */
const AGAIN = 3;

/** The result of one case, tried again by itself until the machine lets it be decided. */
const decided = async (list, choices, result) => {
  let found = result;
  for (let more = AGAIN; more > 0 && found.reason === 'premise'; more -= 1) {
    const folder = mkdtempSync(join(tmpdir(), 'causeway-ci-'));
    const out = join(folder, 'run');
    await causeway('run', list.target, ...choices, '--only', result.case, '--out', out);
    const record = JSON.parse(readFileSync(join(out, 'record.json'), 'utf8'));
    found = record.results.find((one) => one.case === result.case) ?? found;
    rmSync(folder, { recursive: true, force: true });
    console.log(`tried again: ${list.target} ${result.case}: ${found.verdict}`);
  }
  return found;
};

const judge = async (name, list) => {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-ci-'));
  const out = join(folder, 'run');
  const began = Date.now();
  // One seed: what the seeded requests of SYS-LIF-006 bring to light has to be the same each time.
  const choices = [
    ...(list.profile ? ['--profile', list.profile] : []),
    ...(list.timeout ? ['--timeout', String(list.timeout)] : []),
    ...['--seed', 'expected'],
  ];
  const { status, last } = await causeway('run', list.target, ...choices, '--out', out);
  if (status === undefined || status === 2 || status === 3 || status === 5) {
    failures.push(`${list.target}: run ended with ${status}: ${last}`);
    return;
  }
  const seconds = Math.round((Date.now() - began) / 1000);
  const record = JSON.parse(readFileSync(join(out, 'record.json'), 'utf8'));
  const used = new Set();
  let redecided = false;
  for (const found of record.results) {
    const key = found.case in list.cases ? found.case : groupOf(list.groups, found.case);
    used.add(key);
    const listed = list.cases[key] ?? list.groups[key] ?? {};
    const { verdict = 'pass', heldBy = [], reason, breaks } = listed;
    const result = verdict === found.verdict ? found : await decided(list, choices, found);
    redecided ||= result !== found;
    const what = `${list.target} ${result.case}`;
    expect(`${what} verdict`, verdict, result.verdict);
    if (result.heldBy.length > 0 || result.case === key)
      expect(`${what} held by`, heldBy, result.heldBy);
    if (reason !== undefined) expect(`${what} reason`, reason, result.reason);
    if (breaks !== undefined) expect(`${what} breaks`, breaks, brokenIn(result));
  }
  // What was decided by itself is no longer what left the run incomplete.
  const outcome =
    redecided && record.profile.outcome === 'incomplete' ? list.outcome : record.profile.outcome;
  expect(`${list.target} outcome`, list.outcome, outcome);
  for (const key of [...Object.keys(list.cases), ...Object.keys(list.groups)]) {
    if (!used.has(key)) failures.push(`${name} lists ${key}, which was not run`);
  }
  expect(`${list.target} replay`, 0, (await causeway('replay', out)).status);
  rmSync(folder, { recursive: true, force: true });
  console.log(`judged ${list.target} in ${seconds} s: ${record.profile.outcome}`);
};

const limit = pLimit(AT_ONCE);
await Promise.all(
  readdirSync(lists).map((name) => {
    const list = listOf(name);
    // One that names no target is there for others to be like.
    const named = wanted.length === 0 ? !list.onRequest : wanted.includes(list.target);
    return list.target !== undefined && named ? limit(() => judge(name, list)) : undefined;
  }),
);

for (const failure of failures) console.log(`FAILED ${failure}`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length > 0 ? 1 : 0;
