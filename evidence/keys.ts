// Keys that sign and keys that are trusted: read from PEM, held to the two algorithms, and named by their
// digest.
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';

/** ECDSA over P-256 with SHA-256, which every tool reads, and Ed25519. */
export type Algorithm = 'p256' | 'ed25519';

/** A key that signatures are checked with. */
export interface PublicKey {
  readonly algorithm: Algorithm;
  readonly key: KeyObject;
  /** SHA-256 of the key as SubjectPublicKeyInfo in DER, in base64: what bundles name it by. */
  readonly hint: string;
  /** The one PEM text of this key. */
  readonly pem: string;
}

/** A key that signs, with the one that checks what it signed. Where the key itself lies is its own matter. */
export interface SigningKey {
  readonly public: PublicKey;
  /** A signature over bytes: of P-256 with SHA-256, in DER. */
  sign(bytes: Uint8Array): Buffer;
}

/** A text that is no key, or one of another kind: the message says what was found. */
export class KeyError extends Error {}

const algorithmOf = (key: KeyObject): Algorithm => {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  if (type === 'ed25519') return 'ed25519';
  if (type === 'ec' && details?.namedCurve === 'prime256v1') return 'p256';
  const curve = details?.namedCurve === undefined ? '' : ` over ${details.namedCurve}`;
  throw new KeyError(`expected a P-256 or an Ed25519 key, found ${type ?? 'another'}${curve}`);
};

const publicKey = (key: KeyObject): PublicKey => ({
  algorithm: algorithmOf(key),
  key,
  hint: createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('base64'),
  pem: String(key.export({ type: 'spki', format: 'pem' })),
});

const PRIVATE = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;

/** A trusted key; a private one is refused, since who only checks should not hold it. */
export const readPublicKey = (pem: string): PublicKey => {
  if (PRIVATE.test(pem)) throw new KeyError('expected a public key, found a private one');
  try {
    return publicKey(createPublicKey(pem));
  } catch (error) {
    if (error instanceof KeyError) throw error;
    throw new KeyError('expected a public key in PEM, found none');
  }
};

/** Ed25519 hashes by itself. */
const hashOf = (algorithm: Algorithm): string | null => (algorithm === 'p256' ? 'sha256' : null);

/** A signing key; `passphrase` where it is encrypted. */
export const readSigningKey = (pem: string, passphrase?: string): SigningKey => {
  const encrypted = pem.includes('ENCRYPTED');
  if (encrypted && passphrase === undefined) {
    throw new KeyError('the key is encrypted, and CAUSEWAY_KEY_PASSPHRASE is not set');
  }
  try {
    const key = createPrivateKey({ key: pem, ...(passphrase !== undefined && { passphrase }) });
    const own = publicKey(createPublicKey(key));
    return { public: own, sign: (bytes) => sign(hashOf(own.algorithm), bytes, key) };
  } catch (error) {
    if (error instanceof KeyError) throw error;
    throw new KeyError(
      encrypted
        ? 'the passphrase does not open the key'
        : 'expected a private key in PEM, found none',
    );
  }
};

/** Whether a signature over bytes is this key's. */
export const isSignedBy = (
  bytes: Uint8Array,
  signature: Uint8Array,
  { algorithm, key }: PublicKey,
): boolean => verify(hashOf(algorithm), bytes, key, signature);
