// The memory of the reference's devices: host memory that threads share, so that streams can work on it.
import { sha256 } from '../../core/generator.ts';
import type { Place } from '../../schemas/generated/types.ts';
import { bytesOf, lengthOf } from '../kit/data.ts';
import { HandleTable } from '../kit/handles.ts';
import type { Handlers } from '../kit/serve.ts';
import { type Backing, freshMemory, memoryBacking } from './backing.ts';
import { type Devices, GRANULE, LARGEST, limitOf, PATTERNS, TOTAL } from './device.ts';
import { type Pieces, read, write } from './pieces.ts';
import { refused } from './refused.ts';

/** Where a device's own address space begins; none of it is given out twice. */
const FIRST_ADDRESS = 1n << 32n;

export interface Allocation {
  readonly device: string;
  /** Exported memory goes from one to another. */
  backing: Backing;
  /** What it takes from the device: its size in whole granules. */
  readonly reserved: bigint;
}

/** A size in whole granules. */
export const inGranules = (size: bigint): bigint => ((size + GRANULE - 1n) / GRANULE) * GRANULE;

/** The allocations of one session. */
export class Memory {
  readonly #devices: Devices;
  readonly #next = new Map<string, bigint>();
  readonly #used = new Map<string, bigint>();
  readonly #allocations = new HandleTable<Allocation>('allocation');

  constructor(devices: Devices) {
    this.#devices = devices;
  }

  readonly handlers: Handlers = {
    'driver.memory.allocate': ({ device, sizeBytes }) => {
      const reserved = this.take(device, sizeBytes);
      return this.add(device, memoryBacking(freshMemory(Number(sizeBytes))), reserved);
    },
    'driver.memory.free': ({ allocation }) => {
      const { device, reserved, backing } = this.#allocations.remove(allocation);
      backing.end?.();
      this.give(device, reserved);
      return {};
    },
    'driver.memory.write': ({ allocation, offsetBytes, data }) => {
      const target = this.range(this.get(allocation), offsetBytes, lengthOf(data));
      write(target, bytesOf(data));
      return {};
    },
    'driver.memory.read': ({ allocation, offsetBytes, lengthBytes }) => {
      const source = this.range(this.get(allocation), offsetBytes, BigInt(lengthBytes));
      return { base64: read(source).toString('base64') };
    },
    'driver.memory.digest': ({ allocation, offsetBytes, lengthBytes }) => ({
      sha256: sha256(read(this.range(this.get(allocation), offsetBytes, BigInt(lengthBytes)))),
    }),
    'driver.memory.copy': ({ source, destination, lengthBytes }) => {
      const [from, to] = this.both(source, destination, lengthBytes);
      write(to, read(from));
      return {};
    },
    'driver.memory.fill': ({ allocation, offsetBytes, lengthBytes, pattern }) => {
      const bytes = Buffer.from(pattern, 'base64');
      const length = BigInt(lengthBytes);
      const target = this.range(this.get(allocation), offsetBytes, length);
      const size = BigInt(bytes.length);
      const whole = BigInt(offsetBytes) % size === 0n && length % size === 0n;
      if (!PATTERNS.includes(bytes.length) || !whole) throw refused('SIZE');
      write(target, Buffer.alloc(Number(length), bytes));
      return {};
    },
    'driver.memory.info': ({ device }) => {
      const free = limitOf(this.#devices.get(device)) - this.usedOn(device);
      return { totalBytes: String(TOTAL), freeBytes: String(free) };
    },
  };

  /** The allocation of a handle, or a refusal. */
  get(allocation: string): Allocation {
    return this.#allocations.get(allocation);
  }

  /** Ends the handle of an allocation, and nothing else. */
  remove(allocation: string): void {
    this.#allocations.remove(allocation);
  }

  /** A range that lies within its allocation. */
  range({ backing }: Allocation, offset: string, length: bigint): Pieces {
    const from = BigInt(offset);
    if (from + length > BigInt(backing.sizeBytes)) throw refused('COPY_RANGE');
    return backing.pieces(Number(from), Number(length));
  }

  /** Both sides of a copy: handles are looked up before ranges. */
  both(source: Place, destination: Place, lengthBytes: string): [from: Pieces, to: Pieces] {
    const [from, to] = [this.get(source.allocation), this.get(destination.allocation)];
    const length = BigInt(lengthBytes);
    return [
      this.range(from, source.offsetBytes, length),
      this.range(to, destination.offsetBytes, length),
    ];
  }

  /** Takes memory from a device, or refuses; says how much with all that is rounded up. */
  take(device: string, sizeBytes: string): bigint {
    const limit = limitOf(this.#devices.get(device));
    const size = BigInt(sizeBytes);
    if (size === 0n || size > LARGEST) throw refused('SIZE');
    const reserved = inGranules(size);
    if (this.usedOn(device) + reserved > limit) throw refused('DEVICE_MEMORY');
    this.#used.set(device, this.usedOn(device) + reserved);
    return reserved;
  }

  /** Gives back what was taken. */
  give(device: string, reserved: bigint): void {
    this.#used.set(device, this.usedOn(device) - reserved);
  }

  /** Names an allocation, and places it. */
  add(device: string, backing: Backing, reserved: bigint): { allocation: string; address: string } {
    const address = this.#next.get(device) ?? FIRST_ADDRESS;
    this.#next.set(device, address + inGranules(BigInt(backing.sizeBytes)));
    const allocation = this.#allocations.add({ device, backing, reserved });
    return { allocation, address: String(address) };
  }

  usedOn(device: string): bigint {
    return this.#used.get(device) ?? 0n;
  }

  release(): void {
    for (const { device, reserved, backing } of this.#allocations.drain()) {
      backing.end?.();
      this.give(device, reserved);
    }
  }
}
