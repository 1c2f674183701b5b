// Managed memory: memory of the device that the host has mapped as long as it is there (device-local, visible to
// the host and coherent), so that the host's loads and stores need no copy. What the host stored a submission sees
// that comes after it; what a submission wrote the host sees behind a barrier for it.
import { bytesOf, lengthOf } from '../kit/data.ts';
import { Refusal } from '../kit/refusal.ts';
import type { Handlers } from '../kit/serve.ts';
import type { Devices } from './devices.ts';
import type { Kept } from './kept.ts';
import type { Memory } from './memory.ts';

/** The managed memory of one session. */
export const managedMemory = (devices: Devices, memory: Memory): Handlers => {
  const mapped = new WeakMap<Kept, Uint8Array>();

  /** A part of managed memory, as the host has it, and the device that it is of. */
  const part = (allocation: string, offsetBytes: string, length: bigint) => {
    const place = { allocation, offsetBytes };
    const bytes = mapped.get(memory.get(allocation).kept);
    if (!bytes) throw new Refusal('MEMORY_STATE', 'adapter');
    const { on, offset } = memory.range(place, length);
    return { on, bytes: bytes.subarray(Number(offset), Number(offset + length)) };
  };

  return {
    'driver.memory.managed.allocate': ({ device, sizeBytes }) => {
      const on = devices.named(device);
      const bound = on.buffers.forBoth(BigInt(sizeBytes));
      mapped.set(bound.kept, on.buffers.map(bound));
      return memory.add({ ...bound, on });
    },
    'driver.memory.managed.store': ({ allocation, offsetBytes, data }) => {
      part(allocation, offsetBytes, lengthOf(data)).bytes.set(bytesOf(data));
      return {};
    },
    'driver.memory.managed.load': ({ allocation, offsetBytes, lengthBytes }) => {
      const { on, bytes } = part(allocation, offsetBytes, BigInt(lengthBytes));
      on.transfers.showHost();
      return { base64: Buffer.from(bytes).toString('base64') };
    },
  };
};
