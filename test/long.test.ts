// What may be too long to be held: lists that are read from their file as they are asked for, and logs that are
// judged as they are read.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { judge, judgeInto } from '../core/judge.ts';
import { plan as makePlan, profiles } from '../core/plan.ts';
import { ScratchList } from '../runner/file-list.ts';
import { readLongJson } from '../runner/long-json.ts';
import type { JournalEvent, Result, WireEntry } from '../schemas/generated/types.ts';
import { cases } from '../suites/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'causeway-long-'));
after(() => rmSync(folder, { recursive: true }));

const read = (text: string): unknown => {
  const path = join(folder, 'value.json');
  writeFileSync(path, text);
  const { rest, list } = readLongJson(path, 'list');
  return list ? { ...(rest as object), list: [...list] } : rest;
};

/** Longer than what is read at a time, with characters of several bytes across each such border. */
const LONG = { a: 1, list: ['€'.repeat(200_000), { b: 'x'.repeat(300_001) }, '"\\'], c: [2] };

describe('a list in its file', () => {
  const same: [string, string][] = [
    ['as the suite spells it', JSON.stringify({ a: 1, list: [{ b: [1] }, 2], c: {} }, null, 2)],
    ['without spaces', '{"a":1,"list":[{"b":[1]},2],"c":{}}'],
    ['with spaces everywhere', ' { "a" : 1 , "list" : [ { } , [ ] ] } '],
    [
      'of strings that look like JSON',
      '{"list":["],","\\"]","\\\\",{"},{":"[["}],"a":"list\\": ["}',
    ],
    ['that is empty', '{"list":[],"a":1}'],
    ['that is blank', '{"list":[ \n ]}'],
    ['of one element', '{"list":[[]]}'],
    ['that is not there', '{"a":[1,2]}'],
    ['that is no list', '{"list":{"a":[1]}}'],
    ['of a member’s own member', '{"a":{"list":[1,2]},"b":[{"list":[3]}]}'],
    ['that is there twice', '{"list":[1,2],"list":[3]}'],
    ['that is there again, spelled otherwise', '{"list":[1,2],"\\u006cist":[3]}'],
    ['of a value that is a list', '[{"list":[1]}]'],
    ['longer than a block', JSON.stringify(LONG)],
  ];
  for (const [name, text] of same) {
    it(`${name} is what JSON.parse reads`, () => {
      expect(read(text)).to.deep.equal(JSON.parse(text));
    });
  }
  const none = [
    '{"list":[1,2,]}',
    '{"list":[1,,2]}',
    '{"list":[{}{}]}',
    '{"list":[1,2',
    '{"list":[1,2}',
    '{"list":[[1},2]}',
    '{"list":[1]]}',
    '{"list":[1]}{}',
    '{"list":[1] "a":2}',
    '{"a" "list":[1]}',
    '',
  ];
  for (const text of none) {
    it(`is none in ${text || 'nothing'}`, () => {
      expect(() => JSON.parse(text)).to.throw();
      expect(() => read(text)).to.throw();
    });
  }
  it('has each element where it was put', () => {
    const list = new ScratchList<string>(3);
    for (const place of [2, 0, 1]) list.put(place, `${place} ${'€'.repeat(100_000)}`);
    expect([...list].map((text) => text[0])).to.deep.equal(['0', '1', '2']);
    expect(list.at(1)).to.equal(`1 ${'€'.repeat(100_000)}`);
    expect(list.at(3)).to.equal(undefined);
    expect(JSON.parse(JSON.stringify({ list }))).to.deep.equal({ list: [...list] });
  });
});

describe('a judge', () => {
  const [profile] = profiles;
  if (!profile) throw new Error('the standard has no profile');
  const plan = makePlan({
    suite: { name: 'test', version: '0' },
    profile,
    level: 1,
    seed: { value: 'test', source: 'given' },
    cases: cases.filter(({ kind }) => kind !== 'monitor'),
  });
  const late = plan.cases[0]?.id;
  const cut = plan.cases.at(-1)?.id;
  const journal: JournalEvent[] = [];
  const wire: WireEntry[] = [];
  let n = 0;
  const attempt = (id: string, number: number, ends = true): void => {
    const own = { case: id, attempt: number };
    journal.push({ n: ++n, t: n, event: 'case-started', ...own, alone: false, factor: 1 });
    wire.push({ n: ++n, t: n, session: id, kind: 'open' });
    journal.push({ n: ++n, t: n, event: 'nothing-to-test', ...own, why: 'a test' });
    if (ends) journal.push({ n: ++n, t: n, event: 'case-ended', ...own });
  };
  for (const { id } of plan.cases) attempt(id, 1, id !== cut);
  journal.push({ n: ++n, t: n, event: 'run-resumed', at: '2026-01-01T00:00:00.000Z' });
  for (const id of [cut, late]) if (id !== undefined) attempt(id, 2);

  it('decides each case as soon as the logs have no more of it', () => {
    let line = 0;
    const counted = {
      *[Symbol.iterator]() {
        line = 0;
        for (const event of journal) {
          line += 1;
          yield event;
        }
      },
    };
    const whenPut = new Map<string, number>();
    const results: Result[] = [];
    const put = (place: number, result: Result): void => {
      whenPut.set(result.case, line);
      results[place] = result;
    };
    judgeInto(put, plan, counted, wire, []);
    expect(results.map((one) => one.case)).to.deep.equal(plan.cases.map(({ id }) => id));
    for (const { case: id } of results) {
      const last = journal.findLastIndex((event) => 'case' in event && event.case === id);
      // The journal is read on to the end of the next case, which says what is that one's.
      expect(whenPut.get(id)).to.be.within(last + 1, last + 4);
    }
  });

  it('gives each attempt what was said in it', () => {
    for (const { case: id, attempts, wire: slices } of judge(plan, journal, wire, []).results) {
      const opened = wire.flatMap((entry) => (entry.session === id ? [entry.n] : []));
      expect(attempts).to.have.length(opened.length);
      expect(slices).to.deep.equal(opened.map((at) => ({ session: id, from: at, to: at })));
    }
  });
});
