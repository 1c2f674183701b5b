// One session with one endpoint: matches replies to requests, keeps every deadline, and bounds what an
// endpoint can send. It judges nothing.
import type { Ending } from '../core/case.ts';
import { LONGEST_LINE, readMessage } from '../core/framing.ts';
import { faultText } from '../schemas/fault.ts';
import type {
  Deadlines,
  ErrorObject,
  Failure,
  InitializeResult,
  RequestId,
  Resident,
} from '../schemas/generated/types.ts';
import { faultOf, faultOfResult } from '../schemas/validate.ts';
import { isMethod } from '../schemas/validate-request.ts';
import type { Channel, Timer, Wire } from './wire.ts';

/** How a request ended. */
export type Reply =
  | { readonly kind: 'result'; readonly id: RequestId; readonly result: unknown }
  | { readonly kind: 'error'; readonly id: RequestId | null; readonly error: ErrorObject }
  | { readonly kind: 'failure'; readonly failure: Failure | 'died-idle'; readonly detail: string };

interface Open {
  readonly count: number;
  /** None of a line of the case's own form: its reply may bear null. */
  readonly method: string | undefined;
  readonly timer: Timer;
  settle(reply: Reply): void;
}

/** Bytes that answer nothing, after which an endpoint is ended. */
const STRAY_LIMIT = 4 * LONGEST_LINE;
/** What a line that answers nothing counts at least: each is written down, however short it is. */
const LEAST_STRAY = 256;

export class Session {
  readonly name: string;
  /** Set once system.initialize has answered. */
  identity: InitializeResult | undefined;
  readonly #wire: Wire;
  readonly #deadlines: Deadlines;
  readonly #channel: Channel;
  readonly #open = new Map<RequestId, Open>();
  /** Requests whose deadline is past: a late answer to one is still an answer. */
  readonly #expired = new Map<RequestId, number>();
  #nextId = 0;
  #heard = false;
  #stray = 0;
  #pauses = 0;
  #end: string | undefined;
  #diedIdle = false;
  /** How it ended, once nothing of it is left. It has an end before that where it broke its channel. */
  #gone: string | undefined;
  /** It was told to end by a signal. */
  #killed = false;
  #closing: (() => void) | undefined;
  /** Until it has closed: whoever closes it too waits for the same end. */
  #closed: Promise<void> | undefined;

