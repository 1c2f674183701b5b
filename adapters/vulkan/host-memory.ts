// Host memory that is registered: memory of the device that is the host's own (VK_EXT_external_memory_host). What
// the host stored a submission sees that comes after it; what a submission wrote the host sees behind a barrier.
import { hostMemoryWith } from '../kit/host-memory.ts';
import type { Handlers } from '../kit/serve.ts';
import type { Devices } from './devices.ts';
import type { Vulkan } from './library.ts';
import type { Memory } from './memory.ts';

/** The host memory of one session. */
export const hostMemory = (
  vk: Vulkan,
  alignment: number,
  devices: Devices,
  memory: Memory,
): Handlers =>
  hostMemoryWith({
    alignment,
    addressOf: (bytes) => vk.address(bytes),
    device: (id) => devices.named(id),
    register: (on, bytes, sizeBytes, ended) => {
      const bound = on.buffers.overHost(bytes, BigInt(sizeBytes), ended);
      return {
        made: memory.add({ ...bound, on }),
        reach: (_offset, _length, work) => {
          on.transfers.showHost();
          return work();
        },
      };
    },
  });
