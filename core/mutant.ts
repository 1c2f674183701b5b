// Known-bad implementations: a conformant endpoint behind a filter with one named defect. A
// requirement counts only when one of its mutants is killed.
import type { RequirementId } from '../schemas/generated/standard.ts';
import type { Capabilities } from '../schemas/generated/types.ts';
import type { CaseId, ExpectationId } from './case.ts';
import type { EndpointEvents, StartEndpoint } from './endpoint.ts';

/** A JSON-RPC message, as loosely as a defect needs it. */
export interface Message {
  jsonrpc?: unknown;
  id?: unknown;
  method?: string;
  // biome-ignore lint/suspicious/noExplicitAny: a defect reaches into messages of every shape
  params?: any;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  result?: any;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  error?: any;
}

/** What a defect may do, once the message in hand has been taken from its way. */
export interface Link {
  toEndpoint(message: Message): void;
  toSession(message: Message): void;
  /** Prints a line of any form to the session. */
  print(line: string): void;
  /** A request of the defect's own, whose reply the session never sees. */
  call(method: string, params: unknown): Promise<Message>;
  /** Closes the endpoint's stdin. */
  close(): void;
  kill(): void;
}

/** One session's defect. Without a handler, messages of that direction pass. */
export interface Defect {
  request?(message: Message, link: Link): void;
  /** Stands for the closing of stdin. */
  close?(link: Link): void;
  /** `request` is what the reply answers, as the session sent it. */
  reply?(message: Message, request: Message | undefined, link: Link): void;
}

export interface Mutant {
  /** `DRV-MEM-001/last-byte-lost`. */
  readonly id: `${RequirementId}/${string}`;
  /** What is wrong with it, in one sentence. */
  readonly title: string;
  readonly requirement: RequirementId;
  /** What must break first in the case that kills it. */
  readonly breaks: ExpectationId;
  /** The case that shows it, of a row with so many that to run them all for it takes long; it is tried with this alone. */
  readonly shows?: CaseId;
  /** The cases that make traffic for a monitor to judge. */
  readonly traffic?: readonly CaseId[];
  /** What its maker claims for it, as a target file would. */
  readonly claims?: Capabilities;
  /** Called once a run; what it returns, once a session. */
  defect(): () => Defect;
}

const parse = (line: string): Message | undefined => {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

/** The endpoint that `start` starts, with a defect between it and its session. */
export const withDefect =
  (start: StartEndpoint, perSession: () => Defect): StartEndpoint =>
  (session, events) => {
    const defect = perSession();
    /** Requests as the session sent them, in the text that a defect cannot reach. */
    const open = new Map<unknown, string>();
    const own = new Map<string, (reply: Message) => void>();
    let calls = 0;
    const received: EndpointEvents = {
      ...events,
      line(text) {
        // What no defect looks at is not taken apart: it is most of what a selftest sends.
        if (!defect.reply && own.size === 0) return events.line(text);
        const message = parse(text);
        const mine = typeof message?.id === 'string' ? own.get(message.id) : undefined;
        if (message && mine) {
          own.delete(String(message.id));
          mine(message);
        } else if (message && defect.reply) {
          const request = open.get(message.id);
          open.delete(message.id);
          defect.reply(message, request === undefined ? undefined : parse(request), link);
        } else events.line(text);
      },
    };
    const endpoint = start(session, received);
    const link: Link = {
      toEndpoint: (message) => endpoint.send(JSON.stringify(message)),
      toSession: (message) => events.line(JSON.stringify(message)),
      print: (line) => events.line(line),
      call: (method, params) =>
        new Promise((resolve) => {
          calls += 1;
          const id = `defect-${calls}`;
          own.set(id, resolve);
          endpoint.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
        }),
      close: () => endpoint.close(),
      kill: () => endpoint.kill(),
    };
    return {
      pid: endpoint.pid,
      ...(endpoint.resident && { resident: endpoint.resident }),
      close: () => {
        if (defect.close) defect.close(link);
        else endpoint.close();
      },
      kill: () => endpoint.kill(),
      send(line) {
        if (!defect.reply && !defect.request) return endpoint.send(line);
        const message = parse(line);
        if (defect.reply && message?.id !== undefined) open.set(message.id, line);
        if (message && defect.request) defect.request(message, link);
        else endpoint.send(line);
      },
    };
  };
