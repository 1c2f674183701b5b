// The kit: framing, the session's state machine, the order of precedence, and error envelopes, so that
// an adapter is only the mapping to its native API.
import type { Readable, Writable } from 'node:stream';
import { LineSplitter } from '../../core/framing.ts';
import { METHODS, type MethodName, type Methods } from '../../schemas/generated/standard.ts';
import type {
  Capabilities,
  Implementation,
  Layer,
  Product,
  Request,
  RequestId,
  RuntimeVersions,
} from '../../schemas/generated/types.ts';
import { faultOfParams, faultOfRequest, isMethod } from '../../schemas/validate-request.ts';
import { errorObject, Refusal } from './refusal.ts';
import { replyChannel } from './reply-channel.ts';
import { WaitingCalls } from './waiting.ts';

/** The session methods, which the kit serves itself. */
type SessionMethod = Extract<MethodName, `system.${string}`>;

/**
 * A method's own work: a result, or a thrown Refusal. `ended` says of a method that waits that its call was
 * ended: it stops then, and what it answers is not heard.
 */
export type Handlers = {
  [M in Exclude<MethodName, SessionMethod>]?: (
    params: Methods[M]['params'],
    ended: AbortSignal,
  ) => Methods[M]['result'] | Promise<Methods[M]['result']>;
};

/** What an adapter serves, known once the session is initialized. */
export interface Service {
  readonly product: Product;
  readonly capabilities: Capabilities;
  readonly handlers: Handlers;
  /** For each handler, who does its work. */
  readonly methods: { readonly [M in keyof Handlers]: Implementation };
  /** The runtime versions whose clients are served, where driver.compatibility is declared. */
  readonly runtimeVersions?: RuntimeVersions;
  /** Releases every native resource, and waits for no work: what is held is given up. */
  release(): void | Promise<void>;
}

export interface AdapterOptions {
  readonly name: string;
  readonly version: string;
  /** Called by each valid system.initialize until one opens; a Refusal leaves the session new. */
  open(params: Methods['system.initialize']['params']): Service | Promise<Service>;
  /**
   * What an exception that left a handler means, by the method and the exception alone: undefined where
   * it is nothing that the native interface said; the answer is then INTERNAL, of the adapter.
   */
  refusalOf?(method: MethodName, error: unknown): Refusal | undefined;
}

/** Where a session is served. */
export interface Channel {
  readonly requests: Readable;
  readonly replies: Writable;
  /** The session is over, and all replies are written. */
  ended(): void;
}

const ownProcess = (): Channel => ({
  requests: process.stdin,
  replies: replyChannel(),
  ended: () => process.exit(0),
});

const VERSIONS = ['1.0'];

/** What a method that does not wait is given: its call is not ended. */
const NEVER = new AbortController().signal;

const validId = (id: unknown): id is RequestId =>
  (typeof id === 'string' && id !== '' && id.length <= 128) || Number.isSafeInteger(id);

/** The layer that a method of the standard is named for. */
const layerOf = (method: MethodName): Layer => method.split('.')[0] as Layer;

/** The system's monotonic clock: node gives it in nanoseconds, and so does the system. */
const clock = (): Methods['system.clock']['result'] => ({
  nanoseconds: String(process.hrtime.bigint()),
  resolutionNanoseconds: '1',
});

/**
 * Serves one session, and ends when no more requests can come. Without a channel it is the process's own:
 * stdin, and the reply channel that the starter named.
 */
