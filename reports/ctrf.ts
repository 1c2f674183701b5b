// The record in the Common Test Report Format, https://ctrf.io, which test dashboards read.
import { type Standing, standing } from '../core/gating.ts';
import { jsonPieces } from '../core/json-pieces.ts';
import type { LongRecord } from '../core/list.ts';
import type { Attempt, Result } from '../schemas/generated/types.ts';
import { account } from './account.ts';
import { areaOf } from './groups.ts';
import { oneLine, shorten, visible } from './text.ts';
import { adapterName, decision, headline, levelName, subjectName } from './words.ts';

/** The version of the format that this keeps. */
const SPEC_VERSION = '0.0.0';
const MESSAGE_LIMIT = 4000;

type Status = 'passed' | 'failed' | 'skipped' | 'pending' | 'other';

const statusOf = (one: Standing): Status => {
  switch (one) {
    case 'pass':
      return 'passed';
    case 'fail':
      return 'failed';
    case 'not-applicable':
      return 'skipped';
    case 'not-run':
      return 'pending';
    case 'error':
    case 'inconclusive':
    case 'departure':
    case 'excluded':
      return 'other';
    default:
      return one satisfies never;
  }
};

/** An attempt's outcome begins with its verdict. */
const attemptStatus = ({ outcome }: Attempt): Status => {
  const [verdict = ''] = outcome.split(':');
  if (verdict === 'pass') return 'passed';
  return verdict === 'fail' ? 'failed' : 'other';
};

const milliseconds = (iso: string | undefined): number => {
  const time = Date.parse(iso ?? '');
  return Number.isNaN(time) ? 0 : time;
};

/** What the format calls a retry: every attempt but the last. */
const retries = ({ attempts }: Result): object => {
  if (attempts.length < 2) return {};
  return {
    retries: attempts.length - 1,
    retryAttempts: attempts.map((one) => ({
      attempt: one.attempt,
      status: attemptStatus(one),
      duration: Math.round(one.durationMs),
      extra: { alone: one.alone, factor: one.factor, outcome: oneLine(one.outcome) },
    })),
  };
};

const test = (record: LongRecord, result: Result) => {
  const own = standing(record, result);
  const start = milliseconds(result.startedAt);
  return {
    testId: oneLine(result.case),
    name: oneLine(`${result.case}: ${result.title}`),
    status: statusOf(own),
    rawStatus: own,
    duration: Math.round(result.durationMs),
    ...(start > 0 && { start, stop: start + Math.round(result.durationMs) }),
    suite: [oneLine(areaOf(result.case)), ...result.requirements.slice(0, 1).map(oneLine)],
    tags: result.requirements.map(oneLine),
    ...(result.verdict !== 'pass' && {
      message: shorten(decision(result), MESSAGE_LIMIT),
      trace: visible(account(record, result)),
    }),
    ...retries(result),
    extra: {
      ...(result.reason !== undefined && { reason: oneLine(result.reason) }),
      heldBy: result.heldBy,
    },
  };
};

type Test = ReturnType<typeof test>;

function* testsOf(record: LongRecord): Generator<Test> {
  for (const one of record.results) yield test(record, one);
}

/** So many tests are held from where they are counted to where they are written; more are made twice. */
const MOST_HELD = 150_000;

/** How many tests have each status, which the format asks for before all of them; and the tests, once. */
const counted = (record: LongRecord) => {
  const held = record.results.length > MOST_HELD ? undefined : [...testsOf(record)];
  const counts = { passed: 0, failed: 0, skipped: 0, pending: 0, other: 0 };
  for (const { status } of held ?? testsOf(record)) counts[status] += 1;
  return { counts, tests: (held ?? testsOf(record))[Symbol.iterator]() };
};

/** The record as a CTRF report, in pieces. */
export function* ctrf(record: LongRecord): Generator<string> {
  const { suite, standard, environment, run, results, subject, seed } = record;
  const start = milliseconds(run.startedAt);
  const { counts, tests } = counted(record);
  const report = {
    reportFormat: 'CTRF',
    specVersion: SPEC_VERSION,
    ...(start > 0 && { timestamp: new Date(start).toISOString() }),
    generatedBy: `${suite.name} ${suite.version}`,
    results: {
      tool: { name: suite.name, version: suite.version },
      summary: {
        tests: results.length,
        ...counts,
        start,
        stop: start + Math.round(run.durationMs),
        extra: { outcome: record.profile.outcome, profile: levelName(record) },
      },
      tests,
      environment: {
        reportName: `${headline(record)}, ${subjectName(record)}`,
        appName: subjectName(record),
        osPlatform: oneLine(environment.platform),
        osRelease: oneLine(environment.release),
        extra: {
          target: oneLine(subject.target),
          adapter: adapterName(record),
          standard: `${standard.name} ${standard.revision} ${standard.digest}`,
          seed: oneLine(seed.value),
        },
      },
    },
  };
  yield* jsonPieces(report);
  yield '\n';
}
