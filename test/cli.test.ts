// The command line as users and pipelines meet it: exit codes, one clear line for wrong input, and
// nothing overwritten.
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { faultOf } from '../schemas/validate.ts';
import { causeway, fixture, ROOT, temporaryFolder } from './support.ts';

const ONE = ['--only', 'SYS-NEG-004/twice'];

const target = (text: string): string => {
  const path = join(temporaryFolder(), 'endpoint.yaml');
  writeFileSync(path, text);
  return path;
};

describe('wrong input', () => {
  const vectors: [string, () => string[], RegExp][] = [
    [
      'an unknown target',
      () => ['run', 'refrence'],
      /unknown target refrence.*Did you mean reference\?.*causeway adapters/,
    ],
    [
      'an implementation that is not here',
      () => ['run', 'reference:hots'],
      /reference:hots is not present.*Did you mean reference:host\?/,
    ],
    [
      'a target file that is not there',
      () => ['run', 'nowhere.yaml'],
      /nowhere\.yaml cannot be read/,
    ],
    [
      'a target file that is not YAML',
      () => ['run', target('binding: [snis\ncommand: {')],
      /endpoint\.yaml: not YAML: .*line/,
    ],
    [
      'a target file with a wrong type',
      () => ['run', target('binding: snis\ncommand: ./endpoint\n')],
      /endpoint\.yaml, line 2: command must be array/,
    ],
    [
      'a target file with a misspelt member',
      () => ['run', target('binding: snis\ncommand: [x]\nenvironmnt: {}\n')],
      /endpoint\.yaml, line 3: environmnt must NOT have additional properties/,
    ],
    [
      'a target file without a command',
      () => ['run', target('binding: snis\n')],
      /endpoint\.yaml, line 1: command must have required property/,
    ],
    [
      'a target file with a wrong value deep inside',
      () => ['run', target('binding: snis\ncommand: [x]\nenvironment:\n  A: b\n  B: 7\n')],
      /endpoint\.yaml, line 5: environment\.B must be string/,
    ],
    [
      'a secret that the environment has not',
      () => ['run', target('binding: snis\ncommand: [x]\nsecrets: [NO_SUCH_TOKEN]\n')],
      /NO_SUCH_TOKEN/,
    ],
    ['an unknown option', () => ['run', '--sede', '1'], /unknown option '--sede'.*\n?.*--seed/],
    [
      'an option that is still to come',
      () => ['run', '--url', 'http://localhost'],
      /--url is part of the design and not there yet/,
    ],
    ['an unknown command', () => ['rnu'], /unknown command 'rnu'.*\n?.*run/],
    [
      'an unknown profile',
      () => ['run', '--profile', 'DRV-MEMRY@1'],
      /no profile DRV-MEMRY@1.*Did you mean DRV-MEMORY@1\?/,
    ],
    [
      'a level that a profile has not',
      () => ['run', '--profile', 'DRV-MEMORY@9'],
      /no profile DRV-MEMORY@9/,
    ],
    [
      'a glob that selects nothing',
      () => ['run', '--only', 'DRV-MEM-01'],
      /--only DRV-MEM-01 selects no case.*Did you mean DRV-MEM-001\?/,
    ],
    [
      'a requirement that there is not',
      () => ['spec', 'DRV-MEM-01'],
      /no requirement DRV-MEM-01.*Did you mean DRV-MEM-001\?/,
    ],
    [
      'a timeout that is no number',
      () => ['run', '--timeout', 'soon'],
      /--timeout takes a number of seconds.*soon/,
    ],
    [
      'a count of seeds that is none',
      () => ['selftest', '--seeds', '0'],
      /--seeds takes a whole number.*0/,
    ],
    ['a folder that is no run', () => ['replay', temporaryFolder()], /plan\.json cannot be read/],
    ['a folder that is not there', () => ['replay', '/no/such/folder'], /is not there/],
  ];
  for (const [what, args, message] of vectors) {
    it(`gets exit code 2 and one clear line: ${what}`, () => {
      const { status, stdout, stderr } = causeway(args());
      expect(stderr).to.match(message);
      expect(stderr.trim().split('\n').length, stderr).to.be.at.most(2);
      expect(stdout).to.equal('');
      expect(status).to.equal(2);
    });
  }
});

