// When work was done: a timestamp for each recording of an event that is made for timing, written by the device in its
// turn.
import type { Commands } from './commands.ts';
import { Kept } from './kept.ts';
import type { Handle } from './library.ts';
import type { PhysicalDevice } from './queries.ts';
import type { Recording } from './recording.ts';

/** One timestamp, once the work that writes it is done. */
export interface Timestamp {
  readonly kept: Kept;
  read(): bigint;
}

export const timestampsOn = (
  commands: Commands,
  device: Handle,
  { timestampPeriod, timestampBits }: PhysicalDevice,
) => ({
  /** Of the clock's step, in nanoseconds, rounded up. */
  resolution: Math.ceil(timestampPeriod),
  /** Records the writing of one. */
  put: (recording: Recording): Timestamp => {
    const pool = commands.createTimestampPool(device);
    const kept = new Kept(() => commands.destroyQueryPool(device, pool));
    recording.named.push(kept.keep());
    commands.writeTimestamp(recording.commands, pool);
    return { kept, read: () => commands.timestampIn(device, pool) };
  },
  /** Nanoseconds from one to another; a clock that ran over between them has bits for half its range. */
  between: (start: Timestamp, end: Timestamp): bigint => {
    const steps = BigInt.asIntN(timestampBits, end.read() - start.read());
    return BigInt(Math.round(Number(steps) * timestampPeriod));
  },
});
