// What a user waits for before anything is done: the command line's help beside node itself.
import { join } from 'node:path';
import { median, medianRatio, node, sideBySide, tell } from './measure.ts';

const ROUNDS = 25;

const spent = await sideBySide(ROUNDS, {
  bare: () => node(['-e', '0']),
  help: () => node([join('dist', 'cli', 'main.cjs'), '--help']),
});
const ratio = medianRatio(spent.help, spent.bare);
tell([
  {
    what: 'causeway --help',
    beside: `node -e 0: ${median(spent.bare).toFixed(0)} ms`,
    found: `${median(spent.help).toFixed(0)} ms`,
    ratio,
    wanted: 'at most 1.2x',
    kept: ratio <= 1.2,
  },
]);
