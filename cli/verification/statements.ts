// The checks of what was signed: that claim and certificate are made again from the run, byte for byte.

import { join } from 'node:path';
import { certificateOf, uncertifiable } from '../../evidence/certificate.ts';
import { canonical } from '../../evidence/envelope.ts';
import { bundleFile } from '../../evidence/files.ts';
import {
  broken,
  firstDifference,
  held,
  notTried,
  type Outcome,
  parted,
} from '../../evidence/finding.ts';
import { claimOf, declarationOf } from '../../evidence/statement.ts';
import { runFiles } from '../../runner/bundle-folder.ts';
import { digestOf } from '../../runner/digest.ts';
import { type Ground, withRun } from './ground.ts';

const parsed = (payload: Buffer): unknown => {
  try {
    return JSON.parse(payload.toString());
  } catch {
    return undefined;
  }
};

/** A text somewhere in a statement; empty where there is none. */
const textAt = (payload: Buffer, ...path: readonly string[]): string => {
  const found = path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null
        ? (value as Record<string, unknown>)[name]
        : undefined,
    parsed(payload),
  );
  return typeof found === 'string' ? found : '';
};

/** When the claim was signed, as it says. */
export const signedAt = ({ claim }: Ground): string =>
  claim.signed ? textAt(claim.signed.payload, 'predicate', 'causeway', 'signedAt') : '';

/** When the certificate was made, as it says. */
export const certifiedAt = ({ certificate }: Ground): string =>
  certificate.signed ? textAt(certificate.signed.payload, 'predicate', 'timeCreated') : '';

/** Who certified, as the certificate says. */
export const certifiedBy = ({ certificate }: Ground): string =>
  certificate.signed ? textAt(certificate.signed.payload, 'predicate', 'verifier', 'id') : '';

/** A signed payload against the statement that the run makes. */
const sameStatement = (payload: Buffer, statement: object): Outcome | undefined => {
  if (payload.equals(Buffer.from(canonical(statement)))) return undefined;
  const difference = firstDifference(JSON.parse(canonical(statement)), parsed(payload));
  return difference
    ? parted(difference)
    : broken('the canonical JSON of the statement', 'the same in other bytes');
};

export const claimStatement = withRun((ground) => {
  const { folder, record, claim } = ground;
  if (!claim.signed) return notTried('there is no claim to look at');
  const statement = claimOf(record, runFiles(folder), signedAt(ground));
  const { outcome } = record.profile;
  return (
    sameStatement(claim.signed.payload, statement) ??
    held(`${outcome}, ${declarationOf(record.seed)}`)
  );
});

/** What a certificate is about: the run's files, and the claim over them. */
export const certifiedFiles = (folder: string) => {
  const name = bundleFile('claim');
  return [...runFiles(folder), { name, sha256: digestOf(join(folder, name)) }];
};

export const certificateStatement = withRun((ground) => {
  const { folder, record, certificate, claim } = ground;
  if (!certificate.signed || !claim.signed) return notTried('there is no certificate to look at');
  const why = uncertifiable(record);
  if (why) return broken('a run that can be certified', why);
  const id = certifiedBy(ground);
  const statement = certificateOf(record, certifiedFiles(folder), {
    id,
    at: certifiedAt(ground),
    claimant: claim.signed.hint,
  });
  return (
    sameStatement(certificate.signed.payload, statement) ??
    held(`${statement.predicate.properties.join(', ')}, by ${id}`)
  );
});

export const two = ({ claim, certificate }: Ground): Outcome => {
  if (!claim.key || !certificate.key) return notTried('there are no two keys to look at');
  return claim.key.hint === certificate.key.hint
    ? broken('another key than the vendor’s', 'the same key')
    : held('two keys');
};
