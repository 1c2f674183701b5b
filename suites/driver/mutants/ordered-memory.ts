// Known-bad drivers: memory that streams allocate and free in their turn (DRV-MEM-014).
import type { Defect, Message, Mutant } from '../../../core/mutant.ts';
import {
  admitRefused,
  alterRequest,
  answer,
  answersItself,
  errorReply,
  refuseServed,
} from '../../defects.ts';
import { LAUNCH } from './kernel-defects.ts';
import { waitsFirst } from './stream-defects.ts';

const ALLOCATE = 'driver.memory.ordered.allocate';
const FREE = 'driver.memory.ordered.free';
const PLAIN = 'driver.memory.allocate';
const WRITE = 'driver.stream.write';
const COPY = 'driver.stream.copy';
const SYNCHRONIZE = 'driver.stream.synchronize';

const noMemory = (id: unknown): Message =>
  errorReply(id, 2003, 'RESOURCE_EXHAUSTED', 'DEVICE_MEMORY');

const noHandle = (id: unknown): Message => errorReply(id, 2002, 'NOT_FOUND', 'HANDLE_INVALID');

const wrongKind = (id: unknown): Message =>
  errorReply(id, 2026, 'FAILED_PRECONDITION', 'MEMORY_STATE');

/** Keeps the books of what is ordered and by which stream; does `then` with what names it. */
const knowing =
  (
    then: (message: Message, streamOf: ReadonlyMap<unknown, unknown>) => Message | undefined,
  ): (() => Defect) =>
  () => {
    const streamOf = new Map<unknown, unknown>();
    return {
      request: (message, link) => {
        const instead = then(message, streamOf);
        if (instead) link.toSession(instead);
        else link.toEndpoint(message);
      },
      reply: (message, request, link) => {
        if (request?.method === ALLOCATE && message.result !== undefined) {
          streamOf.set(message.result.allocation, request.params.stream);
        }
        link.toSession(message);
      },
    };
  };

/** Gives what a stream frees to the next allocation that `picks` picks, before the stream has come to the free. */
const givesAtOnce =
  (
    picks: (message: Message, freedIn: unknown, madeIn: unknown) => boolean,
    frees: (freedIn: unknown, madeIn: unknown) => boolean = () => true,
  ): (() => Defect) =>
  () => {
    const streamOf = new Map<unknown, unknown>();
    let free: { allocation: unknown; stream: unknown } | undefined;
    return {
      request: (message, link) => {
        const { stream, allocation } = message.params ?? {};
        if (message.method === FREE && frees(stream, streamOf.get(allocation))) {
          free = { stream, allocation };
          link.toSession(answer(message, {}));
        } else if (free && picks(message, free.stream, streamOf.get(free.allocation))) {
          link.toSession(answer(message, { allocation: free.allocation, address: '4294967296' }));
          free = undefined;
        } else link.toEndpoint(message);
      },
      reply: (message, request, link) => {
        if (request?.method === ALLOCATE && message.result !== undefined) {
          streamOf.set(message.result.allocation, request.params.stream);
        }
        link.toSession(message);
      },
    };
  };

/** Gives what is allocated behind a free the memory of what was allocated before the free. */
const takesFromTheLiving = (): Defect => {
  const live: unknown[] = [];
  const instead = new Map<unknown, unknown>();
  let freed = false;
  return {
    request: (message, link) => {
      const { allocation } = message.params ?? {};
      if (message.method === FREE) {
        freed = true;
        if (live.includes(allocation)) live.splice(live.indexOf(allocation), 1);
      }
      const other = message.method === WRITE ? instead.get(allocation) : undefined;
      link.toEndpoint(
        other === undefined
          ? message
          : { ...message, params: { ...message.params, allocation: other } },
      );
    },
    reply: (message, request, link) => {
      if (request?.method === ALLOCATE && message.result !== undefined) {
        const { allocation } = message.result;
        if (freed && live.length > 0) instead.set(allocation, live.at(-1));
        else live.push(allocation);
        freed = false;
      }
      link.toSession(message);
    },
  };
};

/** Clears memory when its free is put into a stream. */
const clearsAtOnce = (): Defect => ({
  request: (message, link) => {
    if (message.method !== FREE) {
      link.toEndpoint(message);
      return;
    }
    const { allocation } = message.params;
    const data = { base64: Buffer.alloc(16).toString('base64') };
    void link
      .call('driver.memory.write', { allocation, offsetBytes: '0', data })
      .then(() => link.toEndpoint(message));
  },
});

/** Frees what was freed in a stream when somebody waits for the stream, and lets it be used until then. */
const freesLater = (): Defect => {
  const later: Message[] = [];
  return {
    request: (message, link) => {
      if (message.method === FREE) {
        later.push(message);
        link.toSession(answer(message, {}));
        return;
      }
      if (message.method === SYNCHRONIZE) {
        for (const { params } of later.splice(0)) void link.call(FREE, params);
      }
      link.toEndpoint(message);
    },
  };
};

const stillThere = (method: string, result: unknown = {}) =>
  admitRefused(
    ({ reason }, request) => reason === 'HANDLE_INVALID' && request?.method === method,
    result,
  );

