// The logs of shards as those of one run: each shard is a part of it, as what goes on after a kill is. Line by
// line, so that nothing here grows with what the logs hold.
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalEvent, MergedShard, WireEntry } from '../schemas/generated/types.ts';
import { JOURNAL, linesOf, wireFile, wireFiles } from './folder.ts';
import { FolderError } from './folder-error.ts';
import { readJournalLine, readWireLine } from './lines.ts';
import { laterSession } from './session-names.ts';

/** A shard whose logs are merged. */
export interface ShardLogs {
  readonly folder: string;
  readonly shard: MergedShard;
  /** Whether its plan has the case. */
  readonly has: (id: string) => boolean;
}

/** Where the merged logs stand: what comes next goes on from here. */
interface Place {
  /** Of the last entry. */
  count: number;
  /** Likewise, in microseconds. */
  time: number;
  /** How many parts there are. */
  parts: number;
}

/** Characters held before they go to the file. */
const WRITE_AT = 64 * 1024;

/** A new file of lines. */
const lineWriter = (path: string) => {
  const file = openSync(path, 'ax');
  let held = '';
  const flush = (): void => {
    writeFileSync(file, held);
    held = '';
  };
  return {
    write(line: string): void {
      held += `${line}\n`;
      if (held.length >= WRITE_AT) flush();
    },
    close(): void {
      flush();
      closeSync(file);
    },
  };
};

type LineWriter = ReturnType<typeof lineWriter>;

const refuse = (folder: string, why: string): never => {
  throw new FolderError(`${folder} cannot be merged: ${why}`);
};

/** The lines of a shard's log, read; each with the name of its file. */
function* entriesOf<T extends object>(
  folder: string,
  files: readonly string[],
  read: (line: string) => T | { readonly fault: string },
): Generator<T & { readonly file: string }> {
  for (const file of files) {
    let number = 0;
    for (const { text, whole } of linesOf(join(folder, file))) {
      number += 1;
      const found = whole ? read(text) : { fault: 'is cut' };
      if ('fault' in found) return refuse(folder, `line ${number} of ${file} ${found.fault}`);
      yield { ...found, file };
    }
  }
}

/** A journal's event as it stands in the merged journal, where a shard begins as what goes on. */
const inJournal = (
  event: JournalEvent,
  { folder, shard, has }: ShardLogs,
  place: Readonly<Place>,
): JournalEvent => {
  const { n, t } = event;
  const first = n === 1;
  if (first !== (event.event === 'run-started') || (first && t !== 0)) {
    return refuse(folder, `entry ${n} is ${event.event}, and entry 1 is where a run starts`);
  }
  if ('case' in event && !has(event.case)) {
    return refuse(folder, `entry ${n} is of ${event.case}, which its plan does not have`);
  }
  if (event.event === 'run-resumed' && event.shard) {
    return refuse(folder, `entry ${n} begins another shard`);
  }
  const moved = { ...event, n: n + place.count, t: t + place.time };
  return moved.event === 'run-started' && place.parts > 0
    ? { n: moved.n, t: moved.t, event: 'run-resumed', at: moved.at, shard }
    : moved;
};

/** Likewise an entry of the wire log. */
const inWire = (entry: WireEntry, place: Readonly<Place>): WireEntry => {
  const moved = {
    ...entry,
    n: entry.n + place.count,
    t: entry.t + place.time,
    session: laterSession(entry.session, place.parts),
  };
  return moved.kind === 'receive' && moved.answers !== undefined
    ? { ...moved, answers: moved.answers + place.count }
    : moved;
};

/** Appends one shard, and says where the logs stand then. */
const append = (
  logs: ShardLogs,
  before: Readonly<Place>,
  journal: LineWriter,
  wireOf: (source: string) => LineWriter,
): Place => {
  const { folder } = logs;
  const events = entriesOf(folder, [JOURNAL], readJournalLine);
  const entries = entriesOf(folder, wireFiles(folder), readWireLine);
  let event = events.next();
  let entry = entries.next();
  let count = 0;
  let time = 0;
  let parts = 1;
  let last = 'nothing';
  while (!event.done || !entry.done) {
    count += 1;
    let t: number;
    if (!event.done && event.value.entry.n === count) {
      const found = event.value.entry;
      t = found.t;
      last = found.event;
      if (found.event === 'run-resumed') parts += 1;
      journal.write(JSON.stringify(inJournal(found, logs, before)));
      event = events.next();
    } else if (!entry.done && entry.value.entry.n === count) {
      const { entry: found, form, file } = entry.value;
      t = found.t;
      last = found.kind;
      wireOf(join(folder, file)).write(form(inWire(found, before)));
      entry = entries.next();
    } else return refuse(folder, `entry ${count} of journal and wire log is missing`);
    if (t < time) return refuse(folder, `entry ${count} is before the one that it follows`);
    time = t;
  }
  if (last !== 'run-ended')
    return refuse(folder, `it ends with ${last}, and not with its run’s end`);
  return { count: before.count + count, time: before.time + time, parts: before.parts + parts };
};

/** Writes journal and wire log of a run into its folder, from those of its shards in their order. */
export const mergeLogs = (shards: readonly ShardLogs[], folder: string): void => {
  const journal = lineWriter(join(folder, JOURNAL));
  let wire: { readonly source: string; readonly writer: LineWriter } | undefined;
  let files = 0;
  /** One file for each that the shards have. */
  const wireOf = (source: string): LineWriter => {
    if (wire?.source !== source) {
      wire?.writer.close();
      files += 1;
      wire = { source, writer: lineWriter(join(folder, wireFile(files))) };
    }
    return wire.writer;
  };
  try {
    let place: Place = { count: 0, time: 0, parts: 0 };
    for (const shard of shards) place = append(shard, place, journal, wireOf);
  } finally {
    journal.close();
    wire?.writer.close();
  }
};
