// Signed evidence: two other implementations agree with every signature, each key is held to what it may
// be, and whatever is changed afterwards is found.
import { spawnSync } from 'node:child_process';
import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleFromJSON } from '@sigstore/bundle';
import { dsse } from '@sigstore/core';
import { toSignedEntity, Verifier } from '@sigstore/verify';
import { expect } from 'chai';
import { signFolder } from '../cli/sign.ts';
import { PAYLOAD_TYPE, preAuthEncoding, readBundle } from '../evidence/envelope.ts';
import { CHECKS, exitOf } from '../evidence/finding.ts';
import { type Algorithm, KeyError, readPublicKey, readSigningKey } from '../evidence/keys.ts';
import { nonceOf, nonceTime } from '../evidence/nonce.ts';
import { changeBytes } from './byte-changes.ts';
import {
  copyOf,
  departures,
  newKey,
  newPem,
  runFew,
  signedFew,
  trust,
  VENDOR,
} from './evidence-support.ts';
import { causeway, ROOT, temporaryFolder } from './support.ts';

const CHANGES = 300;
const ALGORITHMS: readonly Algorithm[] = ['p256', 'ed25519'];

let root = '';
let signed = '';

before(() => {
  root = temporaryFolder();
  signed = signedFew();
});

const bundleOf = (folder: string): unknown =>
  JSON.parse(readFileSync(join(folder, 'bundle', 'claim.sigstore.json'), 'utf8'));

/** Where openssl is not here, what it would say is not asked: node and npm are all that the tests need. */
const needsOpenssl = function (this: Mocha.Context): void {
  if (spawnSync('openssl', ['version']).error) this.skip();
};

/** The openssl command line's own opinion. */
const opensslAgrees = (algorithm: Algorithm, pem: string, data: Buffer, signature: Buffer) => {
  const folder = temporaryFolder();
  const place = (name: string, bytes: string | Buffer): string => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };
  const [key, text, sig] = [place('key', pem), place('text', data), place('sig', signature)];
  const args =
    algorithm === 'p256'
      ? ['dgst', '-sha256', '-verify', key, '-signature', sig, text]
      : ['pkeyutl', '-verify', '-pubin', '-inkey', key, '-rawin', '-in', text, '-sigfile', sig];
  return spawnSync('openssl', args).status === 0;
};

/** Sigstore's own verifier's opinion, of a bundle and a key. */
const sigstoreAgrees = (bundle: unknown, pem: string): boolean => {
  const publicKey = createPublicKey(pem);
  const material = {
    certificateAuthorities: [],
    timestampAuthorities: [],
    tlogs: [],
    ctlogs: [],
    publicKey: () => ({ publicKey, validFor: () => true }),
  };
  const thresholds = { tlogThreshold: 0, ctlogThreshold: 0, timestampThreshold: 0 };
  const verifier = new Verifier(material, thresholds);
  try {
    verifier.verify(toSignedEntity(bundleFromJSON(bundle)));
    return true;
  } catch (error) {
    if ((error as Error).name === 'VerificationError') return false;
    throw error;
  }
};

describe('a signature', () => {
  before(needsOpenssl);

  for (const algorithm of ALGORITHMS) {
    it(`holds for openssl and for Sigstore’s verifier too: ${algorithm}`, () => {
      const folder = copyOf(signed);
      rmSync(join(folder, 'bundle'), { recursive: true });
      const key = newKey(algorithm);
      signFolder(folder, key, new Date());
      const bundle = bundleOf(folder);
      const found = readBundle(JSON.stringify(bundle));
      if (!found) throw new Error('no bundle');
      const data = preAuthEncoding(PAYLOAD_TYPE, found.payload);
      const other = newKey(algorithm).public.pem;
      expect(opensslAgrees(algorithm, key.public.pem, data, found.signature)).to.equal(true);
      expect(opensslAgrees(algorithm, other, data, found.signature)).to.equal(false);
      expect(sigstoreAgrees(bundle, key.public.pem)).to.equal(true);
      expect(sigstoreAgrees(bundle, other)).to.equal(false);
    });
  }

  it('is over the encoding that DSSE says', () => {
    for (const length of [0, 1, 9, 10, 4096]) {
      const payload = randomBytes(length);
      expect(preAuthEncoding(PAYLOAD_TYPE, payload)).to.deep.equal(
        dsse.preAuthEncoding(PAYLOAD_TYPE, payload),
      );
    }
    expect(
      preAuthEncoding('http://example.com/HelloWorld', Buffer.from('hello world')).toString(),
    ).to.equal('DSSEv1 29 http://example.com/HelloWorld 11 hello world');
  });
});

