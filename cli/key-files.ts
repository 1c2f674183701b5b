// Keys as the command line names them: a file, a variable of the environment as env://NAME, or a token's as pkcs11:.
import { readFileSync } from 'node:fs';
import {
  KeyError,
  type PublicKey,
  readPublicKey,
  readSigningKey,
  type SigningKey,
} from '../evidence/keys.ts';
import { isToken, tokenKey } from './token-key.ts';
import { UsageError } from './usage-error.ts';

const VARIABLE = 'env://';

const textOf = (place: string): string => {
  if (place.startsWith(VARIABLE)) {
    const value = process.env[place.slice(VARIABLE.length)];
    if (value === undefined) throw new UsageError(`${place}: the environment has no such variable`);
    return value;
  }
  try {
    return readFileSync(place, 'utf8');
  } catch (error) {
    throw new UsageError(`${place} cannot be read: ${(error as Error).message}`);
  }
};

const told = <T>(place: string, key: () => T, help: string): T => {
  try {
    return key();
  } catch (error) {
    if (!(error instanceof KeyError)) throw error;
    throw new UsageError(`${place}: ${error.message}. ${help}`);
  }
};

/** A key to sign with. */
export const signingKey = (place: string): SigningKey =>
  isToken(place)
    ? told(place, () => tokenKey(place), 'A token’s keys are P-256.')
    : told(
        place,
        () => readSigningKey(textOf(place), process.env['CAUSEWAY_KEY_PASSPHRASE']),
        'To make a pair of keys, type: causeway key FILE',
      );

/** A key to trust. */
export const trustedKey = (place: string): PublicKey =>
  told(
    place,
    () => readPublicKey(textOf(place)),
    `For the public half, type: openssl pkey -in ${place} -pubout`,
  );
