// Known-bad drivers: where memory ends (DRV-MEM-009).
import type { Message, Mutant } from '../../../core/mutant.ts';
import {
  admitRefused,
  alterError,
  alterRequest,
  errorReply,
  servesRefused,
} from '../../defects.ts';

const COPY = 'driver.memory.copy';
const SIDE = 1024n;

/** Grants refused ranges of one method, with a result that its schema admits. */
const admitRange = (method: string, result: unknown) => () =>
  servesRefused('COPY_RANGE', method, result);

/** Whether a range of one allocation lies within 64 bits only when they wrap. */
const wrapsAround = (request: Message | undefined): boolean => {
  const { offsetBytes, lengthBytes, data } = request?.params ?? {};
  if (offsetBytes === undefined) return false;
  const length = BigInt(lengthBytes ?? Buffer.byteLength(data?.base64 ?? '', 'base64'));
  return BigInt(offsetBytes) + length >= 2n ** 64n;
};

export const rangeMutants: readonly Mutant[] = [
  {
    id: 'DRV-MEM-009/write-beyond',
    title: 'answers a write beyond the end',
    requirement: 'DRV-MEM-009',
    breaks: 'DRV-MEM-009/transfer',
    defect: admitRange('driver.memory.write', {}),
  },
  {
    id: 'DRV-MEM-009/read-beyond',
    title: 'answers a read beyond the end',
    requirement: 'DRV-MEM-009',
    breaks: 'DRV-MEM-009/transfer',
    defect: admitRange('driver.memory.read', { base64: 'AA==' }),
  },
  {
    id: 'DRV-MEM-009/digest-beyond',
    title: 'digests beyond the end',
    requirement: 'DRV-MEM-009',
    breaks: 'DRV-MEM-009/transfer',
    defect: admitRange('driver.memory.digest', { sha256: '0'.repeat(64) }),
  },
  {
    id: 'DRV-MEM-009/write-clamped-and-refused',
    title: 'writes what fits of a range that it refuses',
    requirement: 'DRV-MEM-009',
    breaks: 'DRV-MEM-009/kept',
    defect: () => () => ({
      reply: (message, request, link) => {
        const late = request?.method === 'driver.memory.write' && message.error;
        if (!late || !request?.params?.allocation) return link.toSession(message);
        const first = { ...request.params, offsetBytes: '0', data: { base64: 'pQ==' } };
        void link.call('driver.memory.write', first).then(() => link.toSession(message));
      },
    }),
  },
  {
    id: 'DRV-MEM-009/transfer-wraps',
    title: 'adds offset and length of a write in 64 bits',
    requirement: 'DRV-MEM-009',
    breaks: 'DRV-MEM-009/transfer-wraps',
    defect: () => () =>
      admitRefused(
        (_data, request) => request?.method === 'driver.memory.write' && wrapsAround(request),
      ),
  },
  {
    id: 'DRV-MEM-009/schema-fault',
    title: 'answers a range that it has not as bad parameters',
    requirement: 'DRV-MEM-009',
    breaks: 'DRV-MEM-009/transfer',
    defect: () => () =>
      alterError(
        (data) => data['reason'] === 'COPY_RANGE',
        (error) => {
          error.code = -32602;
          error.data['canonical'] = 'INVALID_ARGUMENT';
          error.data['reason'] = 'FIELD';
        },
      ),
  },
  {
    id: 'DRV-MEM-009/clamped',
    title: 'copies what fits, and answers',
    requirement: 'DRV-MEM-009',
    breaks: 'DRV-MEM-009/refused',
    defect: () => servesRefused('COPY_RANGE', COPY),
  },
  {
    id: 'DRV-MEM-009/off-by-one',
    title: 'admits one byte beyond the end',
    requirement: 'DRV-MEM-009',
    breaks: 'DRV-MEM-009/refused',
    defect: () => () =>
      alterRequest(COPY, (params) => {
        const length = BigInt(params.lengthBytes);
        const end = (offset: string): bigint => BigInt(offset) + length;
        const over =
          end(params.source.offsetBytes) === SIDE + 1n ||
          end(params.destination.offsetBytes) === SIDE + 1n;
        return over && length > 1n ? { ...params, lengthBytes: String(length - 1n) } : params;
      }),
  },
  {
    id: 'DRV-MEM-009/wraps',
    title: 'adds offset and length in 64 bits',
    requirement: 'DRV-MEM-009',
    breaks: 'DRV-MEM-009/wraps',
    defect: () => () =>
      admitRefused((_data, request) => {
        if (request?.method !== COPY) return false;
        const { source, destination, lengthBytes } = request.params;
        return [source, destination].every(
          ({ offsetBytes }) =>
            BigInt.asUintN(64, BigInt(offsetBytes) + BigInt(lengthBytes)) <= SIDE,
        );
      }),
  },
  {
    id: 'DRV-MEM-009/internal',
    title: 'answers INTERNAL to a copy of a range that it has not',
    requirement: 'DRV-MEM-009',
    breaks: 'DRV-MEM-009/refused',
    defect: () => () =>
      alterError(
        (data, request) => data['reason'] === 'COPY_RANGE' && request?.method === COPY,
        ({ data }) => {
          data['canonical'] = 'INTERNAL';
        },
      ),
  },
  {
    id: 'DRV-MEM-009/refused-and-done',
    title: 'refuses, and has copied a byte already',
    requirement: 'DRV-MEM-009',
    breaks: 'DRV-MEM-009/unchanged',
    defect: () => () => ({
      request: (message, link) => {
        if (message.method !== COPY) {
          link.toEndpoint(message);
          return;
        }
        const { source, destination } = message.params;
        const one = {
          source: { ...source, offsetBytes: '0' },
          destination: { ...destination, offsetBytes: '0' },
          lengthBytes: '1',
        };
        void link.call(COPY, one).then(() => link.toEndpoint(message));
      },
    }),
  },
  {
    id: 'DRV-MEM-009/end-refused',
    title: 'refuses a copy that ends exactly at the end',
    requirement: 'DRV-MEM-009',
    breaks: 'DRV-MEM-009/boundary',
    defect: () => () => ({
      request: (message, link) =>
        message.method === COPY &&
        BigInt(message.params.source.offsetBytes) + BigInt(message.params.lengthBytes) === SIDE
          ? link.toSession(errorReply(message.id, 2006, 'OUT_OF_RANGE', 'COPY_RANGE'))
          : link.toEndpoint(message),
    }),
  },
  {
    id: 'DRV-MEM-009/byte-short',
    title: 'copies a byte less than it is told',
    requirement: 'DRV-MEM-009',
    breaks: 'DRV-MEM-009/exact',
    defect: () => () =>
      alterRequest(COPY, (params) => {
        const length = BigInt(params.lengthBytes);
        const ends = BigInt(params.destination.offsetBytes) + length;
        return length > 1n && ends <= SIDE
          ? { ...params, lengthBytes: String(length - 1n) }
          : params;
      }),
  },
  {
    id: 'DRV-MEM-009/direction',
    title: 'copies from destination to source',
    requirement: 'DRV-MEM-009',
    breaks: 'DRV-MEM-009/exact',
    defect: () => () =>
      alterRequest(COPY, ({ source, destination, lengthBytes }) => ({
        source: destination,
        destination: source,
        lengthBytes,
      })),
  },
];
