// Known-bad drivers: right about what is small, in the middle and on the first device, and wrong beyond
// (DRV-MEM-001, -006, -008 to -011 and -017).
import type { Defect, Link, Message, Mutant } from '../../../core/mutant.ts';
import { admitRefused, alterReply, alterRequest, answer, errorReply } from '../../defects.ts';
import { knowingDevices } from './known.ts';

const ALLOCATE = 'driver.memory.allocate';
const COPY = 'driver.memory.copy';
const FILL = 'driver.memory.fill';

/** What is moved in one piece. */
const PIECE = 65_536;
const WORD = 4;

/** A defect that is told the sizes of the session's allocations. */
const knowingSizes =
  (defect: (sizeOf: (allocation: unknown) => bigint | undefined) => Defect): (() => Defect) =>
  () => {
    const sizes = new Map<unknown, bigint>();
    const one = defect((allocation) => sizes.get(allocation));
    return {
      ...one,
      reply: (message, request, link) => {
        if (request?.method === ALLOCATE && message.result) {
          sizes.set(message.result.allocation, BigInt(request.params.sizeBytes));
        }
        if (one.reply) one.reply(message, request, link);
        else link.toSession(message);
      },
    };
  };

interface CopyParams {
  readonly source: { readonly allocation: string; readonly offsetBytes: string };
  readonly destination: { readonly allocation: string; readonly offsetBytes: string };
  readonly lengthBytes: string;
}

const isWithin = ({ source, destination }: CopyParams): boolean =>
  source.allocation === destination.allocation;

/** So much of a copy, from there on. */
const pieceOf = (params: CopyParams, from: bigint, length: bigint): CopyParams => ({
  source: { ...params.source, offsetBytes: String(BigInt(params.source.offsetBytes) + from) },
  destination: {
    ...params.destination,
    offsetBytes: String(BigInt(params.destination.offsetBytes) + from),
  },
  lengthBytes: String(length),
});

/** Copies piece by piece, from the first on. */
const inPieces = async (message: Message, link: Link): Promise<void> => {
  const length = BigInt(message.params.lengthBytes);
  let from = 0n;
  for (; length - from > PIECE; from += BigInt(PIECE)) {
    await link.call(COPY, pieceOf(message.params, from, BigInt(PIECE)));
  }
  link.toEndpoint({ ...message, params: pieceOf(message.params, from, length - from) });
};

/** Serves a freed handle once something else was allocated. */
const servesLater = (name: 'free' | 'write' | 'read', result: object): Mutant => ({
  id: `DRV-MEM-006/${name}-later`,
  title: `serves a ${name} of a freed allocation once another was made`,
  requirement: 'DRV-MEM-006',
  breaks: 'DRV-MEM-006/as-modelled',
  defect: () => () => {
    const freed = new Set<unknown>();
    const replaced = new Set<unknown>();
    return alterReply((reply, request) => {
      const { allocation } = request?.params ?? {};
      if (reply.result && request?.method === ALLOCATE) {
        for (const one of freed) replaced.add(one);
      }
      if (reply.result && request?.method === 'driver.memory.free') freed.add(allocation);
      const served = request?.method === `driver.memory.${name}` && replaced.has(allocation);
      return served && reply.error?.data.reason === 'HANDLE_INVALID'
        ? answer(reply, result)
        : reply;
    });
  },
});

/** Takes what one offset has above 32 bits for nothing. */
const short = (side: 'source' | 'destination'): Mutant => ({
  id: `DRV-MEM-009/${side}-of-32-bits`,
  title: `keeps 32 bits of the offset in a copy’s ${side}`,
  requirement: 'DRV-MEM-009',
  breaks: 'DRV-MEM-009/refused',
  defect: () => () =>
    alterRequest(COPY, (params) => {
      const { offsetBytes } = params[side];
      const kept = String(BigInt.asUintN(32, BigInt(offsetBytes)));
      return { ...params, [side]: { ...params[side], offsetBytes: kept } };
    }),
});

/** Refuses a range that ends exactly at the end, but for a whole allocation. */
const endRefused = (
  name: 'write' | 'read' | 'digest',
  // biome-ignore lint/suspicious/noExplicitAny: a defect reaches into params of every shape
  lengthOf: (params: any) => number,
): Mutant => ({
  id: `DRV-MEM-009/${name}-at-end-refused`,
  title: `refuses a ${name} that ends exactly at the end`,
  requirement: 'DRV-MEM-009',
  breaks: 'DRV-MEM-009/transfer-boundary',
  defect: () =>
    knowingSizes((sizeOf) => ({
      request: (message, link) => {
        const { allocation, offsetBytes } = message.params ?? {};
        const atEnd =
          message.method === `driver.memory.${name}` &&
          offsetBytes !== '0' &&
          BigInt(offsetBytes) + BigInt(lengthOf(message.params)) === sizeOf(allocation);
        if (atEnd) link.toSession(errorReply(message.id, 2006, 'OUT_OF_RANGE', 'COPY_RANGE'));
        else link.toEndpoint(message);
      },
    })),
});

