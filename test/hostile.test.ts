// Hostile endpoints through the command line: whatever one does, the run ends with the exit code that
// the rule says, a valid record with a verdict for every planned case, and no process left behind.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readJournal, readPlan, readWire } from '../runner/folder.ts';
import type { Record as RunRecord } from '../schemas/generated/types.ts';
import { faultOf } from '../schemas/validate.ts';
import { BUILD, causeway, fixture, temporaryFolder } from './support.ts';

/** A few cases of each kind: sessions of their own, a shared one, and what is read from the log. */
const FEW = ['SYS-NEG-004/twice', 'SYS-FRM-*', 'DRV-DEV-001/*'];
/** A ping that is attempted, and what is read from the log. */
const PING = ['SYS-NEG-004/twice', 'SYS-FRM-*', 'SYS-LIF-004/*'];
const REFERENCE = join(BUILD, 'adapters', 'reference', 'endpoint.cjs');
/** Longer than any of them takes, many times on a crowded machine; what hangs is found. */
const BOUND_SECONDS = 300;

interface Setting {
  /** Cases to run; all of the profile where absent. */
  readonly only?: readonly string[];
  /** From a request to its reply, in seconds. */
  readonly timeout?: number;
  /** From a start to the first valid line, in seconds. */
  readonly start?: number;
  /** In place of the fixture of the name. */
  readonly command?: readonly string[];
  readonly environment?: Record<string, string>;
  /** Starts it with its stdout aside. */
  readonly aside?: boolean;
}

interface Ran {
  readonly status: number | null;
  readonly record: RunRecord;
  /** The endpoint's working directory. */
  readonly folder: string;
  readonly out: string;
  readonly seconds: number;
}

const hostile = (name: string): string => fixture(join('hostile', name));

/** What /proc says of each process, where it is ours to read. */
const processes = (): { pid: string; command: string; environment: string }[] =>
  readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((pid) => {
      try {
        const [command = '', environment = ''] = ['cmdline', 'environ'].map((file) =>
          readFileSync(`/proc/${pid}/${file}`, 'utf8'),
        );
        return [{ pid, command, environment }];
      } catch {
        return [];
      }
    });

/**
 * Processes of one run: all that it starts inherit a variable with its folder, whatever they are
 * called. One that was killed is gone a moment later, and nobody is told when.
 */