export const serve = (options: AdapterOptions, channel: Channel = ownProcess()): void => {
  const { requests, replies } = channel;
  const write = (reply: object): void => {
    replies.write(`${JSON.stringify({ jsonrpc: '2.0', ...reply })}\n`);
  };
  let state: 'new' | 'ready' | 'closed' = 'new';
  let service: Service | undefined;
  const waiting = new WaitingCalls();
  /** Replies to calls that wait, until they are written. */
  const owed = new Set<Promise<void>>();

  /** Ends what waits, and then what is held. */
  const release = async (): Promise<void> => {
    waiting.cancelAll();
    await Promise.all(owed);
    await service?.release();
  };

  const initialize = async (params: Methods['system.initialize']['params']) => {
    const version = VERSIONS.find((one) => params.protocolVersions.includes(one));
    if (version === undefined) {
      throw new Refusal('UNSUPPORTED_VERSION', 'kit', { supportedVersions: VERSIONS });
    }
    const opened = await options.open(params);
    service = opened;
    state = 'ready';
    const served = Object.entries(opened.methods).filter(([method]) => {
      const needs = isMethod(method) ? METHODS[method].needs : null;
      return needs === null || opened.capabilities[needs] === true;
    });
    return {
      protocolVersion: version,
      product: opened.product,
      adapter: { name: options.name, version: options.version },
      capabilities: opened.capabilities,
      ...(opened.runtimeVersions && { runtimeVersions: opened.runtimeVersions }),
      methods: {
        'system.initialize': 'native',
        'system.ping': 'native',
        'system.clock': 'native',
        'system.shutdown': 'native',
        ...(opened.capabilities['system.cancel'] && { 'system.cancel': 'native' }),
        ...Object.fromEntries(served),
      },
    };
  };

  /** One fault, one answer: the checks stand in the standard's order of precedence. */
  const call = async (id: RequestId, method: string, params: unknown): Promise<unknown> => {
    if (!isMethod(method)) throw new Refusal('METHOD', 'kit');
    if (state === 'closed' || (state === 'new' && method !== 'system.initialize')) {
      throw new Refusal('NOT_INITIALIZED', 'kit');
    }
    if (state === 'ready' && method === 'system.initialize') {
      throw new Refusal('ALREADY_INITIALIZED', 'kit');
    }
    const { needs } = METHODS[method];
    if (needs !== null && service?.capabilities[needs] !== true) {
      throw new Refusal('FEATURE', 'kit');
    }
    const fault = faultOfParams(method, params);
    if (fault) throw new Refusal('FIELD', 'kit', { field: fault.place, message: fault.problem });
    if (method === 'system.initialize') {
      return initialize(params as Methods['system.initialize']['params']);
    }
    if (method === 'system.ping') return {};
    if (method === 'system.clock') return clock();
    if (method === 'system.shutdown') {
      state = 'closed';
      await release();
      return {};
    }
    if (method === 'system.cancel') {
      return { cancelled: waiting.cancel((params as { request: RequestId }).request) };
    }
    const handler = service?.handlers[method] as
      | ((given: unknown, ended: AbortSignal) => unknown)
      | undefined;
    if (!handler) throw new Error(`${method} is declared and has no handler`);
    return METHODS[method].waits
      ? waiting.run(id, (ended) => handler(params, ended))
      : handler(params, NEVER);
  };

  const refuse = (id: RequestId | null, refusal: Refusal, layer: Layer): void =>
    write({ id, error: errorObject(refusal, layer) });

  const reply = async ({ id, method, params = {} }: Request): Promise<void> => {
    try {
      write({ id, result: await call(id, method, params) });
    } catch (error) {
      const known = isMethod(method);
      const meaning =
        error instanceof Refusal || !known ? error : options.refusalOf?.(method, error);
      const refusal =
        meaning instanceof Refusal
          ? meaning
          : new Refusal('INTERNAL', 'adapter', { message: String(error) });
      refuse(id, refusal, isMethod(method) ? layerOf(method) : 'system');
    }
  };

  /** Settles when the next line may be taken. */
  const answer = async (line: string): Promise<void> => {
    let message: unknown;
    try {
      message = JSON.parse(line);
    } catch {
      refuse(null, new Refusal('PARSE', 'kit'), 'system');
      return;
    }
    const isObject = typeof message === 'object' && message !== null && !Array.isArray(message);
    if (isObject && !('id' in (message as object))) return;
    if (faultOfRequest(message)) {
      const id = isObject ? (message as { id: unknown }).id : null;
      refuse(validId(id) ? id : null, new Refusal('ENVELOPE', 'kit'), 'system');
      return;
    }
    const request = message as Request;
    const replied = reply(request);
    if (isMethod(request.method) && METHODS[request.method].waits) {
      owed.add(replied);
      void replied.then(() => owed.delete(replied));
    } else await replied;
  };

  // One at a time, but for calls that wait: those begin in their turn and hold up nobody. Native APIs are
  // not asked two things at once unless an adapter says that they may be.
  let last: Promise<void> = Promise.resolve();
  const splitter = new LineSplitter({
    line: (text) => {
      last = last.then(() => answer(text));
    },
    overlong: () => {
      refuse(null, new Refusal('PARSE', 'kit', { message: 'a line above 1 MiB' }), 'system');
      requests.destroy();
    },
  });
  requests.on('data', (chunk: Buffer) => splitter.push(chunk));
  requests.on('close', () => {
    void last.then(async () => {
      if (state === 'ready') await release();
      replies.end(() => channel.ended());
    });
  });
};
