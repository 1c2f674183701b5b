// `causeway certify`: a body's certificate over a vendor's claim, after every check of it.
import { join } from 'node:path';
import { certificateOf, uncertifiable } from '../evidence/certificate.ts';
import { signStatement } from '../evidence/envelope.ts';
import { bundleFile, filesOf } from '../evidence/files.ts';
import { CHECKS } from '../evidence/finding.ts';
import type { PublicKey, SigningKey } from '../evidence/keys.ts';
import { writeBundleFiles } from '../runner/bundle-folder.ts';
import { readRecord } from '../runner/folder.ts';
import { FolderError } from '../runner/folder-error.ts';
import { signingKey, trustedKey } from './key-files.ts';
import { UsageError } from './usage-error.ts';
import { certifiedFiles } from './verification/statements.ts';
import { verifyFolder } from './verification/verify.ts';

export interface CertifyCommand {
  readonly key: string;
  readonly vendor: string;
  readonly nonce: string;
  readonly body: string;
}

/** What a body certifies with. */
export interface Certifying {
  readonly key: SigningKey;
  /** Whose claim it certifies. */
  readonly vendor: PublicKey;
  /** What it gave out for this run. */
  readonly nonce: string;
  /** Its own name, a URI. */
  readonly body: string;
  readonly now: Date;
}

/** Certifies a signed run; anything but a run that holds in every check is refused. */
export const certifyFolder = async (folder: string, certifying: Certifying): Promise<void> => {
  const { key, vendor, nonce, body, now } = certifying;
  if (key.public.hint === vendor.hint) {
    throw new UsageError(
      'the vendor’s key cannot certify the vendor’s claim: who tests and who certifies are two',
    );
  }
  const trust = { keys: [vendor], certifiers: [key.public], nonce, now };
  for (const finding of await verifyFolder(folder, trust)) {
    if (finding.state === 'held' || finding.state === 'not-tried') continue;
    throw new FolderError(
      `${folder} cannot be certified: ${finding.check}: expected ${finding.expected}, found ${finding.found}. ${CHECKS[finding.check].means} For all checks, type: causeway verify ${folder}`,
    );
  }
  const record = readRecord(folder);
  const why = record ? uncertifiable(record) : 'it has no record';
  if (!record || why) throw new FolderError(`${folder} cannot be certified: ${why}`);
  const certifier = { id: body, at: now.toISOString(), claimant: vendor.hint };
  const statement = certificateOf(record, certifiedFiles(folder), certifier);
  writeBundleFiles(folder, filesOf('certificate', signStatement(statement, key), key.public));
};

export const certifyCommand = async (folder: string, options: CertifyCommand): Promise<number> => {
  if (!URL.canParse(options.body)) {
    throw new UsageError(`--body takes a URI that names the certifier, not ${options.body}`);
  }
  await certifyFolder(folder, {
    key: signingKey(options.key),
    vendor: trustedKey(options.vendor),
    nonce: options.nonce,
    body: options.body,
    now: new Date(),
  });
  process.stdout.write(`certified: ${join(folder, bundleFile('certificate'))}\n`);
  return 0;
};
