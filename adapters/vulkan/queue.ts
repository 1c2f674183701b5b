// One queue of a device: work is recorded, submitted, and waited for by a fence.
import type { Commands } from './commands.ts';
import type { Handle } from './library.ts';

/** Records commands into a command buffer that has begun. */
export type Record = (recording: Handle) => void;

export const queueOn = (commands: Commands, device: Handle, family: number) => {
  const queue = commands.queueOf(device, family);
  const pool = commands.createPool(device, family);
  const recording = commands.allocateCommands(device, pool);
  const fence = commands.createFence(device);
  return {
    /**
     * Does the work and returns when it is done. It sees what was done before, and the host sees what it
     * did: a fence alone makes writes available to nobody but the device.
     */
    carryOut: (record: Record): void => {
      commands.resetPool(device, pool);
      commands.begin(recording);
      commands.transfersAfterTransfers(recording);
      record(recording);
      commands.hostAfterTransfers(recording);
      commands.end(recording);
      commands.resetFence(device, fence);
      commands.submit(queue, recording, fence);
      commands.wait(device, fence);
    },
    release: (): void => {
      commands.destroyFence(device, fence);
      commands.destroyPool(device, pool);
    },
  };
};

export type Queue = ReturnType<typeof queueOn>;
