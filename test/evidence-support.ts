// What tests of signed evidence need alike: keys, a signed run of a few cases, and what verify finds of it.
import { generateKeyPairSync } from 'node:crypto';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { signFolder } from '../cli/sign.ts';
import type { Trust } from '../cli/verification/ground.ts';
import { verify, verifyFolder } from '../cli/verification/verify.ts';
import type { CheckId, Finding } from '../evidence/finding.ts';
import { type Algorithm, readSigningKey, type SigningKey } from '../evidence/keys.ts';
import { causeway, temporaryFolder } from './support.ts';

/** A key pair of one of the algorithms. */
export const newPem = (algorithm: Algorithm): string => {
  const { privateKey } =
    algorithm === 'p256'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('ed25519');
  return String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
};

export const newKey = (algorithm: Algorithm = 'p256'): SigningKey =>
  readSigningKey(newPem(algorithm));

export const VENDOR = newKey();
export const BODY = newKey();

/** Who trusts the vendor and the body, now. */
export const trust = (): Trust => ({
  keys: [VENDOR.public],
  certifiers: [BODY.public],
  now: new Date(),
});

/** Cases of many kinds: shared, own, cold, a monitor, a refusal. */
export const FEW = ['DRV-MEM-009', 'DRV-DEV-001', 'SYS-NEG-002', 'SYS-FRM-001'];

/** Runs a few cases against the reference, into a new folder. */
export const runFew = (seed: readonly string[], only: readonly string[] = FEW): string => {
  const folder = join(temporaryFolder(), 'run');
  const globs = only.flatMap((glob) => ['--only', glob]);
  const { status, stderr } = causeway([
    'run',
    'reference:host',
    '--out',
    folder,
    ...globs,
    ...seed,
  ]);
  expect(status, stderr).to.equal(4);
  return folder;
};

/** A copy of a folder that a test may spoil. */
export const copyOf = (folder: string): string => {
  const copy = join(temporaryFolder(), 'copy');
  cpSync(folder, copy, { recursive: true });
  return copy;
};

/** A signed run of a few cases. */
export const signedFew = (seed: readonly string[] = ['--seed', 'signed']): string => {
  const folder = runFew(seed);
  signFolder(folder, VENDOR, new Date());
  return folder;
};

/** The checks that do not hold, each with what was found. */
export const departures = async (folder: string, own: Trust = trust()): Promise<Finding[]> =>
  (await verifyFolder(folder, own)).filter(
    ({ state }) => state !== 'held' && state !== 'not-tried',
  );

/** The first check that is broken: what a reader who stops there is told. */
export const firstBroken = async (
  folder: string,
  own: Trust = trust(),
): Promise<CheckId | undefined> => {
  for await (const { check, state } of verify(folder, own)) {
    if (state === 'broken') return check;
  }
  return undefined;
};
