// What the checks of `verify` share: the folder, what the reader trusts, and what was read of the folder so
// far. What cannot be read is absent, and the check that reads it says why.
import { type BundleRead, readKind } from '../../evidence/bundle-checks.ts';
import { notTried, type Outcome } from '../../evidence/finding.ts';
import type { PublicKey } from '../../evidence/keys.ts';
import { readBundleFiles } from '../../runner/bundle-folder.ts';
import { readPlan, readRecord } from '../../runner/folder.ts';
import { FolderError } from '../../runner/folder-error.ts';
import type { Plan, Record as RunRecord } from '../../schemas/generated/types.ts';

/** What a reader of signed evidence brings. */
export interface Trust {
  /** Keys of vendors. */
  readonly keys: readonly PublicKey[];
  /** Keys of certifiers. */
  readonly certifiers: readonly PublicKey[];
  /** What the reader gave out for this run. */
  readonly nonce?: string;
  /** The reader's clock. */
  readonly now: Date;
}

export interface Ground {
  readonly folder: string;
  readonly trust: Trust;
  readonly plan: Plan | undefined;
  readonly record: RunRecord | undefined;
  readonly claim: BundleRead;
  readonly certificate: BundleRead;
  /** Whether this suite can recompute the verdicts; found on the way. */
  recomputable: boolean;
}

const unlessUnreadable = <T>(read: () => T): T | undefined => {
  try {
    return read();
  } catch (error) {
    if (error instanceof FolderError) return undefined;
    throw error;
  }
};

export const groundOf = (folder: string, trust: Trust): Ground => {
  const files = readBundleFiles(folder);
  return {
    folder,
    trust,
    plan: unlessUnreadable(() => readPlan(folder)),
    record: unlessUnreadable(() => readRecord(folder)),
    claim: readKind('claim', files),
    certificate: readKind('certificate', files),
    recomputable: false,
  };
};

/** A check that needs plan and record. */
export const withRun =
  (check: (run: Ground & { plan: Plan; record: RunRecord }) => Outcome | Promise<Outcome>) =>
  (ground: Ground): Outcome | Promise<Outcome> => {
    const { plan, record } = ground;
    if (!plan || !record) return notTried('plan or record cannot be read');
    return check(Object.assign(ground, { plan, record }));
  };
