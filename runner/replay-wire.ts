// The replayed wire: gives a session what the log holds, each entry after all that came before it, and
// stops where the session asks something else than it asked then.
import type { WireEntry } from '../schemas/generated/types.ts';
import type { Evidence } from './evidence.ts';
import type { Channel, Halt, Receiver, Timer, Wire } from './wire.ts';

/** Turns of the event loop after which a case that has not asked is not going to. */
const PATIENCE = 5;

const ACTIONS = ['open', 'send', 'memory', 'close', 'kill'] as const;
type Action = (typeof ACTIONS)[number];

const isAction = ({ kind }: WireEntry): boolean => ACTIONS.some((one) => one === kind);

export class ReplayWire implements Wire {
  readonly halted: Promise<Halt>;
  readonly #entries: Iterator<WireEntry>;
  readonly #evidence: Evidence;
  readonly #receivers = new Map<string, Receiver>();
  readonly #timers = new Map<number, () => void>();
  #halt: (halt: Halt) => void = () => {};
  #stopped = false;
  #next: WireEntry | undefined;
  #waited = 0;
  #pumping = false;
  #limit = 0;
  #timerCount = 0;

  constructor(entries: Iterable<WireEntry>, evidence: Evidence) {
    this.#entries = entries[Symbol.iterator]();
    this.#evidence = evidence;
    this.halted = new Promise((resolve) => {
      this.#halt = resolve;
    });
    this.#advance();
  }

  #stop(reason: Halt['reason'], message: string): void {
    this.#stopped = true;
    this.#halt({ reason, message });
  }

  #advance(): void {
    const step = this.#entries.next();
    this.#next = step.done ? undefined : step.value;
    this.#waited = 0;
  }

  /** Takes the next entry's place in the count, which must be the one that it had. */
  #place(entry: WireEntry): boolean {
    const { n, t, ...fact } = entry;
    const count = this.#evidence.wire(t, fact);
    if (count === n) return true;
    this.#stop(
      n > count ? 'cut-short' : 'diverged',
      `entry ${n} of the log stands where entry ${count} should`,
    );
    return false;
  }

  /** Delivers what came between cases, up to count `limit`; says whether nothing else stands there. */
  async drain(limit: number): Promise<boolean> {
    this.allow(limit);
    while (!this.#stopped && this.#next && this.#next.n < limit && !isAction(this.#next)) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.pause();
    return !this.#stopped && (this.#next === undefined || this.#next.n > limit);
  }

  /** Passes over what a part of the run left that was cut, up to count `limit`: nothing of it goes on. */
  skip(limit: number): void {
    while (this.#next && this.#next.n < limit) this.#advance();
    this.#receivers.clear();
    this.#timers.clear();
    this.#timerCount = 0;
  }

  /** Lets a case see the entries up to count `limit`, and no more. */
  allow(limit: number): void {
    this.#limit = limit;
    this.#waited = 0;
    this.#pump();
  }

  /** Delivers nothing until allowed again. */
  pause(): void {
    this.#limit = 0;
  }

  #pump(): void {
    if (this.#pumping || this.#stopped) return;
    this.#pumping = true;
    setImmediate(() => {
      this.#pumping = false;
      if (!this.#stopped) this.#turn();
    });
  }

  #turn(): void {
    if (this.#limit === 0) return;
    const entry = this.#next;
    if (entry && entry.n <= this.#limit && !isAction(entry)) {
      this.#advance();
      this.#deliver(entry);
    } else if (this.#waited < PATIENCE) {
      this.#waited += 1;
    } else if (!entry || entry.n > this.#limit) {
      this.#stop('cut-short', 'the log holds no more');
    } else {
      this.#stop('diverged', `entry ${entry.n}: the log holds ${describe(entry)}, not asked now`);
    }
    this.#pump();
  }

  #deliver(entry: WireEntry): void {
    const receiver = this.#receivers.get(entry.session);
    if (entry.kind === 'timer') {
      const fire = this.#timers.get(entry.timer);
      this.#timers.delete(entry.timer);
      if (!fire) this.#stop('diverged', `entry ${entry.n}: a timer that was not set`);
      else if (this.#place(entry)) fire();
    } else if (!receiver) {
      this.#stop('diverged', `entry ${entry.n}: session ${entry.session} was not opened`);
    } else if (entry.kind === 'receive') {
      const answers = receiver.receive(entry.text);
      if (answers !== entry.answers) {
        this.#stop('diverged', `entry ${entry.n}: the answer to another request`);
      } else this.#place(entry);
    } else if (entry.kind === 'overlong') {
      if (this.#place(entry)) receiver.overlong(entry.text);
    } else if (entry.kind === 'end') {
      if (this.#place(entry)) receiver.end(entry.how);
    }
  }

  /** A request of the present run: the log must hold the same one next. */
  #act(session: string, kind: Action, text?: string): number {
    const entry = this.#next;
    if (this.#stopped) return 0;
    if (!entry) {
      this.#stop('cut-short', `the log ends before ${kind} of ${session}`);
      return 0;
    }
    const same =
      entry.kind === kind &&
      entry.session === session &&
      (entry.kind !== 'send' || entry.text === text) &&
      entry.n <= this.#limit;
    if (!same) {
      this.#stop(
        entry.n > this.#limit ? 'cut-short' : 'diverged',
        `entry ${entry.n}: the log holds ${describe(entry)}; now asked: ${kind} ${text ?? ''} of ${session}`,
      );
      return 0;
    }
    this.#advance();
    this.#place(entry);
    return entry.n;
  }

  open(session: string, receiver: Receiver): Channel {
    this.#receivers.set(session, receiver);
    this.#act(session, 'open');
    return {
      pid: undefined,
      send: (text) => this.#act(session, 'send', text),
      resident: () => {
        const entry = this.#next;
        this.#act(session, 'memory');
        return entry?.kind === 'memory' ? entry.resident : 'untold';
      },
      close: () => {
        this.#act(session, 'close');
      },
      kill: () => {
        this.#act(session, 'kill');
      },
    };
  }

  ahead(): void {}

  async drop(): Promise<void> {}

  timer(_session: string, _milliseconds: number, fire: () => void): Timer {
    this.#timerCount += 1;
    const timer = this.#timerCount;
    this.#timers.set(timer, fire);
    return {
      cancel: () => {
        this.#timers.delete(timer);
      },
    };
  }
}

const describe = (entry: WireEntry): string =>
  `${entry.kind}${entry.kind === 'send' ? ` ${entry.text.slice(0, 200)}` : ''} of ${entry.session}`;
