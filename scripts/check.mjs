// The project's own checks, each once, with one line of counts at the end: `npm test`.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const run = (args) =>
  spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }).status;

const lint = run(['node_modules/@biomejs/biome/bin/biome', 'check', '.']);
const tests = run([
  'node_modules/mocha/bin/mocha.js',
  // Most of a test is one process waiting for another.
  '--parallel',
  '--jobs',
  '2',
  // A test that hangs fails; none is judged by how long it takes.
  '--timeout',
  '600000',
  '--reporter',
  'dist/test/counting-reporter.js',
  'dist/test/**/*.test.js',
]);
if (lint !== 0) console.error('The linter found faults; to mend what it can, type: npm run format');
process.exitCode = lint === 0 && tests === 0 ? 0 : 1;
