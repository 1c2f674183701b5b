// Known-bad drivers: what they allocate, how often, and where (DRV-MEM-002, -004, -005, -007 and -012).
import type { Defect, Message, Mutant } from '../../../core/mutant.ts';
import { admitRefused, alterError, alterResult, errorReply } from '../../defects.ts';
import { alterMemory } from './visible.ts';

const ALLOCATE = 'driver.memory.allocate';
const FREE = 'driver.memory.free';

const noMemory = (id: unknown): Message =>
  errorReply(id, 2003, 'RESOURCE_EXHAUSTED', 'DEVICE_MEMORY');

/** Answers some requests in the driver's place. */
const answersItself =
  (answer: (message: Message) => Message | undefined): NonNullable<Defect['request']> =>
  (message, link) => {
    const own = answer(message);
    if (own) link.toSession(own);
    else link.toEndpoint(message);
  };

/** After a refused allocation, does `then` with each later request. */
const onceRefused = (then: (message: Message) => Message | undefined) => (): Defect => {
  let refused = false;
  return {
    request: answersItself((message) => (refused ? then(message) : undefined)),
    reply: (message, request, link) => {
      refused ||= request?.method === ALLOCATE && message.error !== undefined;
      link.toSession(message);
    },
  };
};

/** Gives an allocation the memory of an earlier one that is large enough. */
const givesTwice = (): Defect => {
  const given: { handle: string; size: number }[] = [];
  const real = new Map<string, string>();
  return {
    request: (message, link) => {
      const { allocation } = message.params ?? {};
      const named = real.get(allocation) ?? allocation;
      link.toEndpoint(
        named === allocation
          ? message
          : { ...message, params: { ...message.params, allocation: named } },
      );
    },
    reply: (message, request, link) => {
      const handle = message.result?.allocation;
      if (handle !== undefined) {
        const size = Number(request?.params.sizeBytes);
        const earlier = given.find((one) => one.size >= size);
        real.set(handle, earlier?.handle ?? handle);
        given.push({ handle, size });
      }
      link.toSession(message);
    },
  };
};

