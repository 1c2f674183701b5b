// Runs the benches on one processor where the system can hold them there: whether two processes that
// take turns share a processor makes more difference (six times, both ways) than what is measured.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const pinned = spawnSync('taskset', ['-c', '0', 'true']).status === 0;
if (!pinned) console.log('taskset is not here: ratios are at the mercy of the scheduler');
const [program, ...args] = [
  ...(pinned ? ['taskset', '-c', '0'] : []),
  process.execPath,
  join('dist', 'bench', 'call-overhead.js'),
];
process.exitCode = spawnSync(program, args, { cwd: root, stdio: 'inherit' }).status ?? 1;
