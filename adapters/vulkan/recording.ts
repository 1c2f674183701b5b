// Commands that a stream carries out later, and all that they name: it has to live until they are done, and
// for a graph as long as that can be launched.
import type { Bound, Buffers } from './buffers.ts';
import type { Commands, Place } from './commands.ts';
import { Kept } from './kept.ts';
import type { Handle } from './library.ts';

/** A byte of a buffer, and who uses that. */
export type KeptPlace = Place & Pick<Bound, 'kept'>;

/** A command buffer; once it is not kept any longer, what it names is not kept by it either. */
export interface Recording {
  readonly commands: Handle;
  readonly named: Kept[];
  readonly kept: Kept;
}

export const recorderOn = (
  commands: Commands,
  device: Handle,
  family: number,
  buffers: Buffers,
) => {
  const pool = commands.createPool(device, family);

  const record = (recording: Recording, from: KeptPlace, to: KeptPlace, length: bigint): void => {
    // What is recorded together is carried out in its order; semaphores order one recording after another.
    if (recording.named.length > 0) commands.workAfterWork(recording.commands);
    commands.copy(recording.commands, from, to, length);
    recording.named.push(from.kept.keep(), to.kept.keep());
  };

  return {
    /** `repeated`: whether it may be submitted more than once. */
    begin: (repeated: boolean): Recording => {
      const handle = commands.allocateCommands(device, pool);
      const named: Kept[] = [];
      const kept = new Kept(() => {
        commands.freeCommands(device, pool, handle);
        for (const one of named) one.letGo();
      });
      commands.begin(handle, repeated);
      return { commands: handle, named, kept };
    },
    copy: record,
    /** The bytes as they are now. */
    write: (recording: Recording, to: KeptPlace, bytes: Uint8Array): void => {
      const { buffer, memory, size, kept } = buffers.forStaging(BigInt(bytes.length));
      try {
        commands.map(device, memory, bytes.length).set(bytes);
        record(recording, { buffer, offset: 0n, kept }, to, size);
      } finally {
        kept.letGo();
      }
    },
    end: (recording: Recording): void => commands.end(recording.commands),
    release: (): void => commands.destroyPool(device, pool),
  };
};

export type Recorder = ReturnType<typeof recorderOn>;
