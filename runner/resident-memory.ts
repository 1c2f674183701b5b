// How much memory an endpoint holds, as the system counts it: its process and all that it started.
import { readdirSync, readFileSync } from 'node:fs';
import { platform } from 'node:os';

/** The system's session that a process belongs to; the name before it may hold anything. */
const sessionOf = (stat: string): number =>
  Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3]);

/** Undefined where the process is gone. */
const readOf = (pid: string, file: string): string | undefined => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return undefined;
    throw error;
  }
};

/**
 * What is no file's: pages of files are the system's to drop and to read again. What several processes share counts in
 * parts, and what was moved to swap is held all the same.
 */
const HELD = /^(?:Pss_Anon|Pss_Shmem|SwapPss): +(\d+) kB$/gm;
/** The nearest to that which kernels before 5.10 tell. */
const HELD_IN_ALL = /^(?:Pss|SwapPss): +(\d+) kB$/gm;

/**
 * Bytes that `pid`, which leads a session of the system, and the others of that session hold: who is started through a
 * shell or by a launcher has them in a child. `/proc/PID/status` would be cheaper, and is off by as much as the kernel
 * has not yet added up, a quarter of a mebibyte for each processor. Undefined where the system does not say.
 */
export const residentBytes = (pid: number | undefined): number | undefined => {
  if (pid === undefined || platform() !== 'linux') return undefined;
  try {
    let bytes = 0;
    for (const entry of readdirSync('/proc')) {
      const stat = /^\d+$/.test(entry) ? readOf(entry, 'stat') : undefined;
      if (stat === undefined || sessionOf(stat) !== pid) continue;
      const told = readOf(entry, 'smaps_rollup') ?? '';
      const lines = told.matchAll(told.includes('Pss_Anon:') ? HELD : HELD_IN_ALL);
      for (const [, kibibytes] of lines) {
        bytes += Number(kibibytes) * 1024;
      }
    }
    return bytes === 0 ? undefined : bytes;
  } catch {
    return undefined;
  }
};
