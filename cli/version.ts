// The suite's own name and version, as its package has them.
import { readFileSync } from 'node:fs';
import type { SuiteIdentity } from '../schemas/generated/types.ts';

interface Package {
  readonly name: string;
  readonly version: string;
}

/** From the package that this file was built in. */
export const suiteIdentity = (): SuiteIdentity => {
  const path = new URL('../../package.json', import.meta.url);
  const { name, version } = JSON.parse(readFileSync(path, 'utf8')) as Package;
  return { name, version };
};