describe('run', () => {
  it('certifies the reference, writes a valid record, and replays to the same', () => {
    const folder = join(temporaryFolder(), 'run');
    const { status, stdout } = causeway(['run', 'reference:host', '--out', folder, '--seed', 'a']);
    expect(stdout).to.match(/conformant/);
    expect(stdout).to.include('report.html');
    expect(status).to.equal(0);
    const record = JSON.parse(readFileSync(join(folder, 'record.json'), 'utf8'));
    expect(faultOf('Record', record)).to.equal(undefined);
    expect(record.subject.files).to.not.have.lengthOf(0);
    for (const result of record.results) {
      expect(result.verdict, result.case).to.be.oneOf(['pass', 'not-applicable']);
    }
    expect(readdirSync(folder).sort()).to.deep.equal([
      'badge.svg',
      'ctrf.json',
      'journal.jsonl',
      'junit.xml',
      'plan.json',
      'record.json',
      'report.html',
      'report.md',
      'wire',
    ]);
    const replayed = causeway(['replay', folder]);
    expect(replayed.stdout).to.match(/^same: /);
    expect(replayed.status).to.equal(0);

    const wire = join(folder, 'wire', '0001.jsonl');
    const text = readFileSync(wire, 'utf8');
    const changed = text.replace('"freeBytes":"', '"freeBytes":"9');
    expect(changed).to.not.equal(text);
    writeFileSync(wire, changed);
    const refused = causeway(['replay', folder]);
    expect(refused.stderr).to.match(
      /refused: wire\/0001\.jsonl is not what record\.json was made from/,
    );
    expect(refused.status).to.equal(2);
    const unverified = causeway(['replay', folder, '--unverified']);
    // Another answer leads to another verdict, or to another course than the log's.
    expect(unverified.stdout).to.match(/^(?:different|diverged): /);
    expect(unverified.status).to.be.oneOf([1, 5]);
    writeFileSync(wire, text.split('\n').slice(0, 100).join('\n'));
    const cut = causeway(['replay', folder, '--unverified']);
    expect(cut.stdout).to.match(/^interrupted: /);
    expect(cut.status).to.equal(5);
  });

  it('refuses a folder that holds another run, and overwrites nothing', () => {
    const folder = join(temporaryFolder(), 'run');
    expect(causeway(['run', 'reference:host', '--out', folder, ...ONE]).status).to.equal(4);
    const before = readFileSync(join(folder, 'record.json'), 'utf8');
    const { status, stderr } = causeway(['run', 'reference:host', '--out', folder, ...ONE]);
    expect(stderr).to.match(/holds another run; nothing was written/);
    expect(status).to.equal(2);
    expect(readFileSync(join(folder, 'record.json'), 'utf8')).to.equal(before);
  });

  it('refuses a folder that holds anything else', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'mine'));
    const { status, stderr } = causeway(['run', 'reference:host', '--out', folder, ...ONE]);
    expect(stderr).to.match(/holds other files/);
    expect(status).to.equal(2);
  });

  it('tells a product that declares little that the level is out of reach', () => {
    const folder = join(temporaryFolder(), 'run');
    const { status, stdout } = causeway(['run', 'reference:reduced', '--out', folder]);
    expect(stdout).to.match(/driver\.memory/);
    expect(status).to.equal(1);
  });

  it('ends with 3 where nothing starts, and writes why', () => {
    const folder = join(temporaryFolder(), 'run');
    const command = `'${process.execPath}' -e ''`;
    const { status } = causeway(['run', '--command', command, '--out', folder]);
    expect(status).to.equal(3);
    const record = JSON.parse(readFileSync(join(folder, 'record.json'), 'utf8'));
    expect(record.profile.outcome).to.equal('not-started');
    expect(new Set(record.results.map((one: { verdict: string }) => one.verdict))).to.deep.equal(
      new Set(['not-run']),
    );
  });

  it('judges an endpoint that a target file starts, and keeps its secret', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'mine.yaml');
    writeFileSync(
      path,
      `binding: snis\nname: mine\ncommand: ['${process.execPath}', '${fixture('tells-its-secret')}']\nsecrets: [TOKEN]\n`,
    );
    const out = join(folder, 'run');
    const { status } = causeway(['run', path, '--out', out, ...ONE], { TOKEN: 'hush-hush-hush' });
    expect(status).to.equal(1);
    for (const name of readdirSync(out, { recursive: true, withFileTypes: true })) {
      if (!name.isFile()) continue;
      const text = readFileSync(join(name.parentPath, name.name), 'utf8');
      expect(text, name.name).to.not.include('hush-hush-hush');
    }
  });

  it('gives several subjects a folder each, and ends with a comparison', () => {
    const folder = join(temporaryFolder(), 'run');
    const targets = ['reference:host', 'reference:reduced'];
    const { status, stdout } = causeway(['run', ...targets, '--out', folder, ...ONE]);
    expect(status).to.equal(1);
    expect(stdout).to.match(/DRV-MEMORY@1 +host +reduced\nconformant /);
    expect(readdirSync(folder).sort()).to.deep.equal([
      'index.html',
      'index.json',
      'reference-host',
      'reference-reduced',
    ]);
  });
});

