// Causeway's side of the bench against its peers: evidence and record as `causeway run` makes them,
// with cases of the bench's own. `judge.js URL COUNT FOLDER`; exits with 1 unless all pass.
import { join } from 'node:path';
import { judgeTarget } from '../../cli/judge-target.ts';
import { progressBoard } from '../../cli/progress.ts';
import { Machine } from '../../runner/machine.ts';
import { pings, planOf } from '../pings.ts';

const [, , url = '', count = '', folder = ''] = process.argv;
const ENDPOINT = join(process.cwd(), 'bench', 'peers', 'endpoint.mjs');

const cases = pings(Number(count));
const record = await judgeTarget(
  { name: 'bench', launch: { command: [process.execPath, ENDPOINT, url] } },
  folder,
  planOf(cases),
  {
    cases: () => cases,
    timeout: undefined,
    budget: undefined,
    signal: new AbortController().signal,
    machine: new Machine(),
    board: await progressBoard(false, false),
  },
);
process.exitCode = record.summary.pass === cases.length ? 0 : 1;
