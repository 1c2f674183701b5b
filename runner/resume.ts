// A run's folder opened again after the run was killed: cut back to what proves something, and ready to
// go on.
import { existsSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { type Past, pastOf } from '../core/past.ts';
import type { Plan } from '../schemas/generated/types.ts';
import { fileSink, type Sink } from './evidence.ts';
import { JOURNAL, RECORD, readJournal, readPlan, readWire, wireFile, wireFiles } from './folder.ts';

/** A run that can go on. */
export interface Resumption {
  readonly plan: Plan;
  readonly past: Past;
  /** Where the evidence goes on: its last count, and the time of that, in microseconds. */
  readonly from: { readonly count: number; readonly time: number };
  readonly sinks: { readonly journal: Sink; readonly wire: Sink };
}

/**
 * The last count up to which nothing is missing. Journal and wire log are written one after the other: a
 * kill between leaves a gap, and what stands behind a gap proves nothing.
 */
const lastWhole = (folder: string): { count: number; time: number } => {
  const journal = readJournal(folder)[Symbol.iterator]();
  const wire = readWire(folder)[Symbol.iterator]();
  let event = journal.next();
  let entry = wire.next();
  let count = 0;
  let time = 0;
  for (;;) {
    if (!event.done && event.value.n === count + 1) {
      time = event.value.t;
      event = journal.next();
    } else if (!entry.done && entry.value.n === count + 1) {
      time = entry.value.t;
      entry = wire.next();
    } else return { count, time };
    count += 1;
  }
};

/** Cuts a log after the last of its lines whose count is at most `count`. */
const cutAfter = (path: string, count: number): void => {
  const bytes = readFileSync(path);
  let kept = 0;
  for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, end + 1)) {
    const n = /^\{"n":(\d+)/.exec(bytes.toString('latin1', kept, Math.min(end, kept + 32)))?.[1];
    if (n === undefined || Number(n) > count) break;
    kept = end + 1;
  }
  truncateSync(path, kept);
};

/** Opens a folder to go on in. Its record, where an interrupted run left one, is taken away. */
export const resumeFolder = (folder: string, redact: (text: string) => string): Resumption => {
  const plan = readPlan(folder);
  const from = lastWhole(folder);
  for (const path of [JOURNAL, ...wireFiles(folder)]) {
    if (existsSync(join(folder, path))) cutAfter(join(folder, path), from.count);
  }
  rmSync(join(folder, RECORD), { force: true });
  const part = wireFiles(folder).length + 1;
  const past = pastOf(plan, readJournal(folder));
  // The run's clock goes on while the run does not: the record tells when each case was.
  const since = past.started ? (Date.now() - Date.parse(past.started.at)) * 1000 : 0;
  return {
    plan,
    past,
    from: { ...from, time: Math.max(from.time, since) },
    sinks: {
      journal: fileSink(join(folder, JOURNAL), redact, true),
      wire: fileSink(join(folder, wireFile(part)), redact),
    },
  };
};
