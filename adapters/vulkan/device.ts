// A device in use: its queue, its buffers, and what moves bytes between them, at once or in streams.
import { buffersOn } from './buffers.ts';
import type { Commands } from './commands.ts';
import { programsOn } from './programs.ts';
import type { PhysicalDevice } from './queries.ts';
import { queueOn } from './queue.ts';
import { recorderOn } from './recording.ts';
import { submissionsOn } from './submissions.ts';
import { Timeline } from './timeline.ts';
import { timestampsOn } from './timestamps.ts';
import { transfersOn } from './transfers.ts';

export const openDevice = (commands: Commands, physical: PhysicalDevice) => {
  const { handle, queueFamily } = physical;
  const device = commands.createDevice(handle, queueFamily, physical);
  const queue = queueOn(commands, device, queueFamily);
  const buffers = buffersOn(commands, device, physical);
  const transfers = transfersOn(commands, device, queue, buffers);
  const recorder = recorderOn(commands, device, queueFamily, buffers);
  const submissions = submissionsOn(queue);
  const programs = programsOn(commands, device);
  const timestamps = timestampsOn(commands, device, physical);
  return {
    physical,
    buffers,
    transfers,
    recorder,
    submissions,
    programs,
    timestamps,
    newTimeline: () => new Timeline(commands, device),
    /** Nothing may be under way when what it uses is destroyed; what is kept back is dropped. */
    finish: (): void => {
      commands.waitIdle(device);
      submissions.release();
    },
    /** Once everything on it that has a handle is gone. */
    release: (): void => {
      transfers.release();
      recorder.release();
      queue.release();
      commands.destroyDevice(device);
    },
  };
};

export type OpenDevice = ReturnType<typeof openDevice>;
