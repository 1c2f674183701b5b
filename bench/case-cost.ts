// What a case costs beside its calls - attempts, journal, expectations, mocha: cases of one ping through
// the runner, against plain mocha tests of the same ping to the same child and the same check. Both in one
// run, in turn; what counts is the ratio.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { Evidence } from '../runner/evidence.ts';
import { createFolder } from '../runner/folder.ts';
import { inMocha } from '../runner/in-mocha.ts';
import { processEndpoints } from '../runner/process.ts';
import { run } from '../runner/run.ts';
import { median, medianRatio, tell, timed } from './measure.ts';
import { ECHO, pingPong } from './ping-pong.ts';
import { pings, planOf } from './pings.ts';

const ROUNDS = 7;
const CASES = 1000;

const scratch = mkdtempSync(join(tmpdir(), 'causeway-bench-'));
const never = new AbortController().signal;
const cases = pings(CASES);
const plan = planOf(cases);
const deadlines = { call: 10_000, start: 10_000, case: 100_000, stop: 1000 };

/** Milliseconds from the end of the first case, which started its endpoint, to that of the last. */
const throughRunner = async (round: number): Promise<number> => {
  const folder = join(scratch, String(round));
  const ends: number[] = [];
  const evidence = new Evidence(
    createFolder(folder, plan, (text) => text),
    ({ event }) => {
      if (event === 'case-ended') ends.push(performance.now());
    },
  );
  const start = processEndpoints({ command: [process.execPath, ECHO] }, scratch, deadlines.stop);
  await run({
    plan,
    cases,
    start,
    target: 'bench',
    deadlines,
    evidence,
    files: async () => [],
    signal: never,
  });
  evidence.close();
  const [first] = ends;
  const last = ends.at(-1);
  if (ends.length !== CASES || first === undefined || last === undefined) {
    throw new Error(`${ends.length} of ${CASES} cases ended`);
  }
  return last - first;
};

const bare = pingPong();
const tests = Array.from({ length: CASES }, (_, index) => ({
  title: `ping ${index + 1} is answered`,
  run: async (): Promise<void> => {
    const reply = (await bare.call()) as { result: unknown };
    expect(reply.result).to.deep.equal({});
  },
  stray: (error: unknown) => {
    throw error;
  },
}));

const spent = { cases: [] as number[], tests: [] as number[] };
// The first round warms up both.
for (let round = 0; round <= ROUNDS; round += 1) {
  const ofCases = await throughRunner(round);
  const ofTests = await timed(() => inMocha('bare', tests, never));
  if (round === 0) continue;
  spent.cases.push(ofCases);
  spent.tests.push(ofTests);
}
bare.close();
rmSync(scratch, { recursive: true, force: true });

const each = (values: readonly number[]): string =>
  `${((1000 * median(values)) / CASES).toFixed(0)} us`;
tell([
  {
    what: 'a case of one ping',
    beside: `a plain mocha test of one: ${each(spent.tests)}`,
    found: each(spent.cases),
    ratio: medianRatio(spent.cases, spent.tests),
  },
]);
