// npm packages that this one does not depend on: where one is installed, an adapter finds it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(import.meta.url);

/** The folder of a package; its description may not be asked for by name, and lies above its code. */
export const folderOf = (name: string): string | undefined => {
  try {
    const code = require.resolve(name);
    return code.slice(0, code.lastIndexOf(name) + name.length);
  } catch {
    return undefined;
  }
};

/** The package's version, where it is installed. */
export const versionOf = (name: string): string | undefined => {
  const folder = folderOf(name);
  if (folder === undefined) return undefined;
  const text = readFileSync(join(folder, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
};

/** What a package of CommonJS exports; packages that need each other are then the same for all. */
export const required = (name: string): unknown => require(name);

/**
 * What is loaded before anybody asks, so that an endpoint that is started ahead has it by then. What it rejects with
 * reaches whoever awaits it.
 */
export const begun = <T>(loading: Promise<T>): Promise<T> => {
  loading.catch(() => {});
  return loading;
};
