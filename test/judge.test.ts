// Verdicts from plan, journal and wire alone: every branch of the joining of attempts, and every
// outcome of a level.
import { expect } from 'chai';
import { judge } from '../core/judge.ts';
import { exitCode, levelReached, worstExit } from '../core/level.ts';
import { plan as makePlan, profiles } from '../core/plan.ts';
import { because, PRECEDENCE, worst } from '../core/verdict.ts';
import { REASONS } from '../schemas/generated/standard.ts';
import type { InitializeResult, JournalEvent, Plan } from '../schemas/generated/types.ts';
import { cases } from '../suites/index.ts';

const [PROFILE] = profiles;
if (!PROFILE) throw new Error('the standard has no profile');

const planOf = (...ids: string[]): Plan =>
  makePlan({
    suite: { name: 'test', version: '0' },
    profile: PROFILE,
    level: 1,
    seed: { value: 'test', source: 'given' },
    cases,
    selects: (id) => ids.length === 0 || ids.includes(id),
  });

type Fact = JournalEvent extends infer E ? (E extends unknown ? Omit<E, 'n' | 't'> : never) : never;

const journalOf = (facts: readonly Fact[]): JournalEvent[] =>
  facts.map((fact, index) => ({ n: index + 1, t: index, ...fact }) as JournalEvent);

const ID = 'DRV-DEV-004/unknown';
const EXPECTATION = 'DRV-DEV-004/get';

const started = (attempt = 1, alone = false, factor = 1): Fact => ({
  event: 'case-started',
  case: ID,
  attempt,
  alone,
  factor,
});
const ended = (attempt = 1, diedIdle = false): Fact => ({
  event: 'case-ended',
  case: ID,
  attempt,
  ...(diedIdle && { diedIdle: true as const }),
});
const reached = (
  held: boolean,
  attempt = 1,
  rest: { cause?: 'hung' | 'died'; origin?: 'native' | 'kit' } = {},
): Fact => ({
  event: 'expectation',
  case: ID,
  attempt,
  id: EXPECTATION,
  held,
  expected: 1,
  observed: 2,
  ...rest,
});
const premise = (held: boolean, attempt = 1): Fact => ({
  event: 'premise',
  case: ID,
  attempt,
  id: 'devices',
  held,
  expected: 1,
  observed: 2,
});
const setup = (cause: 'refused' | 'hung' | 'died-idle', attempt = 1): Fact => ({
  event: 'setup-failed',
  case: ID,
  attempt,
  method: 'driver.device.list',
  cause,
  observed: '',
});
const threw = (reason: 'suite' | 'overtime' | 'diverged'): Fact => ({
  event: 'case-threw',
  case: ID,
  attempt: 1,
  reason,
  message: 'x',
});
const RESUMED: Fact = { event: 'run-resumed', at: '2026-11-24T00:00:00.000Z' };
const good = (attempt = 1): Fact[] => [premise(true, attempt), reached(true, attempt)];

const verdict = (facts: readonly Fact[]): string => {
  const [result] = judge(planOf(ID), journalOf(facts), [], []).results;
  return [result?.verdict, result?.reason].filter(Boolean).join(': ');
};

