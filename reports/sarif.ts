// The record in SARIF 2.1.0, the OASIS format in which analysis tools report: a requirement is a rule, a case
// is a result of it.

import type { Log, ReportingDescriptor, Result as SarifResult } from 'sarif';
import { type Standing, standing } from '../core/gating.ts';
import type { Result, Record as RunRecord } from '../schemas/generated/types.ts';
import { account } from './account.ts';
import { requirementOf } from './requirement.ts';
import { oneLine, visible } from './text.ts';
import { headline, levelName, subjectName } from './words.ts';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0-rtm.5.json';

/** What the format says of a result; only a failure has a level. */
const kindOf = (one: Standing): Pick<SarifResult, 'kind' | 'level'> => {
  switch (one) {
    case 'pass':
      return { kind: 'pass', level: 'none' };
    case 'fail':
      return { kind: 'fail', level: 'error' };
    case 'departure':
      return { kind: 'fail', level: 'warning' };
    case 'excluded':
      return { kind: 'fail', level: 'note' };
    case 'inconclusive':
      return { kind: 'review', level: 'none' };
    case 'error':
    case 'not-run':
      return { kind: 'open', level: 'none' };
    case 'not-applicable':
      return { kind: 'notApplicable', level: 'none' };
    default:
      return one satisfies never;
  }
};

const ruleOf = (id: string): ReportingDescriptor => {
  const row = requirementOf(id);
  return {
    id,
    ...(row && {
      shortDescription: { text: row.why },
      fullDescription: { text: row.text },
      defaultConfiguration: { level: row.keyword.startsWith('MUST') ? 'error' : 'warning' },
      properties: { keyword: row.keyword, level: row.level },
    }),
  };
};

const resultOf = (record: RunRecord, result: Result, rules: readonly string[]): SarifResult => {
  const [rule = ''] = result.requirements.map(oneLine);
  const name = oneLine(result.case);
  return {
    ruleId: rule,
    ruleIndex: rules.indexOf(rule),
    ...kindOf(standing(record, result)),
    message: {
      text: result.verdict === 'pass' ? oneLine(result.title) : visible(account(record, result)),
    },
    locations: [
      {
        // Readers that show files ask for one; what a case is about has no line in it.
        physicalLocation: { artifactLocation: { uri: 'record.json' } },
        logicalLocations: [{ fullyQualifiedName: name, kind: 'function' }],
      },
    ],
    partialFingerprints: { 'case/v1': name },
    properties: {
      verdict: result.verdict,
      ...(result.reason !== undefined && { reason: oneLine(result.reason) }),
      requirements: result.requirements.map(oneLine),
      heldBy: result.heldBy,
    },
  };
};

const invocationOf = ({ run, profile }: RunRecord) => {
  const start = Date.parse(run.startedAt);
  return {
    executionSuccessful: run.how === 'complete' && profile.outcome !== 'error',
    ...(!Number.isNaN(start) && {
      startTimeUtc: new Date(start).toISOString(),
      endTimeUtc: new Date(start + run.durationMs).toISOString(),
    }),
  };
};

/** The record as a SARIF log. */
export const sarif = (record: RunRecord): string => {
  const { suite, standard, results, subject, seed } = record;
  const rules = [...new Set(results.flatMap((one) => one.requirements.map(oneLine)))];
  const log: Log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: suite.name, version: suite.version, rules: rules.map(ruleOf) } },
        automationDetails: {
          id: `${oneLine(subject.target)}/${levelName(record)}`,
          description: { text: `${headline(record)}, ${subjectName(record)}` },
        },
        invocations: [invocationOf(record)],
        results: results.map((one) => resultOf(record, one, rules)),
        columnKind: 'utf16CodeUnits',
        properties: {
          outcome: record.profile.outcome,
          standard: { ...standard },
          seed: oneLine(seed.value),
        },
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
};
