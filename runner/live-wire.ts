// The live wire: starts endpoints, and delivers what they say and what timers do one event a turn of
// the event loop, so that a replay of the log takes every branch the same way.
import type { StartEndpoint } from '../core/endpoint.ts';
import type { Evidence } from './evidence.ts';
import type { Channel, Halt, Receiver, Timer, Wire } from './wire.ts';

export class LiveWire implements Wire {
  readonly halted = new Promise<Halt>(() => {});
  readonly #start: StartEndpoint;
  readonly #evidence: Evidence;
  readonly #began = performance.now();
  readonly #queue: (() => void)[] = [];
  #delivered = false;
  #timers = 0;

  constructor(start: StartEndpoint, evidence: Evidence) {
    this.#start = start;
    this.#evidence = evidence;
  }

  #time(): number {
    return Math.round((performance.now() - this.#began) * 1000) / 1000;
  }

  /** Delivers at once where this turn has not delivered yet, else in a turn of its own. */
  #deliver(event: () => void): void {
    if (this.#delivered) {
      this.#queue.push(event);
      return;
    }
    this.#delivered = true;
    setImmediate(this.#next);
    event();
  }

  readonly #next = (): void => {
    const event = this.#queue.shift();
    if (!event) {
      this.#delivered = false;
      return;
    }
    setImmediate(this.#next);
    event();
  };

  open(session: string, receiver: Receiver): Channel {
    const evidence = this.#evidence;
    evidence.wire(this.#time(), { session, kind: 'open' });
    const endpoint = this.#start(session, {
      line: (text) =>
        this.#deliver(() => {
          const answers = receiver.receive(text);
          evidence.wire(this.#time(), {
            session,
            kind: 'receive',
            text,
            ...(answers !== undefined && { answers }),
          });
        }),
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
      send: (text) => {
        const count = evidence.wire(this.#time(), { session, kind: 'send', text });
        endpoint.send(text);
        return count;
      },
      close: () => {
        evidence.wire(this.#time(), { session, kind: 'close' });
        endpoint.close();
      },
      kill: () => {
        evidence.wire(this.#time(), { session, kind: 'kill' });
        endpoint.kill();
      },
    };
  }

  timer(session: string, milliseconds: number, fire: () => void): Timer {
    this.#timers += 1;
    const timer = this.#timers;
    let cancelled = false;
    const timeout = setTimeout(() => {
      this.#deliver(() => {
        if (cancelled) return;
        this.#evidence.wire(this.#time(), { session, kind: 'timer', timer });
        fire();
      });
    }, milliseconds);
    return {
      cancel: () => {
        cancelled = true;
        clearTimeout(timeout);
      },
    };
  }
}
