// A device in use: its queue, its buffers, and what moves bytes between them.
import { buffersOn } from './buffers.ts';
import type { Commands } from './commands.ts';
import type { PhysicalDevice } from './queries.ts';
import { queueOn } from './queue.ts';
import { transfersOn } from './transfers.ts';

export const openDevice = (commands: Commands, physical: PhysicalDevice) => {
  const { handle, queueFamily } = physical;
  const device = commands.createDevice(handle, queueFamily, physical);
  const queue = queueOn(commands, device, queueFamily);
  const buffers = buffersOn(commands, device, physical);
  const transfers = transfersOn(commands, device, queue, buffers);
  return {
    physical,
    buffers,
    transfers,
    /** Nothing may be under way when what it uses is destroyed. */
    finish: (): void => commands.waitIdle(device),
    /** Once every buffer for data is gone. */
    release: (): void => {
      transfers.release();
      queue.release();
      commands.destroyDevice(device);
    },
  };
};

export type OpenDevice = ReturnType<typeof openDevice>;
