// OpenCL: each library that is installed for the OpenCL loader is an implementation, and is started
// alone, so that a finding names the one that it is about.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { Adapter, Implementation } from '../../core/endpoint.ts';
import { type InstalledLibrary, installedLibraries } from './installed.ts';
import { CACHE_VARIABLES } from './known.ts';

const endpoint = fileURLToPath(new URL('./endpoint.js', import.meta.url));
const probe = fileURLToPath(new URL('./probe.js', import.meta.url));

/** A first start may fill caches; what takes longer than this is not usable. */
const PROBE_DEADLINE_MS = 15_000;

/**
 * What the probe says of a library: its title, or nothing. By a file and no pipe: native libraries print,
 * and a process that one leaves behind would hold the pipe open.
 */
const look = async ({ environment }: InstalledLibrary): Promise<string | undefined> => {
  const folder = await mkdtemp(join(tmpdir(), 'causeway-opencl-'));
  const file = join(folder, 'title');
  const caches = Object.fromEntries(CACHE_VARIABLES.map((name) => [name, folder]));
  try {
    await execa(process.execPath, [probe, file], {
      env: { ...environment, ...caches },
      stdio: 'ignore',
      timeout: PROBE_DEADLINE_MS,
      killSignal: 'SIGKILL',
      reject: false,
    });
    return await readFile(file, 'utf8').catch(() => undefined);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const implementationOf = (library: InstalledLibrary, title: string): Implementation => ({
  id: library.id,
  title,
  launch: {
    command: [process.execPath, endpoint, library.id],
    environment: library.environment,
    scratchVariables: CACHE_VARIABLES,
    replyDescriptor: 3,
  },
  byDefault: true,
});

export const opencl: Adapter = {
  name: 'opencl',
  title: 'OpenCL drivers',
  install:
    'apt-get install --no-install-recommends ocl-icd-libopencl1 pocl-opencl-icd mesa-opencl-icd oclgrind',
  find: async () => {
    const found = await Promise.all(
      (await installedLibraries()).map(async (library) => {
        const title = await look(library);
        return title === undefined ? [] : [implementationOf(library, title)];
      }),
    );
    return found.flat();
  },
};
