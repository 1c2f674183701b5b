// A site is what people see of many runs: every link in it leads somewhere, no name does anything, and
// "certified" stands where a certificate was verified and nowhere else.
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { type Browser, chromium } from 'playwright-core';
import { attestationOf } from '../cli/attestation.ts';
import { certifyFolder } from '../cli/certify.ts';
import { signFolder } from '../cli/sign.ts';
import { nonceOf } from '../evidence/nonce.ts';
import { SELF_DECLARED } from '../reports/attestation.ts';
import { badge } from '../reports/badge.tsx';
import { safeName } from '../reports/site/names.ts';
import { prose } from '../reports/site/prose.ts';
import { productsOf } from '../reports/site/registry.ts';
import { METHODS, REQUIREMENTS } from '../schemas/generated/standard.ts';
import type { Record as RunRecord } from '../schemas/generated/types.ts';
import { BODY, copyOf, newKey, runFew, trust, VENDOR } from './evidence-support.ts';
import { recordOf } from './record-support.ts';
import { BUILD, causeway, temporaryFolder } from './support.ts';

const CHROMIUM = '/usr/bin/chromium';
/** What an endpoint may call itself: markup, a way out of any folder, and more than a file's name may have. */
const HOSTILE = `<img src=x onerror=alert(1)>/../../../etc/${'passwd'.repeat(20)}" onclick="alert(2)`;

const recordIn = (folder: string): RunRecord =>
  JSON.parse(readFileSync(join(folder, 'record.json'), 'utf8'));

/** All pages of a site, by path, with their text. */
const pagesOf = (site: string): Map<string, string> =>
  new Map(
    readdirSync(site, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.html'))
      .map((name) => [name, readFileSync(join(site, name), 'utf8')]),
  );

const plain = (attribute: string): string =>
  attribute.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#39;', "'");

/** The links of a site that lead nowhere, or out of it. */
const deadLinks = (site: string): string[] => {
  const pages = pagesOf(site);
  const ids = (page: string): Set<string> =>
    new Set(
      [...(pages.get(page) ?? '').matchAll(/ id="([^"]*)"/g)].map(([, id = '']) => plain(id)),
    );
  const idsOf = new Map([...pages.keys()].map((page) => [page, ids(page)]));
  return [...pages].flatMap(([page, text]) =>
    [...text.matchAll(/ (?:href|src)="([^"]*)"/g)].flatMap(([, found = '']) => {
      const [path = '', anchor] = plain(found).split('#').map(decodeURIComponent);
      const target = path === '' ? page : relative(site, resolve(site, dirname(page), path));
      const isThere =
        !/^[a-z]+:|^\//i.test(path) && !target.startsWith('..') && existsSync(join(site, target));
      // A report's script finds what its own links name; where others lead is there without it.
      const isNamed =
        anchor === undefined ||
        (page === target && page.startsWith('runs')) ||
        idsOf.get(target)?.has(anchor) === true;
      return isThere && isNamed ? [] : [`${page}: ${found}`];
    }),
  );
};

describe('a product of a site', () => {
  const vectors: [
    what: string,
    products: [name: string, target: string, profile: string][],
    names: string[],
  ][] = [
    [
      'by its name',
      [
        ['One', 'a:x', 'DRV'],
        ['Two', 'a:x', 'DRV'],
      ],
      ['One', 'Two'],
    ],
    [
      'by its target too where another has its name',
      [
        ['One', 'a:x', 'DRV'],
        ['One', 'a:y', 'DRV'],
        ['Two', 'a:x', 'DRV'],
      ],
      ['One, a:x', 'One, a:y', 'Two'],
    ],
    [
      'by its level alone where its target tells nothing',
      [
        ['One', 'a:x', 'DRV'],
        ['One', 'a:x', 'OPS'],
      ],
      ['One, DRV@1', 'One, OPS@1'],
    ],
    [
      'by all where each tells it from another',
      [
        ['One', 'a:x', 'DRV'],
        ['One', 'a:x', 'OPS'],
        ['One', 'a:y', 'DRV'],
      ],
      ['One, a:x, DRV@1', 'One, a:x, OPS@1', 'One, a:y'],
    ],
  ];
  for (const [what, products, names] of vectors) {
    it(`is called ${what}`, () => {
      const runs = products.map(([name, target, id], index) => {
        const record = recordOf([]);
        const { identity } = record.subject;
        if (!identity) throw new Error('the record says who its subject is');
        const product = { ...identity.product, name };
        const subject = { ...record.subject, target, identity: { ...identity, product } };
        return {
          folder: `runs/${index}`,
          record: { ...record, subject, profile: { ...record.profile, id } },
          attestation: SELF_DECLARED,
        };
      });
      expect(productsOf(runs).map(({ name }) => name)).to.deep.equal(names);
    });
  }
});

