// Every check of signed evidence, in order: what is cheap and tells most comes first, and who has seen
// enough stops listening.
import { formOf, isThere, keyOf, signatureOf, trustOf } from '../../evidence/bundle-checks.ts';
import {
  type CheckId,
  type Finding,
  notTried,
  type Outcome,
  undecided,
} from '../../evidence/finding.ts';
import { digests, files, formCheck, order } from './files.ts';
import { type Ground, groundOf, type Trust } from './ground.ts';
import { clock, judged, planCheck, replayed, reports, seed, standard, suite } from './run.ts';
import { certificateStatement, claimStatement, two } from './statements.ts';

type Check = (ground: Ground) => Outcome | Promise<Outcome>;

/** A check of the certificate, where there is one. */
const ofCertificate =
  (check: Check): Check =>
  (ground) =>
    isThere(ground.certificate) ? check(ground) : notTried('there is no certificate');

const ORDER: readonly (readonly [CheckId, Check])[] = [
  ['files', files],
  ['digests', digests],
  ['claim-form', ({ claim }) => formOf(claim)],
  ['claim-key', ({ claim }) => keyOf(claim)],
  ['claim-signature', ({ claim }) => signatureOf(claim)],
  ['claim-trust', ({ claim, trust }) => trustOf(claim, trust.keys, '--key')],
  ['claim-statement', claimStatement],
  ['certificate-form', ofCertificate(({ certificate }) => formOf(certificate))],
  ['certificate-key', ofCertificate(({ certificate }) => keyOf(certificate))],
  ['certificate-signature', ofCertificate(({ certificate }) => signatureOf(certificate))],
  [
    'certificate-trust',
    ofCertificate(({ certificate, trust }) =>
      trustOf(certificate, trust.certifiers, '--certifier'),
    ),
  ],
  ['certificate-two', ofCertificate(two)],
  ['certificate-statement', ofCertificate(certificateStatement)],
  ['form', formCheck],
  ['order', order],
  ['standard', standard],
  ['suite', suite],
  ['plan', planCheck],
  ['seed', seed],
  ['clock', clock],
  ['judged', judged],
  ['replayed', replayed],
  ['reports', reports],
];

/** A check that the folder itself makes impossible is undecided: nothing is taken for right. */
const tried = async (check: Check, ground: Ground): Promise<Outcome> => {
  try {
    return await check(ground);
  } catch (error) {
    const expected = 'a run that the suite can read';
    return undecided(expected, error instanceof Error ? error.message : String(error));
  }
};

/** Verifies a run's folder: one finding a check. */
export async function* verify(folder: string, trust: Trust): AsyncGenerator<Finding> {
  const ground = groundOf(folder, trust);
  for (const [check, run] of ORDER) yield { check, ...(await tried(run, ground)) };
}

/** All findings of a folder. */
export const verifyFolder = async (folder: string, trust: Trust): Promise<Finding[]> => {
  const findings: Finding[] = [];
  for await (const finding of verify(folder, trust)) findings.push(finding);
  return findings;
};
