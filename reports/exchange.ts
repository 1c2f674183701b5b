// What a message on the wire says, without what every message has: for a conversation that people read.

export interface Spoken {
  /** The method that is asked, or what was answered. */
  readonly head: string;
  /** Its parameters, result or error. */
  readonly body: unknown;
  /** A refusal. */
  readonly refused: boolean;
}

const isObject = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** What an error is called: the standard's words where it has them, else its code. */
const errorName = (error: unknown): string => {
  if (!isObject(error)) return 'error';
  const { canonical, reason } = isObject(error['data']) ? error['data'] : {};
  const words = [canonical, reason].filter((word) => typeof word === 'string');
  return words.length > 0 ? words.join('/') : `error ${String(error['code'])}`;
};

/** A request or reply of JSON-RPC; undefined where the text is anything else, which is then shown as it is. */
export const spoken = (text: string): Spoken | undefined => {
  const message = parsed(text);
  if (!isObject(message) || message['jsonrpc'] !== '2.0') return undefined;
  if (typeof message['method'] === 'string')
    return { head: message['method'], body: message['params'], refused: false };
  if ('error' in message)
    return { head: errorName(message['error']), body: message['error'], refused: true };
  return 'result' in message
    ? { head: 'result', body: message['result'], refused: false }
    : undefined;
};
