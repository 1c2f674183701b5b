// The checks of a signed statement that need nothing but its own files and the keys that the reader trusts.
import { holds, readBundle, type Signed } from './envelope.ts';
import { bundleFile, filesOf, type Kind, keyFile } from './files.ts';
import { broken, held, notTried, type Outcome, undecided } from './finding.ts';
import { KeyError, type PublicKey, readPublicKey } from './keys.ts';

/** What a folder's bundle holds of one statement. */
export interface BundleRead {
  readonly kind: Kind;
  /** All files of bundle/, by name. */
  readonly files: ReadonlyMap<string, Buffer>;
  readonly signed: Signed | undefined;
  /** The key that lies beside it. */
  readonly key: PublicKey | undefined;
}

/** What lies in a bundle of one kind, read as far as it can be. */
export const readKind = (kind: Kind, files: ReadonlyMap<string, Buffer>): BundleRead => {
  const bundle = files.get(bundleFile(kind));
  const pem = files.get(keyFile(kind));
  let key: PublicKey | undefined;
  try {
    key = pem && readPublicKey(pem.toString());
  } catch (error) {
    if (!(error instanceof KeyError)) throw error;
  }
  return { kind, files, signed: bundle && readBundle(bundle.toString()), key };
};

/** Whether anything of this kind lies there. */
export const isThere = ({ kind, files }: BundleRead): boolean =>
  [...files.keys()].some((name) => name.startsWith(`bundle/${kind}.`));

/** Each of its files byte for byte as it is written anew from what the bundle holds. */
export const formOf = ({ kind, files, signed, key }: BundleRead): Outcome => {
  if (!signed) return broken(`a Sigstore bundle in ${bundleFile(kind)}`, 'none');
  if (!key) return broken(`a public key in ${keyFile(kind)}`, 'none');
  const expected = filesOf(kind, signed, key);
  for (const [name, text] of Object.entries(expected)) {
    const found = files.get(name);
    if (!found) return broken(name, 'no such file');
    if (!found.equals(Buffer.from(text))) {
      return broken(`${name} as the suite writes it`, 'other bytes');
    }
  }
  return held(`${Object.keys(expected).length} files`);
};

export const keyOf = ({ kind, signed, key }: BundleRead): Outcome => {
  if (!signed || !key) return notTried(`there is no ${kind} to look at`);
  return signed.hint === key.hint
    ? held(key.hint)
    : broken(`the key with the digest ${signed.hint}`, key.hint);
};

export const signatureOf = ({ kind, signed, key }: BundleRead): Outcome => {
  if (!signed || !key) return notTried(`there is no ${kind} to look at`);
  return holds(signed, key)
    ? held(key.algorithm === 'p256' ? 'ECDSA over P-256' : 'Ed25519')
    : broken('a signature by the key that the bundle names', 'one that does not hold');
};

/** `option` is how a reader names a trusted key. */
export const trustOf = (
  { kind, key }: BundleRead,
  trusted: readonly PublicKey[],
  option: string,
): Outcome => {
  if (!key) return notTried(`there is no ${kind} to look at`);
  if (trusted.length === 0) {
    return undecided(
      `a key that you trust: ${option} PEM`,
      `the key ${key.hint}, for which nobody has vouched`,
    );
  }
  return trusted.some(({ hint }) => hint === key.hint)
    ? held(key.hint)
    : broken(trusted.map(({ hint }) => hint).join(' or '), key.hint);
};
