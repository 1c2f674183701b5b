// Entries as lines of a file and back. A message stands in its line as it was sent, so that people and
// other programs can read it, and so that nothing of it is lost.
import { type Fault, faultText } from '../schemas/fault.ts';
import type { JournalEvent, WireEntry, WireMessage } from '../schemas/generated/types.ts';
import { faultOf } from '../schemas/validate.ts';

const MESSAGE = ',"message":';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/**
 * Makes entries lines, without their ends. Messages, which are nearly all, are put together by hand: that
 * is most of what a call costs beside the endpoint's own work (bench/call-overhead.ts).
 */
export const lineFormer = (redact: (text: string) => string) => {
  // Of the last session alone: a run has as many as it has cases.
  let named = '';
  let quoted = JSON.stringify(named);
  return (entry: JournalEvent | WireEntry, json = false): string => {
    if (!('kind' in entry) || (entry.kind !== 'send' && entry.kind !== 'receive')) {
      return redact(JSON.stringify(entry));
    }
    const { n, t, kind, text } = entry;
    if (entry.session !== named) {
      named = entry.session;
      quoted = JSON.stringify(named);
    }
    const answers = 'answers' in entry ? entry.answers : undefined;
    // A secret may stand where JSON has no text.
    if (redact(text) !== text || !(json || isJson(text))) {
      return redact(JSON.stringify(entry));
    }
    const answered = answers === undefined ? '' : `,"answers":${answers}`;
    return `{"n":${n},"t":${t},"session":${quoted},"kind":"${kind}"${answered}${MESSAGE}${text}}`;
  };
};

const parsed = (line: string): { readonly value: unknown } | undefined => {
  try {
    return { value: JSON.parse(line) };
  } catch {
    return undefined;
  }
};

const isMessage = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'message' in value;

/** What is wrong with a value as a WireLine, of which no entry has a member `message`. */
const lineFault = (value: unknown): Fault | undefined =>
  faultOf(isMessage(value) ? 'WireMessage' : 'WireEntry', value);

const entryOf = (line: string, value: unknown): WireEntry => {
  if (!isMessage(value)) return value as WireEntry;
  const { n, t, session, kind, answers } = value as WireMessage;
  const text = line.slice(line.indexOf(MESSAGE) + MESSAGE.length, -1);
  return kind === 'send'
    ? { n, t, session, kind, text }
    : { n, t, session, kind, text, ...(answers !== undefined && { answers }) };
};

/** A line of a wire log as its entry; undefined where it is none. */
export const wireEntry = (line: string): WireEntry | undefined => {
  const found = parsed(line);
  return found && !lineFault(found.value) ? entryOf(line, found.value) : undefined;
};

/** What is wrong with a line of a log: each entry has one spelling. */
interface Faulty {
  readonly fault: string;
}

const SPELLING = 'is not spelled as the suite spells it';

export const readJournalLine = (line: string): { readonly entry: JournalEvent } | Faulty => {
  const found = parsed(line);
  if (!found) return { fault: 'is not JSON' };
  const fault = faultOf('JournalEvent', found.value);
  if (fault) return { fault: faultText(fault) };
  return JSON.stringify(found.value) === line
    ? { entry: found.value as JournalEvent }
    : { fault: SPELLING };
};

/** Takes nothing out: what is read has been redacted already. */
const asSent = lineFormer((text) => text);

/** An entry of a wire log, and how one like it is spelled: a message may have held a secret, and stand as text. */
interface SpelledEntry {
  readonly entry: WireEntry;
  readonly form: (like: WireEntry) => string;
}

export const readWireLine = (line: string): SpelledEntry | Faulty => {
  const found = parsed(line);
  if (!found) return { fault: 'is not JSON' };
  const fault = lineFault(found.value);
  if (fault) return { fault: faultText(fault) };
  const entry = entryOf(line, found.value);
  const form = (like: WireEntry): string =>
    isMessage(found.value) ? asSent(like, true) : JSON.stringify(like);
  return form(entry) === line ? { entry, form } : { fault: SPELLING };
};
