// The record as JUnit XML, which every CI system shows: an area is a suite, a case is a test case.
import imported, { type Builder } from 'junit-report-builder';
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

/** Goes into a CDATA section, which ends at its end mark. */
const section = (text: string): string => visible(text).replaceAll(']]>', ']] >');

/** A text as an attribute's value; of what XML refuses or would alter, one line has no more than this. */
const quoted = (text: string): string =>
  /[&<"]/.test(text)
    ? `"${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')}"`
    : `"${text}"`;

const skipped = (message: string): string => `      <skipped message=${quoted(message)}/>\n`;

/** What a case has that was not passed. */
const outcome = (record: LongRecord, result: Result): string => {
  const own = standing(record, result);
  if (own === 'pass') return '';
  const message = shorten(decision(result), VALUE_LIMIT);
  switch (own) {
    case 'departure':
      return skipped(`departure: ${message}`);
    case 'excluded':
      return skipped(`excluded, a disputed row: ${message}`);
    case 'fail':
    case 'error': {
      const name = own === 'fail' ? 'failure' : 'error';
      const type = oneLine(result.reason ?? result.verdict);
      const attributes = `${message && ` message=${quoted(message)}`}${type && ` type=${quoted(type)}`}`;
      return `      <${name}${attributes}><![CDATA[${section(account(record, result))}]]></${name}>\n`;
    }
    case 'inconclusive':
    case 'not-applicable':
    case 'not-run':
      return skipped(`${own}: ${message}`);
    default:
      return own satisfies never;
  }
};

const property = (name: string, value: string): string =>
  `        <property name="${name}" value=${quoted(oneLine(value))}/>\n`;

/** A case as it stands within its suite. The builder takes six times as long, and there may be a million. */
const testCase = (record: LongRecord, result: Result): string => {
  const name = quoted(oneLine(`${result.case}: ${result.title}`));
  const className = quoted(oneLine(result.requirements[0] ?? areaOf(result.case)));
  let text = `    <testcase name=${name} classname=${className} time="${seconds(result.durationMs)}">\n`;
  text += '      <properties>\n';
  for (const id of result.requirements) text += property('requirement', id);
  text += property('verdict', result.verdict);
  if (result.reason !== undefined) text += property('reason', result.reason);
  for (const origin of result.heldBy) text += property('heldBy', origin);
  return `${text}      </properties>\n${outcome(record, result)}    </testcase>\n`;
};

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

/** The record as a JUnit report, in pieces. */
export function* junit(record: LongRecord): Generator<string> {
  const { all, areas } = casesOf(record);
  let first = true;
  for (const [area, cases] of areas) {
    const { report, suite } = opening(record, area, cases);
    if (first) yield report.replace(NONE, all.totals);
    first = false;
    yield suite;
    for (const place of cases.places) {
      const result = record.results.at(place);
      if (result) yield testCase(record, result);
    }
    yield CLOSE_SUITE;
  }
  yield first ? builder.newBuilder().name(headline(record)).build() : '</testsuites>';
}