describe('a key', () => {
  const pemOf = (type: 'rsa' | 'p384' | 'encrypted'): string => {
    if (type === 'rsa') {
      const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      return String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
    }
    const namedCurve = type === 'p384' ? 'P-384' : 'P-256';
    const { privateKey } = generateKeyPairSync('ec', { namedCurve });
    const cipher = type === 'encrypted' ? { cipher: 'aes-256-cbc', passphrase: 'open' } : {};
    return String(privateKey.export({ type: 'pkcs8', format: 'pem', ...cipher }));
  };
  const refusals: [string, () => unknown, string][] = [
    ['RSA', () => readSigningKey(pemOf('rsa')), 'found rsa'],
    ['P-384', () => readSigningKey(pemOf('p384')), 'found ec over secp384r1'],
    ['no PEM', () => readSigningKey('hello'), 'found none'],
    ['no public PEM', () => readPublicKey('hello'), 'found none'],
    ['an encrypted one alone', () => readSigningKey(pemOf('encrypted')), 'PASSPHRASE is not set'],
    ['a wrong passphrase', () => readSigningKey(pemOf('encrypted'), 'shut'), 'does not open'],
    ['a private one to trust', () => readPublicKey(pemOf('encrypted')), 'found a private one'],
  ];
  for (const [what, read, text] of refusals) {
    it(`is refused: ${what}`, () => {
      expect(read).to.throw(KeyError, text);
    });
  }

  it('opens with its passphrase', () => {
    expect(readSigningKey(pemOf('encrypted'), 'open').public.algorithm).to.equal('p256');
  });

  it('is named as openssl computes its digest', function () {
    needsOpenssl.call(this);
    const { stdout } = spawnSync('openssl', ['pkey', '-pubin', '-outform', 'DER'], {
      input: VENDOR.public.pem,
    });
    const digest = spawnSync('openssl', ['dgst', '-sha256', '-binary'], { input: stdout });
    expect(digest.stdout.toString('base64')).to.equal(VENDOR.public.hint);
  });
});

describe('verify', () => {
  it('holds of what was signed, with every verdict recomputed', async () => {
    expect(await departures(signed)).to.deep.equal([]);
  });

  it('says who vouches for a key: nobody, or somebody else', async () => {
    const nobody = await departures(signed, { ...trust(), keys: [] });
    expect(nobody.map(({ check, state }) => [check, state])).to.deep.equal([
      ['claim-trust', 'undecided'],
    ]);
    expect(exitOf(nobody)).to.equal(4);
    const other = await departures(signed, { ...trust(), keys: [newKey().public] });
    expect(other.map(({ check, state }) => [check, state])).to.deep.equal([
      ['claim-trust', 'broken'],
    ]);
    expect(exitOf(other)).to.equal(1);
  });

  it('refuses a run that nobody signed', async () => {
    const folder = copyOf(signed);
    rmSync(join(folder, 'bundle'), { recursive: true });
    const found = await departures(folder);
    expect(found.map(({ check }) => check)).to.deep.equal(['claim-form']);
  });

  it('refuses a file that the suite does not write', async () => {
    const folder = copyOf(signed);
    writeFileSync(join(folder, 'notes.txt'), 'of no concern');
    const found = await departures(folder);
    expect(found.map(({ check }) => check)).to.deep.equal(['files', 'claim-statement']);
  });

  it(`finds each of ${CHANGES} changes of one byte, in every file`, async () => {
    const { made, missed } = await changeBytes(copyOf(signed), CHANGES, 'one byte', trust());
    expect(missed).to.deep.equal([]);
    expect([...made.keys()].sort()).to.include.members([
      'bundle/claim.dsse.json',
      'bundle/claim.pem',
      'bundle/claim.sigstore.json',
      'bundle/claim.statement.json',
      'journal.jsonl',
      'badge.svg',
      'ctrf.json',
      'junit.xml',
      'plan.json',
      'record.json',
      'report.html',
      'report.md',
      'wire/0001.jsonl',
    ]);
  });
});

