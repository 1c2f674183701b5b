// An endpoint as the house sees it: how one is started, and the two directions of its channel.
import type { Resident } from '../schemas/generated/types.ts';

/** How a process endpoint is started; adapters and target files give it, the runner obeys it. */
export interface Launch {
  /** The program and its arguments. */
  readonly command: readonly string[];
  /** Set beside the runner's own variables. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Variables that are set to fresh folders of this run: caches, so that runs are hermetic. */
  readonly scratchVariables?: readonly string[];
  readonly workingDirectory?: string;
  /** 3 where native libraries print to stdout: replies then come on descriptor 3. */
  readonly replyDescriptor?: 1 | 3;
  /** Values that no log may hold, by the name that stands for them. */
  readonly secrets?: Readonly<Record<string, string>>;
}

/** An implementation that an adapter found on this machine. */
export interface Implementation {
  /** Its name after the colon: `ADAPTER:NAME`. */
  readonly id: string;
  readonly title: string;
  readonly launch: Launch;
  /** Whether a run without targets includes it. */
  readonly byDefault: boolean;
}

/** What an adapter exports: its name, and what it finds here. */
export interface Adapter {
  readonly name: string;
  readonly title: string;
  /** What these are judged by where nothing is said; device memory where it is left out. */
  readonly profile?: string;
  /** What is present; empty where nothing is. */
  find(): Promise<readonly Implementation[]>;
  /** What to type to get an implementation of this kind. */
  readonly install: string;
}

/** What an endpoint does to its session. */
export interface EndpointEvents {
  line(text: string): void;
  overlong(beginning: string): void;
  /** It is gone: `exit 0`, `signal SIGSEGV`, or why it never was there. */
  end(how: string, stderr: string): void;
}

/** What a session does to its endpoint. */
export interface Endpoint {
  send(line: string): void;
  /** Closes its stdin: it is asked to end. */
  close(): void;
  /** Ends it and every process of its group: TERM, then KILL. */
  kill(): void;
  /** Reads no more of what it says, or goes on: one that says more than is heard waits, where it can. */
  hold?(held: boolean): void;
  /** How much memory it holds, where it is a process of its own. */
  resident?(): Resident;
  /** The process, where there is one. */
  readonly pid?: number | undefined;
}

/** Starts one endpoint for one session. */
export interface StartEndpoint {
  (session: string, events: EndpointEvents): Endpoint;
  /** Starts one or a few for sessions that are to come, which find them up. */
  ahead?(): void;
  /** Ends those that were started ahead and not used, and waits for that. */
  drop?(): Promise<void>;
}
