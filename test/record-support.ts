// What tests of reports need alike: results of every verdict, and records of them that the schema admits.
import { inflateRawSync } from 'node:zlib';
import { REASONS } from '../schemas/generated/standard.ts';
import type { Result, Record as RunRecord, Verdict } from '../schemas/generated/types.ts';

const SHA = 'a'.repeat(64);
export const VERDICTS: readonly Verdict[] = [
  'pass',
  'fail',
  'error',
  'inconclusive',
  'not-run',
  'not-applicable',
];

/** A case of this verdict, with one expectation. */
export const result = (id: string, verdict: Verdict, rest: Partial<Result> = {}): Result => {
  const reason = REASONS.find((row) => row.verdict === verdict)?.id;
  const sides = { expected: 'ten bytes', observed: { bytes: 9 } };
  return {
    case: id,
    title: `what ${id.split('/')[1]} must hold`,
    requirements: [id.split('/')[0] ?? ''],
    verdict,
    ...(reason !== undefined && { reason }),
    heldBy: verdict === 'pass' ? ['kit'] : [],
    message: verdict === 'pass' ? '' : `about ${id}`,
    ...(verdict === 'fail' && sides),
    durationMs: 1.5,
    attempts: [
      {
        attempt: 1,
        alone: false,
        factor: 1,
        durationMs: 1.5,
        outcome: verdict,
        expectations: [{ id: `${id}/held`, held: verdict !== 'fail', ...sides }],
      },
    ],
    wire: [{ session: 's', from: 1, to: 3 }],
    ...rest,
  };
};

/** A record of these results; `hostile` stands in every text that an endpoint gives. */
export const recordOf = (results: Result[], hostile = ''): RunRecord => {
  const summary = {
    pass: 0,
    fail: 0,
    inconclusive: 0,
    error: 0,
    'not-applicable': 0,
    'not-run': 0,
  };
  for (const one of results) summary[one.verdict] += 1;
  const rows = [...new Set(results.flatMap((one) => one.requirements))];
  return {
    format: 'causeway-record/1',
    standard: { name: 'SNIS', revision: '1.0', digest: SHA },
    suite: { name: 'causeway-conformance', version: '0.1.0' },
    subject: {
      target: `example:cpu${hostile}`,
      started: true,
      identity: {
        protocolVersion: '1.0',
        product: { vendor: `Example${hostile}`, name: `Runtime${hostile}`, version: '2.1' },
        adapter: { name: `example${hostile}`, version: '0.1' },
        capabilities: { 'driver.memory': true },
        methods: { 'driver.memory.write': 'native' },
      },
      files: [{ path: `/opt/example${hostile}`, sha256: SHA }],
    },
    environment: {
      platform: 'linux',
      release: '6.8',
      architecture: 'x64',
      processor: `Example${hostile}`,
      cores: 4,
      memoryBytes: '8589934592',
      node: 'v20.20.2',
    },
    profile: {
      id: 'DRV-MEMORY',
      level: 1,
      outcome: 'non-conformant',
      missing: ['DRV-MEM-001 fail', `capability driver.memory.copy not declared${hostile}`],
      departures: [],
      nativeShare: { native: 5, of: 7 },
    },
    seed: { value: `7f3a${hostile}`, source: 'random' },
    run: {
      startedAt: '2026-11-23T20:11:03.000Z',
      durationMs: 1234,
      how: 'complete',
      resumed: [],
      deadlines: { call: 2000, start: 10_000, case: 30_000, stop: 2000 },
    },
    evidence: {
      plan: { file: 'plan.json', sha256: SHA },
      journal: { file: 'journal.jsonl', sha256: SHA },
      wire: [{ file: `wire/1.jsonl${hostile}`, sha256: SHA }],
    },
    results,
    requirements: rows.map((id) => ({
      id,
      keyword: 'MUST',
      level: 1,
      verdict: 'fail',
      cases: results.filter((one) => one.requirements.includes(id)).map((one) => one.case),
    })),
    summary,
  };
};

/** What an HTML report carries for its script, of one kind, unpacked by other means than its own. */
export const carriedBy = (page: string, kind: 'index' | 'views'): unknown[] => {
  const element = new RegExp(
    `<script type="application/octet-stream" class="${kind}"[^>]*>([^<]*)</script>`,
    'g',
  );
  return [...page.matchAll(element)].map(([, packed = '']) =>
    JSON.parse(inflateRawSync(Buffer.from(packed, 'base64')).toString()),
  );
};
