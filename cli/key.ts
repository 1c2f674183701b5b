// `causeway key`: a pair of keys, where there is none yet.
import { generateKeyPairSync, type KeyPairKeyObjectResult } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { Algorithm } from '../evidence/keys.ts';
import { UsageError } from './usage-error.ts';

const pair = (algorithm: Algorithm): KeyPairKeyObjectResult => {
  switch (algorithm) {
    case 'p256':
      return generateKeyPairSync('ec', { namedCurve: 'P-256' });
    case 'ed25519':
      return generateKeyPairSync('ed25519');
    default:
      return algorithm satisfies never;
  }
};

const algorithmOf = (text: string): Algorithm => {
  if (text === 'p256' || text === 'ed25519') return text;
  throw new UsageError(`--algorithm takes p256 or ed25519, not ${text}`);
};

/** Writes FILE, which is secret, and FILE.pub, which is for everybody. Neither is overwritten. */
export const keyCommand = (file: string, algorithm: string): number => {
  const { publicKey, privateKey } = pair(algorithmOf(algorithm));
  try {
    const secret = privateKey.export({ type: 'pkcs8', format: 'pem' });
    writeFileSync(file, secret, { flag: 'wx', mode: 0o600 });
    writeFileSync(`${file}.pub`, publicKey.export({ type: 'spki', format: 'pem' }), { flag: 'wx' });
  } catch (error) {
    throw new UsageError(`no key was written: ${(error as Error).message}`);
  }
  process.stdout.write(`${file} signs; keep it to yourself\n${file}.pub is for who trusts it\n`);
  return 0;
};