describe('the commands', () => {
  it('make keys, sign, and verify', () => {
    const key = join(root, 'vendor.pem');
    const folder = copyOf(signed);
    rmSync(join(folder, 'bundle'), { recursive: true });
    expect(causeway(['key', key]).status).to.equal(0);
    expect(causeway(['key', key]).stderr).to.match(/no key was written: .*EEXIST/);
    expect(causeway(['sign', folder, '--key', key]).stdout).to.match(
      /^signed: DRV-MEMORY@1 incomplete, self-declared\n/,
    );
    expect(causeway(['sign', folder, '--key', key]).stderr).to.include('is there already');
    const verified = causeway(['verify', folder, '--key', `${key}.pub`]);
    expect([verified.status, verified.stdout.split('\n')[0]]).to.deep.equal([
      0,
      `${folder}: every check held`,
    ]);
    const unknown = causeway(['verify', folder, '--json']);
    expect([unknown.status, JSON.parse(unknown.stdout).exitCode]).to.deep.equal([4, 4]);
    const wrong = causeway(['verify', folder, '--key', key]);
    expect([wrong.status, wrong.stderr]).to.deep.equal([
      2,
      `causeway: ${key}: expected a public key, found a private one. For the public half, type: openssl pkey -in ${key} -pubout\n`,
    ]);
  });

  it('take a key from the environment', () => {
    const folder = copyOf(signed);
    rmSync(join(folder, 'bundle'), { recursive: true });
    const pem = newPem('ed25519');
    const sign = ['sign', folder, '--key', 'env://SIGNING_KEY'];
    expect(causeway(sign).stderr).to.include('the environment has no such variable');
    expect(causeway(sign, { SIGNING_KEY: pem }).status).to.equal(0);
  });

  it('sign nothing that its evidence does not make', () => {
    const folder = copyOf(signed);
    rmSync(join(folder, 'bundle'), { recursive: true });
    const report = join(folder, 'report.md');
    writeFileSync(report, readFileSync(report, 'utf8').replace('incomplete', 'conformant'));
    const key = join(root, 'report.pem');
    causeway(['key', key]);
    const { status, stderr } = causeway(['sign', folder, '--key', key]);
    expect(status).to.equal(2);
    expect(stderr).to.include('report.md is not what the record makes');
  });

  it('certify no run that is not a certifier’s own, and none by the vendor’s key', () => {
    const key = join(root, 'two.pem');
    causeway(['key', key]);
    const nonce = causeway(['nonce']).stdout.trim();
    const certify = (own: string): string =>
      causeway([
        ...['certify', signed, '--key', own, '--vendor', `${key}.pub`],
        ...['--nonce', nonce, '--body', 'https://body.example/v1'],
      ]).stderr;
    expect(certify(key)).to.include('who tests and who certifies are two');
    const body = join(root, 'body.pem');
    causeway(['key', body]);
    expect(certify(body)).to.include('cannot be certified: claim-trust');
  });
});

