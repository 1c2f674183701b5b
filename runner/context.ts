// The words of a case, over a session: each word journals what it observed, and says who is to blame.
import type { Answer, CaseId, Context, Ending, ExpectationId, Sides } from '../core/case.ts';
import { Random } from '../core/random.ts';
import type { MethodName, Methods } from '../schemas/generated/standard.ts';
import type {
  Capabilities,
  InitializeResult,
  Measurement,
  Origin,
  RequestId,
  Resident,
} from '../schemas/generated/types.ts';
import type { JournalFact } from './evidence.ts';
import type { Reply, Session } from './session.ts';

/** The share of its deadline that a method which is known to hang is waited for where it prepares the ground. */
const PATIENCE_WITH_HUNG = 0.1;

/** Thrown to leave a case whose verdict is decided. */
export class CaseOver extends Error {}

/** What the words of one attempt share. */
export interface AttemptScope {
  readonly id: CaseId;
  readonly attempt: number;
  readonly seed: string;
  readonly claims: Capabilities | undefined;
  /** What its deadlines are multiplied by. */
  readonly factor: number;
  /** Methods that left even a second try, alone and with more time, without an answer. */
  readonly hung: Set<string>;
  journal(fact: JournalFact): void;
  /** The time of the last wire entry, in milliseconds. */
  now(): number;
  /** Whether the attempt has ended: late words of a case that was cut are not heard. */
  over: boolean;
  open(kind: 'ready' | 'cold'): Promise<Context>;
  close(session: Session): Promise<Ending>;
}

/**
 * The body of a case may go on after its attempt was cut short: what it says then nobody hears, and what it
 * opens nobody closes.
 */
export const stillOn = (scope: AttemptScope): void => {
  if (scope.over) throw new CaseOver('the attempt has ended');
};

const isAssertion = (error: unknown): error is Error =>
  error instanceof Error && error.name === 'AssertionError';

/** JSON of any value: bigints as strings, bytes as length, what JSON has not as text. */
const jsonOf = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_key, member: unknown) => {
      if (typeof member === 'bigint') return String(member);
      if (typeof member === 'number' && !Number.isFinite(member)) return String(member);
      return member instanceof Uint8Array ? { bytes: member.length } : member;
    }) ?? 'null',
  );

export class CaseContext implements Context {
  readonly random: Random;
  readonly #scope: AttemptScope;
  readonly #session: Session;

  constructor(scope: AttemptScope, session: Session) {
    this.#scope = scope;
    this.#session = session;
    // Named by case alone: a second try asks the same.
    this.random = new Random(scope.seed, scope.id);
  }

  get identity(): InitializeResult | undefined {
    return this.#session.identity;
  }

  get claims(): Capabilities | undefined {
    return this.#scope.claims;
  }

  #journal(fact: JournalFact): void {
    stillOn(this.#scope);
    this.#scope.journal(fact);
  }

  #own(): { case: CaseId; attempt: number } {
    stillOn(this.#scope);
    return { case: this.#scope.id, attempt: this.#scope.attempt };
  }

  async given<M extends MethodName>(
    method: M,
    params: Methods[M]['params'],
  ): Promise<Methods[M]['result']> {
    const own = this.#own();
    const patience = this.#scope.hung.has(method) ? PATIENCE_WITH_HUNG : 1;
    const reply = await this.#session.request(method, params, patience);
    if (reply.kind === 'result') return reply.result as Methods[M]['result'];
    const failure =
      reply.kind === 'error'
        ? { cause: 'refused' as const, observed: jsonOf(reply.error) }
        : { cause: reply.failure, observed: reply.detail };
    this.#journal({ event: 'setup-failed', ...own, method, ...failure });
    throw new CaseOver(method);
  }

  async attempt(expectation: ExpectationId, method: string, params: unknown): Promise<Answer> {
    this.#own();
    return this.#answer(expectation, method, await this.#session.request(method, params));
  }

  async attemptLine(
    expectation: ExpectationId,
    line: string,
    id: RequestId | null,
  ): Promise<Answer> {
    this.#own();
    return this.#answer(expectation, line.slice(0, 80), await this.#session.line(line, id));
  }

  #answer(expectation: ExpectationId, what: string, reply: Reply): Answer {
    if (reply.kind !== 'failure') return reply;
    const own = this.#own();
    if (reply.failure === 'hung' && this.#scope.factor > 1) this.#scope.hung.add(what);
    if (reply.failure === 'died-idle') {
      // It was gone before this request was made: not this request's doing.
      this.#journal({
        event: 'setup-failed',
        ...own,
        method: what,
        cause: 'died-idle',
        observed: reply.detail,
      });
    } else {
      this.#journal({
        event: 'expectation',
        ...own,
        id: expectation,
        held: false,
        expected: `a reply to ${what}`,
        observed: reply.detail,
        cause: reply.failure,
      });
    }
    throw new CaseOver(expectation);
  }

  now(): number {
    this.#own();
    return this.#scope.now();
  }

  resident(): Resident {
    this.#own();
    return this.#session.resident();
  }

  async pause(milliseconds: number): Promise<void> {
    this.#own();
    await this.#session.pause(milliseconds);
    this.#own();
  }

  notify(line: string): void {
    this.#own();
    this.#session.notify(line);
  }

  expectation(id: ExpectationId, sides: Sides, check: () => void): void {
    const held = this.#holds(check);
    this.#journal({
      event: 'expectation',
      ...this.#own(),
      id,
      held,
      expected: jsonOf(sides.expected),
      observed: jsonOf(sides.observed),
      ...(sides.origin !== undefined && { origin: sides.origin as Origin }),
    });
    if (!held) throw new CaseOver(id);
  }

  premise(id: string, sides: Sides, check: () => void): void {
    const held = this.#holds(check);
    this.#journal({
      event: 'premise',
      ...this.#own(),
      id,
      held,
      expected: jsonOf(sides.expected),
      observed: jsonOf(sides.observed),
    });
    if (!held) throw new CaseOver(id);
  }

  /** False on an AssertionError, known by its name so that no assertion library is named here. */
  #holds(check: () => void): boolean {
    try {
      check();
      return true;
    } catch (error) {
      if (isAssertion(error)) return false;
      throw error;
    }
  }

  measured(measurement: Measurement): void {
    this.#journal({ event: 'measured', ...this.#own(), measurement });
  }

  nothing(why: string): never {
    this.#journal({ event: 'nothing-to-test', ...this.#own(), why });
    throw new CaseOver(why);
  }

  open(kind: 'ready' | 'cold'): Promise<Context> {
    this.#own();
    return this.#scope.open(kind);
  }

  close(): Promise<Ending> {
    this.#own();
    return this.#scope.close(this.#session);
  }
}
