// Each check can fail: a conformant endpoint behind a filter with one fault breaks the check that is about
// it, and no other; and every way in which a line can be wrong is known.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { inProcess } from '../adapters/kit/in-process.ts';
import { referenceAdapter } from '../adapters/reference/adapter.ts';
import { FULL } from '../adapters/reference/driver.ts';
import { examine, runInto } from '../cli/examination.ts';
import { type Defect, type Message, withDefect } from '../core/mutant.ts';
import type { Deadlines } from '../schemas/generated/types.ts';
import { doctorCases } from '../suites/doctor/cases.ts';
import { CHECK_IDS, type CheckId } from '../suites/doctor/check.ts';
import { diagnose, outcomeOf } from '../suites/doctor/diagnose.ts';
import { readLine } from '../suites/doctor/lines.ts';
import { ROOT, temporaryFolder } from './support.ts';

/** A call that is kept back costs this, and five times as much. */
const DEADLINES: Deadlines = { call: 200, start: 10_000, case: 60_000, stop: 2000 };

/** Alters the replies to one method, or to all. */
const replies = (method: string | undefined, alter: (reply: Message) => Message): Defect => ({
  reply: (reply, request, link) =>
    link.toSession(method === undefined || request?.method === method ? alter(reply) : reply),
});

const refusal = (reply: Message, code: number, data: object): Message => ({
  jsonrpc: '2.0',
  id: reply.id,
  error: { code, message: 'refused', data: { retryable: false, layer: 'driver', ...data } },
});

/** A reading of the clock, altered. */
const clocks = (alter: (count: bigint) => bigint): Defect =>
  replies('system.clock', (reply) => {
    if (reply.result) reply.result.nanoseconds = String(alter(BigInt(reply.result.nanoseconds)));
    return reply;
  });

type Vector = [what: string, first: CheckId, seen: RegExp, defect: () => Defect];

const diagnosed = async (defect: () => Defect, deadlines = DEADLINES) => {
  const folder = join(temporaryFolder(), 'run');
  const start = withDefect(inProcess(referenceAdapter(FULL)), defect);
  const target = { name: 'filtered', launch: { command: [] } };
  const { signal } = new AbortController();
  await runInto(folder, target, doctorCases, start, deadlines, signal);
  return diagnose(examine(folder, []));
};

