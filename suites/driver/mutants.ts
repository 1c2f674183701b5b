// Known-bad drivers, each with one defect that one of its rows must find.
import type { Message, Mutant } from '../../core/mutant.ts';
import {
  admitRefused,
  alterError,
  alterReply,
  alterRequest,
  alterResult,
  errorReply,
} from '../defects.ts';

const DEVICE: Mutant[] = [
  {
    id: 'DRV-DEV-001/none',
    title: 'lists no device',
    requirement: 'DRV-DEV-001',
    breaks: 'DRV-DEV-001/listed',
    defect: () => () => alterResult('driver.device.list', () => ({ devices: [] })),
  },
  {
    id: 'DRV-DEV-001/same-id',
    title: 'gives every device the id of the first',
    requirement: 'DRV-DEV-001',
    breaks: 'DRV-DEV-001/unique',
    defect: () => () =>
      alterResult('driver.device.list', ({ devices }) => ({
        devices: devices.map((one: object) => ({ ...one, device: devices[0].device })),
      })),
  },
  {
    id: 'DRV-DEV-001/new-ids',
    title: 'gives other ids in each session',
    requirement: 'DRV-DEV-001',
    breaks: 'DRV-DEV-001/stable',
    defect: () => {
      let sessions = 0;
      return () => {
        sessions += 1;
        const own = sessions;
        return alterResult('driver.device.list', ({ devices }) => ({
          devices: devices.map((one: { device: string }) => ({
            ...one,
            device: `${one.device}-${own}`,
          })),
        }));
      };
    },
  },
  {
    id: 'DRV-DEV-001/lost-later',
    title: 'loses a device in the third session',
    requirement: 'DRV-DEV-001',
    breaks: 'DRV-DEV-001/stable',
    defect: () => {
      let lists = 0;
      return () =>
        alterResult('driver.device.list', ({ devices }) => {
          lists += 1;
          return { devices: lists % 3 === 0 ? devices.slice(1) : devices };
        });
    },
  },
  {
    id: 'DRV-DEV-001/described-otherwise',
    title: 'describes a device otherwise than the list does',
    requirement: 'DRV-DEV-001',
    breaks: 'DRV-DEV-001/described',
    defect: () => () =>
      alterResult('driver.device.get', (result) => ({
        ...result,
        memory: { ...result.memory, totalBytes: '1' },
      })),
  },
  ...(
    [
      ['get', 'driver.device.get'],
      ['allocate', 'driver.memory.allocate'],
      ['info', 'driver.memory.info'],
    ] as const
  ).map(
    ([name, method]): Mutant => ({
      id: `DRV-DEV-004/first-device-${name}`,
      title: `takes an unknown id in ${method} for the first device`,
      requirement: 'DRV-DEV-004',
      breaks: `DRV-DEV-004/${name}`,
      defect: () => () =>
        alterRequest(method, (params) =>
          /^reference-[01]$/.test(params.device) ? params : { ...params, device: 'reference-0' },
        ),
    }),
  ),
  {
    id: 'DRV-DEV-004/other-reason',
    title: 'refuses an unknown id as an invalid argument',
    requirement: 'DRV-DEV-004',
    breaks: 'DRV-DEV-004/get',
    defect: () => () =>
      alterError(
        (data) => data['reason'] === 'DEVICE',
        ({ data }) => {
          data['canonical'] = 'INVALID_ARGUMENT';
        },
      ),
  },
  {
    id: 'DRV-DEV-006/other-total',
    title: 'reports another total than the device’s description',
    requirement: 'DRV-DEV-006',
    breaks: 'DRV-DEV-006/total',
    defect: () => () =>
      alterResult('driver.memory.info', (result) => ({
        ...result,
        totalBytes: String(BigInt(result.totalBytes) * 2n),
      })),
  },
  {
    id: 'DRV-DEV-006/free-above-total',
    title: 'reports more free than there is',
    requirement: 'DRV-DEV-006',
    breaks: 'DRV-DEV-006/free',
    defect: () => () =>
      alterResult('driver.memory.info', (result) => ({
        ...result,
        freeBytes: String(BigInt(result.totalBytes) + 1n),
      })),
  },
  {
    id: 'DRV-DEV-006/not-to-be-had',
    title: 'refuses a quarter of its largest allocation although all is free',
    requirement: 'DRV-DEV-006',
    breaks: 'DRV-DEV-006/quarter',
    defect: () => () => ({
      request: (message, link) =>
        message.method === 'driver.memory.allocate' && BigInt(message.params.sizeBytes) >= 2n ** 25n
          ? link.toSession(errorReply(message.id, 2003, 'RESOURCE_EXHAUSTED', 'DEVICE_MEMORY'))
          : link.toEndpoint(message),
    }),
  },
];

