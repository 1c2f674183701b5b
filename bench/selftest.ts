// What it costs to prove that cases can fail: the kill matrix of some requirements, each mutant a run of
// its own. The whole of it is `causeway selftest`, which is too long for a bench.
import { join } from 'node:path';
import { node, tell, timed } from './measure.ts';

/** Many mutants, and none that waits for a deadline on purpose. */
const OF = 'DRV-DEV-*';

let said = '';
const all = await timed(() => {
  said = node([join('dist', 'cli', 'main.cjs'), 'selftest', '--only', OF, '--json']);
});
const { mutants } = JSON.parse(said) as { mutants: readonly { outcome: string }[] };
tell([
  {
    what: `selftest of ${OF}, ${mutants.length} mutants`,
    beside: `${(all / mutants.length).toFixed(0)} ms a mutant`,
    found: `${(all / 1000).toFixed(1)} s`,
  },
]);
