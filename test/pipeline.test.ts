// What pipelines copy from here works: each command line that the docs, the action and the job hold is one
// that the command line takes, and the action's script ends as docs/ci.md says.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { faultOf } from '../schemas/validate.ts';
import { causeway, ROOT, temporaryFolder } from './support.ts';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** The words of a shell command up to its end: what an expansion adds is taken as added. */
const wordsOf = (text: string): string[] => {
  const whole = text.replaceAll(/\$\{\w+:\+([^}]*)\}/g, '$1');
  const [command = ''] = whole.split(/ (?:\|\||&&|#)|;| {3}/);
  return [...command.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map((match) =>
    match[0].replaceAll(/["']/g, ''),
  );
};

/** The arguments of each `causeway COMMAND` in a text of shell lines. */
const commandsIn = (text: string): string[][] =>
  text
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .flatMap((line) => {
      const [, rest] = /^\s*(?:npx )?causeway (?!\()(.*)$/.exec(line) ?? [];
      return rest === undefined ? [] : [wordsOf(rest)];
    });

/** The blocks of code in a page, and its words in backticks. */
const codeIn = (page: string): string =>
  [
    ...[...page.matchAll(/```\w*\n([\s\S]*?)```/g)].map((match) => match[1]),
    ...[...page.matchAll(/`(causeway [^`]+)`/g)].map((match) => match[1]),
  ].join('\n');

interface Known {
  /** By option, whether it takes a value. */
  readonly options: ReadonlyMap<string, boolean>;
  readonly least: number;
  readonly most: number;
}

/** What the command line says of itself. */
const knowledge = new Map<string, Known>();
const known = (command: string): Known => {
  const held = knowledge.get(command);
  if (held) return held;
  const { status, stdout } = causeway([command, '--help']);
  expect(status, command).to.equal(0);
  expect(stdout, command).to.match(new RegExp(`^Usage: causeway ${command}\\b`));
  const options = new Map(
    [...stdout.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)( <)?/gm)].map(
      (match) => [match[1] ?? '', match[2] !== undefined] as const,
    ),
  );
  const [usage = ''] = stdout.split('\n');
  const least = usage.match(/<\w+(?:\.\.\.)?>/g)?.length ?? 0;
  const more = usage.match(/\[(?!options)\w+\]/g)?.length ?? 0;
  const most = usage.includes('...') ? Number.POSITIVE_INFINITY : least + more;
  knowledge.set(command, { options, least, most });
  return { options, least, most };
};

/** What is wrong with a command line; empty where nothing is. */
const faultsOf = ([command = '', ...words]: readonly string[]): string[] => {
  const { options, least, most } = known(command);
  const faults: string[] = [];
  let places = 0;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (!word.startsWith('-')) places += 1;
    else if (!options.has(word)) faults.push(`${command} has no option ${word}`);
    else if (options.get(word)) {
      index += 1;
      if (words[index] === undefined) faults.push(`${word} has no value`);
    }
  }
  if (places < least || places > most) faults.push(`${command} takes not ${places} arguments`);
  return faults;
};

interface Action {
  inputs: Record<string, { description: string; required?: boolean; default?: string }>;
  outputs: Record<string, { value: string }>;
  runs: { using: string; steps: { id?: string; run?: string; env?: Record<string, string> }[] };
}
interface Job {
  before_script: string[];
  script: string[];
  variables: Record<string, string>;
  artifacts: { paths: string[]; reports: { junit: string } };
}

const action = parse(read('action.yml')) as Action;
const { causeway: job } = parse(read('docs/gitlab-ci.yml')) as { causeway: Job };
const judge = action.runs.steps.find((one) => one.id === 'judge');

const SOURCES: [string, string, number][] = [
  ['docs/ci.md', codeIn(read('docs/ci.md')), 9],
  ['README.md', codeIn(read('README.md')), 8],
  ['action.yml', action.runs.steps.map((one) => one.run ?? '').join('\n'), 2],
  ['docs/gitlab-ci.yml', [...job.before_script, ...job.script].join('\n'), 2],
];

describe('the command lines', () => {
  for (const [name, text, least] of SOURCES) {
    it(`in ${name} are such that the command line takes`, () => {
      const commands = commandsIn(text);
      expect(commands.length, name).to.be.at.least(least);
      for (const words of commands) expect(faultsOf(words), words.join(' ')).to.deep.equal([]);
    });
  }

  it('would be told from others', () => {
    const [gate = [], run = []] = commandsIn(
      `causeway gate "$OUT" \${B:+--baselin} || x=$?\n  npx causeway run a --seed`,
    );
    expect(gate).to.deep.equal(['gate', '$OUT', '--baselin']);
    expect(faultsOf(gate)).to.deep.equal(['gate has no option --baselin']);
    expect(faultsOf(run)).to.deep.equal(['--seed has no value']);
    expect(faultsOf(['gate'])).to.deep.equal(['gate takes not 0 arguments']);
    expect(faultsOf(['diff', 'a', 'b', 'c'])).to.deep.equal(['diff takes not 3 arguments']);
  });

  it('in docs/ci.md come with waivers that the schema takes', () => {
    const [, text] = /```yaml\n(waivers:[\s\S]*?)```/.exec(read('docs/ci.md')) ?? [];
    expect(faultOf('WaiverFile', parse(text ?? ''))).to.equal(undefined);
  });

  it('in docs/ci.md give the action inputs that it has', () => {
    const [, text] = /```yaml\n(- uses[\s\S]*?)```/.exec(read('docs/ci.md')) ?? [];
    const [step] = parse(text ?? '') as { with: Record<string, string> }[];
    expect(Object.keys(action.inputs)).to.include.members(Object.keys(step?.with ?? { none: 1 }));
  });
});

/** Every shell script here, by name. */
const SCRIPTS: [string, string][] = [
  ...action.runs.steps.flatMap((one, index): [string, string][] =>
    one.run === undefined ? [] : [[`step ${index} of action.yml`, one.run]],
  ),
  ['docs/gitlab-ci.yml', [...job.before_script, ...job.script].join('\n')],
  [
    'Containerfile',
    [...read('Containerfile').matchAll(/^RUN (.*)$/gm)].map((match) => match[1]).join('\n'),
  ],
];

describe('the scripts', () => {
  for (const [name, text] of SCRIPTS) {
    it(`of ${name} are shell, and hold no input as code`, () => {
      expect(text).to.not.equal('');
      const { status, stderr } = spawnSync('bash', ['-n'], { input: text, encoding: 'utf8' });
      expect(stderr).to.equal('');
      expect(status).to.equal(0);
      expect(text).to.not.include('${{');
    });
  }

  it('of the action get every input, and of the job every variable that they read', () => {
    const given = Object.values(judge?.env ?? {}).join();
    for (const name of Object.keys(action.inputs)) expect(given).to.include(`inputs.${name} `);
    const text = job.script.join('\n');
    for (const [, name = ''] of text.matchAll(/\$\{?(CAUSEWAY_\w+)/g))
      expect(job.variables).to.have.property(name);
    expect(job.artifacts.reports.junit).to.equal('$CAUSEWAY_OUT/junit.xml');
  });

  it('of the Containerfile start what is there', () => {
    const [, entry] = /^ENTRYPOINT (.*)$/m.exec(read('Containerfile')) ?? [];
    const [program, path = ''] = JSON.parse(entry ?? '[]') as string[];
    expect(program).to.equal('node');
    expect(existsSync(join(ROOT, path.replace(/^\/causeway\//, '')))).to.equal(true);
  });
});

describe('the action', () => {
  /** Runs the step as the service would: bash with its options, and the inputs as variables. */
  const step = (inputs: Record<string, string>) => {
    const folder = temporaryFolder();
    const files = {
      GITHUB_OUTPUT: join(folder, 'output'),
      GITHUB_STEP_SUMMARY: join(folder, 'sum'),
    };
    for (const path of Object.values(files)) writeFileSync(path, '');
    const empty = Object.fromEntries(Object.keys(judge?.env ?? {}).map((name) => [name, '']));
    const { status } = spawnSync(
      'bash',
      ['--noprofile', '--norc', '-eo', 'pipefail', '-c', judge?.run ?? ''],
      {
        cwd: folder,
        encoding: 'utf8',
        env: {
          ...process.env,
          ...empty,
          ...files,
          CAUSEWAY: ROOT,
          PROFILE: action.inputs['profile']?.default ?? '',
          OUT: action.inputs['out']?.default ?? '',
          ...inputs,
        },
        timeout: 600_000,
      },
    );
    const [output, told] = Object.values(files).map((path) => readFileSync(path, 'utf8'));
    return { folder, status, output, told };
  };

  it('fails a target that is not conformant, and passes it where it is no worse than it was', () => {
    const first = step({ TARGET: 'reference:reduced', SEED: 'a' });
    expect(first.output).to.equal('run=1\ngate=1\n');
    expect(first.told).to.match(/^## gate: failed, 2 worse than conformant/);
    expect(first.status).to.equal(1);
    const baseline = join(first.folder, 'causeway-result', 'record.json');
    const next = step({ TARGET: 'reference:reduced', BASELINE: baseline });
    expect(next.output).to.equal('run=1\ngate=0\n');
    expect(next.told).to.match(/^## gate: passed, nothing worse than the baseline/);
    expect(next.status).to.equal(0);
  });

  it('does not gate on an old folder where nothing was run', () => {
    const { status, output } = step({ TARGET: 'no-such-target' });
    expect(output).to.equal('run=2\n');
    expect(status).to.equal(2);
  });
});
