// A run folder as long as one likes, as a run would leave it: cases of two pings each, in a session for each
// thousand. One in a hundred fails, and fails again each time that it is tried alone.
import type { LongPlan } from '../core/list.ts';
import { plan as makePlan, profiles } from '../core/plan.ts';
import { REPEATS } from '../core/tries.ts';
import { Evidence } from '../runner/evidence.ts';
import { createFolder } from '../runner/folder.ts';
import { areaSession, caseSession, probeSession } from '../runner/session-names.ts';
import type { InitializeResult, PlannedCase } from '../schemas/generated/types.ts';
import { cases } from '../suites/index.ts';

const PER_SESSION = 1000;
const PER_FAILURE = 100;

/** What the cases are named for, area by area. */
const ROWS = ['DRV-MEM-001', 'DRV-MEM-002', 'DRV-STR-001', 'DRV-EVT-001'] as const;

const caseAt = (place: number, count: number): PlannedCase => {
  const row = ROWS[Math.floor((place * ROWS.length) / count)] ?? ROWS[0];
  return {
    id: `${row}/ping-${place + 1}`,
    title: `ping ${place + 1} is answered, and the one after it`,
    requirements: [row],
    expectations: [`${row}/first`, `${row}/second`],
    premises: [],
    needs: [],
    area: row.slice(0, row.lastIndexOf('-')),
    kind: 'shared',
    timing: false,
  };
};

/** The plan of a run of `count` cases; the suite's monitors come before them. */
export const longPlan = (count: number): LongPlan => {
  const [profile] = profiles;
  if (!profile) throw new Error('the standard has no profile');
  const plan = makePlan({
    suite: { name: 'bench', version: '1' },
    profile,
    level: 3,
    seed: { value: 'bench', source: 'given' },
    cases: cases.filter(({ kind }) => kind === 'monitor'),
  });
  const monitors = plan.cases;
  const length = monitors.length + count;
  const at = (place: number): PlannedCase =>
    monitors[place] ?? caseAt(place - monitors.length, count);
  return {
    ...plan,
    cases: {
      length,
      at,
      *[Symbol.iterator]() {
        for (let place = 0; place < length; place += 1) yield at(place);
      },
    },
  };
};

const IDENTITY: InitializeResult = {
  protocolVersion: '1.0',
  product: { vendor: 'Example', name: 'Product', version: '1' },
  adapter: { name: 'example', version: '1' },
  capabilities: {},
  methods: { 'system.ping': 'native' },
};

/** Writes a new folder with such a plan, and the evidence of its cases from one place up to another. */
export const writeLongRun = (folder: string, plan: LongPlan, from: number, to: number): void => {
  const evidence = new Evidence(createFolder(folder, plan, (text) => text));
  let time = 0;
  const wire = (fact: Parameters<Evidence['wire']>[1]): number => {
    time += 10;
    return evidence.wire(time, fact);
  };
  let id = 0;
  const call = (session: string, method: string, params: object, result: object): void => {
    id += 1;
    const send = JSON.stringify({ jsonrpc: '2.0', id, method, params });
    const answers = wire({ session, kind: 'send', text: send });
    const text = JSON.stringify({ jsonrpc: '2.0', id, result });
    wire({ session, kind: 'receive', answers, text });
  };
  const open = (session: string): void => {
    id = 0;
    wire({ session, kind: 'open' });
    const client = { name: 'causeway', version: '1' };
    call(session, 'system.initialize', { protocolVersions: ['1.0'], client }, IDENTITY);
  };
  const end = (session: string): void => {
    wire({ session, kind: 'close' });
    wire({ session, kind: 'end', how: 'exit 0', stderr: '' });
  };
  const attempt = (planned: PlannedCase, session: string, number: number, held: boolean): void => {
    const own = { case: planned.id, attempt: number };
    evidence.journal({ event: 'case-started', ...own, alone: number > 1, factor: 1 });
    if (number > 1) open(session);
    for (const expectation of planned.expectations) {
      call(session, 'system.ping', {}, {});
      const found = {
        id: expectation,
        held,
        expected: 'answered',
        observed: held ? 'answered' : 'late',
      };
      evidence.journal({ event: 'expectation', ...own, ...found });
    }
    if (number > 1) end(session);
    evidence.journal({ event: 'case-ended', ...own });
  };
  const deadlines = { call: 10_000, start: 10_000, case: 200_000, stop: 2000 };
  const at = '2026-01-01T00:00:00.000Z';
  evidence.journal({ event: 'run-started', at, target: 'example', deadlines });
  open(probeSession(0));
  end(probeSession(0));
  evidence.journal({
    event: 'endpoint-probed',
    started: true,
    detail: '',
    identity: IDENTITY,
    files: [],
  });
  let session = '';
  for (let place = from; place < to; place += 1) {
    const planned = plan.cases.at(place);
    if (!planned || planned.kind === 'monitor') continue;
    if (place % PER_SESSION === 0 || session === '') {
      if (session !== '') end(session);
      session = areaSession(planned.area, 0, Math.ceil(place / PER_SESSION) + 1);
      open(session);
    }
    const held = place % PER_FAILURE !== 0;
    attempt(planned, session, 1, held);
    for (let again = 2; !held && again <= 1 + REPEATS; again += 1) {
      attempt(planned, caseSession(planned.id, again, 1), again, false);
    }
    evidence.flush();
  }
  end(session);
  evidence.journal({ event: 'run-ended', how: 'complete' });
  evidence.close();
};
