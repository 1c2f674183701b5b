// Doctor names each fault that vendors make for what it is, blames nothing else for it, tells a wrong
// product from a wrong adapter, and finds nothing where nothing is wrong.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import { reportOf } from '../cli/doctor.ts';
import type { DoctorReport } from '../cli/doctor-report.ts';
import { examine } from '../cli/examination.ts';
import { readJournal, readPlan, readWire } from '../runner/folder.ts';
import { replay } from '../runner/replay.ts';
import { doctorCases, VECTORS } from '../suites/doctor/cases.ts';
import { CHECK_IDS, type CheckId } from '../suites/doctor/check.ts';
import { CHECKS } from '../suites/doctor/diagnose.ts';
import { BUILD, causeway, fixture, ROOT, temporaryFolder } from './support.ts';

const REFERENCE = join(BUILD, 'adapters', 'reference', 'endpoint.cjs');

interface Setting {
  readonly environment?: Record<string, string>;
  /** In place of the fixture of the name before the reference. */
  readonly command?: readonly string[];
}

interface Doctored {
  readonly status: number | null;
  readonly report: DoctorReport;
  readonly folder: string;
}

/** Runs doctor on a fixture that stands before the reference, in a working directory of its own. */
const doctored = (name: string, setting: Setting = {}): Doctored => {
  const folder = temporaryFolder();
  const workingDirectory = join(folder, 'work');
  mkdirSync(workingDirectory);
  const target = join(folder, 'endpoint.yaml');
  const command = setting.command ?? [process.execPath, fixture(name), REFERENCE];
  const { environment = {} } = setting;
  // JSON is YAML.
  const file = { binding: 'snis', name: basename(name), command, workingDirectory, environment };
  writeFileSync(target, JSON.stringify(file));
  const out = join(folder, 'out');
  const { status, stdout, stderr } = causeway(['doctor', target, '--json', '--out', out]);
  expect(stderr).to.equal('');
  return { status, report: JSON.parse(stdout) as DoctorReport, folder: out };
};

const inState = ({ checks }: DoctorReport, state: string): CheckId[] =>
  checks.filter((one) => one.state === state).map(({ id }) => id);

const seenBy = ({ checks }: DoctorReport, id: CheckId): string =>
  checks.find((one) => one.id === id)?.seen ?? '';

describe('doctor finds nothing wrong with', () => {
  // The interpreter itself: what stands on the path may be a script that looks for it each time.
  const python = spawnSync(
    'python3',
    ['-c', 'import sys; print(sys.executable); sys.exit(sys.version_info < (3, 9))'],
    { encoding: 'utf8' },
  );
  const vectors: [string, readonly string[], CheckId[]][] = [
    ['the reference', ['reference:host'], []],
    ['the reduced reference', ['reference:reduced'], ['handles', 'generator', 'data']],
    [
      'an endpoint written from the text alone',
      [
        '--command',
        `'${python.stdout?.trim()}' '${join(ROOT, 'test', 'outsider', 'endpoint.py')}'`,
      ],
      [],
    ],
  ];
  for (const [what, args, untried] of vectors) {
    it(what, function () {
      if (what.includes('text') && python.status !== 0) this.skip();
      const { status, stdout } = causeway(['doctor', ...args, '--json']);
      const report = JSON.parse(stdout) as DoctorReport;
      expect(inState(report, 'broken')).to.deep.equal([]);
      expect(inState(report, 'not-tried')).to.deep.equal(untried);
      expect(report.outcome).to.equal('sound');
      expect(status).to.equal(0);
    });
  }
});

/** A fault: what breaks first, what else breaks because of it, and what is seen. */
type Fault = [name: string, first: CheckId, follows: CheckId[], seen: RegExp, setting?: Setting];

describe('doctor says that the adapter is wrong, and why, where it', () => {
  const faults: Fault[] = [
    ['speaks-in-headers', 'framing', [], /header line when asked with Content-Length/],
    ['replies-in-headers', 'framing', [], /header line: "Content-Length: \d+"/],
    ['prints-to-stdout', 'stdout', [], /\[driver\] opening device 0/],
    ['reuses-handles', 'handles', [], /allocation_[0-9a-f]{16}-0/],
    [
      'counts-handles-from-one',
      'handles',
      [],
      /allocation_00000001 was given in session .* and in/,
    ],
    ['hides-origin', 'origins', [], /no data\.origin/],
    ['counts-devices-in-numbers', 'replies', [], /totalBytes must be string/],
    ['tells-microseconds', 'clock', [], /it counts microseconds/],
    [
      'tells-microseconds',
      'clock',
      [],
      /it counts milliseconds/,
      { environment: { UNIT: '1000000' } },
    ],
    ['answers-ids-as-strings', 'ids', [], /id "1", and the request’s is 1/],
    ['deadlocks-on-two', 'in-flight', [], /two at once of system\.ping: neither is answered/],
    ['exits-before-flushing', 'flushed', [], /behind 8 requests, and [1-8] were not answered/],
    ['declares-by-turns', 'capabilities', [], /no capability driver\.memory\.fill/],
    ['leaves-a-helper-behind', 'left-behind', [], /sleep 3600/],
  ];
  for (const [name, first, follows, seen, setting] of faults) {
    it(`${name}${setting ? `, ${JSON.stringify(setting.environment)}` : ''}: ${first}`, () => {
      const { status, report } = doctored(join('faulty', name), setting);
      expect(inState(report, 'broken'), JSON.stringify(report)).to.deep.equal([first, ...follows]);
      expect(seenBy(report, first)).to.match(seen);
      expect(report.outcome).to.equal('adapter');
      expect(status).to.equal(1);
    });
  }
});

