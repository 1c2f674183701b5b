// The report as people use it, in a real browser: found, filtered, opened, printed and read by keys alone, and nothing
// that an endpoint said does anything in it.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { after, before } from 'mocha';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { html } from '../reports/html.tsx';
import { visible } from '../reports/text.ts';
import { writePieces } from '../runner/pieces.ts';
import type { Record as RunRecord, WireEntry } from '../schemas/generated/types.ts';
import { HOSTILE_TEXTS, MARK } from './hostile-texts.ts';
import { recordOf, result, VERDICTS } from './record-support.ts';
import { causeway, temporaryFolder } from './support.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PHONE = { width: 360, height: 740 };
const MANY = 100_000;

const chromiumPath = spawnSync('sh', ['-c', 'command -v chromium'], {
  encoding: 'utf8',
}).stdout.trim();

let browser: Browser;

/** Opens a page of its own, and keeps what it asks for, shows and complains of. */
const opened = async (path: string, hash = '', options: BrowserContextOptions = {}) => {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const happened: string[] = [];
  const own = pathToFileURL(path).href;
  page.on('request', (request) => {
    if (request.url().split('#')[0] !== own) happened.push(`asked for ${request.url()}`);
  });
  page.on('dialog', (dialog) => {
    happened.push(`showed ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => happened.push(`threw ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') happened.push(`said ${message.text()}`);
  });
  await page.goto(own + hash);
  return { page, happened };
};

/** The rules of WCAG that a page breaks, by axe. */
const violations = async (page: Page): Promise<unknown> => {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const found = await axe.run();
    return found.violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]);
  });
};

const options = (page: Page) => page.locator('[role="option"]');
const search = (page: Page) => page.locator('input[type="search"]');
const said = (page: Page) => page.locator('output');
const detail = (page: Page) => page.locator('.detail');
/** Waits until what is named so, by its role or its class, has the focus, which follows what was drawn. */
const focusOn = (page: Page, name: string) =>
  page.waitForFunction((wanted) => {
    const { activeElement: one } = document;
    return (one?.getAttribute('role') ?? one?.className) === wanted;
  }, name);
const hangsOver = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

const write = (
  record: RunRecord,
  excerpts = new Map<string, readonly WireEntry[]>(),
  others: readonly RunRecord[] = [],
): string => {
  const path = join(temporaryFolder(), 'report.html');
  writePieces(path, html(record, excerpts, others));
  return path;
};

/** A record whose every text is one of the hostile ones. */
const hostileReport = (): string => {
  const results = HOSTILE_TEXTS.map((text, index) => {
    const verdict = VERDICTS[index % VERDICTS.length] ?? 'fail';
    return result(`DRV-MEM-001/case-${index}`, verdict, {
      title: text,
      message: text,
      expected: text,
      observed: { [text]: [text] },
      reason: text,
      attempts: [
        {
          attempt: 1,
          alone: false,
          factor: 1,
          durationMs: 1,
          outcome: text,
          expectations: [{ id: text, held: false, expected: text, observed: text, origin: 'kit' }],
        },
      ],
    });
  });
  const wire = new Map(
    results.map((one, index): [string, WireEntry[]] => {
      const text = HOSTILE_TEXTS[index] ?? '';
      const reply = { jsonrpc: '2.0', id: 1, result: { [text]: text } };
      return [
        one.case,
        [
          { n: 1, t: 1, session: text, kind: 'send', text },
          { n: 2, t: 2, session: text, kind: 'receive', answers: 1, text: JSON.stringify(reply) },
          { n: 3, t: 3, session: text, kind: 'end', how: text, stderr: text },
        ],
      ];
    }),
  );
  return write(recordOf(results, HOSTILE_TEXTS.at(-1)), wire);
};

/** A hundred thousand cases, every thousandth of them failed. */
const longReport = (): string => {
  const results = Array.from({ length: MANY }, (_, index) =>
    result(`DRV-MEM-00${1 + (index % 9)}/of-many-${index}`, index % 1000 === 0 ? 'fail' : 'pass'),
  );
  return write(recordOf(results));
};