export const memoryEdgeMutants: readonly Mutant[] = [
  {
    id: 'DRV-MEM-001/digest-to-the-end',
    title: 'digests from the offset to the end, whatever the length',
    requirement: 'DRV-MEM-001',
    breaks: 'DRV-MEM-001/part',
    defect: () =>
      knowingSizes((sizeOf) =>
        alterRequest('driver.memory.digest', (params) => {
          const [size = 0n, offset] = [sizeOf(params.allocation), BigInt(params.offsetBytes)];
          return size > offset ? { ...params, lengthBytes: String(size - offset) } : params;
        }),
      ),
  },
  servesLater('free', {}),
  servesLater('write', {}),
  servesLater('read', { base64: 'AA==' }),
  {
    id: 'DRV-MEM-008/large-to-words',
    title: 'copies what is large to where a word begins',
    requirement: 'DRV-MEM-008',
    breaks: 'DRV-MEM-008/exact',
    defect: () => () =>
      alterRequest(COPY, (params) => {
        const { destination, lengthBytes } = params;
        const offset = Number(destination.offsetBytes);
        if (Number(lengthBytes) < PIECE) return params;
        const offsetBytes = String(offset - (offset % WORD));
        return { ...params, destination: { ...destination, offsetBytes } };
      }),
  },
  {
    id: 'DRV-MEM-008/large-in-words',
    title: 'copies of what is large no more than whole words',
    requirement: 'DRV-MEM-008',
    breaks: 'DRV-MEM-008/exact',
    defect: () => () =>
      alterRequest(COPY, (params) => {
        const length = Number(params.lengthBytes);
        return length < PIECE
          ? params
          : { ...params, lengthBytes: String(length - (length % WORD)) };
      }),
  },
  short('source'),
  short('destination'),
  {
    id: 'DRV-MEM-009/within-unchecked',
    title: 'answers a copy that leaves the allocation that it begins in, where that is one alone',
    requirement: 'DRV-MEM-009',
    breaks: 'DRV-MEM-009/refused',
    defect: () => () =>
      admitRefused(
        (data, request) =>
          data['reason'] === 'COPY_RANGE' && request?.method === COPY && isWithin(request.params),
      ),
  },
  {
    id: 'DRV-MEM-009/second-device-unchecked',
    title: 'checks no range on its second device',
    requirement: 'DRV-MEM-009',
    breaks: 'DRV-MEM-009/transfer',
    defect: knowingDevices((known) => () => {
      const there = new Set<unknown>();
      return alterReply((reply, request) => {
        const { device, allocation } = request?.params ?? {};
        const [, second] = known;
        if (request?.method === ALLOCATE && device === second) there.add(reply.result?.allocation);
        return reply.error?.data.reason === 'COPY_RANGE' && there.has(allocation)
          ? answer(reply, {})
          : reply;
      });
    }),
  },
  endRefused('write', ({ data }) => Buffer.byteLength(data.base64 ?? '', 'base64')),
  endRefused('read', ({ lengthBytes }) => lengthBytes),
  endRefused('digest', ({ lengthBytes }) => Number(lengthBytes)),
  {
    id: 'DRV-MEM-010/in-pieces',
    title: 'copies what is large piece by piece, also over what it has yet to read',
    requirement: 'DRV-MEM-010',
    breaks: 'DRV-MEM-010/contents',
    defect: () => () => ({
      request: (message, link) => {
        if (message.method === COPY && isWithin(message.params)) void inPieces(message, link);
        else link.toEndpoint(message);
      },
    }),
  },
  {
    id: 'DRV-MEM-011/one-piece',
    title: 'fills the first 64 KiB of what is larger',
    requirement: 'DRV-MEM-011',
    breaks: 'DRV-MEM-011/exact',
    defect: () => () =>
      alterRequest(FILL, (params) => ({
        ...params,
        lengthBytes: String(Math.min(Number(params.lengthBytes), PIECE)),
      })),
  },
  {
    id: 'DRV-MEM-011/half-patterns',
    title: 'answers a fill with its longest pattern that begins or ends in the middle of one',
    requirement: 'DRV-MEM-011',
    breaks: 'DRV-MEM-011/refused',
    defect: () => () =>
      admitRefused((data, request) => {
        if (data['reason'] !== 'SIZE' || request?.method !== FILL) return false;
        const { offsetBytes, lengthBytes, pattern } = request.params;
        const half = Buffer.byteLength(pattern, 'base64') / 2;
        return half >= 8 && [offsetBytes, lengthBytes].every((one) => Number(one) % half === 0);
      }),
  },
  {
    id: 'DRV-MEM-017/moves-down',
    title: 'moves within an allocation what it should copy toward its beginning',
    requirement: 'DRV-MEM-017',
    breaks: 'DRV-MEM-017/within',
    defect: () => () => ({
      reply: (message, request, link) => {
        const { source, destination } = request?.params ?? {};
        const down =
          request?.method === COPY &&
          message.result &&
          isWithin(request.params) &&
          Number(source.offsetBytes) > Number(destination.offsetBytes);
        if (!down) {
          link.toSession(message);
          return;
        }
        void link
          .call('driver.memory.write', { ...source, data: { base64: 'AA==' } })
          .then(() => link.toSession(message));
      },
    }),
  },
];
