// Whether something was made by this suite on this standard: what another made, it may not be able to judge.
import { isDeepStrictEqual } from 'node:util';
import { FolderError } from '../runner/folder-error.ts';
import { STANDARD } from '../schemas/generated/standard.ts';
import type { StandardIdentity, SuiteIdentity } from '../schemas/generated/types.ts';
import { suiteIdentity } from './version.ts';

/** What plans and records say of themselves. */
interface Made {
  readonly standard: StandardIdentity;
  readonly suite: SuiteIdentity;
}

export const isOurs = ({ standard, suite }: Made): boolean =>
  standard.digest === STANDARD.digest && isDeepStrictEqual(suite, suiteIdentity());

const named = ({ standard, suite }: Made): [suite: string, standard: string] => [
  `${suite.name} ${suite.version}`,
  standard.digest.slice(0, 12),
];

/** Refuses what is not ours. `what` it is and how it came to be, and what to do `instead`: `run was begun`. */
export const requireOurs = (what: string, made: Made, instead: string): void => {
  if (isOurs(made)) return;
  const [other, theirs] = named(made);
  const [own, ours] = named({ standard: STANDARD, suite: suiteIdentity() });
  throw new FolderError(
    `${what} by ${other} on the standard ${theirs}; this is ${own} on ${ours}. ${instead}`,
  );
};
