// A signed statement in its two standard forms, a DSSE envelope and a Sigstore bundle, each in one spelling
// only: of what can be read, one byte more or less would be another file.
import { type Bundle, bundleToJSON, toDSSEBundle } from '@sigstore/bundle';
import canonicalize from 'canonicalize';
import { isSignedBy, type PublicKey, type SigningKey } from './keys.ts';

/** What the payload of an envelope is: an in-toto statement. */
export const PAYLOAD_TYPE = 'application/vnd.in-toto+json';

/** A statement that somebody signed. */
export interface Signed {
  /** The statement's own bytes. */
  readonly payload: Buffer;
  readonly signature: Buffer;
  /** Which key is said to have signed: RFC 6962 has the form. */
  readonly hint: string;
}

/** The canonical JSON of a value, RFC 8785. */
export const canonical = (value: unknown): string => {
  const text = canonicalize(value);
  if (text === undefined) throw new Error('a statement that JSON cannot hold');
  return text;
};

/** What DSSE signs: type and payload, each with its length. */
export const preAuthEncoding = (type: string, payload: Uint8Array): Buffer =>
  Buffer.concat([
    Buffer.from(`DSSEv1 ${Buffer.byteLength(type)} ${type} ${payload.length} `),
    payload,
  ]);

/** Signs a statement. */
export const signStatement = (statement: object, key: SigningKey): Signed => {
  const payload = Buffer.from(canonical(statement));
  const signature = key.sign(preAuthEncoding(PAYLOAD_TYPE, payload));
  return { payload, signature, hint: key.public.hint };
};

/** Whether a signed statement is this key's. */
export const holds = ({ payload, signature }: Signed, key: PublicKey): boolean =>
  isSignedBy(preAuthEncoding(PAYLOAD_TYPE, payload), signature, key);

const bundleOf = ({ payload, signature, hint }: Signed): Bundle =>
  toDSSEBundle({ artifact: payload, artifactType: PAYLOAD_TYPE, signature, keyHint: hint });

/** The DSSE envelope's text. */
export const envelopeText = ({ payload, signature, hint }: Signed): string =>
  canonical({
    payload: payload.toString('base64'),
    payloadType: PAYLOAD_TYPE,
    signatures: [{ keyid: hint, sig: signature.toString('base64') }],
  });

/** The Sigstore bundle's text, version 0.3 with a public key. */
export const bundleText = (signed: Signed): string => canonical(bundleToJSON(bundleOf(signed)));

/** A member of an object that may be anything. */
const member = (value: unknown, name: string | number): unknown =>
  typeof value === 'object' && value !== null
    ? (value as Record<string | number, unknown>)[name]
    : undefined;

const text = (value: unknown, ...path: (string | number)[]): string => {
  const found = path.reduce(member, value);
  return typeof found === 'string' ? found : '';
};

/**
 * Reads a bundle leniently: what is missing or misspelt shows when its text is made again, and is told
 * there. Undefined where it is no JSON.
 */
export const readBundle = (bundle: string): Signed | undefined => {
  try {
    const value: unknown = JSON.parse(bundle);
    return {
      payload: Buffer.from(text(value, 'dsseEnvelope', 'payload'), 'base64'),
      signature: Buffer.from(text(value, 'dsseEnvelope', 'signatures', 0, 'sig'), 'base64'),
      hint: text(value, 'verificationMaterial', 'publicKey', 'hint'),
    };
  } catch {
    return undefined;
  }
};
