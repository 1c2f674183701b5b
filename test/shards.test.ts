// Shards of a run and the one run that they make: the same as if it had not been cut, refused where they are
// not of one run, and put together in a memory that does not grow with them.
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { signFolder } from '../cli/sign.ts';
import { compare } from '../core/compare.ts';
import { plan as makePlan, profiles } from '../core/plan.ts';
import { mostShards, shardOf } from '../core/shard.ts';
import { uncertifiable } from '../evidence/certificate.ts';
import { environment } from '../runner/environment.ts';
import { digests } from '../runner/folder.ts';
import { areaSession, caseSession, laterSession, probeSession } from '../runner/session-names.ts';
import type { Plan, Record as RunRecord } from '../schemas/generated/types.ts';
import { faultOf } from '../schemas/validate.ts';
import { cases } from '../suites/index.ts';
import { copyOf, departures, VENDOR } from './evidence-support.ts';
import { BUILD, causeway, fixture, temporaryFolder } from './support.ts';

/** Cases of five areas: in shared sessions, in their own, cold, refusals, monitors, one that measures time. */
const SOME = [
  ...['SYS-NEG-*', 'SYS-FRM-*', 'DRV-DEV-001', 'DRV-MEM-00[12]', 'DRV-MEM-009', 'DRV-EVT-001'],
  // What it says of itself holds times, which a replay must see as they were.
  ...['DRV-STR-005', 'DRV-MEM-008/sizes'],
];
const FEW = ['SYS-NEG-004/twice', 'DRV-DEV-001', 'SYS-FRM-001'];

const globs = (only: readonly string[]): string[] => only.flatMap((glob) => ['--only', glob]);

const recordIn = (folder: string): RunRecord =>
  JSON.parse(readFileSync(join(folder, 'record.json'), 'utf8')) as RunRecord;

/** Runs one shard, or the whole where none is named, into a new folder. */
const ran = (shard: string | undefined, args: readonly string[]): string => {
  const folder = join(temporaryFolder(), 'run');
  const own = shard === undefined ? [] : ['--shard', shard];
  const { stderr } = causeway(['run', '--out', folder, ...own, ...args]);
  expect(existsSync(join(folder, 'record.json')), stderr).to.equal(true);
  return folder;
};

const merged = (folders: readonly string[]): string => {
  const out = join(temporaryFolder(), 'merged');
  const { status, stderr } = causeway(['merge', ...folders, '--out', out]);
  expect(stderr).to.equal('');
  expect(status).to.be.oneOf([0, 1, 3, 4]);
  return out;
};

/** All shards of a run, merged. The last is run first: their order is of no account. */
const inShards = (of: number, args: readonly string[]): string =>
  merged(Array.from({ length: of }, (_, place) => ran(`${of - place}/${of}`, args)));

/** What shards and one run have alike, of each case. */
const results = (folder: string): object[] =>
  recordIn(folder).results.map((one) => ({
    case: one.case,
    requirements: one.requirements,
    verdict: one.verdict,
    reason: one.reason,
    expected: one.expected,
    heldBy: one.heldBy,
  }));

/** Makes a folder's record one of the evidence that lies there. */
const bind = (folder: string): void => {
  const record = { ...recordIn(folder), evidence: digests(folder) };
  writeFileSync(join(folder, 'record.json'), `${JSON.stringify(record, null, 2)}\n`);
};

const edit = (path: string, change: (text: string) => string): void =>
  writeFileSync(path, change(readFileSync(path, 'utf8')));

const wholePlan = (level: number, selects: (id: string) => boolean = () => true): Plan => {
  const profile = profiles.find(({ id }) => id === 'DRV');
  if (!profile) throw new Error('the standard has no profile DRV');
  const suite = { name: 'test', version: '0' };
  return makePlan({ suite, profile, level, seed: { value: 's', source: 'given' }, cases, selects });
};

const idsOf = (plan: Plan): string[] => plan.cases.map(({ id }) => id);

