// One subject through one run: its sessions, its probe, and the attempts of its cases. It is the same
// live and replayed; only the wire under it differs.

import { type AttemptOutcome, attemptOutcome } from '../core/attempt.ts';
import type { AnyCase, Case } from '../core/case.ts';
import { declares, measures } from '../core/plan.ts';
import { METHODS } from '../schemas/generated/standard.ts';
import type {
  Capabilities,
  Deadlines,
  EndpointProbed,
  InitializeResult,
  JournalEvent,
  PlannedCase,
  StartedFile,
} from '../schemas/generated/types.ts';
import { type AttemptScope, CaseContext, CaseOver, stillOn } from './context.ts';
import type { Evidence, JournalFact } from './evidence.ts';
import { Session } from './session.ts';
import { areaSession, caseSession, probeSession } from './session-names.ts';
import type { Timer, Wire } from './wire.ts';

/** What we offer at initialize, and who we are. */
export const CLIENT = {
  protocolVersions: ['1.0'],
  client: { name: 'causeway', version: '1' },
} as const;

const initializeParams = () => ({
  protocolVersions: [...CLIENT.protocolVersions],
  client: { ...CLIENT.client },
});

/** Whether an event leaves a shared session in a state that the next case may not be given. */
const spoils = (event: JournalEvent): boolean =>
  event.event === 'setup-failed' ||
  event.event === 'case-threw' ||
  ((event.event === 'expectation' || event.event === 'premise') && !event.held);

/** Why an attempt ends before its case does. */
type Cut = 'interrupted' | { readonly reason: 'suite'; readonly message: string };

const messageOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

/** What a probe learned. */
export type Probed = Omit<EndpointProbed, 'n' | 't' | 'event'>;

/** How an attempt is made. */
export interface AttemptOptions {
  readonly attempt: number;
  readonly alone: boolean;
  readonly factor: number;
}

const times = (deadlines: Deadlines, factor: number): Deadlines => ({
  call: deadlines.call * factor,
  start: deadlines.start * factor,
  case: deadlines.case * factor,
  stop: deadlines.stop,
});

export class Subject {
  readonly #wire: Wire;
  readonly #evidence: Evidence;
  readonly #deadlines: Deadlines;
  readonly #seed: string;
  readonly #claims: Capabilities | undefined;
  /** How many parts of the run came before: they set its sessions apart from theirs. */
  readonly #parts: number;
  /** When the time that its cases see began, in microseconds: a shard of a merged run keeps its own. */
  readonly #since: number;
  #identity: InitializeResult | undefined;
  #shared: { area: string; session: Session } | undefined;
  #current: { scope: AttemptScope; cut: (ended: Cut) => void } | undefined;
  #sharedCount = 0;
  readonly #hung = new Set<string>();
  /** The case in hand measures the machine or what a device has left: nothing may start beside it. */
  #quiet = false;

  constructor(
    wire: Wire,
    evidence: Evidence,
    deadlines: Deadlines,
    seed: string,
    claims: Capabilities | undefined,
    parts = 0,
    since = 0,
  ) {
    this.#parts = parts;
    this.#since = since;
    this.#wire = wire;
    this.#evidence = evidence;
    this.#deadlines = deadlines;
    this.#seed = seed;
    this.#claims = claims;
  }