const leftBehind = async (folder: string): Promise<string[]> => {
  const mark = `CAUSEWAY_HOSTILE=${folder}`;
  const found = (): string[] =>
    processes()
      .filter(({ environment }) => environment.includes(mark))
      .map(({ pid, command }) => `${pid} ${command.replaceAll('\0', ' ')}`);
  for (let turn = 0; found().length > 0 && turn < 50; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return found();
};

/** Judges a hostile endpoint, and holds what every run of one must keep. */
const judged = async (name: string, setting: Setting = {}): Promise<Ran> => {
  const folder = temporaryFolder();
  const target = join(folder, 'endpoint.yaml');
  const command = setting.command ?? [process.execPath, hostile(name), REFERENCE];
  const file = {
    binding: 'snis',
    name,
    command,
    environment: { CAUSEWAY_HOSTILE: folder },
    ...(setting.start !== undefined && { startTimeoutSeconds: setting.start }),
    ...(setting.aside && { replyDescriptor: 3 }),
  };
  // JSON is YAML.
  writeFileSync(target, JSON.stringify(file));
  const out = join(folder, 'run');
  const only = (setting.only ?? []).flatMap((glob) => ['--only', glob]);
  const timeout = setting.timeout === undefined ? [] : ['--timeout', String(setting.timeout)];
  const from = performance.now();
  const { status, stderr } = causeway(
    ['run', target, '--out', out, '--seed', 'hostile', ...only, ...timeout],
    setting.environment,
  );
  const seconds = (performance.now() - from) / 1000;

  expect(await leftBehind(folder), 'left behind').to.deep.equal([]);
  expect(existsSync(join(out, 'record.json')), stderr).to.equal(true);
  const record = JSON.parse(readFileSync(join(out, 'record.json'), 'utf8')) as RunRecord;
  expect(faultOf('Record', record)).to.equal(undefined);
  expect(record.results.map((one) => one.case)).to.deep.equal(
    readPlan(out).cases.map((one) => one.id),
  );
  expect(record.summary.error, JSON.stringify(record.profile.missing)).to.equal(0);
  // Each session has an end, and one that is ended has it before the next begins: nothing of it works
  // beside a later case.
  const open = new Set<string>();
  const ended = new Set<string>();
  for (const { kind, session, n } of readWire(out)) {
    if (kind === 'open') {
      expect([...ended], `not yet ended when ${session} begins, entry ${n}`).to.deep.equal([]);
      open.add(session);
    } else if (kind === 'kill') ended.add(session);
    else if (kind === 'end') {
      open.delete(session);
      ended.delete(session);
    }
  }
  expect([...open], 'without an end').to.deep.equal([]);
  expect([...readJournal(out)].at(-1)?.event).to.equal('run-ended');
  const replayed = causeway(['replay', out]);
  expect(replayed.stdout).to.match(/^same: /);
  expect(replayed.status).to.equal(0);
  return { status, record, folder, out, seconds };
};

/** `verdict: reason` of each case. */
const outcomes = (record: RunRecord): Record<string, string> =>
  Object.fromEntries(
    record.results.map((one) => [
      one.case,
      [one.verdict, one.reason].filter((part) => part !== undefined).join(': '),
    ]),
  );

const has = (program: string): boolean => {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`]);
    return true;
  } catch {
    return false;
  }
};

describe('an endpoint that never gives a valid line ends the run with 3, nothing run: it', () => {
  const own = (path: string): readonly string[] => [process.execPath, path];
  const vectors: [string, readonly string[], RegExp][] = [
    ['silent', own(fixture('silent')), /no answer within 1000 ms/],
    ['exits-at-once', own(hostile('exits-at-once')), /exit 0/],
    ['says-half-a-line', own(hostile('says-half-a-line')), /no answer within 1000 ms/],
    ['is-not-executable', [hostile('is-not-executable')], /exit 126|EACCES/],
    ['is-not-there', [hostile('is-not-there')], /exit 127|ENOENT/],
  ];
  for (const [name, command, why] of vectors) {
    it(name, async () => {
      const { status, record } = await judged(name, { command, start: 1, timeout: 1 });
      expect(new Set(Object.values(outcomes(record)))).to.deep.equal(
        new Set(['not-run: not-started']),
      );
      for (const { message } of record.results) expect(message).to.match(why);
      expect(status).to.equal(3);
    });
  }

  // What they say is measured, although nothing could be asked of them.
  const speakers: [string, string, RegExp][] = [
    ['says-only-yes', fixture('says-only-yes'), /no answer within 1000 ms/],
    ['says-a-line-of-100-megabytes', hostile('says-a-line-of-100-megabytes'), /a line above 1 MiB/],
  ];
  for (const [name, path, why] of speakers) {
    it(`${name}, and what it says is no line of the protocol`, async () => {
      const { status, record } = await judged(name, { command: own(path), start: 1, timeout: 1 });
      const { 'SYS-FRM-001/lines': lines, ...others } = outcomes(record);
      expect(lines).to.equal('fail: broken');
      expect(new Set(Object.values(others))).to.deep.equal(new Set(['not-run: not-started']));
      for (const one of record.results) {
        if (one.verdict === 'not-run') expect(one.message).to.match(why);
      }
      expect(status).to.equal(3);
    });
  }
});

describe('an endpoint that breaks on the way ends the run with 1, blamed for that: it', () => {
  const pings: [string, Record<string, string>][] = [
    ['exits-in-the-middle', { 'SYS-NEG-004/twice': 'fail: died', 'SYS-FRM-001/lines': 'pass' }],
    ['dies-by-signal', { 'SYS-NEG-004/twice': 'fail: died', 'SYS-FRM-001/lines': 'pass' }],
    [
      'answers-with-wrong-ids',
      { 'SYS-NEG-004/twice': 'fail: hung', 'SYS-FRM-001/lines': 'fail: broken' },
    ],
    [
      'nests-without-end',
      { 'SYS-NEG-004/twice': 'fail: hung', 'SYS-FRM-001/lines': 'fail: broken' },
    ],
    ['answers-twice', { 'SYS-NEG-004/twice': 'pass', 'SYS-FRM-001/lines': 'fail: broken' }],
    ['sends-garbage-between', { 'SYS-NEG-004/twice': 'pass', 'SYS-FRM-001/lines': 'fail: broken' }],
    [
      'gives-a-result-of-wrong-type',
      { 'SYS-NEG-004/twice': 'fail: invalid-answer', 'SYS-FRM-002/results': 'fail: broken' },
    ],
    ['prints-to-stdout', { 'SYS-FRM-001/lines': 'fail: broken', 'DRV-DEV-001/stable': 'pass' }],
    ['floods-stdout', { 'SYS-NEG-004/twice': 'fail: died', 'SYS-FRM-001/lines': 'fail: broken' }],
  ];
  for (const [name, expected] of pings) {
    it(name, async () => {
      const { status, record } = await judged(name, { only: FEW, timeout: 1, start: 10 });
      expect(outcomes(record)).to.include(expected);
      expect(status).to.equal(1);
    });
  }
});

describe('a driver that breaks costs the case that it breaks in, and no other: it', () => {
  /** One case with pings, and around it some in shared sessions and some in their own. */
  const only = [
    'SYS-NEG-004/twice',
    'SYS-FRM-*',
    'DRV-DEV-001/*',
    'DRV-MEM-001/small',
    'DRV-MEM-009/*',
  ];
  let sound: Record<string, string>;
  before(async () => {
    const { record } = await judged('sound', { only, command: [process.execPath, REFERENCE] });
    sound = outcomes(record);
  });

  const vectors: [string, Setting, Record<string, string>][] = [
    ['dies-by-signal', {}, { 'SYS-NEG-004/twice': 'fail: died' }],
    ['hangs-in-a-call', { timeout: 2 }, { 'SYS-NEG-004/twice': 'fail: hung' }],
    ['dies-in-teardown', {}, {}],
    ['library-prints-to-stdout', { aside: true }, {}],
  ];
  for (const [name, setting, costs] of vectors) {
    it(name, async () => {
      const { record } = await judged(name, { only, start: 10, ...setting });
      expect(outcomes(record)).to.deep.equal({ ...sound, ...costs });
    });
  }
});

describe('an endpoint that is odd and keeps the standard is conformant, exit code 0: it', () => {
  for (const name of [
    'answers-out-of-order',
    'answers-in-one-burst',
    'answers-in-pieces',
    'floods-stderr',
  ]) {
    it(name, async () => {
      const { status, record } = await judged(name);
      expect(record.profile.missing).to.deep.equal([]);
      expect(status).to.equal(0);
    });
  }

  it('starts-slowly-at-first, above the deadline of a call and below that of a start', async () => {
    const { status, record } = await judged('starts-slowly-at-first', { timeout: 5, start: 30 });
    expect(record.profile.missing).to.deep.equal([]);
    expect(status).to.equal(0);
  });
});

describe('an endpoint that holds things up is bounded: it', () => {
  it('answers-after-the-deadline, and is slow, not wrong: exit code 4', async () => {
    const ran = await judged('answers-after-the-deadline', { only: PING, timeout: 1 });
    expect(outcomes(ran.record)).to.deep.equal({
      'SYS-NEG-004/twice': 'inconclusive: slow',
      'SYS-LIF-004/answered': 'pass',
      'SYS-FRM-001/lines': 'pass',
      'SYS-FRM-002/results': 'pass',
    });
    expect(ran.seconds).to.be.below(BOUND_SECONDS);
    expect(ran.status).to.equal(4);
  });

  for (const name of ['ignores-term', 'stops-reading-stdin']) {
    it(`${name}, and fails as hung: exit code 1`, async () => {
      const ran = await judged(name, { only: PING, timeout: 1 });
      expect(outcomes(ran.record)['SYS-NEG-004/twice']).to.equal('fail: hung');
      expect(outcomes(ran.record)['SYS-LIF-004/answered']).to.equal('fail: broken');
      expect(ran.seconds).to.be.below(BOUND_SECONDS);
      expect(ran.status).to.equal(1);
    });
  }

  const ends: [string, RegExp][] = [
    ['stays-when-stdin-closes', /still there after two seconds/],
    ['crashes-on-its-way-out', /signal SIGABRT/],
  ];
  for (const [name, observed] of ends) {
    it(`${name}, and is blamed for its end: exit code 1`, async () => {
      const ran = await judged(name, { only: ['SYS-LIF-005/ends'] });
      expect(outcomes(ran.record)).to.deep.equal({ 'SYS-LIF-005/ends': 'fail: broken' });
      expect(ran.record.results[0]?.message).to.match(observed);
      expect(ran.seconds).to.be.below(BOUND_SECONDS);
      expect(ran.status).to.equal(1);
    });
  }

  it('writes-a-file-without-end, and is held at 1 GiB: exit code 1', async function () {
    if (!has('prlimit')) this.skip();
    const ran = await judged('writes-a-file-without-end', { only: PING, timeout: 10 });
    expect(outcomes(ran.record)['SYS-NEG-004/twice']).to.equal('fail: died');
    expect(statSync(join(ran.folder, 'without-end')).size).to.be.at.most(1024 ** 3);
    expect(ran.seconds).to.be.below(BOUND_SECONDS);
    expect(ran.status).to.equal(1);
  });
});

describe('the runner’s memory', () => {
  const MEBIBYTE = 1024;
  const RUNS = 5;

  /** The peaks of several runs' resident memory, in kibibytes, the least first. */
  const peaksOf = async (name: string, path: string): Promise<number[]> => {
    const folder = temporaryFolder();
    const told = join(folder, 'peak');
    const preload = join(folder, 'tell-peak.mjs');
    writeFileSync(
      preload,
      `import { writeFileSync } from 'node:fs';
       // The endpoint is a node program too: only the runner tells.
       if (process.argv[1]?.endsWith('main.cjs')) {
         process.on('exit', () => writeFileSync(${JSON.stringify(told)}, String(process.resourceUsage().maxRSS)));
       }`,
    );
    const environment = { NODE_OPTIONS: `--import=${preload}` };
    const command = [process.execPath, path];
    const peaks: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      const { status } = await judged(name, { command, start: 1, timeout: 1, environment });
      expect(status).to.equal(3);
      peaks.push(Number(readFileSync(told, 'utf8')));
    }
    return peaks.sort((one, other) => one - other);
  };

  it('grows by no more than three times the longest line under one of 100 MB', async () => {
    const without = await peaksOf('silent', fixture('silent'));
    const name = 'says-a-line-of-100-megabytes';
    const [under = Number.NaN] = await peaksOf(name, hostile(name));
    // Peaks of the same run differ by some MiB, as the collector comes sooner or later: the least under
    // the line is held against the middle of those without it.
    const baseline = without[Math.floor(RUNS / 2)] ?? Number.NaN;
    expect(under).to.be.at.most(baseline + 3 * MEBIBYTE);
  });
});
