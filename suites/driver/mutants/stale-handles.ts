// Known-bad drivers: right about handles in calls, and wrong about those that commands, launches and memory of other kinds
// name - of what was freed (DRV-MEM-006), and of what is another session's (DRV-DEV-007).
import type { Defect, Link, Message, Mutant } from '../../../core/mutant.ts';
import { alterReply, answer, seeing, servesRefused } from '../../defects.ts';
import { failsStreams } from './stream-defects.ts';

const ALLOCATE = 'driver.memory.allocate';
const FREE = 'driver.memory.free';
const WRITE = 'driver.stream.write';
const COPY = 'driver.stream.copy';
const LAUNCH = 'driver.kernel.launch';

const isStale = (reply: Message): boolean => reply.error?.data?.reason === 'HANDLE_INVALID';

/** The allocations that a command names. */
const namedBy = ({ params }: Message): unknown[] =>
  [params?.allocation, params?.source?.allocation, params?.destination?.allocation].filter(Boolean);

/** Tells what each freed handle would name if handles were places: what was allocated next. */
const knowingNext = (defect: (next: ReadonlyMap<unknown, string>) => Defect) => (): Defect => {
  const freed: unknown[] = [];
  const next = new Map<unknown, string>();
  return seeing((message, request) => {
    if (request?.method === FREE && message.result) freed.push(request.params.allocation);
    if (request?.method === ALLOCATE && message.result) {
      for (const gone of freed.splice(0)) next.set(gone, message.result.allocation);
    }
  }, defect(next));
};

/** Has a command reach what lies where the freed allocation was. */
const reachesNext = knowingNext((next) => ({
  request: (message, link) => {
    const { allocation } = message.params ?? {};
    const named = message.method === WRITE ? next.get(allocation) : undefined;
    link.toEndpoint(
      named === undefined
        ? message
        : { ...message, params: { ...message.params, allocation: named } },
    );
  },
}));

/** Refuses a write of a stream, and has written where the freed allocation was. */
const writesAndRefuses = knowingNext((next) => ({
  reply: (message, request, link) => {
    const named = request?.method === WRITE ? next.get(request.params.allocation) : undefined;
    if (!isStale(message) || named === undefined) return link.toSession(message);
    const params = { ...request?.params, allocation: named };
    void link.call(WRITE, params).then(() => link.toSession(message));
  },
}));

/** Serves a command of the session's own stream, whosever the allocation is that it names. */
const servesInOwnStream =
  (method: string, picks: (own: ReadonlySet<unknown>, request: Message) => boolean) =>
  (): Defect => {
    const streams = new Set<unknown>();
    const own = new Set<unknown>();
    return alterReply((reply, request) => {
      if (request?.method === 'driver.stream.create') streams.add(reply.result?.stream);
      if (request?.method === ALLOCATE) own.add(reply.result?.allocation);
      const served =
        isStale(reply) &&
        request?.method === method &&
        streams.has(request.params.stream) &&
        picks(own, request);
      return served ? answer(reply, {}) : reply;
    });
  };

/** A defect of each session that reaches the one which made what is named. */
const acrossSessions =
  (act: (request: Message, owner: Link, link: Link) => Promise<unknown> | undefined) =>
  (): (() => Defect) => {
    const owners = new Map<unknown, Link>();
    return () => ({
      reply: (message, request, link) => {
        const { allocation, graph } = message.result ?? {};
        for (const made of [allocation, graph]) if (made !== undefined) owners.set(made, link);
        const named = request ? [...namedBy(request), request.params?.graph] : [];
        const owner = named.map((one) => owners.get(one)).find((one) => one && one !== link);
        const acted = isStale(message) && request && owner && act(request, owner, link);
        if (acted) void acted.then(() => link.toSession(message));
        else link.toSession(message);
      },
    });
  };

/** Refuses a copy from another session's allocation, and has copied its bytes. */
const readsAndRefuses = acrossSessions((request, owner, link) => {
  if (request.method !== COPY) return undefined;
  const { source, destination, lengthBytes } = request.params;
  return owner
    .call('driver.memory.read', { ...source, lengthBytes: Number(lengthBytes) })
    .then(({ result }) => {
      if (!result) return;
      return link.call('driver.memory.write', { ...destination, data: result });
    });
});

/** Refuses to destroy another session's graph, and has done it. */
const destroysAndRefuses = acrossSessions((request, owner) =>
  request.method === 'driver.stream.graph.destroy'
    ? owner.call(request.method, request.params)
    : undefined,
);

const freed = (
  name: string,
  title: string,
  breaks: 'command' | 'launch' | 'other-kind' | 'apart' | 'serving',
  defect: () => Defect,
): Mutant => ({
  id: `DRV-MEM-006/${name}`,
  title,
  requirement: 'DRV-MEM-006',
  breaks: `DRV-MEM-006/${breaks}`,
  // What is of another kind has a case for each kind.
  ...(breaks !== 'other-kind' && {
    shows: `DRV-MEM-006/freed-${breaks === 'launch' ? 'launch' : 'command'}` as const,
  }),
  defect: () => defect,
});

