// How long a request was without an answer is asked of a client that was there: one that stood still itself finds what
// was answered in time, and late.
import { expect } from 'chai';
import type { WireEntry } from '../schemas/generated/types.ts';
import { answers } from '../suites/system/answered.ts';

const DEADLINES = { call: 10_000, start: 10_000, case: 200_000, stop: 2000 };

const REQUEST = { jsonrpc: '2.0', id: 1, method: 'system.ping', params: {} };

/** What the monitor concludes of a session with one request before, and one that these entries follow, each in seconds. */
const heldIn = (session: string, then: readonly (readonly ['timer' | 'receive', number])[]) => {
  const [watcher] = answers.map((monitor) => monitor.watch(DEADLINES));
  const send = { session, kind: 'send', text: JSON.stringify(REQUEST) } as const;
  const receive = { session, kind: 'receive', text: '' } as const;
  const entries: WireEntry[] = [
    { n: 1, t: 0, session, kind: 'open' },
    { n: 2, t: 0, ...send },
    { n: 3, t: 0, ...receive, answers: 2 },
    { n: 4, t: 0, ...send },
    ...then.map(([kind, seconds], index): WireEntry => {
      const at = { n: 5 + index, t: 1e6 * seconds };
      return kind === 'timer'
        ? { ...at, session, kind, timer: index }
        : { ...at, ...receive, answers: 4 };
    }),
  ];
  for (const entry of entries) watcher?.see(entry, { value: REQUEST });
  return watcher?.conclude().map(({ held }) => held);
};

describe('that a request is answered in its time', () => {
  it('is so where the answer was found late, and its deadline had not been', () => {
    expect(heldIn('SYS-FRM~1', [['receive', 60]])).to.deep.equal([true]);
    expect(heldIn('SYS-FRM-001/ping~1.2', [['receive', 60]])).to.deep.equal([true]);
  });

  it('is so where it was found late that the deadline had passed, and the answer came then', () => {
    const late = [
      ['timer', 60],
      ['receive', 61],
    ] as const;
    expect(heldIn('SYS-FRM~1', late)).to.deep.equal([true]);
  });

  it('is not so where the answer came long after the deadline was missed', () => {
    const late = [
      ['timer', 10],
      ['receive', 41],
    ] as const;
    expect(heldIn('SYS-FRM~1', late)).to.deep.equal([false]);
  });

  it('is not so of a further try, which waits for longer than that', () => {
    expect(heldIn('SYS-FRM-001/ping~2.1', [['receive', 39]])).to.deep.equal([true]);
    expect(heldIn('SYS-FRM-001/ping~2.1', [['receive', 41]])).to.deep.equal([false]);
    expect(heldIn('SYS-FRM-001/ping~2.1', [['timer', 50]])).to.deep.equal([false]);
  });
});
