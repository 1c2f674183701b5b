// Forgeries by the vendor, each signed with the vendor's own key so that the signature holds: verify finds
// each and names it for what it is, or only an audit can, and does (docs/auditors.md).
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { signFolder } from '../cli/sign.ts';
import type { Trust } from '../cli/verification/ground.ts';
import { certifiedFiles } from '../cli/verification/statements.ts';
import { certificateOf } from '../evidence/certificate.ts';
import type { CheckId } from '../evidence/finding.ts';
import type { SigningKey } from '../evidence/keys.ts';
import { nonceOf } from '../evidence/nonce.ts';
import type { Record as RunRecord } from '../schemas/generated/types.ts';
import { BODY, departures, newKey, trust, VENDOR } from './evidence-support.ts';
import { Forger } from './forger.ts';
import { causeway, fixture, REFERENCE, temporaryFolder } from './support.ts';

const FAILS = 'DRV-MEM-009/wraps';
/** Shared, own, cold, a monitor; what the product fails and what it passes, held by it and by the kit. */
const CASES = [
  FAILS,
  'DRV-MEM-009/boundary',
  'DRV-MEM-009/out-of-range',
  'DRV-DEV-001/described',
  'SYS-NEG-002',
  'SYS-FRM-001',
];
const [, REFERENCE_FILE = ''] = REFERENCE.command;
/** The product loses the last byte of every write. */
const PRODUCT = [process.execPath, fixture(join('faulty', 'loses-the-last-byte')), REFERENCE_FILE];
const GOOD = [process.execPath, REFERENCE_FILE];
const NONCE = nonceOf(new Date('2026-01-02T03:04:05Z'), Buffer.alloc(16, 7));

/** Runs of one plan, signed: of the product, and of what is better than it. */
const runs = { product: '', other: '', good: '' };

const commandLine = (words: readonly string[]): string =>
  words.map((word) => `'${word}'`).join(' ');

const runOf = (folder: string, words: readonly string[], seed: string): string => {
  const { stderr, status } = causeway([
    ...['run', '--command', commandLine(words), '--out', folder, '--seed', seed],
    ...CASES.flatMap((glob) => ['--only', glob]),
  ]);
  expect(status, stderr).to.be.oneOf([1, 4]);
  signFolder(folder, VENDOR, new Date());
  return folder;
};

before(() => {
  const root = temporaryFolder();
  runs.product = runOf(join(root, 'product'), PRODUCT, 'one');
  runs.other = runOf(join(root, 'other'), PRODUCT, 'two');
  runs.good = runOf(join(root, 'good'), GOOD, 'one');
});

interface Forgery {
  readonly what: string;
  /** Which run it begins with; the product's where absent. */
  readonly from?: keyof typeof runs;
  readonly forge: (forger: Forger) => void;
  /** Whether the record is judged anew, so that it agrees with what was changed. */
  readonly judgeAgain?: boolean;
  /** What is changed after digests and reports were made good, before it is signed. */
  readonly late?: (forger: Forger) => void;
  /** In place of an ordinary signature. */
  readonly sign?: (forger: Forger) => void;
  readonly trust?: Partial<Trust>;
  /** The first check that does not hold, and what it says. */
  readonly found: CheckId;
  readonly says: RegExp;
}

// biome-ignore lint/suspicious/noExplicitAny: what is forged may have any shape
type Loose = any;
const nothing = (): void => {};
const resultOf = (record: Loose, id: string): Loose =>
  record.results.find((one: Loose) => one.case === id);
const passed = (result: Loose): void => {
  result.verdict = 'pass';
  delete result.reason;
  result.message = '';
  delete result.expected;
  delete result.observed;
};
const certify = (forger: Forger, key: SigningKey, change: (one: Loose) => void = nothing): void => {
  const record = JSON.parse(forger.read('record.json')) as RunRecord;
  const statement = structuredClone(
    certificateOf(record, certifiedFiles(forger.folder), {
      id: 'https://body.example/v1',
      at: new Date().toISOString(),
      claimant: VENDOR.public.hint,
    }),
  );
  change(statement);
  forger.put('certificate', statement, key);
};

