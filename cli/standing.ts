// Who stands for a run: what its bundle proves, after every check that `verify` makes.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isThere } from '../evidence/bundle-checks.ts';
import { CHECKS, type CheckId } from '../evidence/finding.ts';
import { SELF_DECLARED, type Standing } from '../reports/standing.ts';
import { BUNDLE_FOLDER } from '../runner/bundle-folder.ts';
import { groundOf, type Trust } from './verification/ground.ts';
import { certifiedBy } from './verification/statements.ts';
import { verifyFolder } from './verification/verify.ts';

/** Checks that stay undecided where the reader named no key; all others must hold. */
const TRUST: readonly CheckId[] = ['claim-trust', 'certificate-trust'];

/** The standing of a run's folder. A bundle of which one check does not hold counts for nothing. */
export const standingOf = async (folder: string, trust: Trust): Promise<Standing> => {
  if (!existsSync(join(folder, BUNDLE_FOLDER))) return SELF_DECLARED;
  const findings = await verifyFolder(folder, trust);
  const against = findings.find(
    ({ check, state }) => state === 'broken' || (state === 'undecided' && !TRUST.includes(check)),
  );
  if (against) {
    const { check, state } = against;
    const how = state === 'broken' ? 'does not hold' : 'could not be verified';
    return { kind: 'self-declared', why: `its bundle ${how}: not so that ${CHECKS[check].title}` };
  }
  const ground = groundOf(folder, trust);
  if (!isThere(ground.certificate)) {
    const { signed } = ground.claim;
    return { kind: 'self-declared', ...(signed && { signedBy: signed.hint }) };
  }
  const held = (check: CheckId): boolean =>
    findings.some((one) => one.check === check && one.state === 'held');
  // What was not tried has not been verified.
  if (!held('certificate-signature') || !held('certificate-statement')) return SELF_DECLARED;
  return {
    kind: 'certified',
    by: certifiedBy(ground),
    key: ground.certificate.key?.hint ?? '',
    trusted: held('certificate-trust'),
  };
};