describe('the report in a browser', () => {
  let real = '';

  before(async function () {
    if (chromiumPath === '') this.skip();
    browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
    const folder = join(temporaryFolder(), 'run');
    const cases = ['DRV-MEM-00*', 'DRV-STR-00*', 'SYS-*'].flatMap((glob) => ['--only', glob]);
    const { status, stderr } = causeway(['run', 'reference:host', ...cases, '--out', folder]);
    expect(status, stderr).to.be.oneOf([0, 4]);
    real = join(folder, 'report.html');
  });

  after(() => browser?.close());

  describe('of a real run', () => {
    it('is gone through by keys alone', async () => {
      const { page, happened } = await opened(real);
      await page.keyboard.press('/');
      await page.keyboard.type('DRV-MEM-001');
      await page.keyboard.press('Enter');
      await focusOn(page, 'listbox');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await detail(page).getByText('Reproduce').waitFor();
      await focusOn(page, 'detail');
      expect(await detail(page).locator('.command').textContent()).to.match(
        /^causeway run reference/,
      );
      expect(await detail(page).locator('blockquote').first().textContent()).to.not.equal('');
      await page.keyboard.press('Escape');
      await focusOn(page, 'listbox');
      expect(new URL(page.url()).hash).to.equal('#?text=DRV-MEM-001');
      expect(happened).to.deep.equal([]);
    });

    it('reaches its controls, list and detail in the order in which they stand', async () => {
      const { page } = await opened(real);
      await search(page).focus();
      const order = [];
      for (let step = 0; step < 6; step += 1) {
        await page.keyboard.press('Tab');
        order.push(await page.evaluate(() => document.activeElement?.getAttribute('aria-label')));
      }
      expect(order).to.deep.equal([
        'Verdict',
        'Area',
        'Keyword',
        'Level',
        'Requirements and cases',
        'What to do',
      ]);
    });

    it('opens at what its address names, and goes back', async () => {
      const id = 'DRV-MEM-001';
      const { page } = await opened(real, `#${id}?area=DRV-MEM`);
      expect(await detail(page).locator('h3').textContent()).to.include(id);
      const few = (await said(page).textContent()) ?? '';
      expect(few).to.match(/^\d+ of \d+ cases$/);
      const link = detail(page).locator('.links a').first();
      const title = await link.textContent();
      await link.click();
      await detail(page).getByText('Reproduce').waitFor();
      expect(await detail(page).locator('h3').textContent()).to.include(title);
      expect(new URL(page.url()).hash).to.match(/^#DRV-MEM-001\/[\w-]+$/);
      await page.goBack();
      await detail(page).locator('.links').waitFor();
      expect(await said(page).textContent()).to.equal(few);
      await page.goto(`${pathToFileURL(real).href}#NO-SUCH-001`);
      await detail(page).getByText('This report has no NO-SUCH-001').waitFor();
    });

    it('leads from each area of its bars to the rows and cases of that area', async () => {
      const { page } = await opened(real);
      const areas = page.locator('.bars tbody th a');
      const names = await areas.allTextContents();
      expect(names).to.include.members(['DRV-MEM', 'SYS-ERR']);
      expect(names, 'no row of which was run').to.not.include('DRV-DEV');
      await areas.getByText('SYS-ERR', { exact: true }).click();
      await page.getByText(/^\d+ of \d+ cases$/).waitFor();
      expect(await options(page).first().textContent()).to.match(/^SYS-ERR/);
    });

    it('fits a telephone, closed and open', async () => {
      const { page } = await opened(real, '', { viewport: PHONE });
      expect(await hangsOver(page)).to.be.at.most(0);
      await options(page).nth(1).click();
      await detail(page).getByText('Reproduce').waitFor();
      expect(await hangsOver(page)).to.be.at.most(0);
      expect(await page.locator('.list').isVisible()).to.equal(false);
      await page.getByRole('button', { name: 'Close' }).click();
      expect(await page.locator('.list').isVisible()).to.equal(true);
      await focusOn(page, 'listbox');
    });

    it('says all without its script', async () => {
      const { page } = await opened(real, '', { javaScriptEnabled: false, viewport: PHONE });
      await page.locator('tr#DRV-MEM-001').waitFor();
      expect(await page.locator('h1').textContent()).to.equal('DRV-MEMORY@1: incomplete');
      expect(await hangsOver(page)).to.be.at.most(0);
      await page.locator('tr#DRV-MEM-001 summary').click();
      expect(await page.locator('tr#DRV-MEM-001 li').first().isVisible()).to.equal(true);
    });
  });

  const reports: readonly (readonly [string, () => string])[] = [
    ['a real run', () => real],
    [
      'every verdict, with a history',
      () => {
        const record = recordOf(VERDICTS.map((one) => result(`DRV-MEM-001/${one}`, one)));
        const rows = VERDICTS.map((verdict, index) => ({
          ...{ id: `DRV-STR-00${index}`, keyword: 'MUST', level: 1, cases: [] },
          verdict,
        }));
        const requirements = [...record.requirements, ...rows];
        return write({ ...record, requirements }, new Map(), [record]);
      },
    ],
  ];
  for (const [what, reportOf] of reports) {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`breaks no rule of accessibility in ${colorScheme}, of ${what}`, async () => {
        const path = reportOf();
        const { page } = await opened(path, '', { colorScheme });
        expect(await violations(page)).to.deep.equal([]);
        await options(page).nth(1).click();
        await detail(page).getByText('Reproduce').waitFor();
        expect(await violations(page)).to.deep.equal([]);
        await page.setViewportSize(PHONE);
        expect(await violations(page)).to.deep.equal([]);
        const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
        expect(paper === 'rgb(255, 255, 255)').to.equal(colorScheme === 'light');
      });
    }
  }

  it('prints the table and every case that was not passed, whole', async () => {
    const many = Array.from({ length: 2000 }, (_, index) =>
      result(`DRV-MEM-001/of-many-${index}`, VERDICTS[index % 2] ?? 'pass'),
    );
    const { page, happened } = await opened(write(recordOf(many)));
    const whole = page.locator('article.whole');
    expect(await whole.first().isVisible()).to.equal(false);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.explorer').isVisible()).to.equal(false);
    expect(await page.locator('table.requirements').isVisible()).to.equal(true);
    expect(await whole.count()).to.equal(1000);
    expect(await whole.last().textContent())
      .to.include('of-many-1999')
      .and.include('Reproduce');
    await page.emulateMedia({ media: 'screen' });
    expect(await page.locator('.explorer').isVisible()).to.equal(true);
    expect(happened).to.deep.equal([]);
  });

  it('lets nothing that an endpoint said do anything, and shows all of it', async () => {
    expect(HOSTILE_TEXTS).to.have.lengthOf(100);
    const { page, happened } = await opened(hostileReport());
    await options(page).first().waitFor();
    for (const [index, text] of HOSTILE_TEXTS.entries()) {
      const shown = await page.evaluate(async (id) => {
        const frame = () => new Promise((done) => requestAnimationFrame(done));
        location.hash = id;
        const pane = document.querySelector('.detail');
        while (pane?.querySelector('p code')?.textContent !== id) await frame();
        pane.querySelector<HTMLElement>('.choice input')?.click();
        await frame();
        return pane.textContent;
      }, `DRV-MEM-001/case-${index}`);
      expect(shown).to.include(visible(text).slice(0, 200));
      expect(shown).to.not.match(/(?![\n\t])\p{Cc}|\p{Cs}|[\u202a-\u202e\u2066-\u2069]/u);
    }
    await search(page).fill('<script>');
    await page.emulateMedia({ media: 'print' });
    expect(await page.evaluate((mark) => mark in window, MARK)).to.equal(false);
    const foreign =
      'iframe, object, base, form:not(.controls), meta[http-equiv="refresh"], img, link';
    expect(await page.locator(foreign).count()).to.equal(0);
    expect(await page.locator('script').count()).to.equal(
      await page.locator('body > main > script, body > script').count(),
    );
    expect(happened).to.deep.equal([]);
  });

  describe('of 100,000 results', () => {
    let page: Page;
    let happened: string[];

    before(async () => {
      ({ page, happened } = await opened(longReport()));
    });

    it('has only the rows in the document that are seen', async () => {
      expect(await said(page).textContent()).to.equal('100,000 cases');
      for (const key of ['Home', 'PageDown', 'End']) {
        await page.locator('.list').press(key);
        const active = await page.locator('.list').getAttribute('aria-activedescendant');
        await page.locator(`#${active}`).waitFor();
        expect(await options(page).count()).to.be.within(5, 60);
      }
      expect(await options(page).last().getAttribute('aria-posinset')).to.equal(String(MANY + 9));
    });

    it('finds one of them by its name, and the failed ones by their verdict', async () => {
      await search(page).fill('many-77777');
      await page.getByText('1 of 100,000 cases').waitFor();
      await options(page).nth(1).click();
      await detail(page).getByText('of-many-77777', { exact: false }).first().waitFor();
      expect(await detail(page).locator('.command').textContent()).to.include('/of-many-77777');
      await page.getByRole('button', { name: 'Show all' }).click();
      await page.getByLabel('Verdict').selectOption('fail');
      await page.getByText('100 of 100,000 cases').waitFor();
      expect(happened).to.deep.equal([]);
    });
  });
});
