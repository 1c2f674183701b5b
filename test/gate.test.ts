// A gate answers a release: every rule by which a result is worse, waived, excluded, or proves nothing,
// from the record of a real run and from alterations of it.
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Comparison, compare } from '../core/compare.ts';
import { type Finding, type Gate, gate, gateExit } from '../core/gate.ts';
import { judge } from '../core/judge.ts';
import { levelReached } from '../core/level.ts';
import { because, worst } from '../core/verdict.ts';
import { gateMarkdown } from '../reports/gate-markdown.ts';
import { gateSummary } from '../reports/gate-summary.ts';
import { html } from '../reports/html.tsx';
import { junit } from '../reports/junit.ts';
import { markdown } from '../reports/markdown.ts';
import { summary } from '../reports/summary.ts';
import { readJournal, readPlan, readWire } from '../runner/folder.ts';
import { EXCLUSIONS, type Reason } from '../schemas/generated/standard.ts';
import type { Exclusion, Result, Record as RunRecord, Waiver } from '../schemas/generated/types.ts';
import { faultOf } from '../schemas/validate.ts';
import { cases } from '../suites/index.ts';
import { causeway, fixture, REFERENCE, temporaryFolder, textOf } from './support.ts';

const DAY = '2027-01-31';
const ROW = 'DRV-MEM-009';
const CASE = 'DRV-MEM-009/wraps';
const OTHER = 'DRV-MEM-009/out-of-range';
const same = (text: string): string => text;
const STYLE = { bold: same, green: same, red: same, yellow: same, dim: same };

let root = '';
let whole: RunRecord;

before(() => {
  root = temporaryFolder();
  const folder = join(root, 'whole');
  expect(causeway(['run', 'reference:host', '--out', folder, '--seed', 'gate']).status).to.equal(0);
  whole = JSON.parse(readFileSync(join(folder, 'record.json'), 'utf8')) as RunRecord;
});

/** A copy of the run's folder that a test may spoil. */
const copyOf = (name: string): string => {
  const folder = join(temporaryFolder(), name);
  cpSync(join(root, 'whole'), folder, { recursive: true });
  return folder;
};

/** The record with its requirements' verdicts as its cases make them. */
const settled = (record: RunRecord): RunRecord => {
  const held = new Map(record.results.map((one) => [one.case, one.verdict]));
  const requirements = record.requirements.map((row) => ({
    ...row,
    verdict: worst(row.cases.flatMap((id) => held.get(id) ?? [])),
  }));
  return { ...record, requirements };
};

/** The record with another result of one case. */
const withCase = (record: RunRecord, id: string, change: (result: Result) => Result): RunRecord => {
  expect(record.results.map((one) => one.case)).to.include(id);
  const results = record.results.map((one) =>
    one.case === id ? change(structuredClone(one)) : one,
  );
  return settled({ ...record, results });
};

/** The same with what a reason stands for. */
const ended = (record: RunRecord, id: string, reason: Reason, broke = 'first'): RunRecord =>
  withCase(record, id, (result) => {
    const outcome = because(reason);
    const [attempt] = result.attempts;
    if (!attempt) throw new Error(`${id} was not attempted`);
    const expectations = [
      {
        id: `${ROW}/${broke}`,
        held: outcome.verdict !== 'fail',
        expected: 'ten',
        observed: 'nine',
      },
    ];
    return {
      ...result,
      ...outcome,
      message: 'as altered',
      attempts: [{ ...attempt, expectations }],
      ...(outcome.verdict === 'fail' && { expected: 'ten', observed: 'nine' }),
    };
  });

/** The record with one case more, in requirements of its own or those that are there. */
const withNewCase = (record: RunRecord, id: string, rows: string[], reason?: Reason): RunRecord => {
  const [first] = record.results;
  if (!first) throw new Error('the record is empty');
  const { reason: _reason, ...rest } = first;
  const outcome = reason === undefined ? ({ verdict: 'pass' } as const) : because(reason);
  const result = { ...rest, case: id, requirements: rows, ...outcome };
  const known = new Set(record.requirements.map((row) => row.id));
  const requirements = [
    ...record.requirements.map((row) =>
      rows.includes(row.id) ? { ...row, cases: [...row.cases, id] } : row,
    ),
    ...rows
      .filter((row) => !known.has(row))
      .map((row) => ({
        id: row,
        keyword: 'MUST',
        level: 1,
        verdict: outcome.verdict,
        cases: [id],
      })),
  ];
  return settled({ ...record, results: [...record.results, result], requirements });
};

