// Steady running: a run that was killed goes on, one that is told how long it may take keeps to it, and
// a verdict that comes and goes is said to.
import { spawn } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { signFolder } from '../cli/sign.ts';
import type { AttemptOutcome } from '../core/attempt.ts';
import { plan as makePlan, profiles, requirements } from '../core/plan.ts';
import { nextTry } from '../core/tries.ts';
import { because } from '../core/verdict.ts';
import { uncertifiable } from '../evidence/certificate.ts';
import { Machine } from '../runner/machine.ts';
import type { Record as RunRecord } from '../schemas/generated/types.ts';
import { faultOf } from '../schemas/validate.ts';
import { cases } from '../suites/index.ts';
import { departures, VENDOR } from './evidence-support.ts';
import {
  BUILD,
  causeway,
  fixture,
  PATIENT,
  REFERENCE,
  runInto,
  temporaryFolder,
} from './support.ts';

/** A few cases of three areas, some in sessions of their own. */
const SOME = [
  '--seed',
  's',
  '--only',
  'SYS-NEG-*',
  '--only',
  'DRV-DEV-001',
  '--only',
  'DRV-MEM-00[12]',
];

const recordIn = (folder: string): RunRecord =>
  JSON.parse(readFileSync(join(folder, 'record.json'), 'utf8')) as RunRecord;

const verdicts = ({ results }: RunRecord): string[] =>
  results.map((one) => [one.case, one.verdict, one.reason, ...one.heldBy].join(' '));

/** The processes that this one started and that have not ended. */
const children = (): string[] =>
  readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').split(' ').filter(Boolean);

