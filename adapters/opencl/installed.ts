// The libraries that are installed for the OpenCL loader: a file each in the vendors' folder, whose one
// line is the library's name, and a few known ones that have no such file.
import { access, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { KNOWN_FILES, UNLISTED_LIBRARIES } from './known.ts';

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
const environmentFor = (
  library: string,
  variables: Readonly<Record<string, string>> = {},
): Record<string, string> => ({
  OCL_ICD_VENDORS: library,
  OCL_ICD_FILENAMES: library,
  ...Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, process.env[name] ?? value]),
  ),
});

/** What a folder's files name. */
const listedIn = async (folder: string): Promise<InstalledLibrary[]> => {
  const files = await readdir(folder).catch(() => []);
  const libraries = await Promise.all(
    files.map(async (file) => {
      const name = FILE.exec(file.toLowerCase())?.[1];
      const text = await readFile(join(folder, file), 'utf8').catch(() => '');
      const library = text.trim();
      if (name === undefined || library === '') return [];
      const known = KNOWN_FILES[file.toLowerCase()];
      return [{ id: known?.id ?? name, environment: environmentFor(library, known?.variables) }];
    }),
  );
  return libraries.flat();
};

/** What lies in its known place, and has no file. */
const unlisted = async (): Promise<InstalledLibrary[]> => {
  const libraries = await Promise.all(
    Object.entries(UNLISTED_LIBRARIES).map(async ([id, library]) => {
      const there = await access(library).then(
        () => true,
        () => false,
      );
      return there ? [{ id, environment: environmentFor(library) }] : [];
    }),
  );
  return libraries.flat();
};

/** All of them, by id. Who names a folder of vendors has said what is to be seen: the files in it. */
export const installedLibraries = async (): Promise<InstalledLibrary[]> => {
  const folder = await vendorsFolder();
  const listed = await listedIn(folder);
  const ids = new Set(listed.map(({ id }) => id));
  const others = folder === FOLDER ? await unlisted() : [];
  return [...listed, ...others.filter(({ id }) => !ids.has(id))].sort((one, other) =>
    one.id < other.id ? -1 : 1,
  );
};
