// What a received line is to a client that keeps the protocol: an answer, or one of the ways in which a
// reply channel goes wrong.
import { readMessage } from '../../core/framing.ts';
import { faultText } from '../../schemas/fault.ts';
import { faultOf } from '../../schemas/validate.ts';

/** How a line departs from one reply to one open request. */
export type LineFault =
  // Not one JSON message a line.
  | 'header'
  | 'piece'
  | 'joined'
  | 'byte-order-mark'
  | 'batch'
  | 'overlong'
  // Not a message at all.
  | 'printed'
  // A message, and no reply.
  | 'envelope'
  // A reply, and to nothing that is open.
  | 'retyped-id'
  | 'answered-again'
  | 'unknown-id'
  | 'null-id';

/** A line that is no answer, and what is wrong with it. */
export interface FaultyLine {
  readonly fault: LineFault;
  readonly detail: string;
}

/** A reply as far as it can be read. */
export interface ReadReply {
  readonly id: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code?: unknown; readonly message?: unknown; readonly data?: unknown };
}

/** A line as JSON; undefined where it is none. */
export const parsed = readMessage;

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const HEADER = /^content-(?:length|type)\s*:/i;
/** A line of a JSON text that was written over several: a bracket, or a member. */
const PIECE = /^\s*(?:[{}[\]],?\s*$|"(?:[^"\\]|\\.)*"\s*(?::|,?\s*$))/;

const notJson = (text: string, headers: boolean): FaultyLine => {
  if (HEADER.test(text)) return { fault: 'header', detail: 'a header line' };
  if (headers && text.trim() === '') return { fault: 'header', detail: 'the end of headers' };
  if (text.startsWith('\uFEFF')) return { fault: 'byte-order-mark', detail: 'a byte order mark' };
  if (/\}\s*\{\s*"/.test(text) && parsed(`[${text.replaceAll(/\}\s*\{\s*"/g, '},{"')}]`)) {
    return { fault: 'joined', detail: 'several messages without a line feed between them' };
  }
  if (PIECE.test(text)) return { fault: 'piece', detail: 'a part of a message' };
  return { fault: 'printed', detail: 'text that is no message' };
};

/** A line as the reply that it is, or as what is wrong with it before anything is asked of its id. */
export const readLine = (
  text: string,
  headers: boolean,
): { readonly reply: ReadReply } | { readonly bad: FaultyLine } => {
  const found = parsed(text);
  if (!found) return { bad: notJson(text, headers) };
  const { value } = found;
  if (Array.isArray(value)) return { bad: { fault: 'batch', detail: 'an array of messages' } };
  if (!isObject(value)) return { bad: { fault: 'printed', detail: 'a bare value' } };
  const isReply = 'id' in value && ('result' in value || 'error' in value);
  if (!isReply) return { bad: { fault: 'envelope', detail: 'a message that answers nothing' } };
  return { reply: value as unknown as ReadReply };
};

/** What the schema of replies refuses in a line; undefined where it admits it. */
export const envelopeFault = (text: string): string | undefined => {
  const value = parsed(text)?.value;
  const name = isObject(value) && 'error' in value ? 'ErrorReply' : 'SuccessReply';
  const fault = faultOf(name, value);
  return fault && faultText(fault);
};
