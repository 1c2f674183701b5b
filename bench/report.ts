// The report of a hundred thousand results: what it costs to write, and what a reader waits for in a browser.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { html } from '../reports/html.tsx';
import { writePieces } from '../runner/pieces.ts';
import { recordOf, result } from '../test/record-support.ts';
import { type Measured, median, tell, timed } from './measure.ts';

const RESULTS = 100_000;
const ROUNDS = 5;
const MOST_TO_OPEN = 1000;
const MOST_TO_FILTER = 150;

const scratch = mkdtempSync(join(tmpdir(), 'causeway-bench-'));
const path = join(scratch, 'report.html');
const record = recordOf(
  Array.from({ length: RESULTS }, (_, index) =>
    result(`DRV-MEM-00${1 + (index % 9)}/of-many-${index}`, index % 100 === 0 ? 'fail' : 'pass'),
  ),
);

const peak = (): number => process.resourceUsage().maxRSS / 1024;
const held = peak();
const written = await timed(() => writePieces(path, html(record, new Map())));
const what = `a report of ${RESULTS.toLocaleString('en-US')} results`;
const found: Measured[] = [
  { what: `${what}, written`, found: `${(written / 1000).toFixed(1)} s` },
  { what: 'its size', found: `${(statSync(path).size / 1e6).toFixed(1)} MB` },
  { what: 'memory to write it, beside the record', found: `${(peak() - held).toFixed(0)} MB` },
];

/** Milliseconds from an act in the page until what came of it is painted. */
const painted = (page: Page, act: string): Promise<number> =>
  page.evaluate(
    `(async () => {
      const from = performance.now();
      ${act}
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      return performance.now() - from;
    })()`,
  );

const within = (name: string, times: readonly number[], most: number): Measured => ({
  what: name,
  found: `${median(times).toFixed(0)} ms`,
  wanted: `below ${most} ms`,
  kept: median(times) < most,
});

/** What a reader waits for, each round in a page of its own. */
const inBrowser = async (executablePath: string): Promise<Measured[]> => {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const opened: number[] = [];
  const filtered: number[] = [];
  const shown: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const page = await browser.newPage();
    await page.addInitScript(() => {
      const seen = new MutationObserver(() => {
        if (!document.querySelector('[role="option"]')) return;
        seen.disconnect();
        requestAnimationFrame(() => setTimeout(() => performance.mark('usable')));
      });
      seen.observe(document, { subtree: true, childList: true });
    });
    await page.goto(pathToFileURL(path).href);
    await page.waitForFunction(() => performance.getEntriesByName('usable').length > 0);
    opened.push(
      await page.evaluate(() => performance.getEntriesByName('usable')[0]?.startTime ?? Number.NaN),
    );
    filtered.push(
      await painted(
        page,
        `const search = document.querySelector('input[type="search"]');
         search.value = 'many-77';
         search.dispatchEvent(new Event('input', { bubbles: true }));`,
      ),
    );
    shown.push(await painted(page, `document.querySelectorAll('[role="option"]')[3].click();`));
    await page.close();
  }
  await browser.close();
  return [
    within('until it can be used', opened, MOST_TO_OPEN),
    within('until a word has narrowed it', filtered, MOST_TO_FILTER),
    within('until a case is open', shown, MOST_TO_FILTER),
  ];
};

const { stdout } = spawnSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' });
const program = stdout.trim();
if (program === '') console.error('chromium is not here: nothing is measured in a browser');
else found.push(...(await inBrowser(program)));
rmSync(scratch, { recursive: true, force: true });
tell(found);