/** Alters what a write writes: its bytes in the message, or the length that it names. */
const alterWrite = (bytes: (written: Buffer) => Buffer, length: (named: bigint) => bigint) =>
  alterRequest('driver.memory.write', (params) => {
    const { data } = params;
    if (data.base64 !== undefined) {
      const written = bytes(Buffer.from(data.base64, 'base64'));
      return { ...params, data: { base64: written.toString('base64') } };
    }
    const named = length(BigInt(data.generator.length));
    return { ...params, data: { generator: { ...data.generator, length: String(named) } } };
  });

const WRITE = 'driver.memory.write';

/** Answers some writes without carrying them out. */
const dropWrites =
  (drops: (params: { data: object; offsetBytes: string }) => boolean) => () => () => ({
    request: (
      message: Message,
      link: { toSession(message: Message): void; toEndpoint(message: Message): void },
    ) =>
      message.method === WRITE && drops(message.params)
        ? link.toSession({ jsonrpc: '2.0', id: message.id, result: {} })
        : link.toEndpoint(message),
  });

const MEMORY: Mutant[] = [
  {
    id: 'DRV-MEM-001/last-byte-lost',
    title: 'writes a byte less than it is given',
    requirement: 'DRV-MEM-001',
    breaks: 'DRV-MEM-001/read-back',
    defect: () => () =>
      alterWrite(
        (written) => (written.length > 1 ? written.subarray(0, -1) : written),
        (named) => named,
      ),
  },
  {
    id: 'DRV-MEM-001/last-generated-byte-lost',
    title: 'writes a byte less than a generator names',
    requirement: 'DRV-MEM-001',
    breaks: 'DRV-MEM-001/digest',
    defect: () => () =>
      alterWrite(
        (written) => written,
        (named) => (named > 1n ? named - 1n : named),
      ),
  },
  {
    id: 'DRV-MEM-001/offset-ignored',
    title: 'writes at the beginning whatever the offset',
    requirement: 'DRV-MEM-001',
    breaks: 'DRV-MEM-001/part',
    defect: () => () => alterRequest(WRITE, (params) => ({ ...params, offsetBytes: '0' })),
  },
  {
    id: 'DRV-MEM-001/offset-rounded',
    title: 'rounds the offset of a write down to four bytes',
    requirement: 'DRV-MEM-001',
    breaks: 'DRV-MEM-001/part',
    defect: () => () =>
      alterRequest(WRITE, (params) => ({
        ...params,
        offsetBytes: String((BigInt(params.offsetBytes) / 4n) * 4n),
      })),
  },
  {
    id: 'DRV-MEM-001/read-offset-ignored',
    title: 'reads from the beginning whatever the offset',
    requirement: 'DRV-MEM-001',
    breaks: 'DRV-MEM-001/part',
    defect: () => () =>
      alterRequest('driver.memory.read', (params) => ({ ...params, offsetBytes: '0' })),
  },
  {
    id: 'DRV-MEM-001/write-lost',
    title: 'answers a write and does not carry it out',
    requirement: 'DRV-MEM-001',
    breaks: 'DRV-MEM-001/read-back',
    defect: dropWrites(({ data }) => 'base64' in data),
  },
  {
    id: 'DRV-MEM-001/overwrite-lost',
    title: 'keeps what was written first',
    requirement: 'DRV-MEM-001',
    breaks: 'DRV-MEM-001/part',
    defect: dropWrites(({ offsetBytes }) => offsetBytes !== '0'),
  },
  {
    id: 'DRV-MEM-001/write-refused',
    title: 'refuses an honest write',
    requirement: 'DRV-MEM-001',
    breaks: 'DRV-MEM-001/written',
    defect: () => () => ({
      request: (message, link) =>
        message.method === WRITE
          ? link.toSession(errorReply(message.id, 2006, 'OUT_OF_RANGE', 'COPY_RANGE'))
          : link.toEndpoint(message),
    }),
  },
  {
    id: 'DRV-MEM-001/generator-refused',
    title: 'refuses generated data',
    requirement: 'DRV-MEM-001',
    breaks: 'DRV-MEM-001/generated',
    defect: () => () => ({
      request: (message, link) =>
        message.method === WRITE && message.params.data.generator
          ? link.toSession(errorReply(message.id, 1000, 'INVALID_ARGUMENT', 'UNSPECIFIED'))
          : link.toEndpoint(message),
    }),
  },
  {
    id: 'DRV-MEM-001/bit-flipped',
    title: 'flips one bit of what it reads',
    requirement: 'DRV-MEM-001',
    breaks: 'DRV-MEM-001/read-back',
    defect: () => () =>
      alterResult('driver.memory.read', (result) => {
        const bytes = Buffer.from(result.base64, 'base64');
        bytes[0] = (bytes[0] ?? 0) ^ 1;
        return { base64: bytes.toString('base64') };
      }),
  },
  {
    id: 'DRV-MEM-001/digest-of-zeros',
    title: 'digests a range that begins a byte late',
    requirement: 'DRV-MEM-001',
    breaks: 'DRV-MEM-001/digest',
    defect: () => () =>
      alterRequest('driver.memory.digest', (params) => {
        const length = BigInt(params.lengthBytes);
        if (length < 2n) return params;
        return {
          ...params,
          offsetBytes: String(BigInt(params.offsetBytes) + 1n),
          lengthBytes: String(length - 1n),
        };
      }),
  },
  {
    id: 'DRV-MEM-001/digest-without-data',
    title: 'digests well and reads back a page of another place',
    requirement: 'DRV-MEM-001',
    breaks: 'DRV-MEM-001/spot',
    defect: () => () =>
      alterRequest('driver.memory.read', (params) => ({
        ...params,
        offsetBytes:
          params.lengthBytes === 65536 && BigInt(params.offsetBytes) >= 4096n
            ? String(BigInt(params.offsetBytes) - 4096n)
            : params.offsetBytes,
      })),
  },
  {
    id: 'DRV-MEM-003/promised',
    title: 'grants any size and answers every write to it',
    requirement: 'DRV-MEM-003',
    breaks: 'DRV-MEM-003/refused',
    defect: () => () => {
      const promised = 'allocation_promised-1';
      return {
        request: (message, link) => {
          if (message.params?.allocation === promised) {
            link.toSession({ jsonrpc: '2.0', id: message.id, result: {} });
          } else link.toEndpoint(message);
        },
        reply: (message, request, link) => {
          const granted = request?.method === 'driver.memory.allocate' && message.error;
          link.toSession(
            granted
              ? { jsonrpc: '2.0', id: message.id, result: { allocation: promised } }
              : message,
          );
        },
      };
    },
  },
  {
    id: 'DRV-MEM-003/internal',
    title: 'answers INTERNAL to a size that it has not',
    requirement: 'DRV-MEM-003',
    breaks: 'DRV-MEM-003/refused',
    defect: () => () =>
      alterError(
        (data) => data['reason'] === 'SIZE',
        ({ data }) => {
          data['canonical'] = 'INTERNAL';
        },
      ),
  },
  {
    id: 'DRV-MEM-006/double-free',
    title: 'answers a second free',
    requirement: 'DRV-MEM-006',
    breaks: 'DRV-MEM-006/double-free',
    defect: () => () =>
      admitRefused((data, request) => {
        return data['reason'] === 'HANDLE_INVALID' && request?.method === 'driver.memory.free';
      }),
  },
  {
    id: 'DRV-MEM-006/free-refused',
    title: 'refuses an honest free',
    requirement: 'DRV-MEM-006',
    breaks: 'DRV-MEM-006/free',
    defect: () => () => ({
      request: (message, link) =>
        message.method === 'driver.memory.free'
          ? link.toSession(errorReply(message.id, 2002, 'NOT_FOUND', 'HANDLE_INVALID'))
          : link.toEndpoint(message),
    }),
  },
  ...(['write', 'read', 'digest'] as const).map(
    (name): Mutant => ({
      id: `DRV-MEM-006/${name}-after-free`,
      title: `serves a ${name} of a freed allocation`,
      requirement: 'DRV-MEM-006',
      breaks: 'DRV-MEM-006/use',
      defect: () => () =>
        admitRefused(
          (data, request) =>
            data['reason'] === 'HANDLE_INVALID' && request?.method === `driver.memory.${name}`,
          { write: {}, read: { base64: 'AAAA' }, digest: { sha256: '0'.repeat(64) } }[name],
        ),
    }),
  ),
  {
    id: 'DRV-MEM-006/dies',
    title: 'dies of a second free',
    requirement: 'DRV-MEM-006',
    breaks: 'DRV-MEM-006/double-free',
    defect: () => () => ({
      reply: (message, _request, link) =>
        message.error?.data?.reason === 'HANDLE_INVALID' ? link.kill() : link.toSession(message),
    }),
  },
  {
    id: 'DRV-MEM-006/stops-serving',
    title: 'serves nothing any more once a freed handle was used',
    requirement: 'DRV-MEM-006',
    breaks: 'DRV-MEM-006/serving',
    defect: () => () => {
      let used = false;
      return alterReply((reply, request) => {
        used ||= reply.error?.data?.reason === 'HANDLE_INVALID';
        return used && request?.method === 'system.ping'
          ? errorReply(reply.id, -32603, 'INTERNAL', 'INTERNAL')
          : reply;
      });
    },
  },
  {
    id: 'DRV-MEM-006/handle-again',
    title: 'gives a freed handle to the next allocation',
    requirement: 'DRV-MEM-006',
    breaks: 'DRV-MEM-006/new-handle',
    defect: () => () => {
      const shown = 'allocation_always-the-same';
      let real = '';
      return {
        request: (message, link) =>
          link.toEndpoint(
            message.params?.allocation === shown
              ? { ...message, params: { ...message.params, allocation: real } }
              : message,
          ),
        reply: (message, request, link) => {
          if (request?.method === 'driver.memory.allocate' && message.result) {
            real = message.result.allocation;
            link.toSession({ ...message, result: { allocation: shown } });
          } else link.toSession(message);
        },
      };
    },
  },
  {
    id: 'DRV-MEM-006/copy-after-free',
    title: 'serves a copy of a freed allocation',
    requirement: 'DRV-MEM-006',
    breaks: 'DRV-MEM-006/copy',
    defect: () => () =>
      admitRefused(
        (data, request) =>
          data['reason'] === 'HANDLE_INVALID' && request?.method === 'driver.memory.copy',
      ),
  },
];

const COPY = 'driver.memory.copy';
const SIDE = 1024n;

/** Grants refused ranges of one method, with a result that its schema admits. */
const admitRange = (method: string, result: unknown) => () => () =>
  admitRefused(
    (data, request) => data['reason'] === 'COPY_RANGE' && request?.method === method,
    result,
  );

/** Whether a range of one allocation lies within 64 bits only when they wrap. */
const wrapsAround = (request: Message | undefined): boolean => {
  const { offsetBytes, lengthBytes, data } = request?.params ?? {};
  if (offsetBytes === undefined) return false;
  const length = BigInt(lengthBytes ?? Buffer.byteLength(data?.base64 ?? '', 'base64'));
  return BigInt(offsetBytes) + length >= 2n ** 64n;
};

const COPYING: Mutant[] = [
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
    defect: () => () =>
      admitRefused((data, request) => data['reason'] === 'COPY_RANGE' && request?.method === COPY),
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

export const driverMutants: readonly Mutant[] = [...DEVICE, ...MEMORY, ...COPYING];