describe('a plan in shards', () => {
  for (const of of [2, 3, 7, 99]) {
    it(`has every case in one of ${of}, none of them empty, and monitors in each`, () => {
      const whole = wholePlan(2);
      const monitors = new Set(
        whole.cases.filter(({ kind }) => kind === 'monitor').map(({ id }) => id),
      );
      const shards = Array.from({ length: of }, (_, place) =>
        shardOf(whole, { index: place + 1, of }),
      );
      const speaking = shards.map((shard) => idsOf(shard).filter((id) => !monitors.has(id)));
      expect(speaking.filter((ids) => ids.length === 0)).to.deep.equal([]);
      const unknown = idsOf(whole).filter((id) => !monitors.has(id));
      expect(speaking.flat()).to.have.members(unknown);
      for (const shard of shards) {
        expect(idsOf(shard).filter((id) => monitors.has(id))).to.have.length(monitors.size);
        expect([...idsOf(shard), ...shard.leftOut.map(({ id }) => id)]).to.have.members(
          idsOf(whole),
        );
        expect(faultOf('Plan', JSON.parse(JSON.stringify(shard)))).to.equal(undefined);
      }
    });
  }

  it('has a case in each shard however heavy one is, down to one case a shard', () => {
    const few = wholePlan(2, (id) => /^SYS-TIM-002|^SYS-NEG-004|^DRV-DEV-001/.test(id));
    const most = mostShards(few);
    expect(most).to.be.greaterThan(3);
    for (let of = 2; of <= most; of += 1) {
      for (let index = 1; index <= of; index += 1) {
        expect(idsOf(shardOf(few, { index, of }))).to.not.deep.equal([]);
      }
    }
  });

  it('starts few sessions more than one run: at most one for each cut', () => {
    const sessions = ({ cases: planned }: Plan): number => {
      let count = 0;
      let area = '';
      for (const one of planned) {
        if (one.kind === 'own' || one.kind === 'cold') count += 1;
        else if (one.kind === 'shared' && one.area !== area) {
          count += 1;
          area = one.area;
        }
      }
      return count;
    };
    const whole = wholePlan(2);
    for (const of of [2, 4, 8]) {
      let all = 0;
      for (let index = 1; index <= of; index += 1) all += sessions(shardOf(whole, { index, of }));
      expect(all).to.be.at.most(sessions(whole) + of - 1);
    }
  });

  it('names sessions so that those of a later part are its own', () => {
    for (const parts of [0, 1, 4]) {
      expect(laterSession(probeSession(parts), 2)).to.equal(probeSession(parts + 2));
      expect(laterSession(areaSession('DRV-MEM', parts, 12), 2)).to.equal(
        areaSession('DRV-MEM', parts + 2, 12),
      );
    }
    const own = caseSession('DRV-MEM-001/small', 2, 1);
    expect([laterSession(own, 3), laterSession('case', 3)]).to.deep.equal([own, 'case']);
    expect(laterSession(probeSession(1), 0)).to.equal(probeSession(1));
  });
});

