// A run's folder as signatures see it: every file in it with its digest, and the signed statements about
// them in bundle/.
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { digestOf } from './digest.ts';
import { FolderError } from './folder-error.ts';

export const BUNDLE_FOLDER = 'bundle';

/** Files that a run's folder may hold before it is read by something else than this suite. */
const MOST_FILES = 1000;

/** A file of a folder. */
export interface FolderFile {
  /** Relative to the folder, with slashes on every system. */
  readonly name: string;
  readonly sha256: string;
}

/** The names of all files below a folder, in order; what is neither file nor folder is refused. */
export const namesIn = (folder: string): string[] => {
  const found: string[] = [];
  const look = (path: string): void => {
    for (const name of readdirSync(join(folder, path)).sort()) {
      const own = path === '' ? name : `${path}/${name}`;
      const status = lstatSync(join(folder, own));
      if (status.isDirectory()) look(own);
      else if (status.isFile()) found.push(own);
      else throw new FolderError(`${join(folder, own)} is neither a file nor a folder`);
      if (found.length > MOST_FILES) {
        throw new FolderError(
          `${folder} holds more than ${MOST_FILES} files: that is no run's folder`,
        );
      }
    }
  };
  look('');
  return found.sort();
};

const isOfBundle = (name: string): boolean => name.startsWith(`${BUNDLE_FOLDER}/`);

/** The files that a claim is about: all but those of the bundle itself. */
export const runFiles = (folder: string): FolderFile[] =>
  namesIn(folder)
    .filter((name) => !isOfBundle(name))
    .map((name) => ({ name, sha256: digestOf(join(folder, name)) }));

/** Above what any statement needs: an untrusted folder is not to fill the memory. */
const LARGEST_BUNDLE_FILE = 16 * 1024 * 1024;

const readBounded = (path: string): Buffer => {
  const { size } = lstatSync(path);
  if (size <= LARGEST_BUNDLE_FILE) return readFileSync(path);
  throw new FolderError(
    `${path} has ${size} bytes; a bundle's file has at most ${LARGEST_BUNDLE_FILE}`,
  );
};

/** The texts of the bundle's files, by name; empty where the folder was not signed. */
export const readBundleFiles = (folder: string): Map<string, Buffer> => {
  if (!existsSync(join(folder, BUNDLE_FOLDER))) return new Map();
  return new Map(
    namesIn(folder)
      .filter(isOfBundle)
      .map((name) => [name, readBounded(join(folder, name))]),
  );
};

/** Writes files of the bundle, by name; one that is there is never overwritten. */
export const writeBundleFiles = (folder: string, files: Readonly<Record<string, string>>): void => {
  for (const name of Object.keys(files)) {
    if (existsSync(join(folder, name))) {
      throw new FolderError(
        `${join(folder, name)} is there already; to sign anew, take ${join(folder, BUNDLE_FOLDER)} away`,
      );
    }
  }
  mkdirSync(join(folder, BUNDLE_FOLDER), { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text, { flag: 'wx' });
  }
};