const rows: readonly [id: string, title: string, breaks: string, defect: () => Defect][] = [
  [
    'refuses',
    'declares ordered memory and has none',
    'put',
    () => refuseServed(ALLOCATE, noMemory),
  ],
  ['keeps', 'does not free in a stream', 'put', () => refuseServed(FREE, wrongKind)],
  [
    'waits-to-allocate',
    'waits for a stream before it allocates in it',
    'put',
    () => waitsFirst(ALLOCATE, ({ stream }) => ({ method: SYNCHRONIZE, params: { stream } })),
  ],
  [
    'frees-at-rest',
    'does not free in a stream that has work',
    'put',
    () => ({
      request: (message, link) => {
        if (message.method !== FREE) {
          link.toEndpoint(message);
          return;
        }
        const { stream } = message.params;
        void link.call('driver.stream.query', { stream }).then(({ result }) => {
          if (result?.state === 'pending') link.toSession(wrongKind(message.id));
          else link.toEndpoint(message);
        });
      },
    }),
  ],
  [
    'not-yet',
    'refuses commands with memory that its stream has not come to',
    'put',
    knowing(({ method, id, params }, streamOf) =>
      method === WRITE && streamOf.has(params.allocation) ? wrongKind(id) : undefined,
    ),
  ],
  [
    'takes-from-the-living',
    'gives what is allocated behind a free the memory of what is still in use',
    'kept',
    takesFromTheLiving,
  ],
  [
    'launches-elsewhere',
    'carries launches out where ordered memory is not',
    'kept',
    knowing((message, streamOf) => {
      if (message.method !== LAUNCH) return undefined;
      const named: { allocation?: unknown }[] = message.params.arguments;
      return named.some(({ allocation }) => streamOf.has(allocation))
        ? answer(message, {})
        : undefined;
    }),
  ],
  [
    'clears-at-once',
    'clears memory when its free is put, and not when the stream comes there',
    'apart',
    clearsAtOnce,
  ],
  [
    'given-at-once',
    'gives memory away when its free is put, and not when the stream comes there',
    'apart',
    givesAtOnce(({ method }) => method === PLAIN),
  ],
  [
    'given-to-another-stream',
    'gives what one stream is to free to another that does not wait for it',
    'apart',
    givesAtOnce(({ method, params }, freedIn) => method === ALLOCATE && params.stream !== freedIn),
  ],
  [
    'of-one-stream',
    'knows ordered memory in the stream alone that allocated it',
    'across',
    knowing(({ method, id, params }, streamOf) => {
      const madeIn = method === COPY ? streamOf.get(params.source.allocation) : undefined;
      return madeIn !== undefined && madeIn !== params.stream ? noHandle(id) : undefined;
    }),
  ],
  [
    'frees-where-allocated',
    'frees in the order of the stream that allocated, whatever stream it is told',
    'across',
    givesAtOnce(
      ({ method, params }, _freedIn, madeIn) => method === ALLOCATE && params.stream === madeIn,
      (freedIn, madeIn) => freedIn !== madeIn,
    ),
  ],
  ['handle-lives', 'lets memory be used until the stream has come to its free', 'gone', freesLater],
  ['copies-what-is-gone', 'takes copies of what was freed', 'gone', () => stillThere(COPY)],
  ['frees-twice', 'takes a second free of what was freed', 'gone', () => stillThere(FREE)],
  [
    'reads-what-is-gone',
    'reads zeros of what was freed',
    'gone',
    () => stillThere('driver.memory.read', { base64: Buffer.alloc(16).toString('base64') }),
  ],
  [
    'for-streams-alone',
    'does not let the host read ordered memory',
    'like-any',
    knowing(({ method, id, params }, streamOf) =>
      method === 'driver.memory.read' && streamOf.has(params.allocation)
        ? wrongKind(id)
        : undefined,
    ),
  ],
  [
    'rounds-up',
    'lets a program have what an ordered allocation was rounded up to',
    'like-any',
    () =>
      alterRequest(ALLOCATE, (params) => ({
        ...params,
        sizeBytes: String(Math.ceil(Number(params.sizeBytes) / 256) * 256),
      })),
  ],
  [
    'ends-in-streams-alone',
    'does not free ordered memory but in a stream',
    'like-any',
    knowing(({ method, id, params }, streamOf) =>
      method === 'driver.memory.free' && streamOf.has(params.allocation)
        ? wrongKind(id)
        : undefined,
    ),
  ],
  [
    'leaks',
    'keeps every tenth allocation that is freed in a stream',
    'given-back',
    () => {
      let frees = 0;
      return answersItself(FREE, {}, () => {
        frees += 1;
        return frees % 10 === 0;
      });
    },
  ],
];

export const orderedMemoryMutants: readonly Mutant[] = rows.map(
  ([id, title, breaks, defect]): Mutant => ({
    id: `DRV-MEM-014/${id}`,
    title,
    requirement: 'DRV-MEM-014',
    breaks: `DRV-MEM-014/${breaks}`,
    defect: () => defect,
  }),
);
