// `causeway gate`: whether a release may go out, from the record of its run, a baseline, and waivers.
import { writeFileSync } from 'node:fs';
import { type Finding, type Gate, gate, gateExit } from '../core/gate.ts';
import { wholeRecord } from '../core/list.ts';
import { gateMarkdown } from '../reports/gate-markdown.ts';
import { gateSummary } from '../reports/gate-summary.ts';
import { type GateView, gateNotes, resultsById } from '../reports/gate-words.ts';
import { reproduce } from '../reports/words.ts';
import type { Record as RunRecord, Waiver, WaiverFile } from '../schemas/generated/types.ts';
import { type HeldRecord, holdRecord } from './records.ts';
import { styleFor } from './style.ts';
import { UsageError } from './usage-error.ts';
import { readYamlFile } from './yaml-file.ts';

const style = styleFor(process.stdout);

export interface GateCommand {
  readonly baseline?: string;
  readonly waivers?: string;
  readonly markdown?: string;
  readonly json?: boolean;
}

/** The waivers of a file; two of one id would let a reader take the one for the other. */
export const readWaivers = (path: string): readonly Waiver[] => {
  const { value, placeOf } = readYamlFile<WaiverFile>(path, {
    name: 'WaiverFile',
    schema: 'schemas/run/waivers.schema.json',
    called: 'waivers file',
  });
  value.waivers.forEach(({ id }, index) => {
    if (value.waivers.findIndex((other) => other.id === id) === index) return;
    throw new UsageError(
      `${path}, ${placeOf(`/waivers/${index}/id`)}: waiver ${id} stands twice; give it an id of its own`,
    );
  });
  return value.waivers;
};

/** What a reader must know of evidence that was not checked to its end. */
const evidenceNotes = (held: HeldRecord, called: string): string[] => {
  switch (held.checked) {
    case 'judged-again':
      return [];
    case 'digests':
      return held.record && held.distrust.length === 0
        ? [
            `Another suite made ${called}: its files are as they were, and its verdicts were not computed again.`,
          ]
        : [];
    case 'not-at-all':
      return [`The evidence of ${called} is not beside it: it is taken at its word.`];
    default:
      return held.checked satisfies never;
  }
};

/** A finding for programs: of a case, with all that explains it. */
const told = (finding: Finding, record: RunRecord): object => {
  const result = resultsById(record).get(finding.id);
  if (!result) return finding;
  const { title, message, expected, observed } = result;
  return {
    ...finding,
    title,
    message,
    ...(expected !== undefined && { expected }),
    ...(observed !== undefined && { observed }),
    reproduce: reproduce(record, finding.id),
  };
};

const forPrograms = (view: GateView): object => {
  const { gate: decided, record } = view;
  const findings = decided.findings.filter(
    (one) => one.change !== 'same' || one.effect !== 'shown',
  );
  return {
    format: 'causeway-gate/1',
    outcome: decided.outcome,
    against: decided.against,
    target: record.subject.target,
    profile: `${record.profile.id}@${record.profile.level}`,
    distrust: decided.distrust,
    grounds: decided.grounds,
    notes: gateNotes(view),
    findings: findings.map((one) => told(one, record)),
    waivers: decided.waivers.map(({ waiver, state, covers }) => ({ ...waiver, state, covers })),
  };
};

/** A record that was never written: nothing can be shown of it, and nothing is decided. */
const neverWritten = (distrust: readonly string[], options: GateCommand): number => {
  const outcome: Gate['outcome'] = 'untrusted';
  if (options.json) {
    const told = { format: 'causeway-gate/1', outcome, distrust };
    process.stdout.write(`${JSON.stringify(told, null, 2)}\n`);
  } else {
    process.stdout.write(`gate: undecided, a record proves nothing\n`);
    for (const text of distrust) process.stdout.write(`  ${text}\n`);
  }
  return gateExit(outcome);
};

const writeMarkdown = (path: string, view: GateView): void => {
  try {
    writeFileSync(path, gateMarkdown(view));
  } catch (error) {
    throw new UsageError(`--markdown ${path} cannot be written: ${(error as Error).message}`);
  }
};

/** The command: 0 passed, 1 failed, 5 where a record proves nothing. */
export const gateCommand = (folder: string, options: GateCommand): number => {
  const waivers = options.waivers === undefined ? [] : readWaivers(options.waivers);
  const held = holdRecord(folder, 'the record');
  const base =
    options.baseline === undefined ? undefined : holdRecord(options.baseline, 'the baseline');
  const distrust = [...held.distrust, ...(base?.distrust ?? [])];
  if (!held.record || (base && !base.record)) return neverWritten(distrust, options);
  const record = wholeRecord(held.record);
  const baseline = base?.record && wholeRecord(base.record);
  const view: GateView = {
    gate: gate({
      record,
      ...(baseline && { baseline }),
      waivers,
      day: new Date().toISOString().slice(0, 10),
      distrust,
    }),
    record,
    ...(baseline && { baseline }),
    notes: [
      ...evidenceNotes(held, 'the record'),
      ...(base ? evidenceNotes(base, 'the baseline') : []),
    ],
  };
  if (options.markdown !== undefined) writeMarkdown(options.markdown, view);
  const text = options.json ? JSON.stringify(forPrograms(view), null, 2) : gateSummary(view, style);
  process.stdout.write(`${text}\n`);
  return gateExit(view.gate.outcome);
};
