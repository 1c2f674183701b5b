// How far a level is reached, as the report counts it in rows: area by area, and run by run of one product.
import { copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { before } from 'mocha';
import { signFolder } from '../cli/sign.ts';
import { html } from '../reports/html.tsx';
import { isSameProduct } from '../reports/product.ts';
import type { Record as RunRecord, Verdict } from '../schemas/generated/types.ts';
import { copyOf, departures, runFew, VENDOR } from './evidence-support.ts';
import { HOSTILE_TEXTS } from './hostile-texts.ts';
import { recordOf, result } from './record-support.ts';
import { causeway, temporaryFolder, textOf } from './support.ts';

/** A record of rows that came to these verdicts, and of what its level lacks. */
const rowsOf = (
  verdicts: Readonly<Record<string, Verdict>>,
  missing: readonly string[] = [],
  startedAt = '2026-11-23T20:11:03.000Z',
): RunRecord => {
  const record = recordOf(
    Object.entries(verdicts).map(([id, verdict]) => result(`${id}/one`, verdict)),
  );
  return {
    ...record,
    profile: { ...record.profile, missing: [...missing] },
    run: { ...record.run, startedAt },
    requirements: record.requirements.map((row) => ({
      ...row,
      verdict: verdicts[row.id] ?? 'error',
    })),
  };
};

/** What a page's bars say under a heading: of each row its name, its words, and how long each part of its bar is. */
const barsOf = (page: string, heading: string): string[] => {
  const [, table = ''] =
    new RegExp(`<h2>${heading}</h2>.*?<tbody>(.*?)</tbody>`, 's').exec(page) ?? [];
  return [...table.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) => {
    const parts = [...row.matchAll(/<i class="([\w-]+)" style="flex-grow:(\d+);?"/g)];
    const words = row
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim();
    return `${words} | ${parts.map(([, verdict, length]) => `${length} ${verdict}`).join(', ')}`;
  });
};

const pageOf = (record: RunRecord, others: readonly RunRecord[] = []): string =>
  textOf(html(record, new Map(), others));

describe('coverage by area', () => {
  const vectors: [what: string, record: RunRecord, bars: string[]][] = [
    [
      'counts the rows of each area by verdict',
      rowsOf({
        'DRV-MEM-001': 'pass',
        'DRV-KRN-001': 'fail',
        'DRV-MEM-002': 'inconclusive',
        'DRV-MEM-003': 'pass',
        'DRV-KRN-002': 'not-applicable',
      }),
      [
        'DRV-MEM 2 pass, 1 inconclusive | 2 pass, 1 inconclusive',
        'DRV-KRN 1 fail, 1 not applicable | 1 fail, 1 not-applicable',
      ],
    ],
    [
      'counts what the level needs and the run left out, once',
      rowsOf({ 'DRV-MEM-001': 'not-run' }, [
        'DRV-MEM-001 not-run',
        'DRV-MEM-002 not-run',
        'DRV-STR-001 not-run',
        'capability driver.stream not declared',
        'all but shard 1 of 2: causeway merge joins them',
      ]),
      ['DRV-MEM 2 not run | 2 not-run', 'DRV-STR 1 not run | 1 not-run'],
    ],
    ['is not there where there is no row', rowsOf({}), []],
  ];
  for (const [what, record, bars] of vectors) {
    it(what, () => {
      const page = pageOf(record);
      expect(barsOf(page, 'Coverage by area')).to.deep.equal(bars);
      expect(page.includes('Coverage by area')).to.equal(bars.length > 0);
    });
  }

  it('has bars on one scale, and a legend of what there is', () => {
    const page = pageOf(
      rowsOf({ 'DRV-MEM-001': 'pass', 'DRV-MEM-002': 'pass', 'DRV-KRN-001': 'fail' }),
    );
    const widths = [...page.matchAll(/style="width:([\d.]+)%;?"/g)].map(([, width]) => width);
    expect(widths).to.deep.equal(['100.0', '50.0']);
    expect(page).to.include('3 rows of DRV-MEMORY@1').and.include('<li class="pass">2 pass</li>');
  });
});

/** The subject of all these records, but for what it says of itself here. */
const subjectWith = (members: {
  readonly product?: object;
  readonly adapter?: object;
}): RunRecord['subject'] => {
  const { subject } = recordOf([]);
  const { identity } = subject;
  if (!identity) throw new Error('the record says who its subject is');
  return {
    ...subject,
    identity: {
      ...identity,
      product: { ...identity.product, ...members.product },
      adapter: { ...identity.adapter, ...members.adapter },
    },
  };
};

