// The one way in for everything that a case can see: live it is an endpoint and a clock, replayed it is
// the log of both.
import type { Resident } from '../schemas/generated/types.ts';

/** What comes from an endpoint, one event a turn of the event loop. */
export interface Receiver {
  /** Says which request the line answers, by the count of its entry. */
  receive(text: string): number | undefined;
  overlong(beginning: string): void;
  end(how: string): void;
}

/** What goes to an endpoint. */
export interface Channel {
  /** Says the count of its entry. `json`: the text was made by JSON.stringify. */
  send(text: string, json: boolean): number;
  close(): void;
  kill(): void;
  /** How much memory the endpoint holds, as the log will tell. */
  resident(): Resident;
  readonly pid: number | undefined;
}

export interface Timer {
  cancel(): void;
}

export interface Wire {
  open(session: string, receiver: Receiver): Channel;
  /** Fires once, as an event of the session's. */
  timer(session: string, milliseconds: number, fire: () => void): Timer;
  /** Has the next session's endpoint started ahead. */
  ahead(): void;
  /** Leaves nothing beside the sessions that are open. */
  drop(): Promise<void>;
  /** Settles when the wire can give nothing more: a log that ended or another run's. */
  readonly halted: Promise<Halt>;
}

/** Why a replayed wire stopped. */
export interface Halt {
  readonly reason: 'cut-short' | 'diverged';
  readonly message: string;
}
