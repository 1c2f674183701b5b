// ONNX's own node tests by `causeway run` beside a bare loop of the same engine over the same models: how much of a
// user's time is the suite's.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adapters } from '../adapters/index.ts';
import { nodeTestFolder } from '../cli/node-test-folder.ts';
import { readWire } from '../runner/folder.ts';
import { median, medianRatio, sideBySide, tell } from './measure.ts';
import type { Piped } from './node-tests-piped.ts';

const ROUNDS = 3;
const MOST = 2;
const folder = nodeTestFolder();
/** Runs end with 1 where the engine fails a test: that is no fault of the bench. */
const ENDED = [0, 1];

const found = await adapters.find(({ name }) => name === 'onnxruntime')?.find();
if (folder === undefined || !found?.some(({ id }) => id === 'node')) {
  console.error(
    "ONNX's node tests or onnxruntime-node are not here: nothing is measured of them; type: apt-get install libonnx-testdata, ONNXRUNTIME_NODE_INSTALL=skip npm install --no-save onnxruntime-node@1.30.0",
  );
  process.exit(0);
}

const scratch = mkdtempSync(join(tmpdir(), 'causeway-bench-'));
let runs = 0;
/** Seconds of processor time that each run took, with all that it started. */
const busy = { causeway: [] as number[], piped: [] as number[], bare: [] as number[] };

/** Runs a node program to its end. The shell says what it took: node knows of its own processes alone. */
const measured = (side: keyof typeof busy, args: readonly string[]): void => {
  const script = 'TIMEFORMAT="%U %S"; time "$@" >/dev/null 2>&1';
  const shell = ['-c', script, 'bash', process.execPath, ...args];
  const { status, stderr } = spawnSync('bash', shell, { encoding: 'utf8' });
  if (status === null || !ENDED.includes(status)) {
    throw new Error(`node ${args.join(' ')} ended with ${status}`);
  }
  const [user = Number.NaN, system = Number.NaN] = stderr.trim().split(' ').map(Number);
  busy[side].push(user + system);
};

/** What a run asked in the sessions that its cases share, as one session. */
const requestsOf = (run: string): Piped[] => {
  const asked = new Map<number, { text: string; has?: string; gave?: string }>();
  for (const entry of readWire(run)) {
    if (entry.session.includes('/') || !('text' in entry)) continue;
    const message = JSON.parse(entry.text);
    if (entry.kind === 'send') {
      if (asked.size > 0 && message.method.startsWith('system.')) continue;
      const has: string | undefined = message.params.model;
      const isHandle = has !== undefined && message.method !== 'framework.model.load';
      asked.set(entry.n, { text: entry.text, ...(isHandle && { has }) });
    } else if (entry.kind === 'receive') {
      const request = asked.get(entry.answers ?? 0);
      if (request && message.result?.model) request.gave = message.result.model;
    }
  }
  return [...asked.values()];
};

const causeway = (): void => {
  runs += 1;
  measured('causeway', [
    join('dist', 'cli', 'main.cjs'),
    ...['run', 'onnxruntime:node', '--profile', 'ONNX-NODE@1', '--seed', 'bench'],
    ...['--out', join(scratch, String(runs))],
  ]);
};

// Once before: what it asked is asked again without it, and everybody's files have been read.
causeway();
const asked = join(scratch, 'asked.json');
writeFileSync(asked, JSON.stringify(requestsOf(join(scratch, String(runs)))));

const spent = await sideBySide(ROUNDS, {
  causeway,
  piped: () => measured('piped', [join('dist', 'bench', 'node-tests-piped.js'), asked]),
  bare: () => measured('bare', [join('dist', 'bench', 'node-tests-bare.js'), folder]),
});
rmSync(scratch, { recursive: true, force: true });

const seconds = (milliseconds: readonly number[]): string =>
  `${(median(milliseconds) / 1000).toFixed(1)} s`;
const ratio = medianRatio(spent.causeway, spent.bare);
tell([
  {
    what: 'the same requests over one process, and nothing done with the replies',
    beside: `a bare loop: ${seconds(spent.bare)}`,
    found: seconds(spent.piped),
    ratio: medianRatio(spent.piped, spent.bare),
  },
  {
    what: "ONNX's node tests on onnxruntime-node, start to reports",
    beside: `a bare loop: ${seconds(spent.bare)}`,
    found: seconds(spent.causeway),
    ratio,
    wanted: `at most ${MOST}x`,
    kept: ratio <= MOST,
  },
  {
    what: 'processor time of that',
    beside: `a bare loop: ${median(busy.bare).toFixed(1)} s`,
    found: `${median(busy.causeway).toFixed(1)} s`,
    ratio: medianRatio(busy.causeway, busy.bare),
  },
]);
