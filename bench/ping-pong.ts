// The least that a call to another process can be: newline JSON, one request at a time, nothing checked.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** The child that both sides of a bench speak to. */
export const ECHO = join(process.cwd(), 'bench', 'echo.mjs');

/** Starts node with these arguments, and asks it a line at a time. */
export const lineByLine = (args: readonly string[]) => {
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  let held = '';
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
    ask: (line: string) =>
      new Promise<unknown>((resolve) => {
        settle = resolve;
        child.stdin.write(`${line}\n`);
      }),
    close: () => child.stdin.end(),
  };
};

/** Starts a child of its own. */
export const pingPong = () => {
  const { ask, close } = lineByLine([ECHO]);
  let id = 0;
  return {
    call: () => {
      id += 1;
      return ask(JSON.stringify({ jsonrpc: '2.0', id, method: 'system.ping', params: {} }));
    },
    close,
  };
};
