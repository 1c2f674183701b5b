// Known-bad drivers: what becomes of bytes that were written (DRV-MEM-001).
import type { Message, Mutant } from '../../../core/mutant.ts';
import { alterRequest, alterResult, errorReply } from '../../defects.ts';

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

export const contentsMutants: readonly Mutant[] = [
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
    id: 'DRV-MEM-001/digest-rounded',
    title: 'rounds the offset of a digest down to four bytes',
    requirement: 'DRV-MEM-001',
    breaks: 'DRV-MEM-001/digest',
    defect: () => () =>
      alterRequest('driver.memory.digest', (params) => ({
        ...params,
        offsetBytes: String((BigInt(params.offsetBytes) / 4n) * 4n),
      })),
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
];