const otherStandard = (record: RunRecord): RunRecord => ({
  ...record,
  standard: { ...record.standard, digest: 'b'.repeat(64) },
});

const otherSuite = (record: RunRecord): RunRecord => ({
  ...record,
  suite: { ...record.suite, version: '0.0.9' },
});

const waiver = (scope: string[], rest: Partial<Waiver> = {}): Waiver => ({
  id: 'W-1',
  scope,
  reason: 'known',
  link: 'https://example.org/1',
  approver: 'A. Person',
  expires: DAY,
  ...rest,
});

const decide = (
  record: RunRecord,
  baseline?: RunRecord,
  waivers: readonly Waiver[] = [],
  day = DAY,
): Gate => gate({ record, ...(baseline && { baseline }), waivers, day, distrust: [] });

const finding = (decided: Gate, id: string): Finding => {
  const found = decided.findings.find((one) => one.id === id);
  if (!found) throw new Error(`nothing is said of ${id}`);
  return found;
};

const gating = (decided: Gate): string[] =>
  decided.findings.filter((one) => one.effect === 'gates').map((one) => one.id);

const changeIn = (comparison: Comparison, id: string): string | undefined =>
  comparison.differences.find((one) => one.id === id)?.change;

describe('a comparison', () => {
  it('finds nothing between a record and itself', () => {
    const { grounds, differences } = compare(whole, whole);
    expect(grounds).to.deep.equal([]);
    expect(differences.filter((one) => one.change !== 'same')).to.deep.equal([]);
    expect(differences.length).to.equal(whole.results.length + whole.requirements.length);
  });

  const PASS = undefined;
  const moves: [Reason | undefined, Reason | undefined, string][] = [
    [PASS, 'broken', 'worse'],
    [PASS, 'hung', 'worse'],
    [PASS, 'interrupted', 'worse'],
    [PASS, 'slow', 'worse'],
    [PASS, 'capability', 'worse'],
    [PASS, 'nothing-to-test', 'worse'],
    ['capability', 'slow', 'worse'],
    ['capability', 'broken', 'worse'],
    ['slow', 'interrupted', 'worse'],
    ['interrupted', 'broken', 'worse'],
    ['broken', 'suite', 'worse'],
    ['broken', PASS, 'better'],
    ['capability', PASS, 'better'],
    ['slow', PASS, 'better'],
    ['interrupted', PASS, 'better'],
    ['suite', PASS, 'better'],
    ['broken', 'slow', 'changed'],
    ['broken', 'interrupted', 'changed'],
    ['broken', 'capability', 'changed'],
    ['interrupted', 'slow', 'changed'],
    ['broken', 'died', 'changed'],
    ['slow', 'setup', 'changed'],
    ['broken', 'broken', 'same'],
  ];
  for (const [from, to, change] of moves) {
    it(`calls ${from ?? 'pass'} to ${to ?? 'pass'} ${change}`, () => {
      const was = from === undefined ? whole : ended(whole, CASE, from);
      const is = to === undefined ? whole : ended(whole, CASE, to);
      expect(changeIn(compare(was, is), CASE)).to.equal(change);
    });
  }

  it('calls a failure that breaks another expectation changed', () => {
    const was = ended(whole, CASE, 'broken', 'first');
    const is = ended(whole, CASE, 'broken', 'second');
    const found = compare(was, is).differences.find((one) => one.id === CASE);
    expect(found?.change).to.equal('changed');
    expect([found?.before?.broke, found?.after?.broke]).to.deep.equal([
      `${ROW}/first`,
      `${ROW}/second`,
    ]);
  });

  it('calls a refusal that another gives changed', () => {
    const is = withCase(whole, CASE, (result) => ({ ...result, heldBy: ['adapter'] }));
    expect(changeIn(compare(whole, is), CASE)).to.equal('changed');
  });

  it('calls new and gone what the other standard, or the other suite, does not have', () => {
    const more = withNewCase(whole, 'DRV-NEW-001/x', ['DRV-NEW-001'], 'broken');
    const wider = compare(otherStandard(whole), more);
    expect(changeIn(wider, 'DRV-NEW-001')).to.equal('new');
    expect(changeIn(wider, 'DRV-NEW-001/x')).to.equal('new');
    expect(changeIn(compare(more, otherStandard(whole)), 'DRV-NEW-001')).to.equal('gone');
    expect(changeIn(compare(otherSuite(whole), more), 'DRV-NEW-001/x')).to.equal('new');
  });

  it('counts as not run what the same standard and suite have, and one record does not judge', () => {
    const more = withNewCase(whole, 'DRV-NEW-001/x', ['DRV-NEW-001'], 'broken');
    expect(changeIn(compare(whole, more), 'DRV-NEW-001')).to.equal('worse');
    expect(changeIn(compare(more, whole), 'DRV-NEW-001/x')).to.equal('changed');
    const fewer = settled({
      ...whole,
      results: whole.results.filter((one) => one.case !== CASE),
    });
    const found = compare(whole, fewer).differences.find((one) => one.id === CASE);
    expect(found?.change).to.equal('worse');
    expect(found?.after).to.deep.equal({ verdict: 'not-run', reason: 'unselected' });
  });

  it('says on what grounds two records stand', () => {
    const other = structuredClone(otherSuite(otherStandard(whole)));
    other.profile.level = 2;
    other.subject.target = 'elsewhere';
    other.run.deadlines.call = 7;
    if (other.subject.identity) {
      other.subject.identity.product.version = '9';
      other.subject.identity.adapter.version = '9';
    }
    expect(compare(other, whole).grounds.map((one) => one.what)).to.deep.equal([
      'standard',
      'suite',
      'profile',
      'target',
      'product',
      'adapter',
      'deadlines',
    ]);
  });
});

