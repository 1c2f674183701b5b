// The borders between folders hold: the linter refuses each import that the design forbids, and no
// vendor's name stands outside adapters/ and data.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { ROOT, temporaryFolder } from './support.ts';

const WINGS = ['suites', 'adapters', 'runner', 'evidence', 'reports', 'cli'] as const;
const ALLOWED: Record<string, readonly string[]> = {
  schemas: ['schemas'],
  core: ['core', 'schemas'],
  suites: ['suites', 'core', 'schemas'],
  adapters: ['adapters', 'core', 'schemas'],
  runner: ['runner', 'core', 'schemas'],
  evidence: ['evidence', 'core', 'schemas'],
  reports: ['reports', 'core', 'schemas'],
  cli: ['cli', 'evidence', 'reports', 'runner', 'adapters', 'suites', 'core', 'schemas'],
};

/** Libraries that a folder may not know. */
const FORBIDDEN: readonly (readonly [string, string])[] = [
  ['core', 'chai'],
  ['core', 'mocha'],
  ['core', 'node:fs'],
  ['core', 'node:child_process'],
  ['suites', 'mocha'],
  ['suites', 'node:child_process'],
  ['adapters', 'chai'],
  ['runner', 'chai'],
  ['evidence', 'node:fs'],
  ['reports', 'node:fs'],
];

/** Which of these imports the project's own linter settings refuse, tried in a tree of their own. */
const refused = (imports: readonly (readonly [string, string])[]): boolean[] => {
  const tree = temporaryFolder();
  copyFileSync(join(ROOT, 'biome.json'), join(tree, 'biome.json'));
  imports.forEach(([folder, specifier], index) => {
    mkdirSync(join(tree, folder, 'within'), { recursive: true });
    const text = `import type { X } from '${specifier}';\nexport type Y${index} = X;\n`;
    writeFileSync(join(tree, folder, 'within', `probe-${index}.ts`), text);
  });
  const { stdout } = spawnSync(
    process.execPath,
    [
      join(ROOT, 'node_modules', '@biomejs', 'biome', 'bin', 'biome'),
      'lint',
      '--only=style/noRestrictedImports',
      '--reporter=json',
      '--max-diagnostics=none',
      '.',
    ],
    { cwd: tree, encoding: 'utf8' },
  );
  return imports.map((_, index) => stdout.includes(`probe-${index}.ts`));
};

describe('the borders', () => {
  it('between folders hold, both ways, for types too', () => {
    const pairs = Object.keys(ALLOWED).flatMap((from) =>
      ['schemas', 'core', ...WINGS]
        .filter((to) => to !== from)
        .map((to) => [from, `../../${to}/x.ts`, !ALLOWED[from]?.includes(to)] as const),
    );
    const found = refused(pairs.map(([from, specifier]) => [from, specifier]));
    expect(pairs.filter(([, , forbidden], index) => found[index] !== forbidden)).to.deep.equal([]);
  });

  it('keep test libraries off the ground floor, and transports out of suites', () => {
    const found = refused(FORBIDDEN);
    expect(FORBIDDEN.filter((_, index) => !found[index])).to.deep.equal([]);
  });
});

/** Names of adapters and of what they find: they belong to adapters/ and to data. */
const VENDORS =
  /opencl|pocl|rusticl|clover|oclgrind|vulkan|lavapipe|swiftshader|cuda|nvidia|\bamd\b|intel|onnxruntime|tensorflow|tfjs|\bjax\b/i;

/** A program format of the standard, which is named for the published language and not for who drives it. */
const FORMAT = /'opencl-c'|\bopencl-c\|/g;

const sources = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true })
    .map(String)
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name));

describe('vendors', () => {
  it('have no name outside adapters/ and data', () => {
    const named = ['core', 'runner', 'suites', 'evidence', 'reports', 'cli']
      .flatMap(sources)
      .flatMap((path) =>
        readFileSync(join(ROOT, path), 'utf8')
          .split('\n')
          .flatMap((line, index) =>
            VENDORS.test(line.replaceAll(FORMAT, ''))
              ? [`${path}:${index + 1}: ${line.trim()}`]
              : [],
          ),
      );
    expect(named).to.deep.equal([]);
  });
});
