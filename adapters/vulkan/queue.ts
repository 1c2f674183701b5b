// One queue of a device: work is recorded, submitted, and waited for by a fence.
import type { Commands, Target } from './commands.ts';
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
     * Does the work and returns when it is done. It sees what was done before, and the host and what is
     * submitted later see what it did: a fence alone makes writes available, and visible to nobody.
     */
    carryOut: (record: Record): void => {
      commands.resetPool(device, pool);
      commands.begin(recording);
      commands.workAfterWork(recording);
      record(recording);
      commands.allAfterWork(recording);
      commands.end(recording);
      commands.resetFence(device, fence);
      commands.submit(queue, recording, fence);
      commands.wait(device, fence);
    },
    /** Hands work to the queue and returns; nothing may wait here for what is not handed over: stream.ts. */
    submit: (waits: readonly Target[], work: readonly Handle[], signal: Target): void =>
      commands.submitBetween(queue, waits, work, signal),
    release: (): void => {
      commands.destroyFence(device, fence);
      commands.destroyPool(device, pool);
    },
  };
};

export type Queue = ReturnType<typeof queueOn>;
