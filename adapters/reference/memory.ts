// The memory of the reference's devices: host memory that threads share, so that streams can work on it.
import { sha256 } from '../../core/generator.ts';
import { bytesOf, lengthOf } from '../kit/data.ts';
import { HandleTable } from '../kit/handles.ts';
import type { Handlers } from '../kit/serve.ts';
import { type Devices, GRANULE, LARGEST, PATTERNS, TOTAL } from './device.ts';
import { refused } from './refused.ts';

/** Where a device's own address space begins; none of it is given out twice. */
const FIRST_ADDRESS = 1n << 32n;

interface Allocation {
  readonly device: string;
  readonly bytes: Buffer;
  /** What it takes from the device: its size in whole granules. */
  readonly reserved: bigint;
}

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
      this.#devices.get(device);
      const size = BigInt(sizeBytes);
      if (size === 0n || size > LARGEST) throw refused('SIZE');
      const reserved = ((size + GRANULE - 1n) / GRANULE) * GRANULE;
      if (this.#usedOn(device) + reserved > TOTAL) throw refused('DEVICE_MEMORY');
      this.#reserve(device, reserved);
      const address = this.#next.get(device) ?? FIRST_ADDRESS;
      this.#next.set(device, address + reserved);
      const bytes = Buffer.from(new SharedArrayBuffer(Number(size)));
      const allocation = this.#allocations.add({ device, bytes, reserved });
      return { allocation, address: String(address) };
    },
    'driver.memory.free': ({ allocation }) => {
      const { device, reserved } = this.#allocations.remove(allocation);
      this.#reserve(device, -reserved);
      return {};
    },
    'driver.memory.write': ({ allocation, offsetBytes, data }) => {
      const target = this.range(this.get(allocation), offsetBytes, lengthOf(data));
      target.set(bytesOf(data));
      return {};
    },
    'driver.memory.read': ({ allocation, offsetBytes, lengthBytes }) => {
      const source = this.range(this.get(allocation), offsetBytes, BigInt(lengthBytes));
      return { base64: source.toString('base64') };
    },
    'driver.memory.digest': ({ allocation, offsetBytes, lengthBytes }) => ({
      sha256: sha256(this.range(this.get(allocation), offsetBytes, BigInt(lengthBytes))),
    }),
    'driver.memory.copy': ({ source, destination, lengthBytes }) => {
      const from = this.get(source.allocation);
      const to = this.get(destination.allocation);
      const length = BigInt(lengthBytes);
      const bytes = this.range(from, source.offsetBytes, length);
      this.range(to, destination.offsetBytes, length).set(bytes);
      return {};
    },
    'driver.memory.fill': ({ allocation, offsetBytes, lengthBytes, pattern }) => {
      const bytes = Buffer.from(pattern, 'base64');
      const target = this.range(this.get(allocation), offsetBytes, BigInt(lengthBytes));
      const whole =
        BigInt(offsetBytes) % BigInt(bytes.length) === 0n && target.length % bytes.length === 0;
      if (!PATTERNS.includes(bytes.length) || !whole) throw refused('SIZE');
      target.fill(bytes);
      return {};
    },
    'driver.memory.info': ({ device }) => {
      this.#devices.get(device);
      return { totalBytes: String(TOTAL), freeBytes: String(TOTAL - this.#usedOn(device)) };
    },
  };

  /** The bytes of an allocation, or a refusal. */
  get(allocation: string): Buffer {
    return this.#allocations.get(allocation).bytes;
  }

  /** A range that lies within its allocation, in place. */
  range(bytes: Buffer, offset: string, length: bigint): Buffer {
    const from = BigInt(offset);
    if (from + length > BigInt(bytes.length)) throw refused('COPY_RANGE');
    return bytes.subarray(Number(from), Number(from + length));
  }

  release(): void {
    for (const { device, reserved } of this.#allocations.drain()) this.#reserve(device, -reserved);
  }

  #usedOn(device: string): bigint {
    return this.#used.get(device) ?? 0n;
  }

  #reserve(device: string, change: bigint): void {
    this.#used.set(device, this.#usedOn(device) + change);
  }
}
