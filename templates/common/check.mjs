// Judges the endpoint, and fails where a case is worse than in baseline.json: `npm test`.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs';

const RESULT = 'result';
const BASELINE = 'baseline.json';

const stop = (status, text) => {
  console.error(text);
  process.exit(status);
};

rmSync(RESULT, { recursive: true, force: true });
const arguments_ = ['run', 'endpoint.yaml', '--out', RESULT];
const { status, error } = spawnSync('causeway', arguments_, { stdio: 'inherit' });
if (error) stop(5, `causeway could not be started: ${error.message}. Type: npm install`);
// 0 is conformant, 1 is not, 4 is undecided: verdicts, all three. With anything else there is none.
if (![0, 1, 4].includes(status)) stop(status ?? 5, `causeway run ended with ${status}`);

if (!existsSync(BASELINE)) {
  if (process.env.CI) stop(1, `no ${BASELINE}: type npm test where you work, and commit it`);
  copyFileSync(`${RESULT}/record.json`, BASELINE);
  console.log(`${BASELINE} is this result from now on: commit it`);
}

const verdicts = (path) =>
  new Map(JSON.parse(readFileSync(path, 'utf8')).results.map((one) => [one.case, one.verdict]));
const now = verdicts(`${RESULT}/record.json`);
const worse = [...verdicts(BASELINE)]
  .filter(([id, before]) => before === 'pass' && now.get(id) !== 'pass')
  .map(([id]) => `worse: ${id} passed, and is ${now.get(id) ?? 'not there'}`);
if (worse.length > 0) stop(1, worse.join('\n'));
console.log(
  `nothing is worse than in ${BASELINE}; to accept another result, remove that file first`,
);
