// Who stands for a run: its vendor alone, or a body whose certificate was verified.

/** What was found of a run's bundle, by who has checked every byte of it. */
export type Attestation =
  | {
      readonly kind: 'self-declared';
      /** The key of the claim, where there is one and it holds. */
      readonly signedBy?: string;
      /** Why a bundle that is there counts for nothing. */
      readonly why?: string;
    }
  | {
      readonly kind: 'certified';
      /** The body, by its own name. */
      readonly by: string;
      /** The digest of the body's key. */
      readonly key: string;
      /** Whether it is a key that the reader named as trusted. */
      readonly trusted: boolean;
    };

/** What every run is until a body has certified it. */
export const SELF_DECLARED: Attestation = { kind: 'self-declared' };
