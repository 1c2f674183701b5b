// A look at an implementation in a process that may crash or hang in the place of the one that asks.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

/** A first start may fill caches; what takes longer than this is not usable. */
const DEADLINE_MS = 15_000;

/**
 * What `node PROBE FILE` wrote to the file, or nothing. By a file and no pipe: native libraries print, and
 * a process that one leaves behind would hold the pipe open. `caches` are variables that name folders.
 */
export const lookWith = async (
  probe: string,
  environment: Readonly<Record<string, string>>,
  caches: readonly string[],
): Promise<string | undefined> => {
  const folder = await mkdtemp(join(tmpdir(), 'causeway-look-'));
  const file = join(folder, 'title');
  try {
    await execa(process.execPath, [probe, file], {
      env: { ...environment, ...Object.fromEntries(caches.map((name) => [name, folder])) },
      stdio: 'ignore',
      timeout: DEADLINE_MS,
      killSignal: 'SIGKILL',
      reject: false,
    });
    return await readFile(file, 'utf8').catch(() => undefined);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