/** Serves one method that names what was freed. */
const servesFreed = (
  name: string,
  method: string,
  breaks: 'command' | 'launch' | 'other-kind' = 'other-kind',
  result: object = {},
): Mutant =>
  freed(
    `${name}-when-freed`,
    `serves ${method} of what was freed`,
    breaks,
    servesRefused('HANDLE_INVALID', method, result),
  );

const foreign = (
  name: string,
  title: string,
  breaks: 'refused' | 'kept' | 'goes-on',
  defect: () => () => Defect,
): Mutant => ({
  id: `DRV-DEV-007/${name}`,
  title,
  requirement: 'DRV-DEV-007',
  breaks: `DRV-DEV-007/${breaks}`,
  defect,
});

/** Serves one method that names what is another session's. */
const servesForeign = (name: string, method: string, result: object = {}): Mutant =>
  foreign(`foreign-${name}`, `serves ${method} of what is another session’s`, 'refused', () =>
    servesRefused('HANDLE_INVALID', method, result),
  );

const DIGITS = { base64: 'AAAA' };

export const staleHandleMutants: readonly Mutant[] = [
  servesFreed('stream-write', WRITE, 'command'),
  servesFreed('stream-copy', COPY, 'command'),
  servesFreed('export', 'driver.memory.export', 'command', { share: 'share-of-what-was' }),
  servesFreed('store', 'driver.memory.managed.store', 'command'),
  servesFreed('load', 'driver.memory.managed.load', 'command', DIGITS),
  servesFreed('ordered-free', 'driver.memory.ordered.free', 'command'),
  servesFreed('launch', LAUNCH, 'launch'),
  servesFreed('host-write', 'driver.memory.host.write'),
  servesFreed('host-read', 'driver.memory.host.read', 'other-kind', DIGITS),
  servesFreed('host-free', 'driver.memory.host.free'),
  servesFreed('register', 'driver.memory.register', 'other-kind', { allocation: 'what-was' }),
  servesFreed('map', 'driver.memory.virtual.map'),
  servesFreed('destroy', 'driver.memory.virtual.destroy'),
  servesFreed('unmap', 'driver.memory.virtual.unmap'),
  freed(
    'copy-source-when-freed',
    'looks up the destination of a stream’s copy alone',
    'command',
    () => {
      const gone = new Set<unknown>();
      return alterReply((reply, request) => {
        if (request?.method === FREE) gone.add(request.params.allocation);
        const served =
          isStale(reply) &&
          request?.method === COPY &&
          gone.has(request.params.source.allocation) &&
          !gone.has(request.params.destination.allocation);
        return served ? answer(reply, {}) : reply;
      });
    },
  ),
  freed(
    'command-reaches-next',
    'writes in a stream to what lies where a freed allocation was',
    'command',
    reachesNext,
  ),
  freed(
    'written-and-refused',
    'refuses a stream’s write to what was freed, and writes to what lies there',
    'apart',
    writesAndRefuses,
  ),
  freed(
    'fails-stream',
    'fails a stream for a copy that it refused',
    'serving',
    failsStreams((reply, { method }) => isStale(reply) && method === COPY),
  ),
  foreign('own-stream-write', 'writes in a stream to another session’s memory', 'refused', () =>
    servesInOwnStream(WRITE, () => true),
  ),
  foreign('own-stream-source', 'copies in a stream from another session’s', 'refused', () =>
    servesInOwnStream(COPY, (own, { params }) => own.has(params.destination.allocation)),
  ),
  foreign('own-stream-destination', 'copies in a stream to another session’s', 'refused', () =>
    servesInOwnStream(COPY, (own, { params }) => own.has(params.source.allocation)),
  ),
  foreign(
    'read-and-refused',
    'refuses a copy from another session’s memory, and has done it',
    'kept',
    readsAndRefuses,
  ),
  servesForeign('launch', LAUNCH),
  servesForeign('export', 'driver.memory.export', { share: 'share-of-theirs' }),
  servesForeign('graph-launch', 'driver.stream.graph.launch'),
  servesForeign('graph-end', 'driver.stream.graph.end', { graph: 'graph-of-theirs' }),
  foreign(
    'graph-destroyed-and-refused',
    'refuses to destroy another session’s graph, and has done it',
    'goes-on',
    destroysAndRefuses,
  ),
  servesForeign('host-read', 'driver.memory.host.read', DIGITS),
  servesForeign('host-write', 'driver.memory.host.write'),
  servesForeign('host-register', 'driver.memory.register', { allocation: 'theirs' }),
  servesForeign('host-free', 'driver.memory.host.free'),
];