describe('the other commands', () => {
  it('say what to do next, what is here, and what the standard has', () => {
    expect(causeway([]).stdout).to.match(/causeway run/);
    const door = causeway(['--help']).stdout;
    expect(door).to.equal(causeway([]).stdout);
    // The help at the door is written by hand; the parser's own, asked for twice, knows them all.
    const parsed = causeway(['--help', '--help']).stdout;
    const commands = [...parsed.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name);
    expect(commands).to.include('run');
    for (const name of commands.filter((one) => one !== 'help')) {
      expect(door).to.contain(`causeway ${name}`);
    }
    expect(causeway(['adapters']).stdout).to.match(/reference:host/);
    expect(JSON.parse(causeway(['adapters', '--json']).stdout)[0].present).to.equal(true);
    const row = causeway(['spec', 'DRV-MEM-009']).stdout;
    expect(row).to.match(/admits\n {2}INVALID_ARGUMENT from native/);
    expect(row).to.match(/DRV-MEM-009\/wraps/);
    expect(
      JSON.parse(causeway(['spec', 'DRV-MEM-001', '--json']).stdout).mutants,
    ).to.not.have.lengthOf(0);
  });
});

describe('selftest', () => {
  it('kills every mutant for its own reason, covers every MUST, and passes the reference', () => {
    const { status, stdout } = causeway(['selftest', '--seeds', '3', '--json']);
    const { mutants, references, uncovered } = JSON.parse(stdout);
    const departures = mutants.filter((one: { outcome: string }) => one.outcome !== 'killed');
    expect(departures).to.deep.equal([]);
    expect(mutants).to.not.have.lengthOf(0);
    expect(uncovered).to.deep.equal([]);
    expect(references).to.have.lengthOf(6);
    for (const one of references) expect(one.departures, one.endpoint).to.deep.equal([]);
    expect(status).to.equal(0);
  });
});

describe('an interrupt', () => {
  it('ends a run with a valid record: what had not begun is not-run', async () => {
    const folder = join(temporaryFolder(), 'run');
    const child = spawn(
      process.execPath,
      [join(ROOT, 'dist', 'cli', 'main.cjs'), 'run', 'reference:host', '--out', folder],
      { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, NO_COLOR: '1', CI: '1' } },
    );
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    let seen = '';
    child.stderr.on('data', (chunk: Buffer) => {
      seen += chunk.toString();
      if (seen.includes('SYS-NEG-003/cold')) child.kill('SIGINT');
    });
    expect(await ended).to.equal(4);
    const record = JSON.parse(readFileSync(join(folder, 'record.json'), 'utf8'));
    expect(faultOf('Record', record)).to.equal(undefined);
    expect(record.run.how).to.equal('interrupted');
    expect(record.summary['not-run']).to.be.greaterThan(20);
    expect(record.summary.fail + record.summary.error + record.summary.inconclusive).to.equal(0);
  });
});
