// The least that the reference itself costs: what a run sent, sent to its endpoints again in the order of the run's log,
// by a client that looks at nothing but the handles. `reference-piped.js FOLDER`, the folder of a run.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { LineSplitter } from '../core/framing.ts';
import { readWire } from '../runner/folder.ts';

const ADAPTERS = join('dist', 'adapters');
const COMMAND = [join(ADAPTERS, 'kit', 'start.cjs'), join(ADAPTERS, 'reference', 'endpoint.cjs')];
/** What a process draws for itself is in each of its handles. */
const OWN = /_([A-Za-z0-9_-]{12})-\d/;

/** An endpoint, and its lines as they come. */
const started = () => {
  const child = spawn(process.execPath, COMMAND, { stdio: ['pipe', 'pipe', 'ignore'] });
  // One that ends itself may still be sent to.
  child.stdin.on('error', () => {});
  const ended = once(child, 'exit');
  const lines: string[] = [];
  let arrived = (): void => {};
  const take = (text: string): void => {
    lines.push(text);
    arrived();
  };
  const splitter = new LineSplitter({ line: take, overlong: take });
  child.stdout.on('data', (chunk: Buffer) => splitter.push(chunk));
  return {
    child,
    ended,
    /** The next line; nothing once it has ended. */
    next: async (): Promise<string> => {
      while (lines.length === 0 && child.exitCode === null && child.signalCode === null) {
        const line = new Promise<void>((resolve) => {
          arrived = resolve;
        });
        await Promise.race([line, ended]);
      }
      return lines.shift() ?? '';
    },
  };
};

interface Session extends ReturnType<typeof started> {
  /** What is in the handles of the run, and in those of this process. */
  recorded?: string | undefined;
  own?: string | undefined;
}

const [, , folder = ''] = process.argv;
const sessions = new Map<string, Session>();
// As the runner does: an endpoint's start takes longer than most cases.
let spare: Session = started();
let sent = 0;
for (const entry of readWire(folder)) {
  if (entry.kind === 'open') {
    sessions.set(entry.session, spare);
    spare = started();
  }
  const session = sessions.get(entry.session);
  if (!session) continue;
  const { child } = session;
  if (entry.kind === 'send') {
    const { recorded, own } = session;
    child.stdin.write(`${recorded && own ? entry.text.replaceAll(recorded, own) : entry.text}\n`);
    sent += 1;
  } else if (entry.kind === 'receive') {
    const line = await session.next();
    session.recorded ??= OWN.exec(entry.text)?.[1];
    session.own ??= OWN.exec(line)?.[1];
  } else if (entry.kind === 'close') child.stdin.end();
  else if (entry.kind === 'kill') child.kill('SIGKILL');
  else if (entry.kind === 'end') await session.ended;
}
spare.child.kill();
process.stdout.write(`${sent}\n`);