const ADAPTER: Vector[] = [
  [
    'answers a second time',
    'ids',
    /id \d+: .*, in session/,
    () => ({
      reply: (reply, request, link) => {
        link.toSession(reply);
        if (request?.method === 'system.ping') link.toSession(reply);
      },
    }),
  ],
  [
    'leaves out whether an error is retryable',
    'errors',
    /the refusal of .*: \/retryable must have required property/,
    () =>
      replies(undefined, (reply) => {
        delete reply.error?.data.retryable;
        return reply;
      }),
  ],
  [
    'answers INTERNAL where its own code fails',
    'errors',
    /the refusal of driver\.device\.get: INTERNAL from the adapter/,
    () =>
      replies('driver.device.get', (reply) =>
        reply.error
          ? refusal(reply, -32603, {
              canonical: 'INTERNAL',
              reason: 'INTERNAL',
              origin: 'adapter',
            })
          : reply,
      ),
  ],
  [
    'answers notifications',
    'ids',
    /id null, to no such line/,
    () => ({
      request: (message, link) => {
        link.toEndpoint(message);
        if (message.id === undefined) {
          link.print('{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"no id"}}');
        }
      },
    }),
  ],
  [
    'says that a faulty line is a faulty request',
    'errors',
    /INVALID_ARGUMENT\/ENVELOPE \(code -32600\)/,
    () =>
      replies(undefined, (reply) => {
        if (reply.error?.code === -32700) {
          reply.error.code = -32600;
          reply.error.data.reason = 'ENVELOPE';
        }
        return reply;
      }),
  ],
  [
    'looks at the session before the method',
    'precedence',
    /NOT_INITIALIZED/,
    () => {
      let ready = false;
      return {
        reply: (reply, request, link) => {
          if (request?.method === 'system.initialize' && reply.result) ready = true;
          const unknown = reply.error?.code === -32601;
          const data = {
            canonical: 'FAILED_PRECONDITION',
            reason: 'NOT_INITIALIZED',
            origin: 'kit',
          };
          link.toSession(unknown && !ready ? refusal(reply, 1002, data) : reply);
        },
      };
    },
  ],
  [
    'declares copies and has none',
    'capabilities',
    /driver\.memory\.copy: UNIMPLEMENTED/,
    () =>
      replies('driver.memory.copy', (reply) =>
        reply.error?.data.reason === 'NOT_INITIALIZED'
          ? reply
          : refusal(reply, 1004, { canonical: 'UNIMPLEMENTED', reason: 'FEATURE', origin: 'kit' }),
      ),
  ],
  [
    'does not say who does the work of a method',
    'origins',
    /declared: /,
    () =>
      replies('system.initialize', (reply) => {
        if (reply.result) delete reply.result.methods['driver.memory.read'];
        return reply;
      }),
  ],
  [
    'refuses a plain write itself',
    'mapping',
    /driver\.memory\.write: INVALID_ARGUMENT\/SIZE from adapter/,
    () =>
      replies('driver.memory.write', (reply) =>
        reply.result
          ? refusal(reply, 2005, {
              canonical: 'INVALID_ARGUMENT',
              reason: 'SIZE',
              origin: 'adapter',
            })
          : reply,
      ),
  ],
  [
    'calls a device that is not there invalid',
    'mapping',
    /driver\.device\.get: INVALID_ARGUMENT\/UNSPECIFIED .*from the adapter/,
    () =>
      replies('driver.device.get', (reply) =>
        reply.error?.data.reason === 'DEVICE'
          ? refusal(reply, 1000, {
              canonical: 'INVALID_ARGUMENT',
              reason: 'UNSPECIFIED',
              origin: 'adapter',
            })
          : reply,
      ),
  ],
  [
    'frames the seed of a generator wrongly',
    'generator',
    /written by generator and read: 16 bytes/,
    () => ({
      request: (message, link) => {
        const named = message.params?.data?.generator;
        if (typeof named?.seed === 'string') named.seed += ' ';
        link.toEndpoint(message);
      },
    }),
  ],
  [
    'digests the digest',
    'generator',
    /digested: 0{64}/,
    () =>
      replies('driver.memory.digest', (reply) => {
        if (reply.result) reply.result.sha256 = '0'.repeat(64);
        return reply;
      }),
  ],
  [
    'decodes base64 without its padding',
    'generator',
    /written by base64 and read: .*by generator come back/,
    () => ({
      request: (message, link) => {
        const { base64 } = message.params?.data ?? {};
        if (typeof base64 === 'string' && base64.endsWith('=')) {
          message.params.data.base64 = base64.replace(/.{4}$/, '');
        }
        link.toEndpoint(message);
      },
    }),
  ],
  ['keeps a reading of its clock', 'clock', /stands still/, () => clocks(() => 5n)],
  [
    'counts ticks of 52 nanoseconds',
    'clock',
    /about 5[123](?:\.\d)? ns/,
    () => clocks((n) => n / 52n),
  ],
  [
    'has a clock that goes back',
    'clock',
    /^\d+$/,
    () => {
      let calls = 0n;
      return clocks((count) => {
        calls += 1n;
        return calls < 3n ? count : count - calls * 1_000_000_000n;
      });
    },
  ],
  [
    'has a clock of 10 microseconds and declares one',
    'clock',
    /multiples of \d*0000 ns/,
    () => clocks((count) => (count / 10_000n) * 10_000n),
  ],
  [
    'never answers a ping',
    'answered',
    /system\.ping got no answer/,
    () => ({
      request: (message, link) => {
        if (message.method !== 'system.ping') link.toEndpoint(message);
      },
    }),
  ],
];

