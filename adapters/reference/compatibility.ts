// The runtime versions whose clients the reference serves.
import type { RuntimeVersions } from '../../schemas/generated/types.ts';
import { refused } from './refused.ts';

export const SERVED: RuntimeVersions = { from: '1.0', to: '1.3' };

/** Of two versions, how far the first is above the second: 1.10 is above 1.9. */
const difference = (one: string, other: string): number => {
  const [major = 0, minor = 0] = one.split('.').map(Number);
  const [otherMajor = 0, otherMinor = 0] = other.split('.').map(Number);
  return major - otherMajor || minor - otherMinor;
};

/** Refuses a client that is built for another version. */
export const serves = (version: string | undefined): void => {
  if (version === undefined) return;
  if (difference(version, SERVED.from) < 0 || difference(version, SERVED.to) > 0) {
    throw refused('RUNTIME_VERSION');
  }
};