describe('a gate against a baseline', () => {
  it('lets a release through that is as it was, and one that is better', () => {
    expect(decide(whole, whole).outcome).to.equal('passed');
    const was = ended(whole, CASE, 'broken');
    expect(decide(whole, was).outcome).to.equal('passed');
    expect(finding(decide(whole, was), CASE).change).to.equal('better');
  });

  for (const reason of ['broken', 'slow', 'interrupted', 'capability'] as const) {
    it(`fails where a pass became ${because(reason).verdict}, by case and by requirement`, () => {
      const decided = decide(ended(whole, CASE, reason), whole);
      expect(decided.outcome).to.equal('failed');
      expect(gating(decided)).to.include(CASE);
      // A row is not-applicable only where all its cases are.
      if (reason === 'capability') expect(gating(decided)).to.not.include(ROW);
      else expect(gating(decided)).to.include(ROW);
    });
  }

  it('fails for a case that fails now and then, whatever the registry calls it', () => {
    const is = withCase(whole, CASE, (one) => ({
      ...one,
      verdict: 'fail',
      reason: 'intermittent',
      message: 'failed once in three attempts',
    }));
    expect(gating(decide(is, whole))).to.include(CASE);
  });

  it('fails for one more failed case of a requirement that failed already', () => {
    const was = ended(whole, OTHER, 'broken');
    const decided = decide(ended(was, CASE, 'broken'), was);
    expect(gating(decided)).to.deep.equal([CASE]);
    expect(finding(decided, OTHER).effect).to.equal('known');
  });

  it('lets through what is as bad as it was, also where it breaks otherwise, and shows it', () => {
    const was = ended(whole, CASE, 'broken', 'first');
    const decided = decide(ended(whole, CASE, 'broken', 'second'), was);
    expect(decided.outcome).to.equal('passed');
    expect(finding(decided, CASE)).to.include({ change: 'changed', effect: 'known' });
  });

  it('does not gate on a requirement that the baseline’s standard had not, and shows it', () => {
    const more = withNewCase(whole, 'DRV-NEW-001/x', ['DRV-NEW-001'], 'broken');
    const decided = decide(more, otherStandard(whole));
    expect(decided.outcome).to.equal('passed');
    expect(finding(decided, 'DRV-NEW-001')).to.include({ change: 'new', effect: 'shown' });
    const text = gateSummary({ gate: decided, record: more, notes: [] }, STYLE);
    expect(text).to.match(/another revision of the standard/);
    expect(text).to.match(/new DRV-NEW-001\/x not there -> fail: broken/);
  });

  it('fails where the same standard’s row was not judged by the baseline, and fails now', () => {
    const more = withNewCase(whole, 'DRV-NEW-001/x', ['DRV-NEW-001'], 'broken');
    expect(gating(decide(more, whole))).to.include('DRV-NEW-001');
  });

  it('fails for a new case that fails in a requirement that the baseline passed', () => {
    const more = withNewCase(whole, `${ROW}/closer`, [ROW], 'broken');
    const decided = decide(more, otherSuite(whole));
    expect(gating(decided)).to.deep.equal([ROW]);
    expect(gateSummary({ gate: decided, record: more, notes: [] }, STYLE)).to.match(
      /new case DRV-MEM-009\/closer: fail: broken/,
    );
  });

  it('fails for a part of a run, though all in it passed', () => {
    const fewer: RunRecord = {
      ...whole,
      results: whole.results.filter((one) => !one.requirements.includes(ROW)),
      requirements: whole.requirements.filter((one) => one.id !== ROW),
      profile: { ...whole.profile, missing: [`${ROW} not-run`] },
    };
    expect(gating(decide(fewer, whole))).to.include.members([ROW, CASE]);
    // Also where only the level's own list says that the standard has the row.
    expect(gating(decide(fewer, otherStandard(whole)))).to.deep.equal([ROW]);
    expect(gating(decide(fewer))).to.deep.equal([ROW]);
    // And as a baseline it hides nothing.
    expect(gating(decide(ended(whole, CASE, 'broken'), fewer))).to.include(CASE);
  });

  it('fails where a required capability is no longer declared', () => {
    const lacking: RunRecord = {
      ...whole,
      profile: { ...whole.profile, missing: ['capability driver.memory.copy not declared'] },
    };
    expect(gating(decide(lacking, whole))).to.deep.equal(['driver.memory.copy']);
    expect(decide(lacking, lacking).outcome).to.equal('passed');
    expect(finding(decide(lacking, lacking), 'driver.memory.copy').effect).to.equal('known');
    expect(gating(decide(lacking))).to.deep.equal(['driver.memory.copy']);
    expect(decide(lacking, whole, [waiver(['driver.memory.copy'])]).outcome).to.equal('passed');
  });

  it('shows a SHOULD that failed as a departure, and lets it through', () => {
    const should = (record: RunRecord): RunRecord => ({
      ...record,
      requirements: record.requirements.map((row) =>
        row.id === ROW ? { ...row, keyword: 'SHOULD' } : row,
      ),
    });
    const decided = decide(should(ended(whole, CASE, 'broken')), should(whole));
    expect(decided.outcome).to.equal('passed');
    expect(finding(decided, CASE)).to.include({ change: 'worse', effect: 'departure' });
    expect(finding(decided, ROW).effect).to.equal('departure');
    const alone = decide(should(ended(whole, CASE, 'broken')));
    expect(alone.outcome).to.equal('passed');
    expect(finding(alone, CASE)).to.include({ change: 'same', effect: 'departure' });
  });
});

