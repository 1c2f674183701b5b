// What a case is: data plus one function, and the few words that the function may use.
import type {
  CapabilityName,
  MethodName,
  Methods,
  RequirementId,
} from '../schemas/generated/standard.ts';
import type {
  Capabilities,
  Deadlines,
  ErrorObject,
  InitializeResult,
  Measurement,
  Origin,
  RequestId,
  Resident,
  WireEntry,
} from '../schemas/generated/types.ts';
import type { Random } from './random.ts';

/** `DRV-MEM-001/small`: a case is named for the first requirement that it decides. */
export type CaseId = `${RequirementId}/${string}`;
/** `DRV-MEM-001/read-back`: an expectation belongs to one requirement. */
export type ExpectationId = `${RequirementId}/${string}`;

/** A reply that arrived and that its schema admits. */
export type Answer =
  | { readonly kind: 'result'; readonly id: RequestId; readonly result: unknown }
  | { readonly kind: 'error'; readonly id: RequestId | null; readonly error: ErrorObject };

/** Both sides of a comparison, recorded whether it held or broke. Values are JSON. */
export interface Sides {
  readonly expected: unknown;
  readonly observed: unknown;
  /** Who refused, where what was observed is a refusal. */
  readonly origin?: Origin | undefined;
}

/** How a session came to its end when its stdin was closed. */
export interface Ending {
  /** It needed no signal of ours: it ended before the run's stop deadline, or had ended already. */
  readonly byItself: boolean;
  /** `exit 0`, `signal SIGSEGV`; undefined where not even KILL was seen to end it. */
  readonly how: string | undefined;
}

/** The words of a case. Each says who is to blame when it goes wrong. */
export interface Context {
  readonly random: Random;
  /** What this session's system.initialize answered; a cold session has none. */
  readonly identity: InitializeResult | undefined;
  /** What the target file claims for the endpoint; undefined where it claims nothing. */
  readonly claims: Capabilities | undefined;
  /** Establishes what the case needs. Refused, hung or dead: the case is inconclusive, never fail. */
  given<M extends MethodName>(
    method: M,
    params: Methods[M]['params'],
  ): Promise<Methods[M]['result']>;
  /** The row's own request, with any params. Where the endpoint dies, hangs or answers out of schema on it, `expectation` is broken. */
  attempt(expectation: ExpectationId, method: string, params: unknown): Promise<Answer>;
  /** As `attempt`, with a line of any form; the reply bears `id`, or null. One at a time. */
  attemptLine(expectation: ExpectationId, line: string, id: RequestId | null): Promise<Answer>;
  /**
   * The time of the last thing that happened, in milliseconds since the run began: what was sent or
   * received last. It stands still between, so that a replay sees the same.
   */
  now(): number;
  /** How much memory this session's endpoint holds now, all its processes together. */
  resident(): Resident;
  /** Waits; what comes meanwhile is received. */
  pause(milliseconds: number): Promise<void>;
  /** Sends a line that gets no reply. */
  notify(line: string): void;
  /** Records both sides; broken when `check` throws an AssertionError. A broken one ends the case. */
  expectation(id: ExpectationId, sides: Sides, check: () => void): void;
  /** As `expectation`, of the ground that the case stands on: broken, the case is inconclusive. */
  premise(id: string, sides: Sides, check: () => void): void;
  /** Keeps numbers that the report shows; nothing is judged by them. */
  measured(measurement: Measurement): void;
  /** Ends the case as not-applicable: there is nothing here that it could try. */
  nothing(why: string): never;
  /** Opens one more session: ready, or cold (not yet initialized). */
  open(kind: 'ready' | 'cold'): Promise<Context>;
  /** Closes this context's session, waits for its end, and says how it came. */
  close(): Promise<Ending>;
}

interface Declared {
  readonly id: CaseId;
  /** What must hold, in one sentence. */
  readonly title: string;
  readonly requirements: readonly RequirementId[];
  /** Each must be reached, or broken before. */
  readonly expectations: readonly ExpectationId[];
}

/** A case that speaks to the endpoint. */
export interface Case extends Declared {
  /** shared: the session of its area. own: one that it may break. cold: one that it initializes itself. */
  readonly kind: 'shared' | 'own' | 'cold';
  readonly premises?: readonly string[];
  /** It measures time: nothing else runs beside it. */
  readonly timing?: true;
  /** It looks at the endpoint's own process: one that has none is nothing to try it on. */
  readonly process?: true;
  /** Beside what its requirements need. */
  readonly needs?: readonly CapabilityName[];
  run(context: Context): Promise<void>;
}

/** One comparison of a monitor. */
export interface Conclusion extends Sides {
  readonly id: ExpectationId;
  readonly held: boolean;
}

/** Watches one run. A pure function of what it sees. */
export interface Watcher {
  /** `message` is what was sent or received, read once for all; undefined where that is none. */
  see(entry: WireEntry, message: { readonly value: unknown } | undefined): void;
  /** Its conclusions; none where it saw nothing to judge. */
  conclude(): readonly Conclusion[];
}

/** A case over all traffic: it sends nothing, and judges every message. */
export interface Monitor extends Declared {
  readonly kind: 'monitor';
  /** `deadlines` are the run's; undefined where the journal has no beginning. */
  watch(deadlines?: Deadlines): Watcher;
}

export type AnyCase = Case | Monitor;
