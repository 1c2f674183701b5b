// The live wire: starts endpoints, and delivers what they say and what timers do one event a turn of
// the event loop, so that a replay of the log takes every branch the same way.
import type { Endpoint, StartEndpoint } from '../core/endpoint.ts';
import type { Evidence } from './evidence.ts';
import type { Channel, Halt, Receiver, Timer, Wire } from './wire.ts';

/** Lines of one endpoint that may wait to be delivered; then it waits itself. */
const LINES_WAITING = 1024;

/**
 * A timer that is set again and again: making and clearing one for each call costs a tenth of the call.
 */
class Alarm implements Timer {
  readonly #pool: Alarm[];
  readonly #timeout: NodeJS.Timeout;
  /** What it does when its time has come; undefined while nobody waits for it. */
  ring: (() => void) | undefined;

  constructor(milliseconds: number, pool: Alarm[]) {
    this.#pool = pool;
    this.#timeout = setTimeout(() => this.ring?.(), milliseconds);
  }

  set(ring: () => void): void {
    this.ring = ring;
    this.#timeout.refresh();
  }

  cancel(): void {
    if (this.ring === undefined) return;
    this.ring = undefined;
    this.#pool.push(this);
  }

  close(): void {
    clearTimeout(this.#timeout);
  }
}

export class LiveWire implements Wire {
  readonly halted = new Promise<Halt>(() => {});
  readonly #start: StartEndpoint;
  readonly #evidence: Evidence;
  /** When its time was 0, by the process's own clock. */
  readonly #began: number;
  readonly #queue: (() => void)[] = [];
  /** How many of the queue are delivered: taking each out of a long one would move all the others. */
  #done = 0;
  #delivered = false;
  #sending = false;
  readonly #alarms = new Set<Alarm>();
  /** Alarms that nobody waits for, by how long they run. */
  readonly #idle = new Map<number, Alarm[]>();
  #timers = 0;

  /** `from` is the time, in microseconds, at which it goes on where an earlier part left off. */
  constructor(start: StartEndpoint, evidence: Evidence, from = 0) {
    this.#began = performance.now() - from / 1000;
    this.#start = start;
    this.#evidence = evidence;
  }

  #time(): number {
    return Math.round((performance.now() - this.#began) * 1000);
  }

  /**
   * Delivers at once where this turn of the event loop has not delivered yet, else in a turn of its own.
   * A turn ends when its microtasks have run: node starts no other callback before.
   */
  #deliver(event: () => void): void {
    if (this.#delivered || this.#sending || this.#queue.length > 0) {
      if (this.#queue.push(event) === 1) setImmediate(this.#next);
      return;
    }
    this.#delivered = true;
    queueMicrotask(this.#turnEnds);
    event();
  }

  readonly #turnEnds = (): void => {
    this.#delivered = false;
  };

  readonly #next = (): void => {
    this.#queue[this.#done]?.();
    this.#done += 1;
    if (this.#done < this.#queue.length) setImmediate(this.#next);
    else {
      this.#queue.length = 0;
      this.#done = 0;
    }
  };

  open(session: string, receiver: Receiver): Channel {
    const evidence = this.#evidence;
    evidence.wire(this.#time(), { session, kind: 'open' });
    let waiting = 0;
    let held = false;
    // What one says that is being ended is not heard: it may have no end.
    let killed = false;
    const endpoint: Endpoint = this.#start(session, {
      line: (text) => {
        if (killed) return;
        waiting += 1;
        if (waiting > LINES_WAITING && !held) {
          held = true;
          endpoint.hold?.(true);
        }
        this.#deliver(() => {
          waiting -= 1;
          if (waiting === 0 && held) {
            held = false;
            endpoint.hold?.(false);
          }
          if (killed) return;
          const answers = receiver.receive(text);
          // What answers a request was JSON when it came.
          evidence.message(this.#time(), session, 'receive', text, answers, answers !== undefined);
        });
      },
      overlong: (text) =>
        this.#deliver(() => {
          evidence.wire(this.#time(), { session, kind: 'overlong', text });
          receiver.overlong(text);
        }),
      end: (how, stderr) =>
        this.#deliver(() => {
          evidence.wire(this.#time(), { session, kind: 'end', how, stderr });
          receiver.end(how);
        }),
    });
    return {
      pid: endpoint.pid,
      send: (text, json) => {
        // Sent first: the endpoint works while we write it down. An answer that comes at once, from a
        // filter within this process, waits its turn.
        this.#sending = true;
        endpoint.send(text);
        this.#sending = false;
        return evidence.message(this.#time(), session, 'send', text, undefined, json);
      },
      resident: () => {
        const resident = endpoint.resident?.() ?? 'no-process';
        evidence.wire(this.#time(), { session, kind: 'memory', resident });
        return resident;
      },
      close: () => {
        evidence.wire(this.#time(), { session, kind: 'close' });
        endpoint.close();
      },
      kill: () => {
        evidence.wire(this.#time(), { session, kind: 'kill' });
        killed = true;
        endpoint.kill();
      },
    };
  }

  ahead(): void {
    this.#start.ahead?.();
  }

  async drop(): Promise<void> {
    await this.#start.drop?.();
  }

  timer(session: string, milliseconds: number, fire: () => void): Timer {
    this.#timers += 1;
    const timer = this.#timers;
    const alarm = this.#alarm(milliseconds);
    const passed = (): void => {
      // It may have been cancelled, and set again, by what was delivered before it.
      if (alarm.ring !== ring) return;
      alarm.ring = undefined;
      this.#evidence.wire(this.#time(), { session, kind: 'timer', timer });
      fire();
    };
    // What came while we worked out something long is read first: it was there in time.
    const ring = (): void => void setImmediate(() => this.#deliver(passed));
    alarm.set(ring);
    return alarm;
  }

  #alarm(milliseconds: number): Alarm {
    const pool = this.#idle.get(milliseconds) ?? [];
    this.#idle.set(milliseconds, pool);
    const alarm = pool.pop() ?? new Alarm(milliseconds, pool);
    this.#alarms.add(alarm);
    return alarm;
  }

  /** Lets go of the event loop. */
  close(): void {
    for (const alarm of this.#alarms) alarm.close();
    this.#alarms.clear();
    this.#idle.clear();
  }
}
