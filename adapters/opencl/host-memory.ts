// Host memory that is registered: a buffer that uses it (CL_MEM_USE_HOST_PTR). The library may keep the bytes
// elsewhere, so the host's loads and stores stand between a map and an unmap, as OpenCL has it.
import { bytesOf, lengthOf } from '../kit/data.ts';
import { HandleTable } from '../kit/handles.ts';
import { Refusal } from '../kit/refusal.ts';
import type { Handlers } from '../kit/serve.ts';
import type { Commands } from './commands.ts';
import type { Devices } from './devices.ts';
import type { Pointer } from './library.ts';
import type { Memory } from './memory.ts';

interface Host {
  readonly bytes: Uint8Array;
  /** What a device has of it. */
  registered: { readonly queue: Pointer; readonly buffer: Pointer } | undefined;
}

const refuse = (reason: 'SIZE' | 'HOST_MEMORY' | 'COPY_RANGE' | 'MEMORY_STATE'): never => {
  throw new Refusal(reason, 'adapter');
};

/** Memory of this process, which stays where it is. */
const take = (sizeBytes: string): Uint8Array => {
  try {
    return new Uint8Array(new ArrayBuffer(Number(sizeBytes)));
  } catch {
    return refuse('HOST_MEMORY');
  }
};

/** The part of it that a request names. */
const part = ({ bytes }: Host, offsetBytes: string, length: bigint): Uint8Array => {
  const from = BigInt(offsetBytes);
  if (from + length > BigInt(bytes.length)) refuse('COPY_RANGE');
  return bytes.subarray(Number(from), Number(from + length));
};

/** The host memory of one session. */
export const hostMemory = (commands: Commands, devices: Devices, memory: Memory): Handlers => {
  const hosts = new HandleTable<Host>('host');

  /** What the host does with a part, while the part is its own. */
  const mapped = <T>({ bytes, registered }: Host, range: Uint8Array, work: () => T): T =>
    registered
      ? commands.mapped(
          registered.queue,
          registered.buffer,
          range.byteOffset - bytes.byteOffset,
          range.length,
          work,
        )
      : work();

  return {
    'driver.memory.host.allocate': ({ sizeBytes }) => {
      // No byte has no address that could be registered.
      if (BigInt(sizeBytes) === 0n) refuse('SIZE');
      return { host: hosts.add({ bytes: take(sizeBytes), registered: undefined }) };
    },
    'driver.memory.host.free': ({ host }) => {
      // CL_MEM_USE_HOST_PTR: the memory has to be there as long as the buffer is.
      if (hosts.get(host).registered) refuse('MEMORY_STATE');
      hosts.remove(host);
      return {};
    },
    'driver.memory.host.write': ({ host, offsetBytes, data }) => {
      const found = hosts.get(host);
      const range = part(found, offsetBytes, lengthOf(data));
      const bytes = bytesOf(data);
      mapped(found, range, () => range.set(bytes));
      return {};
    },
    'driver.memory.host.read': ({ host, offsetBytes, lengthBytes }) => {
      const found = hosts.get(host);
      const range = part(found, offsetBytes, BigInt(lengthBytes));
      return { base64: mapped(found, range, () => Buffer.from(range).toString('base64')) };
    },
    'driver.memory.register': ({ device, host }) => {
      const { context, queue } = devices.open(device);
      const found = hosts.get(host);
      // Two buffers over one memory: what they show of each other OpenCL leaves undefined.
      if (found.registered) refuse('MEMORY_STATE');
      const buffer = commands.createBufferOver(context, found.bytes);
      found.registered = { queue, buffer };
      const release = (): void => {
        // The bytes are the host's again: only a map says when they are there.
        commands.mapped(queue, buffer, 0, found.bytes.length, () => {});
        commands.releaseBuffer(buffer);
        found.registered = undefined;
      };
      return { allocation: memory.add({ queue, buffer, release }) };
    },
  };
};
