// Changes one byte of a signed and certified run of the reference, 10,000 times, over every file in turn, and
// says what found each change: `node scripts/byte-changes.mjs [TIMES] [SEED]`, after a build.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { certifyFolder } from '../dist/cli/certify.js';
import { signFolder } from '../dist/cli/sign.js';
import { nonceOf } from '../dist/evidence/nonce.js';
import { changeBytes } from '../dist/test/byte-changes.js';
import { BODY, trust, VENDOR } from '../dist/test/evidence-support.js';

const cli = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist', 'cli', 'main.cjs');
const [times = '10000', seed = randomBytes(8).toString('hex')] = process.argv.slice(2);
const root = mkdtempSync(join(tmpdir(), 'causeway-bytes-'));
try {
  const folder = join(root, 'run');
  const nonce = nonceOf(new Date(), randomBytes(16));
  const run = ['run', 'reference:host', '--nonce', nonce, '--out', folder];
  const { status } = spawnSync(process.execPath, [cli, ...run], { stdio: 'ignore' });
  if (status !== 0) throw new Error(`the reference is not conformant: exit code ${status}`);
  signFolder(folder, VENDOR, new Date());
  await certifyFolder(folder, {
    key: BODY,
    vendor: VENDOR.public,
    nonce,
    body: 'https://body.example/v1',
    now: new Date(),
  });
  const { found, made, missed } = await changeBytes(folder, Number(times), seed, trust());
  for (const [name, count] of [...made].sort()) console.log(`  ${count} in ${name}`);
  for (const [check, count] of found) console.log(`  ${count} found by ${check}`);
  for (const text of missed) console.log(`  missed: ${text}`);
  console.log(`${times} changes of one byte, ${missed.length} missed, seed ${seed}`);
  process.exitCode = missed.length === 0 ? 0 : 1;
} finally {
  rmSync(root, { recursive: true, force: true });
}