describe('a gate without a baseline', () => {
  it('lets through what is conformant', () => {
    expect(decide(whole).outcome).to.equal('passed');
    expect(decide(ended(whole, CASE, 'capability')).outcome).to.equal('passed');
  });

  for (const reason of ['broken', 'slow', 'interrupted'] as const) {
    it(`fails for a MUST that is ${because(reason).verdict}`, () => {
      const decided = decide(ended(whole, CASE, reason));
      expect(decided.outcome).to.equal('failed');
      expect(gating(decided)).to.have.members([CASE, ROW]);
      expect(decided.against).to.equal('conformance');
    });
  }
});

describe('a record that proves nothing', () => {
  const failing = (record: RunRecord): RunRecord => ended(record, CASE, 'suite');
  const interrupted = (record: RunRecord): RunRecord => ({
    ...record,
    run: { ...record.run, how: 'interrupted' },
  });

  it('decides nothing, as release or as baseline, and no waiver helps', () => {
    for (const spoil of [failing, interrupted]) {
      expect(decide(spoil(whole), whole).outcome).to.equal('untrusted');
      expect(decide(whole, spoil(whole)).outcome).to.equal('untrusted');
      expect(decide(spoil(whole), undefined, [waiver([ROW])]).outcome).to.equal('untrusted');
    }
    expect(gateExit('untrusted')).to.equal(5);
  });

  it('is also the baseline of an endpoint that did not start; as a release that one is worse', () => {
    const silent: RunRecord = settled({
      ...whole,
      subject: { ...whole.subject, started: false },
      results: whole.results.map((one) => ({ ...one, ...because('not-started') })),
    });
    expect(decide(whole, silent).outcome).to.equal('untrusted');
    expect(decide(silent, whole).outcome).to.equal('failed');
  });

  it('is told with its reason', () => {
    const record = failing(whole);
    const decided = decide(record);
    expect(decided.distrust.join()).to.match(/the record has an error.*DRV-MEM-009\/wraps/);
    expect(gateSummary({ gate: decided, record, notes: [] }, STYLE)).to.match(/gate: undecided/);
    expect(gateMarkdown({ gate: decided, record, notes: [] })).to.match(/Why nothing is decided/);
  });
});