describe('doctor says that the adapter is sound and the product is wrong, where it', () => {
  const faults: Fault[] = [
    ['loses-the-last-byte', 'data', [], /other from byte 15 on, by base64 and by generator alike/],
    [
      'fails-natively',
      'serves',
      [],
      /driver\.memory\.allocate: INTERNAL\/INTERNAL from native \(-9999\)/,
    ],
    ['crashes-in-a-native-call', 'crashes', [], /on driver\.memory\.read it ended: signal SIGSEGV/],
  ];
  for (const [name, first, follows, seen] of faults) {
    it(`${name}: ${first}`, () => {
      const { status, report } = doctored(join('faulty', name));
      expect(inState(report, 'broken'), JSON.stringify(report)).to.deep.equal([first, ...follows]);
      expect(seenBy(report, first)).to.match(seen);
      expect(report.outcome).to.equal('product');
      expect(status).to.equal(4);
    });
  }
});

describe('doctor says that nothing starts, and why, where it', () => {
  const vectors: [string, readonly string[], RegExp, RegExp][] = [
    ['is-not-there', [fixture('is-not-there')], /exit 127|ENOENT/, /Name a program/],
    [
      'is-not-executable',
      [fixture(join('hostile', 'is-not-executable'))],
      /exit 126|EACCES/,
      /chmod \+x/,
    ],
    [
      'exits-at-once',
      [process.execPath, '-e', 'console.error("no licence"); process.exit(9)'],
      /exit 9; stderr: "no licence"/,
      /by hand/,
    ],
    ['silent', [process.execPath, fixture('silent')], /said nothing/, /flush/],
  ];
  for (const [name, command, seen, change] of vectors) {
    it(name, () => {
      const { status, report } = doctored(name, { command });
      expect(inState(report, 'broken')).to.deep.equal(['starts']);
      const [starts] = report.checks;
      expect(starts?.seen).to.match(seen);
      expect(starts?.state === 'broken' ? starts.change : '').to.match(change);
      expect(status).to.equal(3);
    });
  }
});

describe('doctor comes to an end, leaves nothing running, and is not sound, where an endpoint', () => {
  const vectors: [name: string, first: CheckId][] = [
    ['ignores-term', 'answered'],
    ['stops-reading-stdin', 'answered'],
    ['floods-stdout', 'stdout'],
    ['sends-garbage-between', 'stdout'],
    ['answers-twice', 'ids'],
    ['answers-with-wrong-ids', 'ids'],
    ['says-a-line-of-100-megabytes', 'framing'],
    ['dies-by-signal', 'answered'],
    ['talks-without-end', 'stdout'],
    ['closes-stdout', 'answered'],
  ];
  for (const [name, first] of vectors) {
    it(name, () => {
      const { status, report } = doctored(join('hostile', name));
      expect(inState(report, 'broken')[0], JSON.stringify(report)).to.equal(first);
      expect(report.outcome).to.equal('adapter');
      expect(status).to.equal(1);
    });
  }
});

describe('doctor', () => {
  it('shows the verdict first, and of a broken check what was seen, expected and to change', () => {
    const command = `'${process.execPath}' '${fixture(join('faulty', 'tells-microseconds'))}' '${REFERENCE}'`;
    const { status, stdout } = causeway(['doctor', '--command', command]);
    expect(stdout).to.match(/^command: the adapter is wrong: clock\n/);
    expect(stdout).to.match(
      /✗ clock .*\n {6}seen {6}.*microseconds\n {6}expected {2}.*\n {6}change {4}Multiply by 1000\.\n/,
    );
    expect(status).to.equal(1);
  });

  it('takes one target', () => {
    for (const args of [[], ['reference:hots'], ['x.yaml', '--command', 'y']]) {
      const { status, stdout } = causeway(['doctor', ...args]);
      expect(stdout).to.equal('');
      expect(status).to.equal(2);
    }
  });

  it('reads the same from its evidence again, and the evidence replays', async () => {
    const { report, folder } = doctored(join('faulty', 'reuses-handles'));
    const again = reportOf(report.target, examine(folder, []), report.seconds);
    expect(again).to.deep.equal(report);
    expect(JSON.parse(readFileSync(join(folder, 'doctor.json'), 'utf8'))).to.deep.equal(report);
    const recorded = [...readJournal(folder)];
    const { journal, stopped } = await replay(
      readPlan(folder),
      recorded,
      readWire(folder),
      doctorCases,
    );
    expect(stopped).to.equal(undefined);
    expect(journal).to.deep.equal(recorded);
  });

  it('has its checks in one order, each after those that it rests on', () => {
    expect(CHECKS.map(({ id }) => id)).to.deep.equal(CHECK_IDS);
    for (const [index, { id, rests }] of CHECKS.entries()) {
      const before = CHECKS.slice(0, index).map((one) => one.id);
      expect(before, id).to.include.members([...rests]);
    }
  });

  it('asks for bytes whose vectors are published', () => {
    const { vectors } = JSON.parse(
      readFileSync(join(ROOT, 'spec', 'vectors', 'generator.json'), 'utf8'),
    ) as { vectors: { seed: string; label: string; length: number }[] };
    const published = vectors.map(({ seed, label, length }) => ({ seed, label, length }));
    for (const vector of VECTORS) expect(published).to.deep.include(vector);
  });
});