const PRODUCT: Vector[] = [
  [
    'hangs where memory is freed',
    'hangs',
    /driver\.memory\.free got no answer/,
    () => ({
      request: (message, link) => {
        const live =
          message.method === 'driver.memory.free' && !/0{4}/.test(message.params?.allocation);
        if (!live) link.toEndpoint(message);
      },
    }),
  ],
  [
    'reads past the end',
    'refusals',
    /driver\.memory\.read: result/,
    () =>
      replies('driver.memory.read', (reply) =>
        reply.error?.data.reason === 'COPY_RANGE'
          ? {
              jsonrpc: '2.0',
              id: reply.id,
              result: { base64: Buffer.alloc(16).toString('base64') },
            }
          : reply,
      ),
  ],
  [
    'lists no device',
    'serves',
    /at least one device/,
    () =>
      replies('driver.device.list', (reply) => {
        if (reply.result) reply.result.devices = [];
        return reply;
      }),
  ],
];

describe('a check of doctor fails, and no other, where an endpoint', () => {
  for (const [side, vectors] of [
    ['adapter', ADAPTER],
    ['product', PRODUCT],
  ] as const) {
    for (const [what, first, seen, defect] of vectors) {
      it(`${what}: ${first}`, async () => {
        const found = await diagnosed(defect);
        const broken = found.filter(({ finding }) => finding.state === 'broken');
        expect(
          broken.map(({ id }) => id),
          JSON.stringify(broken),
        ).to.deep.equal([first]);
        expect(broken[0]?.finding.seen).to.match(seen);
        expect(outcomeOf(found, true)).to.equal(side);
      });
    }
  }
});

describe('an endpoint that has to be ended after its stdin closed', () => {
  /** Keeps the first sessions open when they are closed, so many of them. */
  const stays = (most: number) => {
    let closed = 0;
    return (): Defect => ({
      close: (link) => {
        closed += 1;
        if (closed > most) link.close();
      },
    });
  };
  const vectors: [string, number, number, string, RegExp][] = [
    ['once is undecided', 1, 1000, 'undecided', /probe alone/],
    ['each time is broken', Number.POSITIVE_INFINITY, 100, 'broken', /and so was the next/],
  ];
  for (const [what, most, stop, state, seen] of vectors) {
    it(what, async () => {
      const found = await diagnosed(stays(most), { ...DEADLINES, stop });
      const exits = found.find(({ id }) => id === 'exits')?.finding;
      expect(exits?.state).to.equal(state);
      expect(exits?.seen).to.match(seen);
    });
  }
});

describe('a line is known for what it is', () => {
  const vectors: [string, string, boolean?][] = [
    ['Content-Length: 17', 'header'],
    ['content-type: application/json', 'header'],
    ['', 'header', true],
    ['', 'printed'],
    ['{', 'piece'],
    ['  "jsonrpc": "2.0",', 'piece'],
    ['  },', 'piece'],
    ['\uFEFF{"jsonrpc":"2.0","id":1,"result":{}}', 'byte-order-mark'],
    ['{"jsonrpc":"2.0","id":1,"result":{}}{"jsonrpc":"2.0","id":2,"result":{}}', 'joined'],
    ['[{"jsonrpc":"2.0","id":1,"result":{}}]', 'batch'],
    ['loading kernels {3 of 4}', 'printed'],
    ['device {0} {1}', 'printed'],
    ['17', 'printed'],
    ['null', 'printed'],
    ['{"jsonrpc":"2.0","method":"progress"}', 'envelope'],
    ['{"jsonrpc":"2.0","id":1,"result":{}}', 'reply'],
    ['{"jsonrpc":"2.0","id":1,"error":{},"fault":1}', 'reply'],
  ];
  for (const [text, kind, headers = false] of vectors) {
    it(`${kind}: ${JSON.stringify(text)}${headers ? ', after headers' : ''}`, () => {
      const line = readLine(text, headers);
      expect('bad' in line ? line.bad.fault : 'reply').to.equal(kind);
    });
  }
});

describe('docs/doctor.md', () => {
  it('says of every check what it means and what to change', () => {
    const text = readFileSync(join(ROOT, 'docs', 'doctor.md'), 'utf8');
    const named = [...text.matchAll(/^\| `([a-z-]+)` /gm)].map(([, id]) => id);
    expect(named).to.deep.equal([...CHECK_IDS]);
  });
});