const FEW = ['--only', 'DRV-MEM-009/*', '--only', 'DRV-DEV-001/*', '--profile', 'DRV@1'];

describe('a site', () => {
  const root = temporaryFolder();
  const site = join(root, 'site');
  let older = '';
  let newer = '';
  let certified = '';

  before(async () => {
    older = runFew(['--seed', 'older'], ['DRV-MEM-009/*']);
    newer = runFew(['--seed', 'newer'], ['DRV-MEM-009/*', 'DRV-DEV-001/*']);
    causeway(['run', 'reference:host', 'reference:reduced', ...FEW, '--out', join(root, 'both')]);
    const endpoint = `'${process.execPath}' '${join(BUILD, 'adapters', 'reference', 'endpoint.cjs')}'`;
    const renamed = JSON.stringify(HOSTILE).replaceAll('\\', '\\\\').replaceAll('/', '\\/');
    const line = `${endpoint} | sed -u 's/"Reference driver"/${renamed}/'`;
    causeway(['run', '--command', line, ...FEW, '--out', join(root, 'hostile')]);
    expect(recordIn(join(root, 'hostile')).subject.identity?.product.name).to.equal(HOSTILE);

    certified = join(root, 'certified');
    const nonce = nonceOf(new Date(), randomBytes(16));
    causeway(['run', 'reference:host', '--nonce', nonce, '--out', certified]);
    signFolder(certified, VENDOR, new Date());
    await certifyFolder(certified, {
      ...{ key: BODY, vendor: VENDOR.public, nonce, body: 'https://body.example/v1' },
      now: new Date(),
    });
    const folders = [older, certified, join(root, 'both'), newer, join(root, 'hostile')];
    const { status, stdout, stderr } = causeway(['site', ...folders, '--out', site]);
    expect(status, stderr).to.equal(0);
    expect(stdout).to.match(/^4 products, 6 runs: .*index\.html\n$/);
  });

  it('has no dead link, and none that leads out of it', () => {
    expect(deadLinks(site)).to.deep.equal([]);
    const home = readFileSync(join(site, 'index.html'), 'utf8');
    writeFileSync(join(site, 'index.html'), `${home}<a href="standard/index.html#none">x</a>`);
    expect(deadLinks(site)).to.deep.equal(['index.html: standard/index.html#none']);
    writeFileSync(join(site, 'index.html'), home);
  });

  it('holds the reports of every run and none of its evidence', () => {
    const runs = readdirSync(join(site, 'runs'));
    expect(runs).to.have.lengthOf(6);
    for (const run of runs) {
      expect(readdirSync(join(site, 'runs', run)).sort()).to.deep.equal([
        ...['badge.svg', 'ctrf.json', 'junit.xml', 'record.json', 'report.html', 'report.md'],
      ]);
    }
  });

  it('has every requirement and every method where its contents say', () => {
    const pages = pagesOf(site);
    for (const { id } of REQUIREMENTS) {
      const area = id.split('-').slice(0, 2).join('-');
      expect(pages.get(join('standard', `${area}.html`))).to.include(` id="${id}"`);
    }
    for (const name of Object.keys(METHODS)) {
      const id = name.replaceAll('.', '').toLowerCase();
      expect(pages.get(join('standard', 'protocol.html'))).to.include(` id="${id}"`);
    }
  });

  it('puts the newest run of a product first, and the older ones behind it', () => {
    const home = readFileSync(join(site, 'index.html'), 'utf8');
    const [moments = []] = [...home.matchAll(/<table class="history">[\s\S]*?<\/table>/g)].map(
      ([table]) => [...table.matchAll(/report\.html">([^<]*) UTC</g)].map(([, at]) => at),
    );
    const began = [certified, newer, older].map((folder) =>
      recordIn(folder).run.startedAt.slice(0, 19).replace('T', ' '),
    );
    expect(moments).to.deep.equal(began);
  });

  it('lets no name be markup or a path', () => {
    for (const [page, text] of pagesOf(site)) {
      expect(text, page).to.not.match(/<img|onclick="/);
    }
    const folders = readdirSync(site, { recursive: true, encoding: 'utf8' });
    for (const name of folders) {
      expect(name).to.match(/^[\w./-]+$/);
      for (const part of name.split('/')) expect(part.length).to.be.at.most(80);
    }
    expect(safeName('../..')).to.equal('');
    expect(safeName('Größe 9¾ ☃ GmbH')).to.equal('gro-e-93-4-gmbh');
    expect(badge(recordIn(join(root, 'hostile')))).to.not.include('<img');
  });

  it('shows HTML of prose as text', () => {
    const { html } = prose(
      'a <b onclick="x()">b</b>\n\n<script>x()</script>\n\n[c](javascript:x())',
    );
    expect(html).to.not.match(/<b|<script|javascript:/);
    expect(html).to.include('&lt;script');
  });

  it('says certified where the bundle holds, by which key, and nowhere else', async () => {
    const home = readFileSync(join(site, 'index.html'), 'utf8');
    expect(home.split('<b class="word conformant">certified</b>')).to.have.lengthOf(2);
    expect(home).to.include(
      `certified</b> by https://body.example/v1, with the key <code>${BODY.public.hint}`,
    );
    const badges = readdirSync(join(site, 'runs')).map((name) =>
      readFileSync(join(site, 'runs', name, 'badge.svg'), 'utf8'),
    );
    const words = badges.map((text) => /aria-label="[^:]*: ([^"]*)"/.exec(text)?.[1]).sort();
    expect(words[0]).to.equal(`conformant, certified by key ${BODY.public.hint.slice(0, 9)}...`);
    for (const other of words.slice(1))
      expect(other).to.match(/^(incomplete|non-conformant), self-declared$/);
    const kindOf = async (folder: string, own = trust()): Promise<string> =>
      (await attestationOf(folder, own)).kind;
    expect(await attestationOf(certified, trust())).to.deep.equal({
      ...{ kind: 'certified', by: 'https://body.example/v1', key: BODY.public.hint, trusted: true },
    });
    expect(await kindOf(certified, { keys: [], certifiers: [], now: new Date() })).to.equal(
      'certified',
    );
    expect(await kindOf(certified, { ...trust(), certifiers: [newKey().public] })).to.equal(
      'self-declared',
    );
    for (const name of [
      'bundle/certificate.statement.json',
      'bundle/claim.dsse.json',
      'report.md',
      'journal.jsonl',
    ]) {
      const copy = copyOf(certified);
      writeFileSync(join(copy, name), `${readFileSync(join(copy, name), 'utf8')} `);
      expect(await kindOf(copy), name).to.equal('self-declared');
    }
    expect(await kindOf(older)).to.equal('self-declared');
  });

  it('is refused where there is no run, where its evidence says otherwise, and over other files', () => {
    const out = join(root, 'refused');
    const refused = (folder: string, into = out): [number | null, string] => {
      const { status, stderr } = causeway(['site', folder, '--out', into]);
      return [status, stderr];
    };
    const changed = copyOf(older);
    writeFileSync(join(changed, 'journal.jsonl'), '');
    const vectors: [folder: string, into: string, status: number, says: RegExp][] = [
      [older, root, 2, /holds other files.*Choose a new folder with --out/],
      [join(root, 'none'), out, 2, /none is not there/],
      [join(older, 'record.json'), out, 2, /is a file; name the folder of a run/],
      [join(older, 'wire'), out, 2, /is no run's folder/],
      [changed, out, 5, /was not made from .*journal\.jsonl/],
    ];
    for (const [folder, into, status, says] of vectors) {
      const [found, text] = refused(folder, into);
      expect(found, text).to.equal(status);
      expect(text).to.match(says);
    }
    expect(existsSync(out)).to.equal(false);
  });

  describe('in a browser', () => {
    let browser: Browser | undefined;
    before(async function () {
      if (!existsSync(CHROMIUM)) this.skip();
      browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    });
    after(() => browser?.close());

    const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    const shown = ['index', 'comparison', 'standard/index', 'standard/driver', 'standard/DRV-MEM'];
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`has nothing that axe-core finds, and fits a telephone: ${colorScheme}`, async () => {
        const context = await browser?.newContext({
          ...{ colorScheme, bypassCSP: true, viewport: { width: 360, height: 800 } },
        });
        const page = await context?.newPage();
        for (const name of shown) {
          await page?.goto(pathToFileURL(join(site, `${name}.html`)).href);
          await page?.evaluate(axe);
          const found = await page?.evaluate(
            `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes[0].html))`,
          );
          expect(found, name).to.deep.equal([]);
          const wider = 'document.documentElement.scrollWidth - innerWidth';
          expect(await page?.evaluate(wider), name).to.equal(0);
        }
        await context?.close();
      });
    }

    it('finds a name by a part of it, under its own policy', async () => {
      const page = await browser?.newPage();
      await page?.goto(pathToFileURL(join(site, 'standard', 'index.html')).href);
      await page?.getByRole('searchbox').fill('drv-mem-009');
      const found = page?.locator('.names li:visible a');
      expect(await found?.allTextContents()).to.deep.equal(['DRV-MEM-009']);
      await page?.close();
    });
  });
});