describe('shards of the reference', () => {
  const args = ['reference:host', '--profile', 'DRV@1', '--seed', 's', ...globs(SOME)];
  let whole: string;
  let first: string;
  let second: string;
  let both: string;
  before(() => {
    whole = ran(undefined, args);
    second = ran('2/2', args);
    first = ran('1/2', args);
    both = merged([second, first]);
  });

  it('decide no level alone, and say so', () => {
    const { profile, run, requirements } = recordIn(first);
    expect(run.shard).to.deep.equal({ index: 1, of: 2 });
    expect(profile.outcome).to.equal('incomplete');
    expect(profile.missing[0]).to.equal('all but shard 1 of 2: causeway merge joins them');
    const parted = recordIn(second).requirements.map(({ id }) => id);
    const monitored = ['SYS-FRM-001', 'SYS-FRM-002'];
    for (const { id, verdict } of requirements) {
      if (!monitored.includes(id)) expect(verdict === 'not-run').to.equal(parted.includes(id));
    }
    expect(causeway(['replay', first]).stdout).to.match(/^same: /);
    const own = new Set(recordIn(first).results.map((one) => one.case));
    const elsewhere = recordIn(second).results.find((one) => !own.has(one.case));
    const { differences } = compare(recordIn(whole), recordIn(first));
    const found = differences.find(({ id }) => id === elsewhere?.case);
    expect(found?.after).to.deep.equal({ verdict: 'not-run', reason: 'elsewhere' });
  });

  it('make two what one run makes', () => {
    expect(results(both)).to.deep.equal(results(whole));
    expect(recordIn(both).requirements).to.deep.equal(recordIn(whole).requirements);
    expect(recordIn(both).profile).to.deep.equal(recordIn(whole).profile);
    expect(recordIn(both).run).to.not.have.property('shard');
    expect(causeway(['diff', whole, both]).stdout).to.match(/^same/);
  });

  it('make three what one run makes', () => {
    expect(results(inShards(3, args))).to.deep.equal(results(whole));
  });

  it('make a run that can be replayed, signed and verified, and says that it was merged', async () => {
    expect(causeway(['replay', both]).stdout).to.match(/^same: /);
    const signed = copyOf(both);
    signFolder(signed, VENDOR, new Date());
    expect(await departures(signed)).to.deep.equal([]);
    const [shard] = recordIn(both).run.resumed;
    expect(shard?.shard).to.deep.equal({ index: 2, of: 2, environment: environment() });
    expect(readFileSync(join(both, 'report.md'), 'utf8')).to.match(/Merged with shard 2 of 2/);
    expect(readFileSync(join(both, 'report.html'), 'utf8')).to.match(/Merged with shard 2 of 2/);
  });

  it('keep the times of their own clocks, also of other hours', async () => {
    const earlier = copyOf(second);
    const hour = (text: string): string => new Date(Date.parse(text) - 3_600_000).toISOString();
    edit(join(earlier, 'journal.jsonl'), (text) => text.replace(/(?<="at":")[^"]*/, hour));
    bind(earlier);
    const both = merged([first, earlier]);
    const begun = new Map(recordIn(both).results.map((one) => [one.case, one.startedAt]));
    for (const { case: id, startedAt } of recordIn(first).results) {
      expect(begun.get(id)).to.equal(startedAt);
    }
    for (const { case: id, startedAt } of recordIn(second).results) {
      if (startedAt !== undefined) expect(begun.get(id)).to.equal(hour(startedAt));
    }
    signFolder(both, VENDOR, new Date());
    expect(await departures(both)).to.deep.equal([]);
  });

  it('cannot be certified, alone or merged', () => {
    const nonce = (folder: string): RunRecord => ({
      ...recordIn(folder),
      seed: { value: 's', source: 'nonce' },
    });
    expect(uncertifiable(nonce(both))).to.match(/^it was merged from 2 shards, and .* one run/);
    expect(uncertifiable(nonce(first))).to.match(/^it is shard 1 of 2, and .* one run/);
  });

  it('may have been cut and have gone on', () => {
    const cut = copyOf(second);
    rmSync(join(cut, 'record.json'));
    const journal = join(cut, 'journal.jsonl');
    truncateSync(journal, Math.floor(readFileSync(journal).length / 2));
    causeway(['run', '--resume', cut]);
    expect(recordIn(cut).run.resumed).to.have.length(1);
    const both = merged([first, cut]);
    expect(results(both)).to.deep.equal(results(whole));
    expect(recordIn(both).run.resumed.map(({ shard }) => shard?.index)).to.deep.equal([
      2,
      undefined,
    ]);
    expect(readdirSync(join(both, 'wire'))).to.have.length(3);
    expect(causeway(['replay', both]).stdout).to.match(/^same: /);
  });

  it('are not gone on with where merging was cut', () => {
    const cut = copyOf(both);
    rmSync(join(cut, 'record.json'));
    const journal = join(cut, 'journal.jsonl');
    truncateSync(journal, readFileSync(journal).length - 4);
    const { status, stderr } = causeway(['run', '--resume', cut]);
    expect([status, stderr]).to.satisfy(
      ([code, text]: [number, string]) => code === 2 && text.includes('merge them again'),
    );
  });

  it('are refused where a log is not whole, and nothing is left of merging them', () => {
    const wire = (lines: string[]): string[] => lines.filter((_, index) => index !== 20);
    const vectors: [string, (lines: string[]) => string[], RegExp][] = [
      ['wire/0001.jsonl', wire, /entry \d+ of journal and wire log is missing/],
      ['wire/0001.jsonl', (lines) => ['{}', ...lines], /line 1 of wire.0001\.jsonl /],
      ['journal.jsonl', (lines) => lines.slice(0, -2).concat(''), /cannot be merged: /],
      [
        'journal.jsonl',
        (lines) => lines.map((line) => line.replace('"run-started"', '"run-resumed"')),
        /does not begin as a run|must/,
      ],
      [
        'journal.jsonl',
        (lines) => lines.map((line) => line.replaceAll('"DRV-EVT-001/', '"DRV-EVT-009/')),
        /of DRV-EVT-009\/[a-z-]+, which its plan does not have/,
      ],
    ];
    for (const [file, change, why] of vectors) {
      const other = copyOf(second);
      edit(join(other, file), (text) => change(text.split('\n')).join('\n'));
      bind(other);
      const out = join(temporaryFolder(), 'merged');
      const { status, stderr } = causeway(['merge', first, other, '--out', out]);
      expect(stderr).to.match(why);
      expect(status).to.equal(2);
      expect(existsSync(out) ? readdirSync(out) : []).to.deep.equal([]);
    }
  });
});

