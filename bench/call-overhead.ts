// What a call through a session costs - validated, logged to disk, under a deadline, one message a
// turn - against a bare newline-JSON ping-pong with the same child. Both in one run, in turn; what
// counts is the ratio.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Evidence, fileSink } from '../runner/evidence.ts';
import { LiveWire } from '../runner/live-wire.ts';
import { processEndpoints } from '../runner/process.ts';
import { Session } from '../runner/session.ts';

const ROUNDS = 9;
/** Blocks of each side in a round, in the order A B B A: which side goes first after the other's child
 * slept makes more difference than what is measured here. */
const BLOCKS = 40;
const CALLS = 100;
const WARM_UP = 2000;

const ECHO = join(process.cwd(), 'bench', 'echo.mjs');

/** Milliseconds that a block of sequential calls takes. */
const block = async (call: () => Promise<unknown>): Promise<number> => {
  const from = performance.now();
  for (let count = 0; count < CALLS; count += 1) await call();
  return performance.now() - from;
};

const bare = () => {
  const child = spawn(process.execPath, [ECHO], { stdio: ['pipe', 'pipe', 'inherit'] });
  let held = '';
  let id = 0;
  let settle: (reply: unknown) => void = () => {};
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (chunk: string) => {
    held += chunk;
    const end = held.indexOf('\n');
    if (end < 0) return;
    const reply: unknown = JSON.parse(held.slice(0, end));
    held = held.slice(end + 1);
    settle(reply);
  });
  return {
    call: () =>
      new Promise((resolve) => {
        settle = resolve;
        id += 1;
        child.stdin.write(
          `${JSON.stringify({ jsonrpc: '2.0', id, method: 'system.ping', params: {} })}\n`,
        );
      }),
    close: () => child.stdin.end(),
  };
};

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const folder = mkdtempSync(join(tmpdir(), 'causeway-bench-'));
const plain = (text: string): string => text;
const evidence = new Evidence({
  wire: fileSink(join(folder, 'wire.jsonl'), plain),
  journal: fileSink(join(folder, 'journal.jsonl'), plain),
});
const start = processEndpoints({ command: [process.execPath, ECHO] }, folder, 1000);
const wire = new LiveWire(start, evidence);
const session = new Session('bench', wire, {
  call: 10_000,
  start: 10_000,
  case: 100_000,
  stop: 1000,
});
const pingPong = bare();
const calls = {
  bare: pingPong.call,
  session: () => session.request('system.ping', {}),
};

for (let count = 0; count < WARM_UP; count += 1) {
  await calls.bare();
  await calls.session();
}
const ratios: number[] = [];
process.stdout.write('round   bare/s  session/s  ratio\n');
for (let round = 1; round <= ROUNDS; round += 1) {
  const spent = { bare: 0, session: 0 };
  for (let index = 0; index < BLOCKS; index += 1) {
    const order = index % 2 === 1 ? (['bare', 'session'] as const) : (['session', 'bare'] as const);
    for (const name of order) spent[name] += await block(calls[name]);
  }
  const rate = (name: 'bare' | 'session'): string =>
    ((1000 * CALLS * BLOCKS) / spent[name]).toFixed(0);
  const ratio = spent.session / spent.bare;
  ratios.push(ratio);
  process.stdout.write(
    `${String(round).padStart(5)} ${rate('bare').padStart(8)} ${rate('session').padStart(10)} ${ratio.toFixed(2).padStart(6)}\n`,
  );
}
process.stdout.write(
  `call through a session: ${median(ratios).toFixed(2)}x of a bare ping-pong (median of ${ROUNDS}; at most 1.3, goal 1.15)\n`,
);
pingPong.close();
await session.close();
wire.close();
evidence.close();
rmSync(folder, { recursive: true, force: true });
