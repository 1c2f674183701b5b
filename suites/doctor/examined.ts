// The evidence of a run as checks read it: every session with its calls, its faulty lines and its end.
import type { Judgement } from '../../core/judge.ts';
import type { InitializeResult, Result, WireEntry } from '../../schemas/generated/types.ts';
import {
  envelopeFault,
  type FaultyLine,
  isObject,
  type LineFault,
  parsed,
  type ReadReply,
  readLine,
} from './lines.ts';

/** A line that was sent, and what became of it. */
export interface Call {
  readonly n: number;
  readonly session: string;
  readonly text: string;
  /** Undefined where the line is no request with a method. */
  readonly method: string | undefined;
  reply?: ReadReply;
  /** Its deadline passed. An answer may have come after it. */
  hung: boolean;
}

/** A line that came and is no answer. */
export interface BadLine extends FaultyLine {
  readonly n: number;
  readonly session: string;
  readonly text: string;
  /** It came when stdin was closed. */
  readonly afterClose: boolean;
}

export interface SessionSeen {
  readonly name: string;
  readonly calls: Call[];
  readonly bad: BadLine[];
  /** When stdin was closed, in microseconds, and how many calls were open then. */
  closed?: { readonly t: number; readonly open: number };
  /** It was told to end. */
  killed: boolean;
  end?: { readonly t: number; readonly how: string; readonly stderr: string };
}

/** Everything that the checks may look at. */
export interface Examined {
  readonly judgement: Judgement;
  /** Of the first session; undefined where it gave none. */
  readonly identity: InitializeResult | undefined;
  readonly sessions: readonly SessionSeen[];
  /** The sessions of a second start, asked with Content-Length headers, where the first was silent. */
  readonly withHeaders: readonly SessionSeen[];
  /** Processes that outlived their session; undefined where that cannot be seen. */
  readonly leftBehind: readonly string[] | undefined;
}

/** As the schema's RequestId: an id that a reply must echo. */
const readableId = (id: unknown): boolean =>
  Number.isSafeInteger(id) || (typeof id === 'string' && id !== '' && [...id].length <= 128);

/** Follows one session through the log. */
class Follower {
  readonly seen: SessionSeen;
  readonly #open = new Map<unknown, Call>();
  readonly #answered = new Set<unknown>();
  /** Lines whose id could not be read: each may be answered with null. */
  readonly #unreadable: Call[] = [];
  #headers = false;

  constructor(name: string) {
    this.seen = { name, calls: [], bad: [], killed: false };
  }

  see(entry: WireEntry): void {
    switch (entry.kind) {
      case 'send':
        this.#sent(entry.n, entry.text);
        break;
      case 'receive':
        this.#received(entry.n, entry.text);
        break;
      case 'overlong':
        this.#bad(entry.n, entry.text, { fault: 'overlong', detail: 'a line above 1 MiB' });
        break;
      case 'timer':
        // Before stdin is closed only calls have timers, and the first of them fires first.
        if (!this.seen.closed) this.#missed();
        break;
      case 'close':
        this.seen.closed = { t: entry.t, open: this.#open.size + this.#unreadable.length };
        break;
      case 'kill':
        this.seen.killed = true;
        break;
      case 'end':
        this.seen.end = { t: entry.t, how: entry.how, stderr: entry.stderr };
        break;
      case 'open':
      case 'memory':
        break;
      default:
        entry satisfies never;
    }
  }

  #sent(n: number, text: string): void {
    const value = parsed(text)?.value;
    if (isObject(value) && !('id' in value)) return;
    const { id, method } = isObject(value) ? value : { id: undefined, method: undefined };
    const call: Call = {
      n,
      session: this.seen.name,
      text,
      method: typeof method === 'string' ? method : undefined,
      hung: false,
    };
    this.seen.calls.push(call);
    if (readableId(id)) this.#open.set(id, call);
    else this.#unreadable.push(call);
  }

  #missed(): void {
    const waiting = [...this.#open.values(), ...this.#unreadable].filter((call) => !call.hung);
    const [first] = waiting.sort((one, other) => one.n - other.n);
    if (first) first.hung = true;
  }

