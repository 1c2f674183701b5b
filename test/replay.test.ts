// A run can be judged again without its endpoint: the same course, the same verdicts, every time; and
// a log that is not the run's own ends as such, never as a failure of the endpoint.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { AnyCase } from '../core/case.ts';
import { readJournal } from '../runner/folder.ts';
import type { Deadlines } from '../schemas/generated/types.ts';
import { cases } from '../suites/index.ts';
import {
  launchOf,
  PATIENT,
  REFERENCE,
  replayOf,
  resultsOf,
  runInto,
  SHORT,
  temporaryFolder,
} from './support.ts';
import { fanOut, givenPing, ping, polling } from './traffic.ts';

const TIMES = 20;

const traffic = [fanOut, polling, ping];

const subjects: [string, readonly AnyCase[], Deadlines][] = [
  ['answers-out-of-order', traffic, PATIENT],
  ['answers-in-bursts', traffic, PATIENT],
  ['answers-late', [ping, givenPing], SHORT],
  ['never-answers-pings', [ping, givenPing], SHORT],
  ['dies-in-the-middle', traffic, PATIENT],
  ['dies-when-idle', [ping, polling, givenPing], PATIENT],
  ['prints-between', traffic, PATIENT],
  ['answers-twice', [ping, givenPing], PATIENT],
];

describe('replay', () => {
  for (const [name, own, deadlines] of subjects) {
    it(`takes the same course ${TIMES} times of ${TIMES}: ${name}`, async () => {
      const folder = temporaryFolder();
      await runInto(join(folder, 'run'), launchOf(name), own, deadlines);
      const recorded = resultsOf(join(folder, 'run'), own);
      const journal = [...readJournal(join(folder, 'run'))];
      for (let time = 0; time < TIMES; time += 1) {
        const replayed = await replayOf(join(folder, 'run'), own);
        expect(replayed.stopped).to.equal(undefined);
        expect(replayed.results).to.deep.equal(recorded);
        expect(replayed.journal).to.deep.equal(journal);
      }
    });
  }

  it(`takes the same course ${TIMES} times of ${TIMES}: the reference, all cases`, async () => {
    const folder = join(temporaryFolder(), 'run');
    const own = cases.filter((one) => one.id !== 'DRV-MEM-001/largest');
    const results = await runInto(folder, REFERENCE, own);
    const departures = [...results.values()].filter(
      (one) => one.verdict !== 'pass' && one.verdict !== 'not-applicable',
    );
    expect(departures).to.deep.equal([]);
    const recorded = resultsOf(folder, own);
    for (let time = 0; time < TIMES; time += 1) {
      const replayed = await replayOf(folder, own);
      expect(replayed.stopped).to.equal(undefined);
      expect(replayed.results).to.deep.equal(recorded);
    }
  });

  describe('of a log that is not the run’s', () => {
    const own = [fanOut, polling, ping];
    const changed = async (file: string, change: (lines: string[]) => string[]) => {
      const folder = join(temporaryFolder(), 'run');
      await runInto(folder, REFERENCE, own);
      const path = join(folder, file);
      const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
      writeFileSync(path, `${change(lines).join('\n')}\n`);
      return replayOf(folder, own);
    };
    const WIRE = join('wire', '0001.jsonl');
    const sends = (lines: readonly string[]): number[] =>
      lines.flatMap((line, index) => (line.includes('"kind":"send"') ? [index] : []));

    const vectors: [string, string, (lines: string[]) => string[]][] = [
      ['cut in the middle', WIRE, (lines) => lines.slice(0, lines.length / 2)],
      ['cut within a line', WIRE, (lines) => [...lines.slice(0, 40), '{"n":']],
      ['empty', WIRE, () => []],
      ['without one answer', WIRE, (lines) => lines.filter((_, index) => index !== 20)],
      [
        'with a request changed',
        WIRE,
        (lines) => {
          const at = sends(lines)[5] ?? 0;
          return lines.map((line, index) => (index === at ? line.replace('ping', 'pong') : line));
        },
      ],
      [
        'with two lines in each other’s place',
        WIRE,
        (lines) => {
          const [a = 0, b = 0] = sends(lines).slice(3, 5);
          return lines.map(
            (line, index) => lines[index === a ? b : index === b ? a : index] ?? line,
          );
        },
      ],
      ['with a journal that was cut', 'journal.jsonl', (lines) => lines.slice(0, 6)],
      ['with an empty journal', 'journal.jsonl', () => []],
      [
        'with a case left out',
        'journal.jsonl',
        (lines) => lines.filter((line) => !line.includes('polling')),
      ],
    ];
    for (const [what, file, change] of vectors) {
      it(`ends, and blames nobody: ${what}`, async () => {
        const replayed = await changed(file, change);
        expect(replayed.stopped?.reason).to.be.oneOf(['cut-short', 'diverged']);
        expect(replayed.results.map((one) => one.verdict)).to.not.include('fail');
      });
    }
  });
});
