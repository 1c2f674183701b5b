// Processes that outlived their session: all that an endpoint starts inherits a variable of the run's
// own, whatever it is called and whatever group it joined.
import { readdirSync, readFileSync } from 'node:fs';
import { platform } from 'node:os';

/** How long a process that was ended may take to be gone, in milliseconds, and how often to look. */
const PATIENCE = 1000;
const LOOKS = 20;

export interface LeftBehind {
  readonly pid: number;
  readonly command: string;
}

const marked = (mark: string): LeftBehind[] =>
  readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => {
      try {
        const environment = readFileSync(`/proc/${entry}/environ`, 'utf8').split('\0');
        if (!environment.includes(mark)) return [];
        const command = readFileSync(`/proc/${entry}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
        return [{ pid: Number(entry), command }];
      } catch {
        // It is gone, or another user's.
        return [];
      }
    });

/**
 * Processes whose environment has `NAME=value`, once those that are about to end have ended. They are
 * ended here: nobody else knows of them. Undefined where the system does not say.
 */
export const endLeftBehind = async (mark: string): Promise<LeftBehind[] | undefined> => {
  if (platform() !== 'linux') return undefined;
  let found = marked(mark);
  for (let look = 0; found.length > 0 && look < LOOKS; look += 1) {
    await new Promise((resolve) => setTimeout(resolve, PATIENCE / LOOKS));
    found = marked(mark);
  }
  for (const { pid } of found) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {}
  }
  return found;
};