describe('a case', () => {
  const vectors: [string, Fact[], string][] = [
    ['passes when all is reached and held', [started(), ...good(), ended()], 'pass'],
    ['that never started is not-run', [], 'not-run: interrupted'],
    ['that did not end is not-run', [started(), ...good()], 'not-run: interrupted'],
    ['that broke and did not end is not-run', [started(), reached(false)], 'not-run: interrupted'],
    ['fails on a broken expectation', [started(), reached(false), ended()], 'fail: broken'],
    [
      'fails when it died on its own request',
      [started(), reached(false, 1, { cause: 'died' }), ended()],
      'fail: died',
    ],
    [
      'that reached less than it declares is an error',
      [started(), premise(true), ended()],
      'error: unreached',
    ],
    ['that threw is an error', [started(), ...good(), threw('suite'), ended()], 'error: suite'],
    [
      'that threw is an error even without an end',
      [started(), threw('diverged')],
      'error: diverged',
    ],
    [
      'whose ground was not so is inconclusive',
      [started(), premise(false), ended()],
      'inconclusive: premise',
    ],
    [
      'whose set-up was refused is inconclusive',
      [started(), setup('refused'), ended()],
      'inconclusive: setup',
    ],
    [
      'keeps the first of several causes',
      [started(), setup('refused'), reached(false), ended()],
      'inconclusive: setup',
    ],
    [
      'that missed a deadline once is unconfirmed',
      [started(), reached(false, 1, { cause: 'hung' }), ended()],
      'inconclusive: unconfirmed',
    ],
    [
      'that missed it again alone fails',
      [
        started(),
        reached(false, 1, { cause: 'hung' }),
        ended(),
        started(2, true, 5),
        reached(false, 2, { cause: 'hung' }),
        ended(2),
      ],
      'fail: hung',
    ],
    [
      'that kept it alone is slow',
      [
        started(),
        reached(false, 1, { cause: 'hung' }),
        ended(),
        started(2, true, 5),
        ...good(2),
        ended(2),
      ],
      'inconclusive: slow',
    ],
    [
      'that broke alone, given time, fails for that',
      [
        started(),
        reached(false, 1, { cause: 'hung' }),
        ended(),
        started(2, true, 5),
        reached(false, 2),
        ended(2),
      ],
      'fail: broken',
    ],
    [
      'that fails each time that it is tried fails for the first',
      [
        ...[started(), reached(false), ended()],
        ...[started(2, true), reached(false, 2, { cause: 'died' }), ended(2)],
      ],
      'fail: broken',
    ],
    [
      'that fails, and not each time that it is tried alone, comes and goes, and fails',
      [
        ...[started(), reached(false), ended()],
        ...[started(2, true), ...good(2), ended(2)],
        ...[started(3, true), ...good(3), ended(3)],
      ],
      'fail: intermittent',
    ],
    [
      'that fails, and whose ground was gone when it was tried alone, fails',
      [...[started(), reached(false), ended()], ...[started(2, true), premise(false, 2), ended(2)]],
      'fail: broken',
    ],
    [
      'that was cut with its run is what its next attempt comes to',
      [started(), reached(false), RESUMED, started(2), ...good(2), ended(2)],
      'pass',
    ],
    [
      'that was cut with its run, and not tried again, is not-run',
      [started(), ...good(), RESUMED],
      'not-run: interrupted',
    ],
    [
      'that a budget left out is not-run for that',
      [{ event: 'run-ended', how: 'budget' }],
      'not-run: budget',
    ],
    [
      'that a budget cut is not-run for that',
      [started(), ...good(), { event: 'run-ended', how: 'budget' }],
      'not-run: budget',
    ],
    [
      'whose set-up hung twice is inconclusive',
      [started(), setup('hung'), ended(), started(2, true, 5), setup('hung', 2), ended(2)],
      'inconclusive: setup',
    ],
    [
      'that took too long in all is inconclusive',
      [started(), threw('overtime'), ended()],
      'inconclusive: overtime',
    ],
    [
      'that passed, and fails when its session’s death is pinned, fails',
      [
        started(),
        ...good(),
        ended(),
        started(2, true),
        reached(false, 2, { cause: 'died' }),
        ended(2),
      ],
      'fail: died',
    ],
    [
      'that passed, and dies after its end alone, fails',
      [started(), ...good(), ended(), started(2, true), ...good(2), ended(2, true)],
      'fail: died',
    ],
    [
      'that found its session dead is unpinned where nobody brings it about again',
      [started(), setup('died-idle'), ended(), started(2, true), ...good(2), ended(2)],
      'inconclusive: death-unpinned',
    ],
    [
      'whose capability is not declared is not-applicable',
      [
        started(),
        { event: 'case-gated', case: ID, attempt: 1, capability: 'driver.device', probes: [] },
        ended(),
      ],
      'not-applicable: capability',
    ],
    [
      'that finds nothing to try is not-applicable',
      [started(), { event: 'nothing-to-test', case: ID, attempt: 1, why: 'x' }, ended()],
      'not-applicable: nothing-to-test',
    ],
  ];
  for (const [what, facts, expected] of vectors) {
    it(what, () => expect(verdict(facts)).to.equal(expected));
  }

  it('says who gave the refusals that it expected', () => {
    const facts = [started(), premise(true), reached(true, 1, { origin: 'kit' }), ended()];
    const [result] = judge(planOf(ID), journalOf(facts), [], []).results;
    expect(result?.heldBy).to.deep.equal(['kit']);
  });
});