  constructor(name: string, wire: Wire, deadlines: Deadlines) {
    this.name = name;
    this.#wire = wire;
    this.#deadlines = deadlines;
    this.#channel = wire.open(name, {
      receive: (text) => this.#receive(text),
      overlong: () => this.#broken('a line above 1 MiB'),
      end: (how) => this.#ended(how),
    });
  }

  /** How it ended, where it has. */
  get end(): string | undefined {
    return this.#end;
  }

  /** It ended by itself while no request was open. */
  get diedIdle(): boolean {
    return this.#diedIdle;
  }

  /** Whether a request waits for its reply, or a case for a time to pass or for the session to end. */
  get waiting(): boolean {
    const isEnding = this.#closing !== undefined && this.#gone === undefined;
    return this.#open.size > 0 || this.#pauses > 0 || isEnding;
  }

  /** Whether any valid reply came: until then the start deadline counts. */
  get heard(): boolean {
    return this.#heard;
  }

  get pid(): number | undefined {
    return this.#channel.pid;
  }

  /**
   * Sends a request and waits for its reply, its deadline, or the endpoint's end. `patience` is the share of
   * the deadline that is waited.
   */
  request(method: string, params: unknown, patience = 1): Promise<Reply> {
    this.#nextId += 1;
    const id = this.#nextId;
    const text = JSON.stringify({ jsonrpc: '2.0', id, method, params });
    return this.#send(text, id, method, patience);
  }

  /** Sends a line as it is; its reply bears `id`, or null. One at a time. */
  line(text: string, id: RequestId | null): Promise<Reply> {
    return this.#send(text, id ?? '', undefined);
  }

  /** Waits, as the log will tell: a replay waits for the same entry. */
  pause(milliseconds: number): Promise<void> {
    this.#pauses += 1;
    return new Promise((resolve) => {
      this.#wire.timer(this.name, milliseconds, () => {
        this.#pauses -= 1;
        resolve();
      });
    });
  }

  /** How much memory its endpoint holds. */
  resident(): Resident {
    return this.#channel.resident();
  }

  /** Sends a line that gets no reply. */
  notify(text: string): void {
    if (this.#end === undefined) this.#channel.send(text, false);
  }

  #send(text: string, id: RequestId, method: string | undefined, patience = 1): Promise<Reply> {
    if (this.#end !== undefined) {
      const failure = this.#diedIdle ? 'died-idle' : 'died';
      return Promise.resolve({ kind: 'failure', failure, detail: this.#end });
    }
    const count = this.#channel.send(text, method !== undefined);
    const milliseconds = this.#heard
      ? Math.round(patience * this.#deadlines.call)
      : Math.max(this.#deadlines.call, this.#deadlines.start);
    return new Promise((settle) => {
      const timer = this.#wire.timer(this.name, milliseconds, () => {
        this.#open.delete(id);
        this.#expired.set(id, count);
        settle({ kind: 'failure', failure: 'hung', detail: `no answer within ${milliseconds} ms` });
      });
      this.#open.set(id, { count, method, timer, settle });
    });
  }

  #receive(text: string): number | undefined {
    const read = readMessage(text);
    if (!read) return this.#strayed(text);
    const message = read.value;
    const success = faultOf('SuccessReply', message) === undefined;
    if (!success && faultOf('ErrorReply', message) !== undefined) return this.#strayed(text);
    const { id, result, error } = message as {
      id: RequestId | null;
      result: unknown;
      error: ErrorObject;
    };
    this.#heard = true;
    // A reply with id null answers the one line that is outstanding.
    const key = id ?? [...this.#open].find(([, open]) => open.method === undefined)?.[0] ?? '';
    const open = this.#open.get(key);
    if (open === undefined) {
      const late = this.#expired.get(key);
      this.#expired.delete(key);
      return late ?? this.#strayed(text);
    }
    this.#open.delete(key);
    open.timer.cancel();
    if (!success || id === null) open.settle({ kind: 'error', id, error });
    else {
      const fault =
        open.method !== undefined && isMethod(open.method)
          ? faultOfResult(open.method, result)
          : undefined;
      if (fault) {
        open.settle({ kind: 'failure', failure: 'invalid-answer', detail: faultText(fault) });
      } else open.settle({ kind: 'result', id, result });
    }
    return open.count;
  }

  #strayed(text: string): undefined {
    this.#stray += Math.max(text.length + 1, LEAST_STRAY);
    if (this.#stray > STRAY_LIMIT) {
      // Once the line itself is written down: a replay delivers it before it sees what came of it.
      queueMicrotask(() => this.#broken('more than 4 MiB, or 16384 lines, that answer nothing'));
    }
    return undefined;
  }

  /** The endpoint broke its channel: it is ended, and so is everything that waits. */
  #broken(how: string): void {
    if (this.#end !== undefined) return;
    this.#settleAll(how);
    this.#kill();
  }

  #kill(): void {
    this.#killed = true;
    this.#channel.kill();
  }

  #ended(how: string): void {
    if (this.#end === undefined) this.#settleAll(how);
    this.#gone = how;
    this.#closing?.();
  }

  #settleAll(how: string): void {
    this.#end = how;
    this.#diedIdle = this.#open.size === 0 && this.#closing === undefined;
    const waiting = [...this.#open.values()];
    this.#open.clear();
    for (const open of waiting) {
      open.timer.cancel();
      open.settle({ kind: 'failure', failure: 'died', detail: how });
    }
  }

  /**
   * Closes stdin and waits until nothing is left, so that nothing of it works beside the next case.
   * Past the stop deadline the process group is ended; one that not even that ends within two more is
   * left to the system. Says how the end came.
   */
  async close(): Promise<Ending> {
    if (this.#gone === undefined) {
      this.#closed ??= this.#close();
      await this.#closed;
    }
    return { byItself: !this.#killed && this.#gone !== undefined, how: this.#gone };
  }

  async #close(): Promise<void> {
    const { stop } = this.#deadlines;
    let timer: Timer | undefined;
    await new Promise<void>((resolve) => {
      this.#closing = resolve;
      const leave = (): void => {
        timer = this.#wire.timer(this.name, 2 * stop, resolve);
      };
      if (this.#end !== undefined) {
        // It broke its channel, and is being ended already.
        leave();
        return;
      }
      if (this.#heard && this.#expired.size > 0) {
        // What does not come back from a request does not see its stdin close. One that never spoke is given
        // the chance: how it ends tells why it did not.
        leave();
        this.#kill();
        return;
      }
      timer = this.#wire.timer(this.name, stop, () => {
        leave();
        this.#kill();
      });
      this.#channel.close();
    });
    timer?.cancel();
  }
}
