// Runs the benches one after another and prints what they found as one table: `npm run bench [NAME...]`.
// What each line means stands in bench/README.md. A slow machine fails nothing; a bench that could not do
// its work does.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * Whether two processes that take turns share a processor makes more difference (six times, both ways) than
 * what the benches of single calls measure: those are held on one processor, where the system can.
 */
const BENCHES = [
  { name: 'call-overhead', pinned: true },
  { name: 'case-cost', pinned: true },
  { name: 'start-up', pinned: false },
  { name: 'reference', pinned: false },
  { name: 'report', pinned: false },
  { name: 'scale', pinned: false },
  { name: 'drivers', pinned: false },
  { name: 'node-tests', pinned: false },
  { name: 'selftest', pinned: false },
  { name: 'peers', pinned: false },
];

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !BENCHES.some((bench) => bench.name === name));
if (unknown !== undefined) {
  console.error(
    `no bench ${unknown}; there is ${BENCHES.map(({ name }) => name).join(', ')}, and all without a name`,
  );
  process.exit(2);
}

const canPin = spawnSync('taskset', ['-c', '0', 'true']).status === 0;
if (!canPin)
  console.error('taskset is not here: ratios of calls are at the mercy of the scheduler');

// What an administrator adds to node's certificates is read at every start of node: it may take longer than node does,
// and is nothing of what is measured.
const { NODE_EXTRA_CA_CERTS: _, ...environment } = process.env;

const run = ({ name, pinned }) => {
  console.error(`bench: ${name} ...`);
  const [program, ...args] = [
    ...(pinned && canPin ? ['taskset', '-c', '0'] : []),
    process.execPath,
    join('dist', 'bench', `${name}.js`),
  ];
  const { status, stdout } = spawnSync(program, args, {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (status === 0) {
    return stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  }
  process.exitCode = 1;
  return [{ what: name, found: 'failed: see above' }];
};

const found = BENCHES.filter(({ name }) => asked.length === 0 || asked.includes(name)).flatMap(run);

const verdict = ({ wanted, kept }) =>
  wanted === undefined ? '' : `${wanted}: ${kept ? 'kept' : 'MISSED'}`;
const rows = [
  ['measured', 'found', 'ratio', 'beside', 'wanted'],
  ...found.map((one) => [
    one.what,
    one.found,
    one.ratio === undefined ? '' : `${one.ratio.toFixed(2)}x`,
    one.beside ?? '',
    verdict(one),
  ]),
];
const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
for (const row of rows) {
  console.log(
    row
      .map((text, column) => text.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
}
