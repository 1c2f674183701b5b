// SYS-FRM: every line on the reply channel, of every session of the run.
import type { Conclusion, Monitor } from '../../core/case.ts';
import { faultText } from '../../schemas/fault.ts';
import { METHODS, type MethodName } from '../../schemas/generated/standard.ts';
import type { WireEntry } from '../../schemas/generated/types.ts';
import { faultOf, faultOfResult } from '../../schemas/validate.ts';

interface Traffic {
  /** Requests without a reply yet, by id. */
  readonly open: Map<unknown, { method: unknown }>;
  /** Lines whose id could not be read: each may be answered once with id null. */
  unreadable: number;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** As the schema's RequestId: an id that a reply must echo. */
const hasReadableId = ({ id }: Record<string, unknown>): boolean =>
  Number.isSafeInteger(id) || (typeof id === 'string' && id !== '' && [...id].length <= 128);

/** Keeps each session's open requests by reading the log alone, not by what the runner made of it. */
class Reader {
  readonly #sessions = new Map<string, Traffic>();

  #of(session: string): Traffic {
    const found = this.#sessions.get(session) ?? { open: new Map(), unreadable: 0 };
    this.#sessions.set(session, found);
    return found;
  }

  sent(session: string, value: unknown): void {
    const traffic = this.#of(session);
    if (!isObject(value)) traffic.unreadable += 1;
    else if (hasReadableId(value)) traffic.open.set(value['id'], { method: value['method'] });
    else if ('id' in value) traffic.unreadable += 1;
  }

  /** The request that a reply answers; undefined where it answers none. */
  answered(session: string, id: unknown): { method: unknown } | undefined {
    const traffic = this.#of(session);
    if (id === null) {
      if (traffic.unreadable === 0) return undefined;
      traffic.unreadable -= 1;
      return { method: undefined };
    }
    const found = traffic.open.get(id);
    traffic.open.delete(id);
    return found;
  }
}

/** What is wrong with a received line as framing; undefined where nothing is. */
const framingFault = (session: string, value: unknown, reader: Reader): string | undefined => {
  if (faultOf('SuccessReply', value) && faultOf('ErrorReply', value)) return 'it is no reply';
  const id = (value as { id: unknown }).id;
  if (!reader.answered(session, id)) return `no open request has id ${JSON.stringify(id)}`;
  return undefined;
};

const quote = (entry: WireEntry & { text: string }): string =>
  `entry ${entry.n} of ${entry.session}, ${JSON.stringify(entry.text.slice(0, 120))}`;

const lines: Monitor = {
  id: 'SYS-FRM-001/lines',
  title: 'every line of the run is one reply to an open request, once',
  requirements: ['SYS-FRM-001'],
  expectations: ['SYS-FRM-001/lines'],
  kind: 'monitor',
  watch: () => {
    const reader = new Reader();
    let seen = 0;
    let broken: Conclusion | undefined;
    const blame = (observed: string): void => {
      broken ??= {
        id: 'SYS-FRM-001/lines',
        held: false,
        expected: 'one reply to an open request, once',
        observed,
      };
    };
    return {
      see: (entry, message) => {
        if (entry.kind === 'send') reader.sent(entry.session, message?.value);
        if (entry.kind === 'overlong') blame(`${quote(entry)}: longer than 1 MiB`);
        if (entry.kind !== 'receive') return;
        seen += 1;
        const fault = framingFault(entry.session, message?.value, reader);
        if (fault !== undefined) blame(`${quote(entry)}: ${fault}`);
      },
      conclude: () => {
        if (broken) return [broken];
        if (seen === 0) return [];
        const expected = 'one reply to an open request, once';
        return [
          { id: 'SYS-FRM-001/lines', held: true, expected, observed: `${seen} lines, all so` },
        ];
      },
    };
  },
};

const results: Monitor = {
  id: 'SYS-FRM-002/results',
  title: 'every result of the run is as its method’s schema has it',
  requirements: ['SYS-FRM-002'],
  expectations: ['SYS-FRM-002/results'],
  kind: 'monitor',
  watch: () => {
    const reader = new Reader();
    let seen = 0;
    let broken: Conclusion | undefined;
    const expected = 'a result that its schema admits';
    return {
      see: (entry, message) => {
        if (entry.kind === 'send') reader.sent(entry.session, message?.value);
        if (entry.kind !== 'receive' || broken) return;
        const value = message?.value;
        if (faultOf('SuccessReply', value)) return;
        const { id, result } = value as { id: unknown; result: unknown };
        const method = reader.answered(entry.session, id)?.method;
        if (typeof method !== 'string' || !Object.hasOwn(METHODS, method)) return;
        seen += 1;
        const fault = faultOfResult(method as MethodName, result);
        if (!fault) return;
        const observed = `entry ${entry.n} of ${entry.session}, ${method}: ${faultText(fault)}`;
        broken = { id: 'SYS-FRM-002/results', held: false, expected, observed };
      },
      conclude: () => {
        if (broken) return [broken];
        if (seen === 0) return [];
        return [
          { id: 'SYS-FRM-002/results', held: true, expected, observed: `${seen} results, all so` },
        ];
      },
    };
  },
};

export const framing: readonly Monitor[] = [lines, results];
