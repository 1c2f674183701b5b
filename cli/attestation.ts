// Who stands for a run: what its bundle proves, after every check that `verify` makes.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKS, type CheckId } from '../evidence/finding.ts';
import { type Attestation, SELF_DECLARED } from '../reports/attestation.ts';
import { BUNDLE_FOLDER } from '../runner/bundle-folder.ts';
import { groundOf, type Trust } from './verification/ground.ts';
import { certifiedBy } from './verification/statements.ts';
import { verify } from './verification/verify.ts';

/** Checks that stay undecided where the reader named no key; all others must hold. */
const TRUST: readonly CheckId[] = ['claim-trust', 'certificate-trust'];

/** Who stands for the run of a folder. A bundle of which one check does not hold counts for nothing. */
export const attestationOf = async (folder: string, trust: Trust): Promise<Attestation> => {
  if (!existsSync(join(folder, BUNDLE_FOLDER))) return SELF_DECLARED;
  const held = new Set<CheckId>();
  for await (const { check, state } of verify(folder, trust)) {
    if (state === 'held') held.add(check);
    if (state === 'broken' || (state === 'undecided' && !TRUST.includes(check))) {
      const how = state === 'broken' ? 'does not hold' : 'could not be verified';
      return {
        kind: 'self-declared',
        why: `its bundle ${how}: not so that ${CHECKS[check].title}`,
      };
    }
  }
  const ground = groundOf(folder, trust);
  const { claim, certificate } = ground;
  // What was not tried has not been verified.
  if (held.has('certificate-signature') && held.has('certificate-statement') && certificate.key) {
    return {
      kind: 'certified',
      by: certifiedBy(ground),
      key: certificate.key.hint,
      trusted: held.has('certificate-trust'),
    };
  }
  return {
    kind: 'self-declared',
    ...(held.has('claim-signature') && claim.key && { signedBy: claim.key.hint }),
  };
};
