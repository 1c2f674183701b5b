// A signed statement as files: the statement itself, its two envelopes, and the key that it can be checked
// with. Each is a function of the others, so none can be changed alone.
import { bundleText, envelopeText, type Signed } from './envelope.ts';
import type { PublicKey } from './keys.ts';

/** What a statement says: that a vendor claims, or that a body certifies. */
export type Kind = 'claim' | 'certificate';

/** The files of a statement, by their name in the run's folder. */
export const filesOf = (kind: Kind, signed: Signed, key: PublicKey): Record<string, string> => ({
  [`bundle/${kind}.statement.json`]: signed.payload.toString(),
  [`bundle/${kind}.dsse.json`]: envelopeText(signed),
  [`bundle/${kind}.sigstore.json`]: bundleText(signed),
  [`bundle/${kind}.pem`]: key.pem,
});

/** The file that a statement is read from; the rest is held against it. */
export const bundleFile = (kind: Kind): string => `bundle/${kind}.sigstore.json`;

/** The file of a statement's public key: whose it is, nobody but the reader can say. */
export const keyFile = (kind: Kind): string => `bundle/${kind}.pem`;
