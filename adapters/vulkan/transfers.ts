// Bytes to a device, from it and on it: by commands of a queue, and between host and device through a
// staging buffer, a piece at a time.
import type { Buffers } from './buffers.ts';
import type { Commands, Place } from './commands.ts';
import type { Handle } from './library.ts';
import type { Queue } from './queue.ts';

/** How many bytes are on their way at once. */
const PIECE = 4 * 1024 * 1024;

export const transfersOn = (commands: Commands, device: Handle, queue: Queue, buffers: Buffers) => {
  const staging = buffers.forStaging(BigInt(PIECE));
  const mapped = commands.map(device, staging.memory, PIECE);
  const stage: Place = { buffer: staging.buffer, offset: 0n };

  /** Each piece of a length: where it begins, and how long it is. */
  function* pieces(length: bigint): Generator<[begin: bigint, length: number]> {
    for (let begin = 0n; begin < length; begin += BigInt(PIECE)) {
      const left = length - begin;
      yield [begin, left < PIECE ? Number(left) : PIECE];
    }
  }

  return {
    write: ({ buffer, offset }: Place, bytes: Uint8Array): void => {
      for (const [begin, length] of pieces(BigInt(bytes.length))) {
        mapped.set(bytes.subarray(Number(begin), Number(begin) + length));
        const to = { buffer, offset: offset + begin };
        queue.carryOut((recording) => commands.copy(recording, stage, to, BigInt(length)));
      }
    },
    /** Hands out each piece in turn: it is there until the next. */
    read: ({ buffer, offset }: Place, length: bigint, take: (piece: Uint8Array) => void): void => {
      for (const [begin, size] of pieces(length)) {
        const from = { buffer, offset: offset + begin };
        queue.carryOut((recording) => commands.copy(recording, from, stage, BigInt(size)));
        take(mapped.subarray(0, size));
      }
    },
    copy: (from: Place, to: Place, length: bigint): void =>
      queue.carryOut((recording) => commands.copy(recording, from, to, length)),
    fill: (to: Place, length: bigint, word: number): void =>
      queue.carryOut((recording) => commands.fill(recording, to, length, word)),
    /** Shows the host, in memory that it has mapped, what all transfers before wrote. */
    showHost: (): void => queue.carryOut(() => {}),
    release: (): void => staging.kept.letGo(),
  };
};