describe('a waiver', () => {
  const broken = (): RunRecord => ended(whole, CASE, 'broken');
  const stateOf = (decided: Gate): string | undefined => decided.waivers[0]?.state;

  for (const scope of [[ROW], [CASE], ['DRV-MEM-*'], ['DRV-MEM-009/w*'], ['**']]) {
    it(`with the scope ${scope} lets a failure through, as waived and never as pass`, () => {
      for (const baseline of [whole, undefined]) {
        const decided = decide(broken(), baseline, [waiver(scope)]);
        expect(decided.outcome).to.equal('passed');
        expect(stateOf(decided)).to.equal('used');
        expect(finding(decided, CASE)).to.deep.include({ effect: 'waived', waivedBy: ['W-1'] });
        expect(finding(decided, CASE).after?.verdict).to.equal('fail');
        const view = { gate: decided, record: broken(), notes: [] };
        expect(gateSummary(view, STYLE)).to.match(/^gate: passed, .* 1 waived/);
        expect(gateMarkdown(view)).to.include('waived by W-1');
      }
    });
  }

  it('of a case covers no other, and of a requirement no other row that the case decides', () => {
    const two = ended(broken(), OTHER, 'broken');
    expect(gating(decide(two, whole, [waiver([CASE])]))).to.have.members([OTHER, ROW]);
    const shared = withNewCase(whole, `${ROW}/shared`, [ROW, 'DRV-MEM-010'], 'broken');
    const decided = decide(shared, otherSuite(whole), [waiver([ROW])]);
    expect(gating(decided)).to.deep.equal(['DRV-MEM-010']);
    const held = withNewCase(whole, `${ROW}/shared`, [ROW, 'DRV-MEM-010']);
    expect(gating(decide(shared, held, [waiver([ROW])]))).to.have.members([
      `${ROW}/shared`,
      'DRV-MEM-010',
    ]);
    expect(decide(shared, otherSuite(whole), [waiver([`${ROW}/shared`])]).outcome).to.equal(
      'passed',
    );
    expect(decide(shared, otherSuite(whole), [waiver([ROW, 'DRV-MEM-010'])]).outcome).to.equal(
      'passed',
    );
  });

  it('of a row that was left out has to name the row', () => {
    const fewer: RunRecord = {
      ...whole,
      results: whole.results.filter((one) => !one.requirements.includes(ROW)),
      requirements: whole.requirements.filter((one) => one.id !== ROW),
      profile: { ...whole.profile, missing: [`${ROW} not-run`] },
    };
    expect(gating(decide(fewer, undefined, [waiver([`${ROW}/*`])]))).to.deep.equal([ROW]);
    expect(decide(fewer, undefined, [waiver([ROW])]).outcome).to.equal('passed');
  });

  it('that waives nothing fails the gate', () => {
    for (const baseline of [whole, undefined]) {
      const decided = decide(whole, baseline, [waiver([CASE])]);
      expect(decided.outcome).to.equal('failed');
      expect(stateOf(decided)).to.equal('stale');
      expect(gating(decided)).to.deep.equal([]);
      expect(gateSummary({ gate: decided, record: whole, notes: [] }, STYLE)).to.match(
        /waiver W-1 covers nothing/,
      );
    }
  });

  it('stays in force while the baseline is as bad', () => {
    const decided = decide(broken(), broken(), [waiver([CASE])]);
    expect(decided.outcome).to.equal('passed');
    expect(finding(decided, CASE).effect).to.equal('waived');
    expect(stateOf(decided)).to.equal('used');
  });

  it('holds on its last day, and the day after fails the gate and waives nothing', () => {
    expect(decide(broken(), whole, [waiver([CASE])], '2027-01-31').outcome).to.equal('passed');
    const decided = decide(broken(), whole, [waiver([CASE])], '2027-02-01');
    expect(decided.outcome).to.equal('failed');
    expect(stateOf(decided)).to.equal('expired');
    expect(gating(decided)).to.include(CASE);
    // Although the baseline is as bad, and nothing else gates.
    expect(decide(broken(), broken(), [waiver([CASE])], '2027-02-01').outcome).to.equal('failed');
  });

  it('for another target is neither used nor stale', () => {
    const elsewhere = waiver([CASE], { target: 'another:*' });
    expect(stateOf(decide(whole, whole, [elsewhere]))).to.equal('elsewhere');
    expect(decide(whole, whole, [elsewhere]).outcome).to.equal('passed');
    expect(decide(broken(), whole, [elsewhere]).outcome).to.equal('failed');
    const here = waiver([CASE], { target: 'reference:*' });
    expect(decide(broken(), whole, [here]).outcome).to.equal('passed');
  });
});