  #received(n: number, text: string): void {
    const line = readLine(text, this.#headers);
    if ('bad' in line) {
      this.#headers ||= line.bad.fault === 'header';
      this.#bad(n, text, line.bad);
      return;
    }
    const fault = envelopeFault(text);
    const call = this.#of(line.reply.id);
    if ('fault' in call) this.#bad(n, text, call);
    else {
      call.reply = line.reply;
      if (fault !== undefined) this.#bad(n, text, { fault: 'envelope', detail: fault });
    }
  }

  #of(id: unknown): Call | FaultyLine {
    const detail = `id ${JSON.stringify(id)}`;
    if (id === null) {
      return this.#unreadable.shift() ?? { fault: 'null-id', detail: 'id null, to no such line' };
    }
    const call = this.#open.get(id);
    if (call) {
      this.#open.delete(id);
      this.#answered.add(id);
      return call;
    }
    const alike = [...this.#open.keys()].find((one) => String(one) === String(id));
    if (alike !== undefined) {
      return {
        fault: 'retyped-id',
        detail: `${detail}, and the request’s is ${JSON.stringify(alike)}`,
      };
    }
    if (this.#answered.has(id)) return { fault: 'answered-again', detail };
    return { fault: 'unknown-id', detail };
  }

  #bad(n: number, text: string, faulty: FaultyLine): void {
    const { name, closed } = this.seen;
    this.seen.bad.push({ ...faulty, n, session: name, text, afterClose: closed !== undefined });
  }
}

/** The sessions of a wire log, in the order of their beginnings. */
export const sessionsOf = (wire: Iterable<WireEntry>): SessionSeen[] => {
  const followers = new Map<string, Follower>();
  for (const entry of wire) {
    const follower = followers.get(entry.session) ?? new Follower(entry.session);
    followers.set(entry.session, follower);
    follower.see(entry);
  }
  // The timers of cases have a name of their own in the log, and no endpoint.
  return [...followers.values()].map(({ seen }) => seen).filter(({ name }) => name !== 'case');
};

/** The first line of a run that is wrong in one of these ways. */
export const firstBad = (
  { sessions }: Examined,
  faults: readonly LineFault[],
  where: (line: BadLine) => boolean = () => true,
): BadLine | undefined =>
  sessions.flatMap(({ bad }) => bad).find((line) => faults.includes(line.fault) && where(line));

/** Text on one line, bounded. */
export const quoted = (text: string, length = 100): string => {
  const shown = JSON.stringify(text.slice(0, length));
  return text.length > length ? `${shown}...` : shown;
};

/** The result of one case. */
export const resultOf = ({ judgement }: Examined, id: string): Result | undefined =>
  judgement.results.find((one) => one.case === id);

/** Whether a case came to its end: a second try with more time counts. */
export const wasTried = (examined: Examined, id: string): boolean => {
  const { verdict, reason } = resultOf(examined, id) ?? {};
  return verdict === 'pass' || verdict === 'fail' || reason === 'slow';
};

/** An expectation that an answer broke. */
export interface BrokenExpectation {
  readonly id: string;
  readonly expected: unknown;
  readonly observed: unknown;
  readonly origin: string | undefined;
}

/** The first expectation that an answer broke in these cases; silence and deaths are not theirs. */
export const firstBroken = (
  examined: Examined,
  ids: readonly string[],
): BrokenExpectation | undefined => {
  for (const id of ids) {
    const result = resultOf(examined, id);
    if (result?.verdict !== 'fail' || result.reason !== 'broken') continue;
    const broken = result.attempts
      .flatMap((attempt) => attempt.expectations)
      .find((expectation) => !expectation.held);
    if (!broken) continue;
    const { expected, observed, origin } = broken;
    return { id: broken.id, expected, observed, origin };
  }
  return undefined;
};

/** A value of an expectation, on one line. */
export const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length > 300 ? `${text.slice(0, 297)}...` : text;
};

/** The calls of one case, in sessions of its own and in shared ones, and the beginnings of these. */
export const callsOf = (examined: Examined, id: string): Call[] => {
  const slices = resultOf(examined, id)?.wire ?? [];
  return examined.sessions
    .flatMap(({ calls }) => calls)
    .filter(({ session, n }) =>
      slices.some((slice) => slice.session === session && slice.from <= n && n <= slice.to),
    );
};
