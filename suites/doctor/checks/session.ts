// What is told across messages: the order of precedence, one declaration for all sessions, and handles.
import type { CaseId } from '../../../core/case.ts';
import { ASKED } from '../cases.ts';
import { broken, type Check, type CheckId, notTried, sound } from '../check.ts';
import {
  type Examined,
  firstBroken,
  resultOf,
  type SessionSeen,
  shown,
  wasTried,
} from '../examined.ts';
import { isObject } from '../lines.ts';

const REST: readonly CheckId[] = ['starts', 'framing', 'ids', 'replies', 'answered'];

/** What a check found beside its cases. */
interface Departure {
  readonly seen: string;
  readonly expected: string;
}

/** A check that is the verdict of some cases, and of what the log tells beside them. */
const ofCases = (
  declared: Pick<Check, 'id' | 'title' | 'rests'>,
  ids: readonly CaseId[],
  change: (expectation: string | undefined) => string,
  beside: (examined: Examined) => Departure | undefined = () => undefined,
): Check => ({
  ...declared,
  side: 'adapter',
  diagnose: (examined) => {
    const other = beside(examined);
    if (other) return broken(other.seen, other.expected, change(undefined));
    const found = firstBroken(examined, ids);
    if (found) return broken(shown(found.observed), shown(found.expected), change(found.id));
    const tried = ids.filter((id) => wasTried(examined, id));
    if (tried.length > 0) return sound('all that was tried is so');
    return notTried(
      ids.map((id) => resultOf(examined, id)?.message ?? '').find(Boolean) ?? 'not asked',
    );
  },
});

export const precedence: Check = ofCases(
  {
    id: 'precedence',
    title: 'of several faults the first in the standard’s order is answered',
    rests: [...REST, 'errors'],
  },
  ASKED.precedence,
  () =>
    'Check in this order: parse, envelope, method, session state, capability, params schema, handle, range (spec/system.md, section 8).',
);

/** What a session declared, each as one text: a capability that is false is one that is absent. */
const declarationOf = ({ calls }: SessionSeen): string[] | undefined => {
  const reply = calls.find(({ method, reply }) => method === 'system.initialize' && reply?.result);
  if (!isObject(reply?.reply?.result)) return undefined;
  const { product, adapter, capabilities: declared, methods } = reply.reply.result;
  const members = (value: unknown): [string, unknown][] =>
    Object.entries(isObject(value) ? value : {}).filter(([name]) => !name.startsWith('x-'));
  return [
    ...members(product).map(([name, value]) => `product.${name} ${value}`),
    ...members(adapter).map(([name, value]) => `adapter.${name} ${value}`),
    ...members(declared).flatMap(([name, value]) => (value === true ? [`capability ${name}`] : [])),
    ...members(methods).map(([name, value]) => `method ${name} ${value}`),
  ];
};

const differing = ({ sessions }: Examined): Departure | undefined => {
  const found = sessions.flatMap((session) => {
    const texts = declarationOf(session);
    return texts ? [{ name: session.name, texts }] : [];
  });
  const [first, ...others] = found;
  for (const other of others) {
    const lost = first?.texts.filter((one) => !other.texts.includes(one)) ?? [];
    const gained = other.texts.filter((one) => !first?.texts.includes(one));
    if (lost.length === 0 && gained.length === 0) continue;
    const seen = [...lost.map((one) => `no ${one}`), ...gained].slice(0, 4).join(', ');
    return {
      seen: `session ${other.name} declares ${seen}`,
      expected: `the same as session ${first?.name}, in every session`,
    };
  }
  return undefined;
};

export const capabilities: Check = ofCases(
  {
    id: 'capabilities',
    title: 'every session declares the same, and what it declares is what answers',
    rests: [...REST, 'errors'],
  },
  ASKED.capabilities,
  (id) => {
    if (id?.startsWith('SYS-CAP-001')) {
      return 'Declare a capability only where every method of it is carried out.';
    }
    if (id?.startsWith('SYS-CAP-002')) {
      return 'Refuse with UNIMPLEMENTED/FEATURE what is not declared, and with -32601 what the standard has not.';
    }
    return 'Find out what the product can from what does not change: not from free memory, load, time or who asks.';
  },
  differing,
);

/** A handle that two sessions were given. */
const sharedHandle = ({ sessions }: Examined): Departure | undefined => {
  const given = new Map<unknown, string>();
  for (const { name, calls } of sessions) {
    for (const { method, reply } of calls) {
      if (method !== 'driver.memory.allocate' || !isObject(reply?.result)) continue;
      const { allocation } = reply.result;
      const before = given.get(allocation);
      if (before !== undefined && before !== name) {
        return {
          seen: `${allocation} was given in session ${before} and in session ${name}`,
          expected: 'handles that no two sessions share',
        };
      }
      given.set(allocation, name);
    }
  }
  return undefined;
};

export const handles: Check = ofCases(
  {
    id: 'handles',
    title: 'a handle is given once, is its session’s alone, and dead when it is freed',
    rests: [...REST, 'errors'],
  },
  ASKED.handles,
  (id) => {
    if (id === undefined) return 'Put a random nonce of the session, of 64 bits, into each handle.';
    return id === 'DRV-MEM-006/new-handle'
      ? 'Count handles up and never give one out again: not an index of a table, not an address.'
      : 'Take a handle out of the table when it is freed, and look every handle up there before the native call.';
  },
  sharedHandle,
);
