// The evidence of a run: one count over journal and wire, written in order, secrets taken out where
// it is written.
import { closeSync, openSync, writeFileSync } from 'node:fs';
import type { JournalEvent, WireEntry } from '../schemas/generated/types.ts';
import { lineFormer } from './lines.ts';
import { secretForms } from './secret-forms.ts';

type WithoutCount<T> = T extends unknown ? Omit<T, 'n' | 't'> : never;
/** A wire entry before it has its place. */
export type WireFact = WithoutCount<WireEntry>;
/** A journal event before it has its place. */
export type JournalFact = WithoutCount<JournalEvent>;

/** Where lines go. */
export interface Sink {
  /** `json`: its text is known to be JSON. */
  write(entry: JournalEvent | WireEntry, json?: boolean): void;
  /** Nothing of what was written is lost after this. */
  flush(): void;
  close(): void;
}

/** Entries held until a request goes out. */
const ENTRIES_HELD = 64;
/** Characters held before they go to the file. */
const FLUSH_AT = 8 * 1024;

/** Appends to a file; refuses one that is there, unless it is told that the file goes on. */
export const fileSink = (path: string, redact: (text: string) => string, goesOn = false): Sink => {
  const file = openSync(path, goesOn ? 'a' : 'ax');
  const form = lineFormer(redact);
  let entries: (JournalEvent | WireEntry)[] = [];
  let known: boolean[] = [];
  let held = '';
  const settle = (): void => {
    entries.forEach((entry, index) => {
      held += `${form(entry, known[index] === true)}\n`;
    });
    entries = [];
    known = [];
  };
  const flush = (): void => {
    settle();
    if (held === '') return;
    writeFileSync(file, held);
    held = '';
  };
  return {
    write(entry, json = false) {
      entries.push(entry);
      known.push(json);
      // A request has just gone out: while the endpoint is at work, writing costs no time.
      if (!('kind' in entry && entry.kind === 'send') && entries.length < ENTRIES_HELD) return;
      settle();
      if (held.length >= FLUSH_AT) flush();
    },
    flush,
    close() {
      flush();
      closeSync(file);
    },
  };
};

/** Keeps everything: for runs whose evidence nobody keeps. */
export const memorySink = <T extends JournalEvent | WireEntry>(into: T[]): Sink => ({
  write: (entry) => {
    into.push(entry as T);
  },
  flush: () => {},
  close: () => {},
});

/** Takes secrets out of a line of JSON, in every form in which they may stand there. */
export const redactor = (secrets: Readonly<Record<string, string>>): ((text: string) => string) => {
  const forms = Object.entries(secrets).flatMap(([name, value]) =>
    secretForms(value).map((form) => [form, `[redacted ${name}]`] as const),
  );
  if (forms.length === 0) return (text) => text;
  return (text) => forms.reduce((left, [form, mark]) => left.split(form).join(mark), text);
};

/** The one place where evidence gets its order. */
export class Evidence {
  readonly #wire: Sink;
  readonly #journal: Sink;
  readonly #watch: ((event: JournalEvent) => void) | undefined;
  #count = 0;
  #now = 0;

  /** `from` is where an earlier part of the run left off. */
  constructor(
    sinks: { wire: Sink; journal: Sink },
    watch?: (event: JournalEvent) => void,
    from: { count: number; time: number } = { count: 0, time: 0 },
  ) {
    this.#wire = sinks.wire;
    this.#journal = sinks.journal;
    this.#watch = watch;
    this.#count = from.count;
    this.#now = from.time;
  }

  /** The count of the last entry. */
  get count(): number {
    return this.#count;
  }

  /** The time of the last wire entry: the only clock that a case sees. */
  get now(): number {
    return this.#now;
  }

  /** Writes a wire entry at time `t` and says its count. */
  wire(t: number, fact: WireFact): number {
    this.#count += 1;
    this.#now = t;
    this.#wire.write({ n: this.#count, t, ...fact } as WireEntry);
    return this.#count;
  }

  /** Writes a message: as `wire`, and twice for each call, so that nothing is copied. */
  message(
    t: number,
    session: string,
    kind: 'send' | 'receive',
    text: string,
    answers: number | undefined,
    json: boolean,
  ): number {
    this.#count += 1;
    this.#now = t;
    const n = this.#count;
    this.#wire.write(
      answers === undefined || kind === 'send'
        ? { n, t, session, kind, text }
        : { n, t, session, kind, text, answers },
      json,
    );
    return n;
  }

  /** Writes a journal event at the present time. */
  journal(fact: JournalFact): JournalEvent {
    this.#count += 1;
    const event = { n: this.#count, t: this.#now, ...fact } as JournalEvent;
    this.#journal.write(event);
    this.#watch?.(event);
    return event;
  }

  /** Goes on from a later count: replay leaves out what only a live run writes. */
  skipTo(count: number): void {
    this.#count = count;
  }

  /** The wire first, so that the journal never speaks of what is lost. */
  flush(): void {
    this.#wire.flush();
    this.#journal.flush();
  }

  close(): void {
    this.#wire.close();
    this.#journal.close();
  }
}