describe('a certificate', () => {
  it('is given for a conformant run with the body’s nonce, and holds until a byte is changed', async () => {
    const folder = join(temporaryFolder(), 'run');
    const [vendor, body] = ['vendor.pem', 'body.pem'].map((name) => join(folder, '..', name));
    if (!vendor || !body) throw new Error('no place for keys');
    for (const key of [vendor, body]) expect(causeway(['key', key]).status).to.equal(0);
    const nonce = causeway(['nonce']).stdout.trim();
    const run = causeway(['run', 'reference:host', '--nonce', nonce, '--out', folder]);
    expect(run.status, run.stderr).to.equal(0);
    expect(readFileSync(join(folder, 'report.md'), 'utf8')).to.not.include('self-declared');
    expect(causeway(['sign', folder, '--key', vendor]).stdout).to.match(
      /^signed: DRV-MEMORY@1 conformant, for a certificate\n/,
    );
    const certify = (given: string) =>
      causeway([
        ...['certify', folder, '--key', body, '--vendor', `${vendor}.pub`],
        ...['--nonce', given, '--body', 'https://body.example/v1'],
      ]);
    const other = certify(nonceOf(new Date(), randomBytes(16)));
    expect([other.status, other.stderr]).to.satisfy(
      ([status, text]: [number, string]) =>
        status === 2 && text.includes('cannot be certified: seed: expected the nonce'),
    );
    expect(certify(nonce).status).to.equal(0);
    const verified = causeway([
      ...['verify', folder, '--key', `${vendor}.pub`, '--certifier', `${body}.pub`],
      ...['--nonce', nonce],
    ]);
    expect([verified.status, verified.stdout]).to.satisfy(
      ([status, text]: [number, string]) =>
        status === 0 && text.includes('SNIS_1.0_DRV-MEMORY_LEVEL_1, by https://body.example/v1'),
    );
    const keys = [vendor, body].map((key) => readPublicKey(readFileSync(`${key}.pub`, 'utf8')));
    const own = { ...trust(), keys: keys.slice(0, 1), certifiers: keys.slice(1) };
    const { made, missed } = await changeBytes(folder, 60, 'certified', own);
    expect([missed, made.size]).to.deep.equal([[], 17]);
  });
});

describe('a nonce', () => {
  it('is new each time, says when it was given out, and is a run’s seed', async () => {
    const at = new Date('2027-01-31T12:34:56Z');
    const nonce = nonceOf(at, randomBytes(16));
    expect(nonce).to.match(/^20270131T123456Z-[0-9a-f]{32}$/);
    expect(nonceTime(nonce)).to.equal(at.getTime());
    expect(causeway(['nonce']).stdout).to.not.equal(causeway(['nonce']).stdout);
    const given = causeway(['nonce']).stdout.trim();
    const folder = runFew(['--nonce', given], ['DRV-MEM-009']);
    signFolder(folder, VENDOR, new Date());
    expect(await departures(folder, { ...trust(), nonce: given })).to.deep.equal([]);
    const [other] = await departures(folder, { ...trust(), nonce });
    expect(other).to.deep.equal({
      check: 'seed',
      state: 'broken',
      expected: `the nonce ${nonce}`,
      found: `the seed ${given}`,
    });
  });

  it('is refused where it is none', () => {
    const run = causeway(['run', 'reference:host', '--nonce', '42', '--out', join(root, 'none')]);
    expect([run.status, run.stderr]).to.deep.equal([
      2,
      'causeway: --nonce takes what a certifier gave out, TIME-HEX, not 42; a certifier types: causeway nonce\n',
    ]);
  });
});

describe('docs/auditors.md', () => {
  const page = readFileSync(join(ROOT, 'docs', 'auditors.md'), 'utf8');

  it('names every check', () => {
    for (const check of Object.keys(CHECKS)) expect(page).to.include(`| \`${check}\` `);
  });

  /** The page's own commands, in a signed folder. */
  const byHand = (folder: string) => {
    const [, commands = ''] = /```sh\n([\s\S]*?)```/.exec(page) ?? [];
    const scratch = temporaryFolder();
    writeFileSync(join(scratch, 'vendor.pem.pub'), VENDOR.public.pem);
    return spawnSync('sh', ['-e', '-c', commands], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, VENDOR: join(scratch, 'vendor.pem.pub'), SCRATCH: scratch },
    });
  };

  it('has commands that check a folder by hand, and print what it says', function () {
    needsOpenssl.call(this);
    const { stdout, status } = byHand(signed);
    const [, printed = ''] = /It prints\n\n```\n([\s\S]*?)```/.exec(page) ?? [];
    const own = printed.replaceAll(/^\S{43}=$/gm, VENDOR.public.hint);
    expect([status, stdout]).to.deep.equal([0, own]);
  });

  it('has commands that find what was changed', function () {
    needsOpenssl.call(this);
    for (const name of ['report.md', 'bundle/claim.statement.json', 'bundle/claim.dsse.json']) {
      const folder = copyOf(signed);
      const text = readFileSync(join(folder, name), 'utf8');
      writeFileSync(join(folder, name), text.replace('DRV', 'XXX').replace('"sig":"M', '"sig":"N'));
      expect(byHand(folder).stdout.includes('Verified OK'), name).to.equal(false);
    }
  });
});
