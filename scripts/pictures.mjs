// Makes the pictures of README.md again, from real runs of what is on this machine: node scripts/pictures.mjs [TARGET...]
// It needs Chromium and tmux, and a build.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { AnsiUp } from 'ansi_up';
import { chromium } from 'playwright-core';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const program = join(root, 'dist', 'cli', 'main.cjs');
const pictures = join(root, 'docs', 'pictures');
const work = mkdtempSync(join(tmpdir(), 'causeway-pictures-'));
/** Larger ones make a README slow. */
const MOST_BYTES = 150_000;
const COLUMNS = 92;
const LINES = 38;

/** Runs the command line; its output, whatever it came to. */
const causeway = (...args) => {
  try {
    return execFileSync(process.execPath, [program, ...args], {
      cwd: work,
      encoding: 'utf8',
      stdio: 'pipe',
    });
  } catch (error) {
    if (error.status === 2 || error.status === 5) throw error;
    return error.stdout;
  }
};

/** What a command leaves on the screen of a terminal, with its colours: a real one, since progress is drawn over. */
const onTerminal = (...args) => {
  const server = `causeway-pictures-${process.pid}`;
  const tmux = (...own) =>
    execFileSync('tmux', ['-L', server, '-f', '/dev/null', ...own], {
      cwd: work,
      encoding: 'utf8',
    });
  const words = [process.execPath, program, ...args].map((word) => `'${word}'`).join(' ');
  const size = ['-x', String(COLUMNS), '-y', String(LINES)];
  tmux(
    ...['new-session', '-d', '-s', 'run', ...size],
    `unset CI NO_COLOR; ${words}; tmux -L ${server} wait-for -S ended; sleep 60`,
  );
  try {
    tmux('wait-for', 'ended');
    return tmux('capture-pane', '-e', '-p', '-t', 'run').trim();
  } finally {
    tmux('kill-server');
  }
};

const ansi = new AnsiUp();
ansi.use_classes = true;
const terminalPage = (typed, output) => `<!doctype html>
<style>
  body { margin: 0; background: #14171b; }
  main { display: inline-block; font: 13px/1.45 "DejaVu Sans Mono", monospace; color: #d5dae0; }
  h1 { margin: 0; padding: 7px 22px; font: inherit; color: #9aa4af; background: #2d333b; }
  pre { margin: 0; padding: 14px 22px 18px; font: inherit; }
  .ansi-green-fg { color: #4cc38a; } .ansi-red-fg { color: #ff7f75; } .ansi-yellow-fg { color: #e0b04a; }
</style>
<main><h1>$ ${typed}</h1><pre>${ansi.ansi_to_html(output)}</pre></main>`;

const found = JSON.parse(causeway('adapters', '--json'));
const targets =
  process.argv.length > 2
    ? process.argv.slice(2)
    : found.flatMap(({ implementations }) => implementations.map(({ target }) => target));

const judge = ['run', ...targets, '--profile', 'DRV@1', '--out', 'result'];
const output = onTerminal(...judge);

causeway('key', 'vendor.pem');
causeway('key', 'body.pem');
const nonce = causeway('nonce').trim();
causeway('run', 'reference:host', '--profile', 'DRV@1', '--nonce', nonce, '--out', 'certified');
causeway('sign', 'certified', '--key', 'vendor.pem');
causeway(
  ...['certify', 'certified', '--key', 'body.pem', '--vendor', 'vendor.pem.pub'],
  ...['--nonce', nonce, '--body', 'https://body.example/v1'],
);
causeway('site', 'result', 'certified', '--certifier', 'body.pem.pub', '--out', 'site');

const at = (...path) => pathToFileURL(join(work, ...path)).href;
/** The report to show is one with something to look at, where there is one. */
const subjects = JSON.parse(readFileSync(join(work, 'result', 'index.json'), 'utf8'));
const { folder } =
  subjects.find(({ profile }) => profile.outcome === 'non-conformant') ?? subjects[0];
const SHOTS = [
  { name: 'report', url: at('result', folder, 'report.html'), width: 900, height: 640 },
  { name: 'site', url: at('site', 'index.html'), width: 900, height: 640 },
  {
    name: 'comparison',
    url: at('site', 'comparison.html'),
    part: 'table.matrix',
    width: 900,
    height: 560,
  },
  {
    name: 'requirement',
    url: `${at('site', 'standard', 'DRV-MEM.html')}#DRV-MEM-009`,
    width: 900,
    height: 400,
  },
];

mkdirSync(pictures, { recursive: true });
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const page = await browser.newPage();
const pathOf = (name) => join(pictures, `${name}.png`);
await page.setContent(terminalPage(`npx causeway ${judge.join(' ')}`, output));
await page.locator('main').screenshot({ path: pathOf('terminal') });
for (const { name, url, part, width, height } of SHOTS) {
  await page.setViewportSize({ width, height });
  await page.goto(url);
  if (part) await page.locator(part).evaluate((element) => element.scrollIntoView());
  await page.screenshot({ path: pathOf(name) });
}
await browser.close();
rmSync(work, { recursive: true });
for (const name of readdirSync(pictures)) {
  const { length } = readFileSync(join(pictures, name));
  console.log(`docs/pictures/${name}: ${length} bytes`);
  if (length > MOST_BYTES) process.exitCode = 1;
}
