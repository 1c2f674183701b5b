// What a call through a session costs - validated, logged to disk, under a deadline, one message a
// turn - against a bare newline-JSON ping-pong with the same child. Both in one run, in turn; what
// counts is the ratio.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Evidence, fileSink } from '../runner/evidence.ts';
import { LiveWire } from '../runner/live-wire.ts';
import { processEndpoints } from '../runner/process.ts';
import { Session } from '../runner/session.ts';
import { median, tell, timed } from './measure.ts';
import { ECHO, pingPong } from './ping-pong.ts';

const ROUNDS = 9;
/** Blocks of each side in a round, in the order A B B A: which side goes first after the other's child
 * slept makes more difference than what is measured here. */
const BLOCKS = 40;
const CALLS = 100;
const WARM_UP = 2000;

/** Milliseconds that a block of sequential calls takes. */
const block = (call: () => Promise<unknown>): Promise<number> =>
  timed(async () => {
    for (let count = 0; count < CALLS; count += 1) await call();
  });

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
const bare = pingPong();
const calls = {
  bare: bare.call,
  session: () => session.request('system.ping', {}),
};

for (let count = 0; count < WARM_UP; count += 1) {
  await calls.bare();
  await calls.session();
}
const ratios: number[] = [];
const perCall: number[] = [];
for (let round = 1; round <= ROUNDS; round += 1) {
  const spent = { bare: 0, session: 0 };
  for (let index = 0; index < BLOCKS; index += 1) {
    const order = index % 2 === 1 ? (['bare', 'session'] as const) : (['session', 'bare'] as const);
    for (const name of order) spent[name] += await block(calls[name]);
  }
  ratios.push(spent.session / spent.bare);
  perCall.push((1000 * spent.session) / (CALLS * BLOCKS));
}
const ratio = median(ratios);
tell([
  {
    what: 'a call through a session',
    beside: 'a bare ping-pong',
    found: `${median(perCall).toFixed(1)} us`,
    ratio,
    wanted: 'at most 1.3x, goal 1.15x',
    kept: ratio <= 1.3,
  },
]);
bare.close();
await session.close();
wire.close();
evidence.close();
rmSync(folder, { recursive: true, force: true });
