// SYS-LIF-004: no request of the run is left without an answer.
import type { Conclusion, Monitor } from '../../core/case.ts';
import type { WireEntry } from '../../schemas/generated/types.ts';

const ID = 'SYS-LIF-004/answered';
/**
 * How many times the stated time must have passed: more than the one that a first try waits, which a
 * crowded machine may miss, and less than the five of a second.
 */
const TIMES = 4;

interface Open {
  readonly method: string;
  /** When it was sent, in microseconds. */
  readonly at: number;
  /** When it was found that the stated time had passed, likewise: a client that stood still itself finds it late. */
  struck?: number;
}

/** A session of a further try is named for its attempt; how long it waits the log does not say. */
const isFurther = (session: string): boolean => /~(?!1\.)\d+\.\d+$/.test(session);

interface Traffic {
  /** Requests without an answer, by the count of their entry. */
  readonly open: Map<number, Open>;
  /** Something was answered: until then it may still be starting. */
  started: boolean;
}

/** The method of a message that must be answered and whose answer bears its id. */
const requestOf = (message: unknown): string | undefined => {
  const { id, method } = (message ?? {}) as { id?: unknown; method?: unknown };
  const readable = typeof id === 'string' || Number.isSafeInteger(id);
  return readable && typeof method === 'string' ? method : undefined;
};

const answered: Monitor = {
  id: ID,
  title: 'every request of the run is answered in its time',
  requirements: ['SYS-LIF-004'],
  expectations: [ID],
  kind: 'monitor',
  watch: (deadlines) => {
    const sessions = new Map<string, Traffic>();
    let seen = 0;
    let broken: Conclusion | undefined;
    const call = deadlines?.call ?? Number.POSITIVE_INFINITY;
    const start = deadlines?.start ?? Number.POSITIVE_INFINITY;
    const expected = `an answer within ${call} ms`;
    const stated = ({ started }: Traffic): number => (started ? call : Math.max(call, start));
    /** How long a request was waited for, in milliseconds, by a client that was there. */
    const waitedFor = ({ session, t }: WireEntry, { at, struck }: Open, once: number): number => {
      if (isFurther(session)) return (t - at) / 1000;
      return struck === undefined ? 0 : once + (t - struck) / 1000;
    };
    const judge = (entry: WireEntry, traffic: Traffic): void => {
      const { n, session } = entry;
      const once = stated(traffic);
      for (const [count, request] of traffic.open) {
        const { method } = request;
        const waited = waitedFor(entry, request, once);
        if (waited < TIMES * once) continue;
        const observed = `entry ${count} of ${session}, ${method}: none by entry ${n}, ${Math.round(waited)} ms later`;
        broken ??= { id: ID, held: false, expected, observed };
      }
    };
    const end = (entry: WireEntry): void => {
      const traffic = sessions.get(entry.session);
      // Who was killed, or died, owes nothing more; until then it did.
      if (traffic) judge(entry, traffic);
      sessions.delete(entry.session);
    };
    return {
      see: (entry, message) => {
        const traffic = sessions.get(entry.session);
        switch (entry.kind) {
          case 'open':
            sessions.set(entry.session, { open: new Map(), started: false });
            break;
          case 'send': {
            const method = requestOf(message?.value);
            if (method !== undefined) traffic?.open.set(entry.n, { method, at: entry.t });
            break;
          }
          case 'receive':
            if (!traffic || entry.answers === undefined) break;
            judge(entry, traffic);
            seen += 1;
            traffic.started = true;
            traffic.open.delete(entry.answers);
            break;
          case 'timer':
            if (!traffic) break;
            for (const request of traffic.open.values()) {
              if (entry.t - request.at >= 1000 * stated(traffic)) request.struck ??= entry.t;
            }
            judge(entry, traffic);
            break;
          case 'close':
          case 'kill':
          case 'end':
            end(entry);
            break;
          case 'overlong':
          case 'memory':
            break;
        }
      },
      conclude: () => {
        if (broken) return [broken];
        if (seen === 0) return [];
        return [{ id: ID, held: true, expected, observed: `${seen} answers, all so` }];
      },
    };
  },
};

export const answers: readonly Monitor[] = [answered];
