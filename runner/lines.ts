// Entries as lines of a file and back. A message stands in its line as it was sent, so that people and
// other programs can read it, and so that nothing of it is lost.
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
  const quoted = new Map<string, string>();
  return (entry: JournalEvent | WireEntry, json = false): string => {
    if (!('kind' in entry) || (entry.kind !== 'send' && entry.kind !== 'receive')) {
      return redact(JSON.stringify(entry));
    }
    const { n, t, kind, text } = entry;
    let session = quoted.get(entry.session);
    if (session === undefined) {
      session = JSON.stringify(entry.session);
      quoted.set(entry.session, session);
    }
    const answers = 'answers' in entry ? entry.answers : undefined;
    // A secret may stand where JSON has no text.
    if (redact(text) !== text || !(json || isJson(text))) {
      return redact(JSON.stringify(entry));
    }
    const answered = answers === undefined ? '' : `,"answers":${answers}`;
    return `{"n":${n},"t":${t},"session":${session},"kind":"${kind}"${answered}${MESSAGE}${text}}`;
  };
};

/** A line of a wire log as its entry; undefined where it is none. */
export const wireEntry = (line: string): WireEntry | undefined => {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (faultOf('WireLine', value)) return undefined;
  if (typeof value !== 'object' || value === null || !('message' in value)) {
    return value as WireEntry;
  }
  const { n, t, session, kind, answers } = value as WireMessage;
  const text = line.slice(line.indexOf(MESSAGE) + MESSAGE.length, -1);
  return kind === 'send'
    ? { n, t, session, kind, text }
    : { n, t, session, kind, text, ...(answers !== undefined && { answers }) };
};
