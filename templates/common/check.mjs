// Judges the endpoint, and fails where something is worse than in baseline.json: `npm test`.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, rmSync } from 'node:fs';

const RESULT = 'result';
const BASELINE = 'baseline.json';

const stop = (status, text) => {
  console.error(text);
  process.exit(status);
};

const causeway = (...args) => {
  const { status, error } = spawnSync('causeway', args, { stdio: 'inherit' });
  if (error) stop(5, `causeway could not be started: ${error.message}. Type: npm install`);
  return status ?? 5;
};

rmSync(RESULT, { recursive: true, force: true });
const status = causeway('run', 'endpoint.yaml', '--out', RESULT);
// 0 is conformant, 1 is not, 4 is undecided: verdicts, all three. With anything else there is none.
if (![0, 1, 4].includes(status)) stop(status, `causeway run ended with ${status}`);

if (!existsSync(BASELINE)) {
  if (process.env.CI) stop(1, `no ${BASELINE}: type npm test where you work, and commit it`);
  copyFileSync(`${RESULT}/record.json`, BASELINE);
  console.log(
    `${BASELINE} is this result from now on: commit it. To accept another, remove it first.`,
  );
}
process.exit(causeway('gate', RESULT, '--baseline', BASELINE));
