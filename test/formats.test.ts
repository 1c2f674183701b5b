// Reports for other programs keep their formats' published schemas, whatever a record holds, and lose no case
// and no verdict.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import draft7 from 'ajv';
import draft4 from 'ajv-draft-04';
import formats from 'ajv-formats';
import { expect } from 'chai';
import type { Log } from 'sarif';
import { ctrf } from '../reports/ctrf.ts';
import { earl } from '../reports/earl.ts';
import { sarif } from '../reports/sarif.ts';
import { REASONS } from '../schemas/generated/standard.ts';
import type { Record as RunRecord } from '../schemas/generated/types.ts';
import { runFew } from './evidence-support.ts';
import { recordOf, result, VERDICTS } from './record-support.ts';
import { causeway, ROOT, temporaryFolder, textOf } from './support.ts';

const HOSTILE = '</script>\u0000\u001b[31m\u202e"\\]]>\ud800';

const require = createRequire(join(ROOT, 'package.json'));

/** A format's own schema, as its package carries it; SARIF's has a pattern that Unicode mode refuses. */
const validator = (path: string, Ajv: typeof draft7.default) => {
  const schema: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  formats.default(ajv);
  const validate = ajv.compile(schema as object);
  return (text: string): string => {
    validate(JSON.parse(text));
    return ajv.errorsText(validate.errors);
  };
};

const ofCtrf = validator(
  join(dirname(require.resolve('ctrf')), 'ctrf-schema-0.0.json'),
  draft7.default,
);
const ofSarif = validator(
  join(dirname(require.resolve('@microsoft/jest-sarif')), 'schemas', 'sarif-2.1.0-rtm.5.json'),
  draft4.default as unknown as typeof draft7.default,
);

let folder = '';
let record: RunRecord;

/** The record with every verdict in turn, and texts that an endpoint could have sent. */
const everything = (): RunRecord => {
  const results = record.results.map((result, index) => {
    const verdict = VERDICTS[index % VERDICTS.length] ?? 'pass';
    const { reason: _reason, ...rest } = result;
    const reason = REASONS.find((row) => row.verdict === verdict)?.id;
    return {
      ...rest,
      verdict,
      ...(reason !== undefined && { reason }),
      message: HOSTILE,
      expected: HOSTILE,
      observed: { text: HOSTILE },
    };
  });
  return { ...record, results, subject: { ...record.subject, target: HOSTILE } };
};

before(() => {
  folder = runFew(['--seed', 'formats']);
  record = JSON.parse(readFileSync(join(folder, 'record.json'), 'utf8')) as RunRecord;
});

const records = (): readonly RunRecord[] => [
  record,
  everything(),
  { ...record, results: [], requirements: [] },
  { ...record, run: { ...record.run, startedAt: '' } },
];

describe('CTRF', () => {
  it('keeps its published schema', () => {
    for (const one of records()) expect(ofCtrf(textOf(ctrf(one)))).to.equal('No errors');
    expect(ofCtrf(textOf(ctrf(record)).replace('"passed"', '"perfect"'))).to.not.equal('No errors');
  });

  it('has every case, with its verdict', () => {
    const { results } = JSON.parse(textOf(ctrf(everything())));
    const { tests, summary } = results;
    expect(tests.map((one: { testId: string }) => one.testId)).to.deep.equal(
      record.results.map((one) => one.case),
    );
    const statuses = tests.slice(0, 6).map((one: { status: string }) => one.status);
    expect(statuses).to.deep.equal(['passed', 'failed', 'other', 'other', 'pending', 'skipped']);
    const { passed, failed, skipped, pending, other } = summary;
    expect(passed + failed + skipped + pending + other).to.equal(summary.tests);
  });

  it('has every case of more than it holds, once and in order', () => {
    const results = Array.from({ length: 150_001 }, (_, at) => result(`DRV-MEM-001/${at}`, 'pass'));
    const found = textOf(ctrf(recordOf(results))).matchAll(/"testId": "([^"]*)"/g);
    const ids = Array.from(found, ([, id]) => id);
    expect(ids.join('\n')).to.equal(results.map((one) => one.case).join('\n'));
  });
});

