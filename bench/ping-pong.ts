// The least that a call to another process can be: newline JSON, one request at a time, nothing checked.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** The child that both sides of a bench speak to. */
export const ECHO = join(process.cwd(), 'bench', 'echo.mjs');

/** Starts a child of its own. */
export const pingPong = () => {
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
      new Promise<unknown>((resolve) => {
        settle = resolve;
        id += 1;
        child.stdin.write(
          `${JSON.stringify({ jsonrpc: '2.0', id, method: 'system.ping', params: {} })}\n`,
        );
      }),
    close: () => child.stdin.end(),
  };
};
