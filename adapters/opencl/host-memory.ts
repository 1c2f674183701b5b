// Host memory that is registered: a buffer that uses it (CL_MEM_USE_HOST_PTR). The library may keep the bytes
// elsewhere, so the host's loads and stores stand between a map and an unmap, as OpenCL has it.
import { hostMemoryWith } from '../kit/host-memory.ts';
import type { Handlers } from '../kit/serve.ts';
import type { Commands } from './commands.ts';
import type { Devices } from './devices.ts';
import type { Memory } from './memory.ts';

/** The host memory of one session. */
export const hostMemory = (commands: Commands, devices: Devices, memory: Memory): Handlers =>
  hostMemoryWith({
    device: (id) => devices.open(id),
    register: ({ context, queue }, bytes, _sizeBytes, ended) => {
      const buffer = commands.createBufferOver(context, bytes);
      const release = (): void => {
        // The bytes are the host's again: only a map says when they are there.
        commands.mapped(queue, buffer, 0, bytes.length, () => {});
        commands.releaseBuffer(buffer);
        ended();
      };
      return {
        made: { allocation: memory.add({ queue, buffer, release }) },
        reach: (offset, length, work) => commands.mapped(queue, buffer, offset, length, work),
      };
    },
  });
