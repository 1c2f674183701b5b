// The record in EARL 1.0, the W3C vocabulary for test results, as JSON-LD: an assertion for each case and each
// requirement.
import type {
  RequirementResult,
  Result,
  Record as RunRecord,
  Verdict,
} from '../schemas/generated/types.ts';
import { oneLine } from './text.ts';
import { adapterName, decision, headline, subjectName } from './words.ts';

/** Every term that the document uses. */
const CONTEXT = {
  earl: 'http://www.w3.org/ns/earl#',
  dct: 'http://purl.org/dc/terms/',
  doap: 'http://usefulinc.com/ns/doap#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  title: 'dct:title',
  description: 'dct:description',
  hasPart: { '@id': 'dct:hasPart', '@type': '@id' },
  isPartOf: { '@id': 'dct:isPartOf', '@type': '@id' },
  date: { '@id': 'dct:date', '@type': 'xsd:dateTime' },
  version: 'doap:revision',
  assertedBy: { '@id': 'earl:assertedBy', '@type': '@id' },
  subject: { '@id': 'earl:subject', '@type': '@id' },
  test: { '@id': 'earl:test', '@type': '@id' },
  mode: { '@id': 'earl:mode', '@type': '@id' },
  result: 'earl:result',
  outcome: { '@id': 'earl:outcome', '@type': '@id' },
};

const outcomeOf = (verdict: Verdict): string => {
  switch (verdict) {
    case 'pass':
      return 'earl:passed';
    case 'fail':
      return 'earl:failed';
    case 'error':
    case 'inconclusive':
      return 'earl:cantTell';
    case 'not-applicable':
      return 'earl:inapplicable';
    case 'not-run':
      return 'earl:untested';
    default:
      return verdict satisfies never;
  }
};

const SUITE = '#suite';
const SUBJECT = '#subject';

/** A name of the standard as an IRI. */
const iri = ({ standard }: RunRecord, id: string): string =>
  `urn:${standard.name.toLowerCase()}:${standard.revision}:${encodeURI(oneLine(id))}`;

const assertion = (test: string, verdict: Verdict, description: string, date?: string): object => ({
  '@type': 'earl:Assertion',
  assertedBy: SUITE,
  subject: SUBJECT,
  test,
  mode: 'earl:automatic',
  result: {
    '@type': 'earl:TestResult',
    outcome: outcomeOf(verdict),
    ...(description !== '' && { description }),
    ...(date !== undefined && { date }),
  },
});

const requirement = (record: RunRecord, { id, verdict, cases }: RequirementResult): object[] => {
  const own = iri(record, id);
  return [
    {
      '@id': own,
      '@type': 'earl:TestRequirement',
      title: oneLine(id),
      hasPart: cases.map((one) => iri(record, one)),
    },
    assertion(own, verdict, ''),
  ];
};

const testCase = (record: RunRecord, result: Result): object[] => {
  const own = iri(record, result.case);
  return [
    {
      '@id': own,
      '@type': 'earl:TestCase',
      title: oneLine(result.title),
      isPartOf: result.requirements.map((id) => iri(record, id)),
    },
    assertion(own, result.verdict, decision(result), result.startedAt),
  ];
};

/** The record as an EARL report. */
export const earl = (record: RunRecord): string => {
  const { suite, results, requirements } = record;
  const adapter = adapterName(record);
  const report = {
    '@context': CONTEXT,
    '@graph': [
      {
        '@id': SUITE,
        '@type': ['earl:Software', 'earl:Assertor'],
        title: suite.name,
        version: suite.version,
      },
      {
        '@id': SUBJECT,
        '@type': ['earl:Software', 'earl:TestSubject'],
        title: subjectName(record),
        description: [headline(record), ...(adapter ? [`adapter ${adapter}`] : [])].join(', '),
      },
      ...requirements.flatMap((one) => requirement(record, one)),
      ...results.flatMap((one) => testCase(record, one)),
    ],
  };
  return `${JSON.stringify(report, null, 2)}\n`;
};
