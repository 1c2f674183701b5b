// Endpoints start with the code that was kept of them, and with none that is not theirs.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { BUILD, temporaryFolder } from './support.ts';

const START = join(BUILD, 'adapters', 'kit', 'start.cjs');

const program = (word: string): string =>
  `const { basename } = require('node:path');
   console.log([${JSON.stringify(word)}, basename(__filename), ...process.argv.slice(2)].join(' '));`;

const written = (word: string): string => {
  const path = join(temporaryFolder(), 'program.cjs');
  writeFileSync(path, program(word));
  return path;
};

const said = (path: string, environment: Record<string, string> = {}): string =>
  spawnSync(process.execPath, [START, path, 'one', 'two'], {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  }).stdout.trim();

const keep = (path: string): string => said(path, { CAUSEWAY_KEEP_CODE: '' });

describe('the start of a bundled program', () => {
  it('gives it its arguments and what it requires', () => {
    expect(said(written('first'))).to.equal('first program.cjs one two');
  });

  it('keeps its code where it is asked to, and takes it', () => {
    const path = written('first');
    expect(keep(path)).to.equal('first program.cjs one two');
    // V8 knows a text by its length alone: what runs now is the code, as it was kept.
    writeFileSync(path, program('other'));
    utimesSync(path, new Date(), new Date(0));
    expect(said(path)).to.equal('first program.cjs one two');
  });

  it('leaves code that is older than the program', () => {
    const path = written('first');
    keep(path);
    writeFileSync(path, program('other'));
    utimesSync(`${path}.code`, new Date(), new Date(0));
    expect(said(path)).to.equal('other program.cjs one two');
  });

  it('leaves code that V8 did not make', () => {
    const path = written('first');
    writeFileSync(`${path}.code`, 'no code');
    expect(said(path)).to.equal('first program.cjs one two');
  });

  it('keeps nothing unasked', () => {
    const path = written('first');
    said(path);
    expect(existsSync(`${path}.code`)).to.equal(false);
  });

  it('says nothing of its own', () => {
    const path = written('first');
    keep(path);
    const { stderr } = spawnSync(process.execPath, [START, path], { encoding: 'utf8' });
    expect(stderr).to.equal('');
  });

  for (const adapter of ['reference', 'opencl', 'vulkan']) {
    it(`has the code of ${adapter} from the build`, () => {
      const code = readFileSync(join(BUILD, 'adapters', adapter, 'endpoint.cjs.code'));
      expect(code.length).to.be.above(10_000);
    });
  }
});