const FORGERIES: readonly Forgery[] = [
  {
    what: 'a verdict flipped, with its digests made good',
    forge: (f) => f.record((record) => passed(resultOf(record, FAILS))),
    found: 'judged',
    says: /wraps fail.*wraps pass/s,
  },
  {
    what: 'a requirement’s verdict flipped',
    forge: (f) =>
      f.record(({ requirements }) => {
        requirements.find((one: Loose) => one.id === 'DRV-MEM-009').verdict = 'pass';
      }),
    found: 'judged',
    says: /requirements\.\d+\.verdict "fail".*"pass"/s,
  },
  {
    what: 'a level claimed that was not reached',
    forge: (f) =>
      f.record(({ profile }) => {
        profile.outcome = 'conformant';
        profile.missing = [];
      }),
    found: 'judged',
    says: /profile\.outcome "non-conformant".*"conformant"/s,
  },
  {
    what: 'counts that were improved',
    forge: (f) =>
      f.record(({ summary }) => {
        summary.pass += summary.fail;
        summary.fail = 0;
      }),
    found: 'judged',
    says: /summary\.pass/,
  },
  {
    what: 'a native share that was raised',
    forge: (f) =>
      f.record(({ profile }) => {
        profile.nativeShare.of += 1;
        profile.nativeShare.native += 1;
      }),
    found: 'judged',
    says: /nativeShare/,
  },
  {
    what: 'a refusal of the kit told as the product’s own',
    forge: (f) =>
      f.record(({ results }) => {
        const one = results.find((result: Loose) => result.heldBy.includes('kit'));
        one.heldBy = ['native'];
      }),
    found: 'judged',
    says: /heldBy/,
  },
  {
    what: 'a row that is said to be disputed',
    forge: (f) =>
      f.record(({ profile }) => {
        const who = { who: 'somebody', why: 'it is hard', until: '2099-01-01' };
        profile.excluded = [{ requirement: 'DRV-MEM-009', ...who }];
      }),
    found: 'judged',
    says: /excluded/,
  },
  {
    what: 'another product’s name in the record',
    forge: (f) => f.record(({ subject }) => Object.assign(subject.identity.product, { name: 'X' })),
    found: 'judged',
    says: /identity\.product\.name/,
  },
  {
    what: 'another product’s name in record and journal',
    forge: (f) =>
      f.journal((events) =>
        events.map((one) =>
          one.event === 'endpoint-probed'
            ? {
                ...one,
                identity: { ...one.identity, product: { ...one.identity.product, name: 'X' } },
              }
            : one,
        ),
      ),
    judgeAgain: true,
    found: 'replayed',
    says: /of the journal: identity\.product\.name "Reference driver".*"X"/s,
  },
  {
    what: 'a broken expectation told as held, in the journal too',
    forge: (f) =>
      f.journal((events) =>
        events.map((one) =>
          one.event === 'expectation' && one.case === FAILS && !one.held
            ? { ...one, held: true, observed: one.expected }
            : one,
        ),
      ),
    judgeAgain: true,
    found: 'replayed',
    says: /entry \d+ of the journal: held false.*true/s,
  },
  {
    what: 'a broken expectation taken out of the journal',
    forge: (f) =>
      f.journal((events) =>
        events.filter((one) => !(one.event === 'expectation' && one.case === FAILS && !one.held)),
      ),
    judgeAgain: true,
    found: 'order',
    says: /entry \d+ in its place/,
  },
  {
    what: 'the same, with every gap closed',
    forge: (f) => {
      f.journal((events) =>
        events.filter((one) => !(one.event === 'expectation' && one.case === FAILS && !one.held)),
      );
      f.renumber();
    },
    judgeAgain: true,
    found: 'replayed',
    says: /./,
  },
  {
    what: 'a failure blamed on the suite, which decides nothing',
    forge: (f) =>
      f.journal((events) =>
        events.map((one) =>
          one.event === 'expectation' && one.case === FAILS && !one.held
            ? {
                ...{ n: one.n, t: one.t, event: 'premise', case: one.case, attempt: one.attempt },
                ...{ id: 'ground', held: false, expected: 1, observed: 2 },
              }
            : one,
        ),
      ),
    judgeAgain: true,
    found: 'replayed',
    says: /of the journal: event "expectation".*"premise"/s,
  },
  {
    what: 'a failing case removed from plan, evidence and results',
    forge: (f) => f.takeOut(FAILS),
    judgeAgain: true,
    found: 'plan',
    says: /the case DRV-MEM-009\/wraps/,
  },
  {
    what: 'a failing case that decides nothing any more',
    forge: (f) =>
      f.plan(({ cases }) => {
        cases.find((one: Loose) => one.id === FAILS).requirements = [];
      }),
    judgeAgain: true,
    found: 'plan',
    says: /requirements/,
  },
  {
    what: 'a failing case that nobody selected, and the level reached all the same',
    forge: (f) => {
      f.takeOut(FAILS);
      f.plan((plan) => {
        plan.only = plan.cases.map((one: Loose) => one.id);
        plan.leftOut.push({ id: FAILS, requirements: ['DRV-MEM-009'] });
      });
    },
    judgeAgain: true,
    late: (f) => f.record(({ profile }) => Object.assign(profile, { outcome: 'conformant' })),
    found: 'plan',
    says: /leftOut/,
  },
  {
    what: 'a case that asks less',
    forge: (f) =>
      f.plan(({ cases }) => {
        cases.find((one: Loose) => one.id === FAILS).expectations.pop();
      }),
    judgeAgain: true,
    found: 'plan',
    says: /expectations/,
  },
  {
    what: 'a case that needs what the product does not declare',
    forge: (f) =>
      f.plan(({ cases }) => {
        cases.find((one: Loose) => one.id === FAILS).needs.push('driver.graph');
      }),
    judgeAgain: true,
    found: 'plan',
    says: /needs/,
  },
  {
    what: 'a lower level than was run',
    forge: (f) => f.plan((plan) => Object.assign(plan, { profile: 'NONE' })),
    found: 'plan',
    says: /a profile of the standard.*NONE/s,
  },
  {
    what: 'the journal of another run',
    // With its times set to fit: nothing but what was observed gives it away.
    forge: (f) => {
      const times = new Map<number, number>();
      f.journal((events) => {
        for (const { n, t } of events) times.set(n, t);
        return [];
      });
      cpSync(join(runs.other, 'journal.jsonl'), join(f.folder, 'journal.jsonl'));
      f.journal((events) => events.map((one) => ({ ...one, t: times.get(one.n) ?? one.t })));
    },
    judgeAgain: true,
    found: 'replayed',
    says: /of the journal: /,
  },
  {
    what: 'the wire log of another run',
    forge: (f) => cpSync(join(runs.good, 'wire'), join(f.folder, 'wire'), { recursive: true }),
    judgeAgain: true,
    found: 'order',
    says: /entry \d+.*/s,
  },
  {
    what: 'one answer of the wire log mended',
    forge: (f) =>
      f.edit('wire/0001.jsonl', (text) => text.replace(/"base64":"[^"]{20,}"/, '"base64":"AAAA"')),
    judgeAgain: true,
    found: 'replayed',
    says: /./,
  },
  {
    what: 'entries put in after the run’s end',
    forge: (f) =>
      f.wire((entries) => {
        const last = JSON.parse(f.read('journal.jsonl').trimEnd().split('\n').at(-1) ?? '');
        return [...entries, { n: last.n + 1, t: last.t, session: 'late', kind: 'open' }];
      }),
    judgeAgain: true,
    found: 'order',
    says: /the run’s end as the last entry.*open/s,
  },
  {
    what: 'an answer that came before it was asked for',
    forge: (f) =>
      f.wire((entries) =>
        entries.map((one, index) => (index === entries.length - 5 ? { ...one, t: 1 } : one)),
      ),
    judgeAgain: true,
    found: 'order',
    says: /not before/,
  },
  {
    what: 'a wire log that the record does not name',
    forge: nothing,
    late: (f) => f.write('wire/0002.jsonl', ''),
    found: 'digests',
    says: /0002\.jsonl/,
  },
  {
    what: 'a plan that reads in two ways',
    forge: (f) => f.edit('plan.json', (text) => text.replace('{\n', '{\n  "level": 3,\n')),
    found: 'form',
    says: /plan\.json as the suite spells it/,
  },
  {
    what: 'a seed that is not the nonce',
    forge: nothing,
    trust: { nonce: NONCE },
    found: 'seed',
    says: /the nonce 20260102T030405Z.*the seed one/s,
  },
  {
    what: 'a nonce put in the seed’s place afterwards',
    forge: (f) =>
      f.plan((plan) => Object.assign(plan, { seed: { value: NONCE, source: 'nonce' } })),
    judgeAgain: true,
    trust: { nonce: NONCE },
    found: 'replayed',
    says: /./,
  },
  {
    what: 'a nonce that was given out after the run',
    forge: (f) => {
      const value = nonceOf(new Date(Date.now() + 86_400_000), Buffer.alloc(16));
      f.plan((plan) => Object.assign(plan, { seed: { value, source: 'nonce' } }));
    },
    judgeAgain: true,
    found: 'clock',
    says: /the run began after the nonce was given out/,
  },
  {
    what: 'a seed that is called a nonce',
    forge: (f) => f.plan(({ seed }) => Object.assign(seed, { source: 'nonce' })),
    judgeAgain: true,
    found: 'seed',
    says: /a nonce as causeway nonce gives it out.*one/s,
  },
  {
    what: 'a requirement set of another revision',
    forge: (f) => f.plan(({ standard }) => Object.assign(standard, { digest: 'a'.repeat(64) })),
    judgeAgain: true,
    found: 'standard',
    says: /digest aaaa.*verify it with causeway-conformance/s,
  },
  {
    what: 'a requirement set of another revision in the record alone',
    forge: (f) => f.record(({ standard }) => Object.assign(standard, { digest: 'a'.repeat(64) })),
    found: 'standard',
    says: /the plan’s.*the record’s.*aaaa/s,
  },
  {
    what: 'a suite that never was',
    forge: (f) => f.plan(({ suite }) => Object.assign(suite, { version: '9.9.9' })),
    judgeAgain: true,
    found: 'suite',
    says: /9\.9\.9/,
  },
  {
    what: 'a page that says something else than the record',
    forge: nothing,
    late: (f) => f.edit('report.html', (text) => text.replaceAll('non-conformant', 'conformant')),
    found: 'reports',
    says: /report\.html/,
  },
  {
    what: 'a JUnit report without its failures',
    forge: nothing,
    late: (f) => f.edit('junit.xml', (text) => text.replaceAll(/<failure[\s\S]*?<\/failure>/g, '')),
    found: 'reports',
    says: /junit\.xml/,
  },
  {
    what: 'a claim that says more than the record',
    forge: nothing,
    sign: (f) => f.sign(({ predicate }) => Object.assign(predicate, { result: 'PASSED' })),
    found: 'claim-statement',
    says: /predicate\.result "FAILED".*"PASSED"/s,
  },
  {
    what: 'a claim that leaves a file out',
    forge: nothing,
    sign: (f) => f.sign(({ subject }) => subject.shift()),
    found: 'claim-statement',
    says: /subject/,
  },
  {
    what: 'a claim from the future',
    forge: nothing,
    sign: (f) =>
      f.sign(({ predicate }) =>
        Object.assign(predicate.causeway, { signedAt: '2099-01-01T00:00:00.000Z' }),
      ),
    found: 'clock',
    says: /now after the claim was signed, 2099/,
  },
  {
    what: 'a claim by another key, under the name of the trusted one',
    forge: nothing,
    sign: (f) => {
      f.sign(nothing, newKey());
      f.write('bundle/claim.pem', VENDOR.public.pem);
    },
    found: 'claim-key',
    says: /the key with the digest/,
  },
  {
    what: 'a certificate that the vendor gave itself',
    forge: nothing,
    sign: (f) => {
      f.sign();
      certify(f, VENDOR);
    },
    trust: { certifiers: [VENDOR.public] },
    found: 'certificate-two',
    says: /the same key/,
  },
  {
    what: 'a certificate by a body that nobody knows',
    forge: nothing,
    sign: (f) => {
      f.sign();
      certify(f, newKey());
    },
    found: 'certificate-trust',
    says: /./,
  },
  {
    what: 'a certificate over what cannot be certified',
    forge: nothing,
    sign: (f) => {
      f.sign();
      certify(f, BODY);
    },
    found: 'certificate-statement',
    says: /it is self-declared/,
  },
];

describe('a forgery that the vendor signed', () => {
  for (const forgery of FORGERIES) {
    it(`is found by ${forgery.found}: ${forgery.what}`, async () => {
      const forger = new Forger(runs[forgery.from ?? 'product']);
      forgery.forge(forger);
      if (forgery.judgeAgain) forger.judgeAgain();
      forger.makeGood();
      forgery.late?.(forger);
      (forgery.sign ?? ((own) => own.sign()))(forger);
      const found = await departures(forger.folder, { ...trust(), ...forgery.trust });
      expect(found[0]?.check, JSON.stringify(found, null, 1)).to.equal(forgery.found);
      const [first] = found;
      const text = first && 'expected' in first ? `${first.expected}\n${first.found}` : '';
      expect(text).to.match(forgery.says);
    });
  }
});

describe('a forgery that only an audit finds', () => {
  const audit = (folder: string): { status: number | null; stdout: string } =>
    causeway([
      ...['audit', folder, '--command', commandLine(PRODUCT)],
      ...['--out', join(temporaryFolder(), 'audit'), '--cases', '100'],
    ]);
  const whole = async (forger: Forger): Promise<void> => {
    forger.judgeAgain();
    forger.makeGood();
    forger.sign();
    expect(await departures(forger.folder)).to.deep.equal([]);
  };

  it('is none: an audit of an honest claim agrees', () => {
    const { status, stdout } = audit(runs.product);
    expect(status, stdout).to.equal(0);
    expect(stdout).to.match(/all \d+ drawn cases agree/);
  });

  it('a record of the reference under the product’s name', async () => {
    const forger = new Forger(runs.good);
    await whole(forger);
    const { status, stdout } = audit(forger.folder);
    expect(status).to.equal(1);
    expect(stdout).to.match(/contradicts DRV-MEM-009\/wraps\n +claimed pass.*\n +seen +fail/);
  });

  it('another product’s name in every message', async () => {
    const forger = new Forger(runs.product);
    const rename = (text: string): string => text.replaceAll('"Reference driver"', '"Falcon"');
    forger.edit('journal.jsonl', rename);
    forger.edit('wire/0001.jsonl', rename);
    await whole(forger);
    const { status, stdout } = audit(forger.folder);
    expect(status).to.equal(1);
    expect(stdout).to.match(/contradicts product\n.*Falcon.*\n.*Reference driver/);
  });

  it('other files than were started', async () => {
    const forger = new Forger(runs.product);
    forger.journal((events) =>
      events.map((one) =>
        one.event === 'endpoint-probed'
          ? { ...one, files: one.files.map((file: Loose) => ({ ...file, sha256: 'b'.repeat(64) })) }
          : one,
      ),
    );
    await whole(forger);
    const { status, stdout } = audit(forger.folder);
    expect(status).to.equal(4);
    expect(stdout).to.match(
      /undecided files\n +claimed \d+ files, \S+ b{64}\n +seen +\d+ are others/,
    );
  });
});
