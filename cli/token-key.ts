// A key that never leaves its token: a PKCS#11 module signs, by pkcs11-tool of OpenSC, and the key is named by a
// URI as RFC 7512 has it: pkcs11:token=NAME;id=%01?module-path=FILE. Its PIN comes from CAUSEWAY_KEY_PIN.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeyError, readPublicKey, type SigningKey } from '../evidence/keys.ts';
import { UsageError } from './usage-error.ts';

const SCHEME = 'pkcs11:';
const PIN = 'CAUSEWAY_KEY_PIN';
/** A token may wait for somebody to touch it. */
const PATIENCE = 60_000;

export const isToken = (place: string): boolean => place.startsWith(SCHEME);

interface Token {
  readonly module: string;
  readonly token: string;
  /** The key's CKA_ID, in hexadecimal. */
  readonly id: string;
}

const attributes = (text: string, separator: string): Map<string, string> =>
  new Map(
    text
      .split(separator)
      .filter((part) => part !== '')
      .map((part) => {
        const at = part.indexOf('=');
        return [part.slice(0, at), part.slice(at + 1)];
      }),
  );

/** The bytes of a percent-encoded value, in hexadecimal: an id need not be text. */
const hexadecimal = (value: string): string =>
  value.replace(/%([0-9a-f]{2})|([\s\S])/gi, (_, byte: string | undefined, character: string) =>
    byte === undefined ? Buffer.from(character).toString('hex') : byte.toLowerCase(),
  );

const read = (uri: string): Token => {
  const [path = '', query = ''] = uri.slice(SCHEME.length).split('?');
  const [own, more] = [attributes(path, ';'), attributes(query, '&')];
  const [token, id, module] = [own.get('token'), own.get('id'), more.get('module-path')];
  if (token && id && module) {
    return {
      module: decodeURIComponent(module),
      token: decodeURIComponent(token),
      id: hexadecimal(id),
    };
  }
  throw new UsageError(
    `${uri} lacks what names a key; type: pkcs11:token=NAME;id=%01?module-path=FILE. What a token holds, says: pkcs11-tool --module FILE --token-label NAME --list-objects`,
  );
};

/** What pkcs11-tool writes to a file of its own. */
const ask = (token: Token, args: readonly string[], input: Uint8Array): Buffer => {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-token-'));
  const [given, output] = [join(folder, 'in'), join(folder, 'out')];
  try {
    writeFileSync(given, input);
    const { module, token: label, id } = token;
    const named = ['--module', module, '--token-label', label, '--id', id];
    const { error, status, stderr } = spawnSync(
      'pkcs11-tool',
      [...named, ...args, '--input-file', given, '--output-file', output],
      { encoding: 'utf8', timeout: PATIENCE, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    if (error && 'code' in error && error.code === 'ENOENT') {
      throw new UsageError('pkcs11-tool is not here; it comes with OpenSC: apt-get install opensc');
    }
    if (error) throw new UsageError(`pkcs11-tool failed: ${error.message}`);
    if (status !== 0) {
      const why = stderr.split('\n').find((line) => /^error|^No slot/.test(line)) ?? stderr;
      throw new UsageError(`the token ${label} does not give its key ${id}: ${why.trim()}`);
    }
    return readFileSync(output);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** A text in PEM of what is DER or PEM already. */
const pemOf = (key: Buffer): string =>
  key.toString('latin1').startsWith('-----')
    ? key.toString('latin1')
    : `-----BEGIN PUBLIC KEY-----\n${key.toString('base64')}\n-----END PUBLIC KEY-----\n`;

/** The key that a URI names. */
export const tokenKey = (uri: string): SigningKey => {
  const token = read(uri);
  if (process.env[PIN] === undefined)
    throw new UsageError(`the token’s PIN is asked for in ${PIN}`);
  const nothing = Buffer.alloc(0);
  const own = readPublicKey(pemOf(ask(token, ['--read-object', '--type', 'pubkey'], nothing)));
  if (own.algorithm !== 'p256') {
    // pkcs11-tool hands over at most a kilobyte at once, and Ed25519 cannot sign in parts.
    throw new KeyError(
      'expected a P-256 key, found an Ed25519 one, which a token signs too little with',
    );
  }
  // Named by its variable: what stands on a command line, others on the machine can read.
  const login = ['--login', '--pin', `env:${PIN}`, '--sign'];
  const ecdsa = ['--mechanism', 'ECDSA', '--signature-format', 'openssl'];
  const sign = (bytes: Uint8Array): Buffer =>
    ask(token, [...login, ...ecdsa], createHash('sha256').update(bytes).digest());
  return { public: own, sign };
};
