// Judges the real drivers that CI installed, and holds each verdict against the committed, explained
// list: a driver that is not present, an error, or a difference fails. Non-conformance alone does not.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const main = join(root, 'dist', 'cli', 'main.js');
const lists = join(root, 'test', 'expected');
let passed = 0;
const failures = [];

const expect = (what, expected, observed) => {
  if (JSON.stringify(expected) === JSON.stringify(observed)) passed += 1;
  else
    failures.push(
      `${what}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(observed)}`,
    );
};

const causeway = (...args) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    timeout: 600_000,
  });
  return { status, stdout, stderr };
};

for (const name of readdirSync(lists)) {
  const list = parse(readFileSync(join(lists, name), 'utf8'));
  const folder = mkdtempSync(join(tmpdir(), 'causeway-ci-'));
  const out = join(folder, 'run');
  const { status, stderr } = causeway('run', list.target, '--out', out);
  if (status === null || status === 2 || status === 3 || status === 5) {
    failures.push(`${list.target}: run ended with ${status}: ${stderr.trim().split('\n').at(-1)}`);
    continue;
  }
  const record = JSON.parse(readFileSync(join(out, 'record.json'), 'utf8'));
  expect(`${list.target} outcome`, list.outcome, record.profile.outcome);
  for (const result of record.results) {
    const group = list.groups?.[result.case.split('-')[0]] ?? {};
    const { verdict = 'pass', heldBy = [] } = { ...list.cases[result.case] };
    const held = list.cases[result.case] ? heldBy : (group.heldBy ?? heldBy);
    const what = `${list.target} ${result.case}`;
    expect(`${what} verdict`, verdict, result.verdict);
    if (result.heldBy.length > 0 || list.cases[result.case])
      expect(`${what} held by`, held, result.heldBy);
  }
  for (const id of Object.keys(list.cases)) {
    if (!record.results.some((result) => result.case === id))
      failures.push(`${name} lists ${id}, which was not run`);
  }
  expect(`${list.target} replay`, 0, causeway('replay', out).status);
  rmSync(folder, { recursive: true, force: true });
}

for (const failure of failures) console.log(`FAILED ${failure}`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length > 0 ? 1 : 0;
