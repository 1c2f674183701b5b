// Makes a fresh clone ready, and does nothing where all is up to date: install, derive, compile. It
// needs node and npm alone.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Causeway needs node 20.19 or later; this is ${process.version}.`);
  process.exit(2);
}

const step = (what, command, args) => {
  console.error(`causeway: ${what} ...`);
  const { status } = spawnSync(command, args, {
    cwd: root,
    // By another name of the folder the compiler would take all for new, and write it again under a run that uses it.
    env: { ...process.env, PWD: root },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status === 0) return;
  console.error(`causeway: ${what} failed; the command was: ${command} ${args.join(' ')}`);
  process.exit(2);
};

const stamp = join(root, 'node_modules', '.causeway-installed');
const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  step('installing what package-lock.json names', 'npm', ['ci', '--no-audit', '--no-fund']);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, lock);
}
step('deriving types and validators', process.execPath, ['schemas/generate/main.mjs', '--check']);
step('bundling the script of reports', process.execPath, ['scripts/explorer.mjs']);
step('compiling', process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json']);
step('bundling', process.execPath, ['scripts/bundle.mjs']);