describe('shards of an endpoint that goes wrong', () => {
  const reference = join(BUILD, 'adapters', 'reference', 'endpoint.cjs');
  const only = [
    'SYS-NEG-004/twice',
    'SYS-NEG-002',
    'SYS-FRM-001',
    'DRV-DEV-001',
    'DRV-MEM-001/small',
  ];
  const vectors: [string, number][] = [
    ['dies-by-signal', 1],
    ['hangs-in-a-call', 1],
    ['gives-a-result-of-wrong-type', 1],
    ['dies-in-teardown', 0],
  ];
  for (const [name, failed] of vectors) {
    it(`make what one run makes: ${name}`, () => {
      const path = fixture(join('hostile', name));
      const command = `${process.execPath} ${path} ${reference}`;
      const args = ['--command', command, '--seed', 's', '--timeout', '1', ...globs(only)];
      const whole = ran(undefined, args);
      expect(recordIn(whole).summary.fail).to.equal(failed);
      const both = inShards(2, args);
      expect(results(both)).to.deep.equal(results(whole));
      expect(causeway(['replay', both]).stdout).to.match(/^same: /);
    });
  }

  it('make what one run makes where it does not start', () => {
    const args = ['--command', '/no/such/program', '--seed', 's', ...globs(FEW)];
    const both = inShards(2, args);
    expect(results(both)).to.deep.equal(results(ran(undefined, args)));
    expect(recordIn(both).profile.outcome).to.equal('not-started');
  });
});