describe('an exclusion', () => {
  const dispute: Exclusion = {
    requirement: ROW,
    who: 'Example Working Group',
    why: 'two readings of "within"',
    until: '2999-12-31',
  };

  /** The level of the real run, with its case of the row turned into a failure. */
  const level = (exclusions: readonly Exclusion[], until = dispute.until) => {
    const folder = join(root, 'whole');
    const plan = readPlan(folder);
    const monitors = cases.flatMap((one) => (one.kind === 'monitor' ? [one] : []));
    const judgement = judge(plan, readJournal(folder), readWire(folder), monitors);
    const requirements = judgement.requirements.map((row) =>
      row.id === ROW ? { ...row, verdict: 'fail' as const } : row,
    );
    const dated = exclusions.map((one) => ({ ...one, until }));
    return levelReached(plan, { ...judgement, requirements }, dated);
  };

  it('is not in this revision', () => {
    expect(EXCLUSIONS).to.deep.equal([]);
    expect(whole.profile.excluded).to.equal(undefined);
  });

  it('leaves a disputed row out of what a level needs, and lists it', () => {
    expect(level([])).to.deep.include({ outcome: 'non-conformant', missing: [`${ROW} fail`] });
    expect(level([dispute])).to.deep.include({
      outcome: 'conformant',
      missing: [],
      excluded: [dispute],
    });
    expect(level([dispute]).nativeShare.of).to.equal(level([]).nativeShare.of);
  });

  it('ends with its day, by the day of the run', () => {
    const day = whole.run.startedAt.slice(0, 10);
    expect(level([dispute], day).outcome).to.equal('conformant');
    expect(level([dispute], '2026-01-01').outcome).to.equal('non-conformant');
    expect(level([dispute], '2026-01-01').excluded).to.equal(undefined);
  });

  it('of a row that the level does not have says nothing of it', () => {
    expect(level([{ ...dispute, requirement: 'DRV-XYZ-001' }]).excluded).to.equal(undefined);
  });

  const excluding = (record: RunRecord): RunRecord => ({
    ...record,
    profile: { ...record.profile, excluded: [dispute] },
  });

  it('is kept by the record, shown by every report, and gates nothing', () => {
    const record = excluding(ended(whole, CASE, 'broken'));
    expect(faultOf('Record', record)).to.equal(undefined);
    for (const baseline of [whole, undefined]) {
      const decided = decide(record, baseline);
      expect(decided.outcome).to.equal('passed');
      expect(finding(decided, CASE).effect).to.equal('excluded');
      expect(gateMarkdown({ gate: decided, record, notes: [] })).to.include('| excluded |');
    }
    const texts = [summary(record, STYLE), markdown(record), textOf(html(record, new Map()))];
    for (const text of texts) expect(text).to.match(/excluded[\s\S]*Example Working/i);
    expect(textOf(junit(record))).to.match(/skipped message="excluded, a disputed row/);
    expect(textOf(junit(record))).to.not.match(/<failure/);
  });

  it('does not cover another row that the same case decides', () => {
    const shared = withNewCase(whole, `${ROW}/shared`, [ROW, 'DRV-MEM-010'], 'broken');
    const decided = decide(excluding(shared), otherSuite(whole));
    expect(gating(decided)).to.deep.equal(['DRV-MEM-010']);
  });
});

describe('causeway gate', () => {
  const base = (): string => join(root, 'whole');

  it('passes the reference against itself, and against conformance', () => {
    const { status, stdout } = causeway(['gate', base(), '--baseline', base()]);
    expect(stdout).to.match(/^gate: passed, nothing worse than the baseline\n/);
    expect(stdout).to.not.match(/Note:/);
    expect(status).to.equal(0);
    expect(causeway(['gate', base()]).status).to.equal(0);
  });

  it('fails a real endpoint that got worse, says why, and how to repeat it', () => {
    const folder = join(temporaryFolder(), 'worse');
    const only = ['--only', 'SYS-NEG-004/twice'];
    const before = join(temporaryFolder(), 'before');
    expect(causeway(['run', 'reference:host', '--out', before, ...only]).status).to.equal(4);
    const vice = fixture(join('hostile', 'gives-a-result-of-wrong-type'));
    const command = `'${process.execPath}' '${vice}' '${REFERENCE.command[1]}'`;
    const run = causeway(['run', '--command', command, '--out', folder, '--seed', 's', ...only]);
    expect(run.status).to.equal(1);
    const file = join(temporaryFolder(), 'gate.md');
    const args = ['gate', folder, '--baseline', before, '--markdown', file];
    const { status, stdout } = causeway(args);
    expect(status, stdout).to.equal(1);
    expect(stdout).to.match(/^gate: failed, \d+ worse than the baseline/);
    expect(stdout).to.match(/Note: The baseline is of another target, reference:host/);
    expect(stdout).to.match(
      /fail SYS-NEG-004\/twice.*\n.*was pass.*\n.*expected a reply to system\.ping\n.*observed/,
    );
    expect(stdout).to.match(/causeway run command --only SYS-NEG-004\/\S+ --seed s/);
    expect(readFileSync(file, 'utf8')).to.match(/^## gate: failed/);
    const told = JSON.parse(causeway([...args.slice(0, 4), '--json']).stdout);
    expect(told.format).to.equal('causeway-gate/1');
    expect(told.outcome).to.equal('failed');
    const worse = told.findings.filter(
      (one: { effect: string; kind: string }) => one.effect === 'gates' && one.kind === 'case',
    );
    expect(worse).to.not.have.lengthOf(0);
    for (const one of worse) expect(one.reproduce).to.include(one.id);
  });

  it('takes a record alone for a baseline, and says that its evidence is not there', () => {
    const { status, stdout } = causeway([
      'gate',
      base(),
      '--baseline',
      join(base(), 'record.json'),
    ]);
    expect(stdout).to.match(/Note: The evidence of the baseline is not beside it/);
    expect(status).to.equal(0);
  });

  const spoils: [string, (folder: string) => void, RegExp][] = [
    [
      'a file of evidence that was changed',
      (folder) => {
        const path = join(folder, 'journal.jsonl');
        writeFileSync(path, readFileSync(path, 'utf8').replace('"held":true', '"held":false'));
      },
      /the record was not made from .*journal\.jsonl/,
    ],
    [
      'a file of evidence that is gone',
      (folder) => rmSync(join(folder, 'wire', '0001.jsonl')),
      /was not made from .*0001\.jsonl/,
    ],
    [
      'a record that says other than its evidence',
      (folder) => {
        const altered = ended(whole, CASE, 'capability');
        writeFileSync(join(folder, 'record.json'), JSON.stringify(altered));
      },
      /does not follow from its evidence: the evidence makes\s+DRV-MEM-009\/wraps pass/,
    ],
    [
      'a record that was never written',
      (folder) => rmSync(join(folder, 'record.json')),
      /the record was never written/,
    ],
  ];
  for (const [what, spoil, message] of spoils) {
    it(`ends with 5 for ${what}`, () => {
      const folder = copyOf('spoilt');
      spoil(folder);
      const { status, stdout } = causeway(['gate', folder]);
      expect(stdout).to.match(/^gate: undecided/);
      expect(stdout).to.match(message);
      expect(status).to.equal(5);
      expect(causeway(['gate', base(), '--baseline', folder]).status).to.equal(5);
    });
  }

  const FILE = `waivers:
  - id: W-1
    scope: [${CASE}]
    reason: known
    link: https://example.org/1
    approver: A. Person
    expires: 2999-12-31
`;
  const waiversFile = (text: string): string => {
    const path = join(temporaryFolder(), 'waivers.yaml');
    writeFileSync(path, text);
    return path;
  };

  it('reads waivers from a file, by the day that it is', () => {
    const folder = join(temporaryFolder(), 'one');
    // A part of a run: every row but these is not run.
    expect(
      causeway(['run', 'reference:host', '--out', folder, '--only', 'SYS-NEG-004/twice']).status,
    ).to.equal(4);
    const waive = (scope: string, expires: string): number | null =>
      causeway([
        'gate',
        folder,
        '--waivers',
        waiversFile(FILE.replace(CASE, scope).replace('2999-12-31', expires)),
      ]).status;
    expect(waive("'*'", '2999-12-31')).to.equal(0);
    expect(waive("'*'", '2020-12-31')).to.equal(1);
    expect(waive("'DRV-*'", '2999-12-31')).to.equal(1);
  });

  const wrong: [string, string, RegExp][] = [
    [
      'an unknown key',
      FILE.replace(' expires', ' note: x\n    expires'),
      /waivers\.yaml, line 7: waivers\.0\.note must NOT have additional properties; schemas\/run\/waivers\.schema\.json/,
    ],
    [
      'a missing key',
      FILE.replace(/ {4}link.*\n/, ''),
      /line 2: waivers\.0\.link must have required property/,
    ],
    [
      'a day that is none',
      FILE.replace('2999-12-31', '2999-02-30'),
      /line 7: waivers\.0\.expires must match pattern/,
    ],
    ['an empty scope', FILE.replace(`[${CASE}]`, '[]'), /line 3: waivers\.0\.scope/],
    [
      'an id that stands twice',
      FILE + FILE.replace('waivers:\n', ''),
      /line 8: waiver W-1 stands twice/,
    ],
  ];
  for (const [what, text, message] of wrong) {
    it(`refuses a waivers file with ${what}, and names the line`, () => {
      const { status, stdout, stderr } = causeway(['gate', base(), '--waivers', waiversFile(text)]);
      expect(stderr).to.match(message);
      expect(stdout).to.equal('');
      expect(status).to.equal(2);
    });
  }

  it('refuses what is no run, and a folder of several', () => {
    const empty = causeway(['gate', temporaryFolder()]);
    expect(empty.stderr).to.match(/is no run's folder/);
    expect(empty.status).to.equal(2);
    const several = temporaryFolder();
    writeFileSync(join(several, 'index.json'), '[{"folder":"a"},{"folder":"b"}]');
    const { status, stderr } = causeway(['gate', several]);
    expect(stderr).to.match(/holds several subjects; name one: .*\/a, .*\/b/);
    expect(status).to.equal(2);
    const unwritable = causeway(['gate', base(), '--markdown', '/no/such/folder/gate.md']);
    expect(unwritable.stderr).to.match(/--markdown .* cannot be written/);
    expect(unwritable.status).to.equal(2);
  });
});

describe('causeway diff', () => {
  it('ends with 0 where two runs came to the same, and 1 where not, each difference in a line', () => {
    const base = join(root, 'whole');
    const equal = causeway(['diff', base, join(base, 'record.json')]);
    expect(equal.stdout).to.match(/^same: \d+ cases\n$/);
    expect(equal.status).to.equal(0);
    const path = join(temporaryFolder(), 'other.json');
    writeFileSync(path, JSON.stringify(ended(whole, CASE, 'broken')));
    const { status, stdout } = causeway(['diff', base, path]);
    expect(stdout).to.match(
      /^different: 1 worse\n {2}worse {3}DRV-MEM-009\/wraps {2}pass.* -> fail: /,
    );
    expect(status).to.equal(1);
    const told = JSON.parse(causeway(['diff', path, base, '--json']).stdout);
    expect(told.outcome).to.equal('different');
    expect(told.differences.map((one: { change: string }) => one.change)).to.deep.equal([
      'better',
      'better',
    ]);
  });

  it('ends with 5 where a record is not what its evidence makes it', () => {
    const folder = copyOf('spoilt');
    writeFileSync(join(folder, 'record.json'), JSON.stringify(ended(whole, CASE, 'broken')));
    const { status, stderr } = causeway(['diff', folder, join(root, 'whole')]);
    expect(stderr).to.match(/the first does not follow from its evidence/);
    expect(status).to.equal(5);
  });
});
