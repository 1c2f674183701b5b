// The certificate: an in-toto statement with a simple verification result, by which a body says that it
// verified a vendor's claim. Who tests and who certifies are two.
import type { Record as RunRecord } from '../schemas/generated/types.ts';
import { type Digested, type Statement, statementOf } from './statement.ts';

export const VERIFICATION_RESULT = 'https://in-toto.io/attestation/svr/v0.1';

/** The predicate of a certificate. What in-toto has no member for stands under `causeway`. */
export interface VerificationResult {
  /** Who certifies, as a URI. */
  readonly verifier: { readonly id: string };
  /** ISO 8601, by the body's clock. */
  readonly timeCreated: string;
  readonly properties: readonly string[];
  readonly causeway: {
    /** The key that the vendor's claim was signed with. */
    readonly claimant: string;
    /** What the body gave out for this run: the seed. */
    readonly nonce: string;
  };
}

/** Who says so, and when. */
export interface Certifier {
  readonly id: string;
  readonly at: string;
  /** The hint of the key that signed the claim. */
  readonly claimant: string;
}

/** `SNIS_1.0_DRV-MEMORY_LEVEL_1`. */
export const propertyOf = ({ standard, profile }: RunRecord): string =>
  `${standard.name}_${standard.revision}_${profile.id}_LEVEL_${profile.level}`;

/** The certificate over a claim: `files` are the run's, and the bundle of the claim. */
export const certificateOf = (
  record: RunRecord,
  files: readonly Digested[],
  { id, at, claimant }: Certifier,
): Statement<VerificationResult> =>
  statementOf(files, VERIFICATION_RESULT, {
    verifier: { id },
    timeCreated: at,
    properties: [propertyOf(record)],
    causeway: { claimant, nonce: record.seed.value },
  });

/** Why a run cannot be certified, or undefined where it can. */
export const uncertifiable = (record: RunRecord): string | undefined => {
  const { seed, profile, run } = record;
  if (seed.source !== 'nonce') {
    return 'it is self-declared: its seed is no nonce. A run for a certificate begins with: causeway nonce, and then causeway run TARGET --nonce NONCE';
  }
  if (run.shard) {
    return `it is shard ${run.shard.index} of ${run.shard.of}, and a run for a certificate is one run, without --shard`;
  }
  // Who may run a shard again can do so until it passes, and keep the others.
  const merged = run.resumed.find(({ shard }) => shard)?.shard;
  if (merged) {
    return `it was merged from ${merged.of} shards, and a run for a certificate is one run, without --shard`;
  }
  // Who may kill a run whenever a case is about to fail can run until it passes.
  if (run.resumed.length > 0) {
    return `it went on ${run.resumed.length} times after it was cut, and a run for a certificate is one run`;
  }
  if (profile.outcome !== 'conformant') {
    return `it is ${profile.outcome} with ${profile.id}@${profile.level}: there is nothing to certify`;
  }
  return undefined;
};