describe('merge refuses', () => {
  const args = (seed: string, only: readonly string[] = FEW): string[] => [
    ...['reference:host', '--seed', seed],
    ...globs(only),
  ];
  const refusal = (folders: readonly string[]): string => {
    const out = join(temporaryFolder(), 'merged');
    const { status, stderr } = causeway(['merge', ...folders, '--out', out]);
    expect(status, stderr).to.equal(2);
    expect(existsSync(out)).to.equal(false);
    return stderr;
  };
  let first: string;
  let second: string;
  before(() => {
    first = ran('1/2', args('s'));
    second = ran('2/2', args('s'));
  });

  it('a shard that is missing, with what runs it, or there twice', () => {
    expect(refusal([first])).to.match(
      /shard 2 of 2 is missing: .* type: causeway run reference:host --shard 2\/2 --seed s --profile DRV-MEMORY@1 --only SYS-NEG-004/,
    );
    expect(refusal([first, second, second])).to.match(/shard 2 of 2 is there twice, in .* and in /);
  });

  it('what is of another run', () => {
    const others: [string, RegExp][] = [
      [ran('2/2', args('t')), /its seed\.value is "t", and there it is "s"/],
      [ran('2/2', args('s', ['SYS-NEG-004/twice', 'DRV-DEV-001'])), /its only\.\d is/],
      [ran('2/3', args('s')), /its shards is 3, and there it is 2/],
      [ran('2/2', [...args('s'), '--profile', 'DRV@1']), /its profile is "DRV@1"/],
      [ran('2/2', [...args('s'), '--timeout', '20']), /its deadlines\.call is 20000/],
      [
        ran('2/2', ['reference:reduced', ...args('s').slice(1)]),
        /its target is "reference:reduced", and there it is "reference:host"/,
      ],
    ];
    for (const [other, why] of others) {
      const said = refusal([first, other]);
      expect(said).to.match(/is no shard of the same run as /);
      expect(said).to.match(why);
    }
  });

  it('what another endpoint answered: other files, another product, or none', () => {
    const parent = temporaryFolder();
    const program = join(parent, 'endpoint.mjs');
    const minimal = readFileSync(fixture('minimal'), 'utf8');
    const serve = '\nserve((reply, write) => write(reply));\n';
    const target = join(parent, 'mine.yaml');
    writeFileSync(
      target,
      `binding: snis\ncommand: [${process.execPath}, ${program}]\nstartTimeoutSeconds: 2\n`,
    );
    const run = (shard: string, text: string): string => {
      writeFileSync(program, text);
      return ran(shard, [target, '--seed', 's', ...globs(FEW)]);
    };
    const one = run('1/2', minimal + serve);
    expect(refusal([one, run('2/2', `${minimal}${serve}// another\n`)])).to.match(
      /it started another .*endpoint\.mjs/,
    );
    const renamed = minimal.replace(/version: '[^']*'/g, "version: '9.9'");
    expect(refusal([one, run('2/2', renamed + serve)])).to.match(/version is "9\.9"/);
    expect(refusal([one, run('2/2', 'process.exit(3);\n')])).to.match(
      /the endpoint of .* did not start; run that shard again/,
    );
  });

  it('what is no shard, or not a whole one, or not what it was', () => {
    expect(refusal([ran(undefined, args('s'))])).to.match(/is no shard but a whole run/);
    expect(refusal([temporaryFolder()])).to.match(/is no run's folder/);
    expect(refusal(['/no/such/folder'])).to.match(/is not there/);
    const cut = copyOf(second);
    rmSync(join(cut, 'record.json'));
    expect(refusal([first, cut])).to.match(
      /is not finished: it was interrupted; .* causeway run --resume /,
    );
    const short = copyOf(second);
    edit(join(short, 'record.json'), (text) => text.replace('"complete"', '"budget"'));
    expect(refusal([first, short])).to.match(/is not finished: its time was over/);
    const changed = copyOf(second);
    appendFileSync(join(changed, 'journal.jsonl'), '\n');
    expect(refusal([first, changed])).to.match(/journal\.jsonl is not what record\.json was made/);
    const weakened = copyOf(second);
    edit(join(weakened, 'plan.json'), (text) =>
      text.replace('"expectations": [', '"expectations": ["x",'),
    );
    bind(weakened);
    expect(refusal([first, weakened])).to.match(/its plan is not what the suite makes/);
    const older = [first, second].map((folder) => {
      const copy = copyOf(folder);
      edit(join(copy, 'plan.json'), (text) =>
        text.replace(/"version": "[^"]*"/, '"version": "0.0.1"'),
      );
      bind(copy);
      return copy;
    });
    expect(refusal(older)).to.match(/were made by causeway-conformance 0\.0\.1 /);
  });

  it('a folder that holds something', () => {
    const { status, stderr } = causeway(['merge', first, second, '--out', first]);
    expect([status, stderr]).to.satisfy(
      ([code, text]: [number, string]) => code === 2 && text.includes('nothing was written'),
    );
  });
});

describe('run --shard refuses', () => {
  const vectors: [string, string[], RegExp][] = [
    ['no seed', ['--shard', '1/2'], /--shard 1\/2 --seed TEXT/],
    ['a nonce', ['--shard', '1/2', '--nonce', 'x'], /leave --shard out/],
    ['a budget', ['--shard', '1/2', '--seed', 's', '--budget', '9'], /--budget would leave out/],
    ['what is no share', ['--shard', '3/2', '--seed', 's'], /--shard takes I\/N.*not 3\/2/],
    ['one alone', ['--shard', '1/1', '--seed', 's'], /from 2 to 99/],
    [
      'more shards than cases',
      ['--shard', '1/9', '--seed', 's', '--only', 'SYS-NEG-004/twice'],
      /leaves shards empty: the cases that can be shared out are 1/,
    ],
    ['what was decided', ['--shard', '1/2', '--resume', 'x'], /--shard was decided/],
  ];
  for (const [what, args, why] of vectors) {
    it(what, () => {
      const { status, stderr } = causeway(['run', 'reference:host', ...args]);
      expect(stderr).to.match(why);
      expect(status).to.equal(2);
    });
  }
});

describe('the memory that merging takes', () => {
  /** Writes a shard of small cases. */
  const write = (folder: string, from: number, count: number): void => {
    mkdirSync(join(folder, 'wire'), { recursive: true });
    const files = ['journal.jsonl', 'wire/0001.jsonl'].map((name) =>
      openSync(join(folder, name), 'w'),
    );
    const held: string[][] = [[], []];
    let n = 0;
    const put = (file: 0 | 1, rest: object): void => {
      n += 1;
      held[file]?.push(`${JSON.stringify({ n, t: n - 1, ...rest })}\n`);
      if (n % 1000 === 0) flush();
    };
    const flush = (): void =>
      files.forEach((file, index) => {
        writeSync(file, held[index]?.splice(0).join('') ?? '');
      });
    const deadlines = { call: 1, start: 1, case: 1, stop: 1 };
    const at = '2026-11-24T00:00:00.000Z';
    put(0, { event: 'run-started', at, target: 'test', deadlines });
    for (let index = from; index < from + count; index += 1) {
      const own = { case: `DRV-MEM-001/made-up-${index}`, attempt: 1 };
      const session = `${own.case}~1.1`;
      put(0, { event: 'case-started', ...own, alone: false, factor: 1 });
      put(1, { session, kind: 'open' });
      put(1, { session, kind: 'send', text: 'x'.repeat(100) });
      put(0, { event: 'case-ended', ...own });
    }
    put(0, { event: 'run-ended', how: 'complete' });
    flush();
    files.forEach((file) => {
      closeSync(file);
    });
  };

  /** Of the program's own: what is held for good ends it, and what is not yet collected stays within it. */
  const HEAP = ['--max-old-space-size=32', '--max-semi-space-size=1'];

  /** The peak of a process that merges two shards, in MiB. */
  const peak = (count: number): number => {
    const parent = temporaryFolder();
    const folders = [0, 1].map((index) => join(parent, `shard-${index}`));
    folders.forEach((folder, index) => {
      write(folder, (index * count) / 2, count / 2);
    });
    const out = join(parent, 'merged');
    mkdirSync(join(out, 'wire'), { recursive: true });
    const shards = folders.map((folder, index) => ({
      folder,
      shard: { index: index + 1, of: 2, environment: environment() },
    }));
    const program = `
      import { mergeLogs } from ${JSON.stringify(join(BUILD, 'runner', 'merge.js'))};
      const shards = ${JSON.stringify(shards)}.map((one) => ({ ...one, has: () => true }));
      mergeLogs(shards, ${JSON.stringify(out)});
      console.log(process.resourceUsage().maxRSS);`;
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [...HEAP, '--input-type=module', '--eval', program],
      { encoding: 'utf8' },
    );
    expect(stderr).to.equal('');
    const lines = readFileSync(join(out, 'journal.jsonl')).filter((byte) => byte === 0x0a).length;
    expect(lines).to.equal(2 * count + 4);
    return Number(stdout) / 1024;
  };

  it('is the same for a hundred times the cases', () => {
    const [small, large] = [peak(1000), peak(100_000)];
    expect(large - small, `${small} MiB and ${large} MiB`).to.be.below(64);
  });
});
