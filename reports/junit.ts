// The record as JUnit XML, which every CI system shows: an area is a suite, a case is a test case.
import imported, { type Builder, type TestCase } from 'junit-report-builder';
import { type Standing, standing } from '../core/gating.ts';
import type { LongRecord } from '../core/list.ts';
import type { Result } from '../schemas/generated/types.ts';
import { account, VALUE_LIMIT } from './account.ts';
import { areaOf } from './groups.ts';
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

const decide = (testCase: TestCase, record: LongRecord, result: Result): void => {
  const own = standing(record, result);
  if (own === 'pass') return;
  const message = shorten(decision(result), VALUE_LIMIT);
  const type = oneLine(result.reason ?? result.verdict);
  switch (own) {
    case 'departure':
      skip(testCase, `departure: ${message}`);
      return;
    case 'excluded':
      skip(testCase, `excluded, a disputed row: ${message}`);
      return;
    case 'fail':
      testCase.failure(message, type).stacktrace(section(account(record, result)));
      return;
    case 'error':
      testCase.error(message, type, section(account(record, result)));
      return;
    case 'inconclusive':
    case 'not-applicable':
    case 'not-run':
      skip(testCase, `${own}: ${message}`);
      return;
    default:
      own satisfies never;
  }
};

/** So many cases are built at a time: the builder holds all that it was given. */
const SLICE = 500;

/** The cases of an area, or of all: where in the record they are, and what they come to. */
class Cases {
  readonly places: number[] = [];
  failures = 0;
  errors = 0;
  skipped = 0;
  milliseconds = 0;

  add(place: number, own: Standing, { durationMs }: Result): void {
    this.places.push(place);
    this.milliseconds += durationMs;
    if (own === 'fail') this.failures += 1;
    else if (own === 'error') this.errors += 1;
    else if (own !== 'pass') this.skipped += 1;
  }

  get totals(): string {
    const { places, failures, errors, skipped } = this;
    return ` tests="${places.length}" failures="${failures}" errors="${errors}" skipped="${skipped}"`;
  }
}

const casesOf = (record: LongRecord): { all: Cases; areas: ReadonlyMap<string, Cases> } => {
  const all = new Cases();
  const areas = new Map<string, Cases>();
  for (const result of record.results) {
    const name = areaOf(result.case);
    const area = areas.get(name) ?? new Cases();
    areas.set(name, area);
    const own = standing(record, result);
    const place = all.places.length;
    for (const cases of [all, area]) cases.add(place, own, result);
  }
  return { all, areas };
};

/** What the builder writes of nothing, and a quote in a text never stands so. */
const NONE = ' tests="0" failures="0" errors="0" skipped="0"';

/** A report without cases, up to where they would stand. */
const opening = (
  record: LongRecord,
  area: string,
  { totals, milliseconds }: Cases,
): { readonly report: string; readonly suite: string } => {
  const report = builder.newBuilder().name(`${headline(record)}, ${subjectName(record)}`);
  const suite = report.testSuite().name(oneLine(area));
  suite.time(seconds(milliseconds));
  suite.timestamp(oneLine(record.run.startedAt));
  suite.property('profile', levelName(record));
  suite.property('outcome', outcomeWord(record));
  const text = report.build();
  const at = text.indexOf(OPEN_SUITE);
  return {
    report: text.slice(0, at),
    suite: text.slice(at, text.lastIndexOf(CLOSE_SUITE)).replace(NONE, totals),
  };
};

const OPEN_SUITE = '  <testsuite ';
const CLOSE_SUITE = '  </testsuite>\n';

/** Cases as they stand within their suite. */
const slice = (record: LongRecord, results: readonly Result[]): string => {
  const report = builder.newBuilder();
  const suite = report.testSuite();
  for (const result of results) {
    const testCase = suite.testCase();
    testCase.name(oneLine(`${result.case}: ${result.title}`));
    testCase.className(oneLine(result.requirements[0] ?? areaOf(result.case)));
    testCase.time(seconds(result.durationMs));
    for (const id of result.requirements) testCase.property('requirement', oneLine(id));
    testCase.property('verdict', result.verdict);
    if (result.reason !== undefined) testCase.property('reason', oneLine(result.reason));
    for (const origin of result.heldBy) testCase.property('heldBy', origin);
    decide(testCase, record, result);
  }
  const text = report.build();
  return text.slice(
    text.indexOf('\n', text.indexOf(OPEN_SUITE)) + 1,
    text.lastIndexOf(CLOSE_SUITE),
  );
};

/** The record as a JUnit report, in pieces. */
export function* junit(record: LongRecord): Generator<string> {
  const { all, areas } = casesOf(record);
  let first = true;
  for (const [area, cases] of areas) {
    const { report, suite } = opening(record, area, cases);
    if (first) yield report.replace(NONE, all.totals);
    first = false;
    yield suite;
    for (let from = 0; from < cases.places.length; from += SLICE) {
      const places = cases.places.slice(from, from + SLICE);
      yield slice(
        record,
        places.flatMap((place) => record.results.at(place) ?? []),
      );
    }
    yield CLOSE_SUITE;
  }
  yield first ? builder.newBuilder().name(headline(record)).build() : '</testsuites>';
}
