// The record as JUnit XML, which every CI system shows: an area is a suite, a case is a test case.
import imported, { type Builder, type TestCase } from 'junit-report-builder';
import { isDeparture, isExcluded } from '../core/gating.ts';
import type { Result, Record as RunRecord } from '../schemas/generated/types.ts';
import { account, VALUE_LIMIT } from './account.ts';
import { areaOf, grouped } from './groups.ts';
import { oneLine, shorten, visible } from './text.ts';
import { decision, headline, levelName, outcomeWord, subjectName } from './words.ts';

/** The package is CommonJS and its types say otherwise: what is imported is the builder itself. */
const builder = imported as unknown as Builder;

/** To the microsecond, and never in exponent form, which some readers refuse. */
const seconds = (milliseconds: number): number => Number((milliseconds / 1000).toFixed(6));

/** Goes into a CDATA section, whose end mark the builder escapes once only. */
const section = (text: string): string => visible(text).replaceAll(']]>', ']] >');

/** The builder's own skipped element has no message, and a skip without its reason is of no use. */
const skip = (testCase: TestCase, message: string): void => {
  const build = testCase.build.bind(testCase);
  testCase.build = (parent) => {
    const element = build(parent);
    element.ele('skipped', { message });
    return element;
  };
  testCase.getSkippedCount = () => 1;
};

const decide = (testCase: TestCase, record: RunRecord, result: Result): void => {
  const message = shorten(decision(result), VALUE_LIMIT);
  const type = oneLine(result.reason ?? result.verdict);
  switch (result.verdict) {
    case 'pass':
      return;
    case 'fail':
      if (isDeparture(result)) {
        skip(testCase, `departure: ${message}`);
        return;
      }
      if (isExcluded(record, result)) {
        skip(testCase, `excluded, a disputed row: ${message}`);
        return;
      }
      testCase.failure(message, type).stacktrace(section(account(record, result)));
      return;
    case 'error':
      testCase.error(message, type, section(account(record, result)));
      return;
    case 'inconclusive':
    case 'not-applicable':
    case 'not-run':
      skip(testCase, `${result.verdict}: ${message}`);
      return;
    default:
      result.verdict satisfies never;
  }
};

/** The record as a JUnit report. */
export const junit = (record: RunRecord): string => {
  const report = builder.newBuilder().name(`${headline(record)}, ${subjectName(record)}`);
  for (const [area, results] of grouped(record.results, (result) => areaOf(result.case))) {
    const suite = report.testSuite().name(oneLine(area));
    suite.time(seconds(results.reduce((sum, result) => sum + result.durationMs, 0)));
    suite.timestamp(oneLine(record.run.startedAt));
    suite.property('profile', levelName(record));
    suite.property('outcome', outcomeWord(record));
    for (const result of results) {
      const testCase = suite.testCase();
      testCase.name(oneLine(`${result.case}: ${result.title}`));
      testCase.className(oneLine(result.requirements[0] ?? area));
      testCase.time(seconds(result.durationMs));
      for (const id of result.requirements) testCase.property('requirement', oneLine(id));
      testCase.property('verdict', result.verdict);
      if (result.reason !== undefined) testCase.property('reason', oneLine(result.reason));
      for (const origin of result.heldBy) testCase.property('heldBy', origin);
      decide(testCase, record, result);
    }
  }
  return report.build();
};
