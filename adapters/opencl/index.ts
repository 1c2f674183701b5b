// OpenCL: each library that is installed for the OpenCL loader is an implementation, and is started
// alone, so that a finding names the one that it is about.
import { fileURLToPath } from 'node:url';
import type { Adapter, Implementation } from '../../core/endpoint.ts';
import { bundled } from '../kit/bundled.ts';
import { lookWith } from '../kit/look.ts';
import { type InstalledLibrary, installedLibraries } from './installed.ts';
import { CACHE_VARIABLES } from './known.ts';

const endpoint = bundled(new URL('./endpoint.cjs', import.meta.url));
const probe = fileURLToPath(new URL('./probe.js', import.meta.url));

const implementationOf = (library: InstalledLibrary, title: string): Implementation => ({
  id: library.id,
  title,
  launch: {
    command: [...endpoint, library.id],
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
        const title = await lookWith(probe, library.environment, CACHE_VARIABLES);
        return title === undefined ? [] : [implementationOf(library, title)];
      }),
    );
    return found.flat();
  },
};
