// The libraries that are installed for the OpenCL loader: a file each in the vendors' folder, whose one
// line is the library's name.
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { KNOWN_VARIABLES } from './known.ts';

/** One library, and the environment in which a process sees it alone. */
export interface InstalledLibrary {
  readonly id: string;
  readonly environment: Readonly<Record<string, string>>;
}

const FOLDER = '/etc/OpenCL/vendors';

/** The id is the beginning of the ids of devices too, so it has only what those may have. */
const FILE = /^([a-z0-9][a-z0-9._-]{0,63})\.icd$/;

/** OCL_ICD_VENDORS may name a library too: then it is not where to look. */
const vendorsFolder = async (): Promise<string> => {
  const named = process.env['OCL_ICD_VENDORS'];
  if (!named) return FOLDER;
  const kind = await stat(named).catch(() => undefined);
  return kind?.isDirectory() ? named : FOLDER;
};

/** Both loaders that there are: ocl-icd takes a library in the first, Khronos's own in the second. */
const environmentFor = (file: string, library: string): Record<string, string> => {
  const known = Object.entries(KNOWN_VARIABLES[file] ?? {});
  return {
    OCL_ICD_VENDORS: library,
    OCL_ICD_FILENAMES: library,
    ...Object.fromEntries(known.map(([name, value]) => [name, process.env[name] ?? value])),
  };
};

/** All of them, by id. */
export const installedLibraries = async (): Promise<InstalledLibrary[]> => {
  const folder = await vendorsFolder();
  const files = await readdir(folder).catch(() => []);
  const libraries = await Promise.all(
    files.map(async (file) => {
      const id = FILE.exec(file.toLowerCase())?.[1];
      if (id === undefined) return [];
      const text = await readFile(join(folder, file), 'utf8').catch(() => '');
      const library = text.trim();
      return library === ''
        ? []
        : [{ id, environment: environmentFor(file.toLowerCase(), library) }];
    }),
  );
  return libraries.flat().sort((one, other) => (one.id < other.id ? -1 : 1));
};