describe('verdicts', () => {
  it('become the worst, and none at all is no pass', () => {
    expect(worst([])).to.equal('not-run');
    for (const [index, one] of PRECEDENCE.entries()) {
      for (const other of PRECEDENCE.slice(index)) {
        expect(worst([other, one])).to.equal(one);
      }
    }
  });

  it('have a reason of their own each, but pass', () => {
    for (const row of REASONS) expect(because(row.id).verdict).to.equal(row.verdict);
    expect(new Set<string>(REASONS.map((row) => row.verdict))).to.deep.equal(
      new Set(PRECEDENCE.filter((one) => one !== 'pass')),
    );
  });
});

const identity: InitializeResult = {
  protocolVersion: '1.0',
  product: { vendor: 'v', name: 'n', version: '1' },
  adapter: { name: 'a', version: '1' },
  capabilities: { 'driver.device': true, 'driver.memory': true, 'driver.memory.copy': true },
  methods: { 'driver.memory.digest': 'emulated' },
};

const probed = (rest: Partial<InitializeResult> = {}): Fact => ({
  event: 'endpoint-probed',
  started: true,
  detail: '',
  identity: { ...identity, ...rest },
  files: [],
});

/** A run in which each case, by its id, has these facts; the rest passes. */
const level = (
  overrides: Record<string, Fact[]> = {},
  head: Fact = probed(),
  used: Record<string, string> = {},
) => {
  const plan = planOf();
  const speaking = plan.cases.filter((one) => one.kind !== 'monitor');
  const plain = { ...plan, cases: speaking };
  const facts = speaking.flatMap((planned): Fact[] => {
    const own = { case: planned.id, attempt: 1 };
    const rows: Fact[] = overrides[planned.id] ?? [
      ...planned.premises.map(
        (id): Fact => ({ event: 'premise', ...own, id, held: true, expected: 1, observed: 1 }),
      ),
      ...planned.expectations.map(
        (id): Fact => ({ event: 'expectation', ...own, id, held: true, expected: 1, observed: 1 }),
      ),
    ];
    return [
      { event: 'case-started', ...own, alone: false, factor: 1 },
      ...rows,
      { event: 'case-ended', ...own },
    ];
  });
  const journal = journalOf([head, ...facts]);
  const wire = Object.entries(used).map(([id, method]) => {
    const event = journal.find((one) => one.event === 'case-started' && one.case === id);
    const text = JSON.stringify({ jsonrpc: '2.0', id: 1, method });
    return { n: (event?.n ?? 0) + 0.5, t: 0, session: 's', kind: 'send' as const, text };
  });
  const judgement = judge(plain, journal, wire, []);
  // The rows of monitors are no part of this journal.
  const monitored = planOf()
    .cases.filter((one) => one.kind === 'monitor')
    .flatMap((one) => one.requirements);
  for (const id of monitored) {
    if (judgement.requirements.some((one) => one.id === id)) continue;
    judgement.requirements.push({ id, keyword: 'MUST', level: 1, verdict: 'pass', cases: [] });
  }
  return levelReached(plain, judgement);
};