describe('a history', () => {
  const own = rowsOf({ 'DRV-MEM-001': 'pass' });

  it('has every run in the order of time, with its rows, its version and its level', () => {
    const older = rowsOf({ 'DRV-MEM-001': 'fail' }, [], '2026-11-22T08:00:00.000Z');
    const newer = rowsOf({ 'DRV-MEM-001': 'not-run' }, [], '2026-11-24T08:00:00.000Z');
    const level = 'DRV-MEMORY@1: non-conformant';
    expect(barsOf(pageOf(own, [newer, older]), 'History')).to.deep.equal([
      `2026-11-22 08:00:00 UTC version 2.1 1 fail ${level} | 1 fail`,
      `2026-11-23 20:11:03 UTC version 2.1, this run 1 pass ${level} | 1 pass`,
      `2026-11-24 08:00:00 UTC version 2.1 1 not run ${level} | 1 not-run`,
    ]);
    expect(pageOf(own)).to.not.include('History');
  });

  it('shows the newest of many, and nothing that an endpoint said does anything in it', () => {
    const others = HOSTILE_TEXTS.map((text) => recordOf([], text));
    const page = pageOf(own, others);
    expect(barsOf(page, 'History')).to.have.lengthOf(30);
    expect(page).to.include(`The newest 30 of ${others.length + 1} runs`);
    expect(page.replaceAll(/<script.*?<\/script>/gs, '')).to.not.match(/<img|<iframe|<script/);
  });

  const products: [what: string, other: RunRecord['subject'], same: boolean][] = [
    ['another version', subjectWith({ product: { version: '3' } }), true],
    ['another adapter’s version', subjectWith({ adapter: { version: '3' } }), true],
    ['another product', subjectWith({ product: { name: 'Other' } }), false],
    ['another vendor', subjectWith({ product: { vendor: 'Other' } }), false],
    ['another adapter', subjectWith({ adapter: { name: 'other' } }), false],
    ['another target', { ...own.subject, target: 'example:gpu' }, false],
    ['an endpoint that did not start', { target: 'example:cpu', started: false, files: [] }, true],
    ['another that did not start', { target: 'example:gpu', started: false, files: [] }, false],
  ];
  for (const [what, subject, same] of products) {
    it(`${same ? 'takes' : 'has no place for'} ${what}`, () => {
      expect(isSameProduct(own, { ...own, subject })).to.equal(same);
    });
  }
});

describe('report --history', () => {
  const ONE = ['DRV-MEM-009/*'];
  let run = '';
  let older = '';
  let stranger = '';

  before(() => {
    older = runFew(['--seed', 'older'], ONE);
    run = runFew(['--seed', 'newer'], ONE);
    stranger = join(temporaryFolder(), 'run');
    causeway(['run', 'reference:reduced', '--only', ...ONE, '--out', stranger]);
  });

  it('writes a page with each run once, and leaves what is signed as it was', async () => {
    const signed = copyOf(run);
    signFolder(signed, VENDOR, new Date());
    const out = join(temporaryFolder(), 'new');
    const history = [older, join(older, 'record.json'), signed];
    const { status, stderr } = causeway(['report', signed, '--out', out, '--history', ...history]);
    expect(status, stderr).to.equal(0);
    const bars = barsOf(readFileSync(join(out, 'report.html'), 'utf8'), 'History');
    expect(bars).to.have.lengthOf(2);
    expect(bars.at(-1)).to.include('this run');
    expect(await departures(signed)).to.deep.equal([]);
    const spoilt = copyOf(run);
    copyFileSync(join(out, 'report.html'), join(spoilt, 'report.html'));
    expect(() => signFolder(spoilt, VENDOR, new Date())).to.throw(
      /report\.html is not what the record makes/,
    );
    const without = causeway(['report', signed, '--out', out]);
    expect(without.status, without.stderr).to.equal(0);
    for (const name of readdirSync(out)) {
      const there = readFileSync(join(run, name), 'utf8');
      expect(readFileSync(join(out, name), 'utf8') === there, name).to.equal(true);
    }
  });

  const vectors: [what: string, rest: () => string[], says: RegExp][] = [
    ['without --out', () => ['--history', older], /name a folder that is no run's with --out/],
    [
      'into its own folder',
      () => ['--history', older, '--out', run],
      /name a folder that is no run's with --out/,
    ],
    [
      'into another run',
      () => ['--history', older, '--out', older],
      /name a folder that is no run's with --out/,
    ],
    [
      'of another product',
      () => ['--history', older, stranger, '--out', 'OUT'],
      /is a run of .*target reference:reduced, and .*target reference:host; a history is of one product/,
    ],
    ['of nothing', () => ['--history', 'nowhere', '--out', 'OUT'], /nowhere is not there/],
    [
      'for no page',
      () => ['--history', older, '--out', 'OUT', '--formats', 'junit'],
      /--history is shown in report\.html alone/,
    ],
  ];
  for (const [what, rest, says] of vectors) {
    it(`is refused ${what}, and nothing is written`, () => {
      const out = join(temporaryFolder(), 'out');
      const page = readFileSync(join(run, 'report.html'), 'utf8');
      const args = rest().map((text) => (text === 'OUT' ? out : text));
      const { status, stderr } = causeway(['report', run, ...args]);
      expect(stderr).to.match(says);
      expect(stderr.trim().split('\n')).to.have.lengthOf(1);
      expect(status).to.equal(2);
      expect(existsSync(out)).to.equal(false);
      expect(readFileSync(join(run, 'report.html'), 'utf8') === page).to.equal(true);
    });
  }
});
