// Addresses of the reference apart from memory: ranges that are reserved, and memory that is mapped into them.
import { HandleTable } from '../kit/handles.ts';
import type { Handlers } from '../kit/serve.ts';
import { type Backing, freshMemory } from './backing.ts';
import { MAPPING } from './device.ts';
import type { Allocation, Memory } from './memory.ts';
import { inMemory, type Piece, type Pieces } from './pieces.ts';
import { refused } from './refused.ts';

interface Physical {
  readonly device: string;
  readonly bytes: Buffer;
  readonly reserved: bigint;
  /** In how many places it is mapped. */
  mapped: number;
}

/** A reserved range: what is mapped, by where it begins. */
class Reservation implements Backing {
  readonly sizeBytes: number;
  readonly #mappings = new Map<number, Physical>();

  constructor(sizeBytes: number) {
    this.sizeBytes = sizeBytes;
  }

  map(at: number, physical: Physical): void {
    const end = at + physical.bytes.length;
    for (const [from, { bytes }] of this.#mappings) {
      if (from < end && at < from + bytes.length) throw refused('MEMORY_STATE');
    }
    this.#mappings.set(at, physical);
    physical.mapped += 1;
  }

  unmap(at: number): void {
    const physical = this.#mappings.get(at);
    if (!physical) throw refused('MEMORY_STATE');
    physical.mapped -= 1;
    this.#mappings.delete(at);
  }

  pieces(from: number, length: number): Pieces {
    const pieces: Piece[] = [];
    for (let at = from; at < from + length; ) {
      const [begin, physical] =
        [...this.#mappings].find(
          ([start, { bytes }]) => start <= at && at < start + bytes.length,
        ) ?? [];
      if (begin === undefined || !physical) throw refused('MEMORY_STATE');
      const end = Math.min(begin + physical.bytes.length, from + length);
      pieces.push(...inMemory(physical.bytes.subarray(at - begin, end - begin)));
      at = end;
    }
    return pieces;
  }

  end(): void {
    for (const at of [...this.#mappings.keys()]) this.unmap(at);
  }
}

const reservationOf = ({ backing }: Allocation): Reservation => {
  if (!(backing instanceof Reservation)) throw refused('MEMORY_STATE');
  return backing;
};

const whole = (size: bigint): boolean => size % BigInt(MAPPING) === 0n;

/** The reserved ranges of one session, and the memory that it maps. */
export const virtualMemory = (memory: Memory): Handlers => {
  const physicals = new HandleTable<Physical>('physical');
  return {
    'driver.memory.virtual.reserve': ({ device, sizeBytes }) => {
      // Addresses alone take no memory; what is too large for an allocation is too large for a range.
      memory.give(device, memory.take(device, sizeBytes));
      if (!whole(BigInt(sizeBytes))) throw refused('SIZE');
      return memory.add(device, new Reservation(Number(sizeBytes)), 0n);
    },
    'driver.memory.virtual.create': ({ device, sizeBytes }) => {
      const reserved = memory.take(device, sizeBytes);
      if (!whole(reserved)) {
        memory.give(device, reserved);
        throw refused('SIZE');
      }
      const bytes = freshMemory(Number(sizeBytes));
      return { physical: physicals.add({ device, bytes, reserved, mapped: 0 }) };
    },
    'driver.memory.virtual.map': ({ allocation, offsetBytes, physical }) => {
      const [range, found] = [memory.get(allocation), physicals.get(physical)];
      const reservation = reservationOf(range);
      const at = BigInt(offsetBytes);
      const end = at + BigInt(found.bytes.length);
      if (end > BigInt(reservation.sizeBytes)) throw refused('COPY_RANGE');
      if (!whole(at)) throw refused('SIZE');
      if (range.device !== found.device) throw refused('UNSPECIFIED');
      reservation.map(Number(at), found);
      return {};
    },
    'driver.memory.virtual.unmap': ({ allocation, offsetBytes }) => {
      reservationOf(memory.get(allocation)).unmap(Number(offsetBytes));
      return {};
    },
    'driver.memory.virtual.destroy': ({ physical }) => {
      if (physicals.get(physical).mapped > 0) throw refused('MEMORY_STATE');
      const { device, reserved } = physicals.remove(physical);
      memory.give(device, reserved);
      return {};
    },
  };
};
