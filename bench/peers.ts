// Causeway beside other runners on the same local server: a thousand trivial requests, from the start of
// the command to its end. Each as its users have it, with its own default output; Causeway with its
// evidence and record, and every reply validated. None writes reports.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, medianRatio, node, sideBySide, tell } from './measure.ts';

const CASES = 1000;
const ROUNDS = 9;

const PEERS = join('bench', 'peers');

const server = spawn(process.execPath, [join(PEERS, 'server.mjs')], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
const [line] = await once(server.stdout, 'data');
const url = String(line).trim();
const folder = mkdtempSync(join(tmpdir(), 'causeway-bench-'));
let runs = 0;

/** A side's command; it must have asked the server all that it was to ask. */
const asks = (args: () => readonly string[]) => async (): Promise<void> => {
  node(args(), { BENCH_URL: url, BENCH_CASES: String(CASES) });
  // A connection that is kept may be closed by the server while a side is at work.
  const answer = await fetch(url, { headers: { connection: 'close' } });
  const asked = Number(await answer.text());
  if (asked < CASES) throw new Error(`${args().join(' ')} asked ${asked} of ${CASES}`);
};

const spent = await sideBySide(ROUNDS, {
  causeway: asks(() => {
    runs += 1;
    return [join('dist', PEERS, 'judge.js'), url, String(CASES), join(folder, String(runs))];
  }),
  mocha: asks(() => [
    join('node_modules', 'mocha', 'bin', 'mocha.js'),
    join(PEERS, 'mocha-tests.mjs'),
  ]),
  nodeTest: asks(() => ['--test', join(PEERS, 'node-tests.mjs')]),
});
server.stdin.end();
rmSync(folder, { recursive: true, force: true });

const milliseconds = (side: keyof typeof spent): string => `${median(spent[side]).toFixed(0)} ms`;
const beside = (side: 'mocha' | 'nodeTest'): number => medianRatio(spent.causeway, spent[side]);
tell([
  {
    what: `${CASES} request cases, start to end`,
    beside: `mocha and fetch: ${milliseconds('mocha')}`,
    found: milliseconds('causeway'),
    ratio: beside('mocha'),
    wanted: 'below 1x',
    kept: beside('mocha') < 1,
  },
  {
    what: 'the same',
    beside: `node --test and fetch: ${milliseconds('nodeTest')}`,
    found: milliseconds('causeway'),
    ratio: beside('nodeTest'),
  },
]);
