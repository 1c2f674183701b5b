// Managed memory: shared virtual memory of OpenCL 2.0 (clSVMAlloc), and a buffer that uses it, so that every command
// works on it. Where it is coarse-grained, the host's loads and stores stand between a map and an unmap; where it is
// fine-grained they need neither, and a map does no harm.
import { bytesOf, lengthOf } from '../kit/data.ts';
import { Refusal } from '../kit/refusal.ts';
import type { Handlers } from '../kit/serve.ts';
import type { Commands, SharedMemory } from './commands.ts';
import type { Devices } from './devices.ts';
import type { Pointer } from './library.ts';
import type { Memory } from './memory.ts';

interface Managed {
  readonly queue: Pointer;
  readonly bytes: Uint8Array;
}

/** The managed memory of one session. */
export const managedMemory = (
  commands: Commands,
  shared: SharedMemory,
  devices: Devices,
  memory: Memory,
): Handlers => {
  const managed = new Map<Pointer, Managed>();

  /** What the host does with a part, while the part is its own. */
  const reach = <T>(
    allocation: string,
    offsetBytes: string,
    length: bigint,
    work: (part: Uint8Array) => T,
  ): T => {
    const found = managed.get(memory.get(allocation).buffer);
    if (!found) throw new Refusal('MEMORY_STATE', 'adapter');
    const from = BigInt(offsetBytes);
    // The host's own loads and stores: nobody else would check them.
    if (from + length > BigInt(found.bytes.length)) throw new Refusal('COPY_RANGE', 'adapter');
    const part = found.bytes.subarray(Number(from), Number(from + length));
    return shared.mapped(found.queue, part, () => work(part));
  };

  return {
    'driver.memory.managed.allocate': ({ device, sizeBytes }) => {
      const { context, queue } = devices.open(device);
      const { pointer, bytes } = shared.allocate(context, BigInt(sizeBytes));
      const buffer = commands.createBufferOver(context, bytes);
      managed.set(buffer, { queue, bytes });
      const release = (): void => {
        managed.delete(buffer);
        commands.releaseBuffer(buffer);
        shared.free(context, pointer);
      };
      return { allocation: memory.add({ queue, buffer, release }) };
    },
    'driver.memory.managed.store': ({ allocation, offsetBytes, data }) => {
      reach(allocation, offsetBytes, lengthOf(data), (part) => part.set(bytesOf(data)));
      return {};
    },
    'driver.memory.managed.load': ({ allocation, offsetBytes, lengthBytes }) => ({
      base64: reach(allocation, offsetBytes, BigInt(lengthBytes), (part) =>
        Buffer.from(part).toString('base64'),
      ),
    }),
  };
};