/** Runs the command line and kills it, by any signal, once it says `when`. */
const killedWhen = async (
  args: readonly string[],
  when: string,
  signal: NodeJS.Signals,
): Promise<number | null> => {
  const child = spawn(process.execPath, [join(BUILD, 'cli', 'main.cjs'), ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', CI: '1' },
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let seen = '';
  child.stderr.on('data', (chunk: Buffer) => {
    seen += chunk.toString();
    if (seen.includes(when)) child.kill(signal);
  });
  return ended;
};

describe('a run that was killed', () => {
  let whole: RunRecord;
  before(() => {
    const folder = join(temporaryFolder(), 'whole');
    causeway(['run', 'reference:host', '--out', folder, ...SOME]);
    whole = recordIn(folder);
  });

  for (const when of ['Causeway Reference', 'SYS-NEG-002/unsupported', 'DRV-MEM-001/']) {
    it(`goes on where it was when it said ${when}, and comes to the same`, async () => {
      const folder = join(temporaryFolder(), 'run');
      expect(
        await killedWhen(['run', 'reference:host', '--out', folder, ...SOME], when, 'SIGKILL'),
      ).to.equal(null);
      const { stderr } = causeway(['run', '--resume', folder]);
      expect(stderr).to.match(/goes on after \d+ of \d+ cases/);
      const record = recordIn(folder);
      expect(verdicts(record)).to.deep.equal(verdicts(whole));
      const [resumed] = record.run.resumed;
      expect(record.run.resumed).to.have.length(1);
      const twice = record.results.filter((one) => one.attempts.length > 1).map((one) => one.case);
      expect(twice).to.deep.equal(resumed?.again === undefined ? [] : [resumed.again]);
      expect(causeway(['replay', folder]).stdout).to.match(/^same: /);
    });
  }

  it('may be killed again while it goes on, and interrupted, and goes on', async () => {
    const folder = join(temporaryFolder(), 'run');
    await killedWhen(
      ['run', 'reference:host', '--out', folder, ...SOME],
      'SYS-NEG-002/unsupported',
      'SIGKILL',
    );
    await killedWhen(['run', '--resume', folder], 'SYS-NEG-004/twice', 'SIGKILL');
    expect(await killedWhen(['run', '--resume', folder], 'DRV-DEV-001/', 'SIGTERM')).to.equal(4);
    expect(recordIn(folder).run.how).to.equal('interrupted');
    causeway(['run', '--resume', folder]);
    const record = recordIn(folder);
    expect(record.run.resumed).to.have.length(3);
    expect(record.run.how).to.equal('complete');
    expect(verdicts(record)).to.deep.equal(verdicts(whole));
    expect(causeway(['replay', folder]).stdout).to.match(/^same: /);
    signFolder(folder, VENDOR, new Date());
    expect(await departures(folder)).to.deep.equal([]);
    expect(uncertifiable({ ...record, seed: { value: 's', source: 'nonce' } })).to.match(
      /it went on 3 times/,
    );
  });

  it('leaves nothing open that a case would go on to open after the interrupt', async () => {
    const folder = join(temporaryFolder(), 'run');
    const slow = `${process.execPath} ${fixture('slow-to-end')}`;
    const only = ['--only', 'DRV-DEV-001', '--only', 'DRV-MEM-001'];
    // The session that DRV-DEV shared is still closing when the first case of DRV-MEM is cut short.
    const args = ['run', '--command', slow, '--out', folder, ...only];
    expect(await killedWhen(args, 'DRV-DEV-001/described', 'SIGTERM')).to.equal(1);
    expect(recordIn(folder).run.how).to.equal('interrupted');
  });

  it('leaves nothing running where the suite itself fails', async () => {
    const started: number[] = [];
    const failing = async (pid: number | undefined): Promise<never> => {
      started.push(pid ?? 0);
      throw new Error('a digest that cannot be had');
    };
    const folder = join(temporaryFolder(), 'run');
    const running = runInto(folder, REFERENCE, cases, PATIENT, 's', 1, failing);
    const outcome = await running.catch((error: unknown) => String(error));
    expect(outcome).to.equal('Error: a digest that cannot be had');
    expect(started).to.have.lengthOf(1);
    // The endpoint, and the one that was started for the next session.
    const deadline = Date.now() + 10_000;
    while (children().length > 0 && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(children()).to.deep.equal([]);
  });

  it('is cut back to where nothing is missing: what stands behind a gap proves nothing', () => {
    const folder = join(temporaryFolder(), 'run');
    causeway(['run', 'reference:host', '--out', folder, ...SOME]);
    const wire = join(folder, 'wire', '0001.jsonl');
    const lines = readFileSync(wire, 'utf8').split('\n');
    lines.splice(Math.floor(lines.length / 2), 1);
    writeFileSync(wire, lines.join('\n'));
    rmSync(join(folder, 'record.json'));
    causeway(['run', '--resume', folder]);
    expect(verdicts(recordIn(folder))).to.deep.equal(verdicts(whole));
    expect(causeway(['replay', folder]).stdout).to.match(/^same: /);
  });

  it('loses a line that was half written, and nothing else', () => {
    const folder = join(temporaryFolder(), 'run');
    causeway(['run', 'reference:host', '--out', folder, ...SOME]);
    const journal = join(folder, 'journal.jsonl');
    const text = readFileSync(journal, 'utf8');
    truncateSync(journal, Math.floor(text.length / 2));
    appendFileSync(journal, '{"n":');
    rmSync(join(folder, 'record.json'));
    causeway(['run', '--resume', folder]);
    expect(verdicts(recordIn(folder))).to.deep.equal(verdicts(whole));
  });

  it('that is complete is not run again', () => {
    const folder = join(temporaryFolder(), 'run');
    causeway(['run', 'reference:host', '--out', folder, ...SOME]);
    const before = readFileSync(join(folder, 'record.json'), 'utf8');
    causeway(['run', '--resume', folder]);
    expect(readFileSync(join(folder, 'record.json'), 'utf8')).to.equal(before);
  });

  it('goes on as one of several subjects, and the others begin', async () => {
    const folder = join(temporaryFolder(), 'runs');
    const both = ['run', 'reference:host', 'reference:reduced', '--out', folder, ...SOME];
    await killedWhen(both, 'SYS-NEG-002/unsupported', 'SIGKILL');
    causeway(['run', '--resume', folder]);
    expect(verdicts(recordIn(join(folder, 'reference-host')))).to.deep.equal(verdicts(whole));
    expect(recordIn(join(folder, 'reference-reduced')).run.how).to.equal('complete');
  });

  it('has no plan for a subject that is judged by another profile than all that had begun', () => {
    const folder = join(temporaryFolder(), 'runs');
    const both = ['run', 'reference:host', 'onnxruntime:web', '--out', folder, ...SOME];
    causeway(both);
    const runs = [
      { folder: 'reference-host', target: 'reference:host' },
      { folder: 'onnxruntime-web', target: 'onnxruntime:web', profile: { id: 'OPS', level: 1 } },
    ];
    writeFileSync(join(folder, 'index.json'), JSON.stringify(runs));
    rmSync(join(folder, 'onnxruntime-web'), { recursive: true });
    const { status, stderr } = causeway(['run', '--resume', folder]);
    expect([status, stderr]).to.deep.equal([
      2,
      `causeway: ${folder}: nothing of it that is judged by OPS@1 had begun; run it anew\n`,
    ]);
  });

  it('goes on with its own target, its own choices, and the same endpoint alone', () => {
    const parent = temporaryFolder();
    const folder = join(parent, 'run');
    const program = join(parent, 'endpoint.mjs');
    cpSync(fixture('minimal'), join(parent, 'minimal.mjs'));
    writeFileSync(
      program,
      "import { serve } from './minimal.mjs';\nserve((reply, write) => write(reply));\n",
    );
    const target = join(parent, 'mine.yaml');
    writeFileSync(target, `binding: snis\ncommand: [${process.execPath}, ${program}]\n`);
    causeway(['run', target, '--out', folder, '--only', 'SYS-NEG-*']);
    const cut = (): void => {
      rmSync(join(folder, 'record.json'), { force: true });
      const journal = join(folder, 'journal.jsonl');
      truncateSync(journal, readFileSync(journal).length - 4);
    };
    cut();
    const other = causeway(['run', 'reference:host', '--resume', folder]);
    expect([other.status, other.stderr]).to.satisfy(
      ([status, text]: [number, string]) => status === 2 && text.includes('judges mine'),
    );
    const unnamed = causeway(['run', '--resume', folder]);
    expect([unnamed.status, unnamed.stderr]).to.satisfy(
      ([status, text]: [number, string]) => status === 2 && text.includes('unknown target mine'),
    );
    const seeded = causeway(['run', target, '--resume', folder, '--seed', 'x']);
    expect(seeded.stderr).to.match(/--seed was decided when the run began/);
    appendFileSync(program, '// another version\n');
    const changed = causeway(['run', target, '--resume', folder]);
    expect([changed.status, changed.stderr]).to.satisfy(
      ([status, text]: [number, string]) =>
        status === 2 && text.includes('not the one that this run began with'),
    );
    const nothing = join(parent, 'nothing');
    mkdirSync(nothing);
    expect(causeway(['run', '--resume', nothing]).stderr).to.match(/holds no run to go on with/);
  });
});

describe('a budget', () => {
  it('ends the run; what did not fit is not-run for that reason, and the record is valid', () => {
    const folder = join(temporaryFolder(), 'run');
    const hangs = `${process.execPath} ${fixture('never-answers-pings')}`;
    const args = ['run', '--command', hangs, '--out', folder, '--budget', '2', '--timeout', '1'];
    expect(causeway(args).status).to.be.oneOf([1, 4]);
    const record = recordIn(folder);
    expect(faultOf('Record', record)).to.equal(undefined);
    expect(record.run.how).to.equal('budget');
    const left = record.results.filter((one) => one.verdict === 'not-run');
    expect(new Set(left.map((one) => one.reason))).to.deep.equal(new Set(['budget']));
    expect(left.length).to.be.greaterThan(0);
  });

  it('puts what a level needs before what is advised', () => {
    const [profile] = profiles;
    if (!profile) throw new Error('the standard has no profile');
    const ordered = makePlan({
      suite: { name: 'test', version: '0' },
      profile,
      level: 1,
      seed: { value: 's', source: 'given' },
      cases,
      importantFirst: true,
    }).cases.map((one) =>
      one.requirements.some((id) =>
        requirements.find((row) => row.id === id)?.keyword.startsWith('MUST'),
      ),
    );
    expect(ordered).to.deep.equal([...ordered].sort((one, other) => Number(other) - Number(one)));
    expect(ordered).to.include(false);
  });
});

describe('further tries', () => {
  const outcome = (
    reason?: 'broken' | 'hung',
    rest: Partial<AttemptOutcome> = {},
  ): AttemptOutcome => ({
    outcome: reason ? because(reason) : { verdict: 'pass' },
    missed: reason === 'hung',
    diedIdle: false,
    message: '',
    ...rest,
  });

  it('are owed to what failed and to what missed a deadline, and to nothing else', () => {
    expect(nextTry([])).to.deep.equal({ alone: false, factor: 1 });
    expect(nextTry([outcome()])).to.equal(undefined);
    expect(nextTry([outcome('hung')])).to.deep.equal({ alone: true, factor: 5 });
    expect(nextTry([outcome('hung'), outcome('hung')])).to.equal(undefined);
    const setup = { ...outcome('hung'), outcome: because('setup') };
    expect(nextTry([setup])).to.equal(undefined);
    const failed = [outcome('broken')];
    for (let tries = 0; tries < 3; tries += 1) {
      expect(nextTry(failed)).to.deep.equal({ alone: true, factor: 1 });
      failed.push(outcome());
    }
    expect(nextTry(failed)).to.equal(undefined);
    expect(nextTry([outcome('broken')], 0)).to.equal(undefined);
    expect(nextTry([outcome('broken', { diedIdle: true })])).to.equal(undefined);
  });

  it('show what comes and goes, and never turn it into a pass', () => {
    const parent = temporaryFolder();
    const folder = join(parent, 'run');
    const command = `${process.execPath} ${fixture('goes-wrong-every-other-time')} ${join(parent, 'count')}`;
    causeway(['run', '--command', command, '--out', folder, '--only', 'SYS-NEG-004/twice']);
    const [result] = recordIn(folder).results;
    expect(result?.verdict).to.equal('fail');
    expect(result?.reason).to.equal('intermittent');
    expect(result?.message).to.match(/tried again alone, it failed [12] of 3 times/);
    expect(result?.attempts).to.have.length(4);
    expect(causeway(['replay', folder]).stdout).to.match(/^same: /);
  });
});

describe('the machine', () => {
  it('is shared, but by what needs it alone', async () => {
    const machine = new Machine();
    const log: string[] = [];
    const releases = new Map<string, () => void>();
    const held = (name: string) => async (): Promise<void> => {
      log.push(`${name} begins`);
      await new Promise<void>((resolve) => releases.set(name, resolve));
      log.push(`${name} ends`);
    };
    const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
    const release = async (name: string): Promise<void> => {
      releases.get(name)?.();
      await turn();
    };
    const all = [
      machine.beside(held('one')),
      machine.beside(held('two')),
      machine.alone(held('timing')),
      machine.beside(held('three')),
    ];
    await turn();
    expect(log).to.deep.equal(['one begins', 'two begins']);
    await release('one');
    expect(log).to.deep.equal(['one begins', 'two begins', 'one ends']);
    await release('two');
    expect(log.slice(3)).to.deep.equal(['two ends', 'timing begins']);
    await release('timing');
    expect(log.slice(5)).to.deep.equal(['timing ends', 'three begins']);
    await release('three');
    await Promise.all(all);
  });

  it('judges several subjects side by side, to the same verdicts', () => {
    const parent = temporaryFolder();
    const judge = (jobs: string): string[][] => {
      const out = join(parent, jobs);
      const targets = ['reference:host', 'reference:reduced'];
      causeway(['run', ...targets, '--jobs', jobs, '--out', out, ...SOME]);
      return ['reference-host', 'reference-reduced'].map((name) =>
        verdicts(recordIn(join(out, name))),
      );
    };
    expect(judge('2')).to.deep.equal(judge('1'));
    expect(causeway(['run', '--jobs', '9']).stderr).to.match(
      /--jobs takes a whole number from 1 to 8/,
    );
  });
});