const own = (id: string, fact: object): Fact[] => [{ case: id, attempt: 1, ...fact } as Fact];
const broken = (id: string, expectation: string): Fact[] =>
  own(id, { event: 'expectation', id: expectation, held: false, expected: 1, observed: 2 });

describe('a requirement', () => {
  const passed = [started(), ...good(), ended()];
  it('is not-run where a case of it was left out, and fails where one failed', () => {
    const rowOf = (facts: readonly Fact[]) =>
      judge(planOf(ID), journalOf(facts), [], []).requirements.find(
        (row) => row.id === 'DRV-DEV-004',
      )?.verdict;
    expect(planOf(ID).leftOut.some(({ id }) => id === 'DRV-DEV-004/unknown-memory')).to.equal(true);
    expect(rowOf(passed)).to.equal('not-run');
    expect(rowOf([started(), reached(false), ended()])).to.equal('fail');
  });
});

describe('a level', () => {
  it('is conformant when every MUST passes', () => {
    expect(level().outcome).to.equal('conformant');
    expect(level().missing).to.deep.equal([]);
  });

  it('is non-conformant when one MUST fails, and says which', () => {
    const found = level({ [ID]: broken(ID, EXPECTATION) });
    expect(found.outcome).to.equal('non-conformant');
    expect(found.missing).to.deep.equal(['DRV-DEV-004 fail']);
  });

  it('is incomplete when one MUST could not be decided', () => {
    const found = level({
      [ID]: own(ID, { event: 'setup-failed', method: 'm', cause: 'refused', observed: '' }),
    });
    expect(found.outcome).to.equal('incomplete');
  });

  it('is an error before all else', () => {
    const found = level({
      [ID]: own(ID, { event: 'case-threw', reason: 'suite', message: '' }),
      'DRV-MEM-009/wraps': broken('DRV-MEM-009/wraps', 'DRV-MEM-009/wraps'),
    });
    expect(found.outcome).to.equal('error');
  });

  it('is non-conformant without a capability that it requires, whatever passes', () => {
    const found = level({}, probed({ capabilities: { 'driver.device': true } }));
    expect(found.outcome).to.equal('non-conformant');
    expect(found.missing).to.include('capability driver.memory not declared');
  });

  it('is not-started where there was no valid line', () => {
    const head: Fact = { event: 'endpoint-probed', started: false, detail: 'x', files: [] };
    expect(level({}, head).outcome).to.equal('not-started');
  });

  it('counts the native share over rows that are neither SYS nor about handles', () => {
    const all = level();
    expect(all.nativeShare.native).to.equal(all.nativeShare.of);
    const kit = level({
      'DRV-DEV-004/unknown': [
        ...own(ID, { event: 'premise', id: 'devices', held: true, expected: 1, observed: 1 }),
        ...own(ID, {
          event: 'expectation',
          id: EXPECTATION,
          held: true,
          expected: 1,
          observed: 1,
          origin: 'adapter',
        }),
      ],
    });
    expect(kit.nativeShare.native).to.equal(all.nativeShare.native - 1);
    const emulated = level({}, probed(), { 'DRV-MEM-001/small': 'driver.memory.digest' });
    expect(emulated.nativeShare.native).to.equal(all.nativeShare.native - 1);
    const handles = level({}, probed(), { 'DRV-MEM-006/freed': 'driver.memory.digest' });
    expect(handles.nativeShare).to.deep.equal(all.nativeShare);
  });

  it('has an exit code, and several the worst', () => {
    expect(
      (['conformant', 'non-conformant', 'not-started', 'incomplete', 'error'] as const).map(
        exitCode,
      ),
    ).to.deep.equal([0, 1, 3, 4, 5]);
    expect(worstExit([0, 4, 1])).to.equal(1);
    expect(worstExit([1, 3])).to.equal(3);
    expect(worstExit([3, 5, 0])).to.equal(5);
    expect(worstExit([0, 4])).to.equal(4);
    expect(worstExit([])).to.equal(2);
  });
});
