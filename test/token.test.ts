// A key in a token (PKCS#11) signs as one in a file does, and never leaves it: SoftHSM keeps it, OpenSC reaches it.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readPublicKey } from '../evidence/keys.ts';
import { copyOf, departures, signedFew, trust } from './evidence-support.ts';
import { causeway, temporaryFolder } from './support.ts';

const MODULE = '/usr/lib/softhsm/libsofthsm2.so';
const NAME = 'release keys';
const PIN = '1234';

let settings: Record<string, string> = {};
let run = '';

const tool = (command: string, ...args: string[]): void => {
  const environment = { ...process.env, ...settings };
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8', env: environment });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
};

const uri = (id: string): string =>
  `pkcs11:token=${encodeURIComponent(NAME)};id=${id}?module-path=${MODULE}`;

/** Signs a copy of a run with a key of the token, and gives what came of it. */
const signedBy = (key: string, environment = settings) => {
  const folder = copyOf(run);
  rmSync(join(folder, 'bundle'), { recursive: true });
  return { folder, ...causeway(['sign', folder, '--key', key], environment) };
};

describe('a key in a token', () => {
  before(function () {
    // CI has both; who has neither tests all but this.
    if (!existsSync(MODULE) || spawnSync('pkcs11-tool', ['--help']).error) this.skip();
    run = signedFew();
    const root = temporaryFolder();
    mkdirSync(join(root, 'tokens'));
    const configuration = join(root, 'softhsm2.conf');
    writeFileSync(configuration, `directories.tokendir = ${join(root, 'tokens')}\n`);
    settings = { SOFTHSM2_CONF: configuration, CAUSEWAY_KEY_PIN: PIN };
    tool('softhsm2-util', '--init-token', '--free', '--label', NAME, '--pin', PIN, '--so-pin', PIN);
    const login = ['--module', MODULE, '--token-label', NAME, '--login', '--pin', PIN];
    for (const [id, type] of [
      ['f201', 'EC:prime256v1'],
      ['02', 'EC:edwards25519'],
    ] as const) {
      tool('pkcs11-tool', ...login, '--keypairgen', '--key-type', type, '--id', id);
    }
  });

  it('signs as one in a file does', async () => {
    const { folder, status, stderr } = signedBy(uri('%F2%01'));
    expect([status, stderr]).to.deep.equal([0, '']);
    const key = readPublicKey(readFileSync(join(folder, 'bundle', 'claim.pem'), 'utf8'));
    expect(await departures(folder, { ...trust(), keys: [key] })).to.deep.equal([]);
  });

  it('is refused for what is wrong with it', () => {
    for (const [key, environment, why] of [
      ['pkcs11:token=x', settings, /lacks what names a key; type: pkcs11:token=NAME/],
      [uri('%f2%01'), { ...settings, CAUSEWAY_KEY_PIN: '9999' }, /CKR_PIN_INCORRECT/],
      [uri('%09'), settings, /does not give its key 09: .*not found/],
      [uri('%02'), settings, /expected a P-256 key, found an Ed25519 one/],
      [
        uri('%f2%01').replace('release', 'other'),
        settings,
        /No slot with token named "other keys"/,
      ],
      [uri('%f2%01'), { SOFTHSM2_CONF: settings['SOFTHSM2_CONF'] ?? '' }, /in CAUSEWAY_KEY_PIN/],
    ] as const) {
      const { folder, status, stderr } = signedBy(key, { ...environment });
      expect([key, status]).to.deep.equal([key, 2]);
      expect(stderr).to.match(why);
      expect(existsSync(join(folder, 'bundle'))).to.equal(false);
    }
  });
});