describe('SARIF', () => {
  it('keeps its published schema', () => {
    for (const one of records()) expect(ofSarif(sarif(one))).to.equal('No errors');
    expect(ofSarif(sarif(record).replace('"2.1.0"', '"9.9"'))).to.not.equal('No errors');
  });

  it('has every case as a result of its requirement, and only failures with a level', () => {
    const { runs } = JSON.parse(sarif(everything())) as Log;
    const results = runs[0]?.results ?? [];
    const rules = runs[0]?.tool.driver.rules ?? [];
    expect(results.map((one) => one.partialFingerprints?.['case/v1'])).to.deep.equal(
      record.results.map((one) => one.case),
    );
    for (const one of results) expect(rules[one.ruleIndex ?? -1]?.id).to.equal(one.ruleId);
    expect(results.slice(0, 6).map((one) => [one.kind, one.level])).to.deep.equal([
      ['pass', 'none'],
      ['fail', 'error'],
      ['open', 'none'],
      ['review', 'none'],
      ['open', 'none'],
      ['notApplicable', 'none'],
    ]);
  });
});

describe('EARL', () => {
  const graphOf = (one: RunRecord) => JSON.parse(earl(one))['@graph'];

  it('asserts each case and each requirement once, with its outcome', () => {
    const graph = graphOf(everything());
    const assertions = graph.filter(
      (one: { '@type': string }) => one['@type'] === 'earl:Assertion',
    );
    const tests = assertions.map((one: { test: string }) => one.test);
    const names = [
      ...record.requirements.map((one) => one.id),
      ...record.results.map((one) => one.case),
    ];
    expect(tests).to.deep.equal(names.map((name) => `urn:snis:1.0:${name}`));
    const outcomes = assertions
      .slice(record.requirements.length, record.requirements.length + 6)
      .map((one: { result: { outcome: string } }) => one.result.outcome);
    expect(outcomes).to.deep.equal([
      'earl:passed',
      'earl:failed',
      'earl:cantTell',
      'earl:cantTell',
      'earl:untested',
      'earl:inapplicable',
    ]);
  });

  it('uses no term that its context does not define', () => {
    const report = JSON.parse(earl(everything()));
    const terms = new Set(Object.keys(report['@context']));
    const unknown = new Set<string>();
    const look = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      for (const [name, member] of Object.entries(value)) {
        if (!Array.isArray(value) && !name.startsWith('@') && !terms.has(name)) unknown.add(name);
        look(member);
      }
    };
    look(report['@graph']);
    expect([...unknown]).to.deep.equal([]);
  });
});

describe('causeway report', () => {
  it('writes other formats elsewhere, and none beside a signature', () => {
    const out = join(temporaryFolder(), 'reports');
    const { status, stdout } = causeway([
      'report',
      folder,
      '--formats',
      'sarif,earl',
      '--out',
      out,
    ]);
    expect([status, stdout]).to.deep.equal([
      0,
      `${join(out, 'results.sarif')}\n${join(out, 'earl.jsonld')}\n`,
    ]);
    expect(readFileSync(join(out, 'results.sarif'), 'utf8')).to.equal(sarif(record));
    const key = join(out, 'key.pem');
    causeway(['key', key]);
    expect(causeway(['sign', folder, '--key', key]).status).to.equal(0);
    const beside = causeway(['report', folder, '--formats', 'sarif']);
    expect([beside.status, beside.stderr.includes('is signed')]).to.deep.equal([2, true]);
  });

  it('names a format that it does not know', () => {
    const { status, stderr } = causeway(['report', folder, '--formats', 'serif']);
    expect([status, stderr]).to.deep.equal([
      2,
      'causeway: --formats takes some of junit,markdown,html,ctrf,badge,sarif,earl, not serif. Did you mean sarif?\n',
    ]);
  });

  it('refuses a record that its evidence does not make', () => {
    const path = join(folder, 'journal.jsonl');
    writeFileSync(path, `${readFileSync(path, 'utf8')}\n`);
    const { status, stderr } = causeway(['report', folder, '--out', temporaryFolder()]);
    expect([status, stderr.includes('was not made from')]).to.deep.equal([2, true]);
  });
});
