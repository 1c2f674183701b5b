// A vendor's first hour, as docs/vendors.md has it: its commands are run as they stand there, and its
// changes applied, in both languages.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { causeway, pythonProgram, ROOT, temporaryFolder } from './support.ts';

const document = readFileSync(join(ROOT, 'docs', 'vendors.md'), 'utf8');

/** The fenced blocks of one kind below a heading, or in all of the document. */
const blocks = (kind: string, heading = ''): string[] => {
  const from = document.slice(document.indexOf(heading === '' ? '' : `\n## ${heading}\n`) + 1);
  return [...from.matchAll(new RegExp(`\`\`\`${kind}\n([\\s\\S]*?)\n\`\`\``, 'g'))].map(
    ([, text = '']) => text,
  );
};

const PYTHON = pythonProgram();

const shell = (folder: string, script: string): { status: number | null; output: string } => {
  const { CI: _, ...environment } = process.env;
  const { status, stdout, stderr } = spawnSync('sh', ['-c', `{ ${script}\n} 2>&1`], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 600_000,
    env: {
      ...environment,
      NO_COLOR: '1',
      ...(PYTHON && { PATH: `${dirname(PYTHON)}:${environment['PATH']}` }),
      // What npm has in its cache it takes from there.
      npm_config_prefer_offline: 'true',
      npm_config_audit: 'false',
      npm_config_fund: 'false',
    },
  });
  return { status, output: `${stdout}${stderr}` };
};

/** A case that does not apply to the project as it stands. */
const LOST = 'DRV-MEM-011/exact';

const LANGUAGES = [
  { language: 'python', heading: 'In Python', change: 0 },
  { language: 'typescript', heading: 'In TypeScript', change: 1 },
] as const;

describe('a vendor’s way to a first verdict', () => {
  for (const { language, heading, change } of LANGUAGES) {
    it(`is the commands of docs/vendors.md, at most six: ${language}`, function () {
      if (language === 'python' && PYTHON === undefined) this.skip();
      const folder = temporaryFolder();
      symlinkSync(ROOT, join(folder, 'causeway'));
      const [commands = ''] = blocks('sh', heading);
      const lines = commands.split('\n');
      expect(lines.length).to.be.within(4, 6);
      expect(commands).to.include(`--language ${language}`);
      const { status, output } = shell(folder, commands);
      const [expected = ''] = blocks('text');
      for (const line of expected.split('\n')) expect(output).to.include(line);
      expect(output).to.not.match(/^ {2}(?:fail|error|inconclusive|not-run) /m);
      expect(status, output).to.equal(0);

      // The changes make it conformant; and what passed before and does so no more is found.
      const project = join(folder, 'my-adapter');
      writeFileSync(join(folder, 'change.diff'), `${blocks('diff')[change]}\n`);
      const baseline = join(project, 'baseline.json');
      const record = JSON.parse(readFileSync(baseline, 'utf8'));
      for (const one of record.results) if (one.case === LOST) one.verdict = 'pass';
      writeFileSync(baseline, JSON.stringify(record));
      const changed = shell(project, 'git apply ../change.diff && npm test');
      expect(changed.output).to.include('DRV-MEMORY@1: conformant');
      expect(changed.output).to.include('gate: failed, 1 worse than the baseline');
      expect(changed.output.split('gate: failed')[1]).to.include(LOST);
      expect(changed.status).to.equal(1);
    });
  }
});

describe('causeway init', () => {
  it('refuses a folder that holds anything, and writes nothing there', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'mine'));
    const { status, stderr } = causeway(['init', folder, '--language', 'python']);
    expect(stderr).to.match(/holds other files; nothing was written/);
    expect(status).to.equal(2);
    expect(readdirSync(folder)).to.deep.equal(['mine']);
  });

  it('names the languages that it knows where it is asked for another', () => {
    const { status, stderr } = causeway(['init', 'nowhere', '--language', 'pyton']);
    expect(stderr).to.match(
      /^causeway: --language takes python or typescript, not pyton\..*python\?/,
    );
    expect(stderr.trim().split('\n')).to.have.lengthOf(1);
    expect(status).to.equal(2);
  });

  it('writes into an empty folder, names the project after it, and pins the compiler of the suite', () => {
    const folder = join(temporaryFolder(), 'Our Driver');
    mkdirSync(folder);
    expect(causeway(['init', folder, '--language', 'typescript']).status).to.equal(0);
    const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
    const manifest = read(join(folder, 'package.json'));
    const own = read(join(ROOT, 'package.json'));
    expect(manifest.name).to.equal('our-driver');
    for (const [name, version] of Object.entries(manifest.devDependencies)) {
      expect(version, name).to.equal(own.devDependencies[name]);
    }
    expect(readdirSync(folder)).to.include.members(['.gitignore', '.github', 'endpoint.yaml']);
    expect(own.files).to.include.members(['templates', 'adapters/kit/python/causeway_kit.py']);
  });
});