export const limitMutants: readonly Mutant[] = [
  {
    id: 'DRV-MEM-002/granted',
    title: 'grants an allocation of zero bytes',
    requirement: 'DRV-MEM-002',
    breaks: 'DRV-MEM-002/refused',
    defect: () => () =>
      admitRefused((_data, request) => request?.params?.sizeBytes === '0', {
        allocation: 'allocation_of-nothing',
      }),
  },
  {
    id: 'DRV-MEM-002/out-of-memory',
    title: 'says of zero bytes that it has not so many',
    requirement: 'DRV-MEM-002',
    breaks: 'DRV-MEM-002/refused',
    defect: () => () =>
      alterError(
        (_data, request) => request?.params?.sizeBytes === '0',
        ({ data }) => {
          data['canonical'] = 'RESOURCE_EXHAUSTED';
        },
      ),
  },
  {
    id: 'DRV-MEM-004/stays-out-of-memory',
    title: 'allocates nothing any more once it has refused',
    requirement: 'DRV-MEM-004',
    breaks: 'DRV-MEM-004/small',
    defect: () => onceRefused(({ id, method }) => (method === ALLOCATE ? noMemory(id) : undefined)),
  },
  {
    id: 'DRV-MEM-004/dies',
    title: 'dies of an allocation that it cannot make',
    requirement: 'DRV-MEM-004',
    breaks: 'DRV-MEM-004/small',
    defect: () => () => ({
      reply: (message, request, link) =>
        request?.method === ALLOCATE && message.error ? link.kill() : link.toSession(message),
    }),
  },
  {
    id: 'DRV-MEM-004/no-memory-behind',
    title: 'loses what is written once it has refused',
    requirement: 'DRV-MEM-004',
    breaks: 'DRV-MEM-004/usable',
    defect: () =>
      onceRefused(({ id, method }) =>
        method === 'driver.memory.write' ? { jsonrpc: '2.0', id, result: {} } : undefined,
      ),
  },
  {
    id: 'DRV-MEM-004/makes-room',
    title: 'overwrites what is there when it has no room',
    requirement: 'DRV-MEM-004',
    breaks: 'DRV-MEM-004/kept',
    defect: () => () => {
      // A session may be shared: what an earlier case had is freed.
      const live = new Set<string>();
      return {
        reply: (message, request, link) => {
          if (message.result?.allocation) live.add(message.result.allocation);
          if (request?.method === FREE && message.result) live.delete(request.params?.allocation);
          if (request?.method !== ALLOCATE || !message.error) {
            link.toSession(message);
            return;
          }
          const zeros = { base64: Buffer.alloc(64).toString('base64') };
          const overwritten = [...live].map((allocation) =>
            link.call('driver.memory.write', { allocation, offsetBytes: '0', data: zeros }),
          );
          void Promise.all(overwritten).then(() => link.toSession(message));
        },
      };
    },
  },
  {
    id: 'DRV-MEM-005/leaks',
    title: 'forgets to give back every hundredth allocation',
    requirement: 'DRV-MEM-005',
    breaks: 'DRV-MEM-005/free',
    defect: () => () => {
      let frees = 0;
      return {
        request: answersItself(({ id, method }) => {
          if (method !== FREE) return undefined;
          frees += 1;
          return frees % 100 === 0 ? { jsonrpc: '2.0', id, result: {} } : undefined;
        }),
      };
    },
  },
  {
    id: 'DRV-MEM-005/runs-out',
    title: 'has room for 500 handles, freed or not',
    requirement: 'DRV-MEM-005',
    breaks: 'DRV-MEM-005/carried-out',
    defect: () => () => {
      let allocated = 0;
      return {
        request: answersItself(({ id, method }) => {
          if (method !== ALLOCATE) return undefined;
          allocated += 1;
          return allocated > 500 ? noMemory(id) : undefined;
        }),
      };
    },
  },
  {
    id: 'DRV-MEM-007/shared',
    title: 'gives memory to a second client that the first still has',
    requirement: 'DRV-MEM-007',
    breaks: 'DRV-MEM-007/kept',
    defect: () => givesTwice,
  },
  {
    id: 'DRV-MEM-007/one-at-a-time',
    title: 'refuses to allocate while it allocates',
    requirement: 'DRV-MEM-007',
    breaks: 'DRV-MEM-007/allocated',
    defect: () => () => {
      let open = 0;
      return {
        request: (message, link) => {
          if (message.method === ALLOCATE && open > 0) link.toSession(noMemory(message.id));
          else {
            if (message.method === ALLOCATE) open += 1;
            link.toEndpoint(message);
          }
        },
        reply: (message, request, link) => {
          if (request?.method === ALLOCATE) open -= 1;
          link.toSession(message);
        },
      };
    },
  },
  ...(['32', '96', '4294967295'] as const).map(
    (alignmentBytes): Mutant => ({
      id: `DRV-MEM-012/declares-${alignmentBytes}`,
      title: `declares an alignment of ${alignmentBytes}`,
      requirement: 'DRV-MEM-012',
      breaks: 'DRV-MEM-012/declared',
      defect: () => () => alterMemory({ alignmentBytes }),
    }),
  ),
  {
    id: 'DRV-MEM-012/undeclared',
    title: 'declares no alignment',
    requirement: 'DRV-MEM-012',
    breaks: 'DRV-MEM-012/declared',
    defect: () => () => alterMemory({ alignmentBytes: undefined }),
  },
  {
    id: 'DRV-MEM-012/packed',
    title: 'puts an allocation right behind the one before',
    requirement: 'DRV-MEM-012',
    breaks: 'DRV-MEM-012/aligned',
    defect: () => () => {
      let next = 2n ** 32n;
      return alterResult(ALLOCATE, (result, request) => {
        const address = String(next);
        next += BigInt(request.params.sizeBytes);
        return { ...result, address };
      });
    },
  },
  {
    id: 'DRV-MEM-012/no-address',
    title: 'declares addresses and gives none',
    requirement: 'DRV-MEM-012',
    breaks: 'DRV-MEM-012/aligned',
    defect: () => () => alterResult(ALLOCATE, ({ allocation }) => ({ allocation })),
  },
];