  /**
   * Starts the endpoint once to learn who it is. `files` tells what was started, from its process id.
   */
  async probe(files: (pid: number | undefined) => Promise<StartedFile[]>): Promise<Probed> {
    const session = this.#open(probeSession(this.#parts), this.#deadlines);
    const halt = this.#wire.halted.then(() => undefined);
    const reply = await Promise.race([
      session.request('system.initialize', initializeParams()),
      halt,
    ]);
    if (reply?.kind === 'result') this.#identity = reply.result as InitializeResult;
    const detail =
      reply?.kind === 'failure'
        ? reply.detail
        : reply?.kind === 'error'
          ? `system.initialize refused: ${reply.error.message}`
          : '';
    const started = session.heard;
    // Read while it ends: a wait before that would be no part of the log.
    const [found] = await Promise.all([files(session.pid), Promise.race([session.close(), halt])]);
    const probed: Probed = {
      started,
      detail,
      ...(this.#identity && { identity: this.#identity }),
      files: found,
    };
    this.#evidence.journal({ event: 'endpoint-probed', ...probed });
    this.#evidence.flush();
    return probed;
  }

  /** Runs one attempt of a case, to its end whatever dies, and says what it came to. */
  async attempt(
    declared: Case,
    planned: PlannedCase,
    options: AttemptOptions,
  ): Promise<AttemptOutcome> {
    const events: JournalEvent[] = [];
    const own = { case: declared.id, attempt: options.attempt };
    const deadlines = times(this.#deadlines, options.factor);
    const opened: Session[] = [];
    const record = (fact: JournalFact): void => {
      events.push(this.#evidence.journal(fact));
    };
    const scope: AttemptScope = {
      ...own,
      id: declared.id,
      seed: this.#seed,
      claims: this.#claims,
      factor: options.factor,
      hung: this.#hung,
      over: false,
      journal: record,
      now: () => (this.#evidence.now - this.#since) / 1000,
      open: async (kind) => {
        stillOn(scope);
        const name = caseSession(declared.id, options.attempt, opened.length + 1);
        const session = this.#open(name, deadlines);
        opened.push(session);
        return this.#context(scope, session, kind);
      },
      close: (session) => session.close(),
    };
    this.#quiet = measures(planned);
    if (this.#quiet) await this.#wire.drop();
    record({ event: 'case-started', ...own, alone: options.alone, factor: options.factor });

    let timer: Timer | undefined;
    const overtime = new Promise<'overtime'>((resolve) => {
      timer = this.#wire.timer('case', deadlines.case, () => resolve('overtime'));
    });
    const cut = new Promise<Cut>((resolve) => {
      this.#current = { scope, cut: resolve };
    });
    const ended = await Promise.race([
      this.#body(declared, planned, options, scope),
      overtime,
      cut,
      this.#wire.halted,
    ]);
    timer?.cancel();
    this.#current = undefined;
    if (ended === 'overtime') {
      const waiting = [...opened, this.#shared?.session].some((session) => session?.waiting);
      record({
        event: 'case-threw',
        ...own,
        reason: waiting ? 'overtime' : 'suite',
        message: waiting
          ? 'it was still waiting for the endpoint'
          : 'it waited for nothing and did not end',
      });
    } else if (ended !== undefined && ended !== 'interrupted') {
      record({ event: 'case-threw', ...own, ...ended });
    }
    scope.over = true;

    const diedIdle = opened.some((session) => session.diedIdle);
    if (this.#shared && events.some(spoils)) {
      opened.push(this.#shared.session);
      this.#shared = undefined;
    }
    await Promise.race([
      Promise.all(opened.map((session) => session.close())),
      this.#wire.halted.then(() => undefined),
    ]);
    // An interrupted attempt has no end: its case is not-run, and nobody is blamed.
    if (ended !== 'interrupted') {
      record({ event: 'case-ended', ...own, ...(diedIdle && { diedIdle: true }) });
    }
    this.#evidence.flush();
    return attemptOutcome(events, planned);
  }

  /** Undefined when the case ran to its end or was left; else what it threw. */
  async #body(
    declared: Case,
    planned: PlannedCase,
    options: AttemptOptions,
    scope: AttemptScope,
  ): Promise<undefined | { reason: 'suite'; message: string }> {
    try {
      if (await this.#gated(planned, scope)) return undefined;
      const shared = declared.kind === 'shared' && !options.alone;
      const context = shared
        ? await this.#sharedContext(planned.area, scope)
        : await scope.open(declared.kind === 'cold' ? 'cold' : 'ready');
      await declared.run(context);
      return undefined;
    } catch (error) {
      if (error instanceof CaseOver) return undefined;
      return { reason: 'suite', message: messageOf(error) };
    }
  }

  /** Whether a capability that the case needs is not declared; its methods are probed then. */
  async #gated(planned: PlannedCase, scope: AttemptScope): Promise<boolean> {
    const capabilities = this.#identity?.capabilities;
    const missing = planned.needs.find((name) => capabilities && !declares(capabilities, name));
    if (missing === undefined) return false;
    const probes: { method: string; answer: string }[] = [];
    const gates = Object.entries(METHODS).filter(([, one]) => one.needs === missing);
    if (gates.length > 0) {
      await this.#sharedContext(planned.area, scope);
      const session = this.#shared?.session;
      for (const [method, { example }] of gates) {
        const reply = await session?.request(method, example.params);
        if (reply) probes.push({ method, answer: answerText(reply) });
      }
    }
    scope.journal({
      event: 'case-gated',
      case: scope.id,
      attempt: scope.attempt,
      capability: missing,
      probes,
    });
    return true;
  }

  /** Opens a session, and has the next one's endpoint started meanwhile: a start takes longer than most cases. */
  #open(name: string, deadlines: Deadlines): Session {
    const session = new Session(name, this.#wire, deadlines);
    if (!this.#quiet) this.#wire.ahead();
    return session;
  }

  async #sharedContext(area: string, scope: AttemptScope): Promise<CaseContext> {
    const held = this.#shared;
    if (held && held.area === area && held.session.end === undefined) {
      return new CaseContext(scope, held.session);
    }
    if (held) await held.session.close();
    stillOn(scope);
    this.#sharedCount += 1;
    const name = areaSession(area, this.#parts, this.#sharedCount);
    const session = this.#open(name, this.#deadlines);
    this.#shared = { area, session };
    return this.#context(scope, session, 'ready');
  }

  async #context(
    scope: AttemptScope,
    session: Session,
    kind: 'ready' | 'cold',
  ): Promise<CaseContext> {
    const context = new CaseContext(scope, session);
    if (kind === 'ready') {
      session.identity = await context.given('system.initialize', initializeParams());
    }
    return context;
  }

  /** Whether the shared session of an area died while nobody asked anything of it. */
  diedIdle(area: string): boolean {
    return this.#shared?.area === area && this.#shared.session.diedIdle;
  }

  /** Something escaped the running case's own promise: a fault of the suite. */
  stray(error: unknown): void {
    this.#current?.cut({ reason: 'suite', message: messageOf(error) });
  }

  /** Cuts the running attempt short. */
  interrupt(): void {
    this.#current?.cut('interrupted');
  }

  /** Ends the session that is still open, and what was started for one to come. */
  async close(): Promise<void> {
    await this.#shared?.session.close();
    this.#shared = undefined;
    await this.#wire.drop();
  }
}

const answerText = (reply: Awaited<ReturnType<Session['request']>>): string => {
  if (reply.kind === 'result') return 'result';
  if (reply.kind === 'failure') return reply.failure;
  const { canonical, reason } = (reply.error.data ?? {}) as { canonical?: string; reason?: string };
  return `${canonical ?? `code ${reply.error.code}`}${reason ? `/${reason}` : ''}`;
};

/** Cases that speak, by id; monitors are the judge's. */
export const speaking = (cases: readonly AnyCase[]): ReadonlyMap<string, Case> =>
  new Map(
    cases.flatMap((declared) => (declared.kind === 'monitor' ? [] : [[declared.id, declared]])),
  );
