// The reference driver: devices that are host memory, conformant in every row that it declares.
import { sha256 } from '../../core/generator.ts';
import type { Capabilities, Device } from '../../schemas/generated/types.ts';
import { bytesOf, lengthOf } from '../kit/data.ts';
import { HandleTable } from '../kit/handles.ts';
import { Refusal } from '../kit/refusal.ts';
import type { Service } from '../kit/serve.ts';

const GRANULE = 256n;
const TOTAL = 1n << 30n;
const LARGEST = 1n << 27n;

interface Allocation {
  readonly device: string;
  readonly bytes: Buffer;
  /** What it takes from the device: its size in whole granules. */
  readonly reserved: bigint;
}

const describe = (index: number): Device => ({
  device: `reference-${index}`,
  vendor: 'Causeway',
  name: `Reference device ${index}`,
  memory: {
    totalBytes: String(TOTAL),
    maxAllocationBytes: String(LARGEST),
    granularityBytes: String(GRANULE),
  },
});

/** Everything that the standard has. */
export const FULL: Capabilities = {
  'driver.device': true,
  'driver.memory': true,
  'driver.memory.copy': true,
  'driver.memory.info': true,
};

/** As little as an endpoint can declare and still be one. */
export const REDUCED: Capabilities = { 'driver.device': true };

/** A fresh driver with two devices. */
export const referenceDriver = (capabilities: Capabilities): Service => {
  const devices = [describe(0), describe(1)];
  const used = new Map(devices.map(({ device }) => [device, 0n]));
  const allocations = new HandleTable<Allocation>('allocation');

  const deviceOf = (id: string): Device => {
    const found = devices.find(({ device }) => device === id);
    if (!found) throw new Refusal('DEVICE', 'native');
    return found;
  };
  /** A range that lies within its allocation, as numbers. */
  const range = (allocation: Allocation, offset: string, length: bigint): [number, number] => {
    const from = BigInt(offset);
    if (from + length > BigInt(allocation.bytes.length)) throw new Refusal('COPY_RANGE', 'native');
    return [Number(from), Number(from + length)];
  };
  const reserve = (device: string, change: bigint): void => {
    used.set(device, (used.get(device) ?? 0n) + change);
  };

  return {
    product: { vendor: 'Causeway', name: 'Reference driver', version: '1.0' },
    capabilities,
    methods: {
      'driver.device.list': 'native',
      'driver.device.get': 'native',
      'driver.memory.allocate': 'native',
      'driver.memory.free': 'native',
      'driver.memory.write': 'native',
      'driver.memory.read': 'native',
      'driver.memory.digest': 'native',
      'driver.memory.copy': 'native',
      'driver.memory.info': 'native',
    },
    handlers: {
      'driver.device.list': () => ({ devices }),
      'driver.device.get': ({ device }) => deviceOf(device),
      'driver.memory.allocate': ({ device, sizeBytes }) => {
        deviceOf(device);
        const size = BigInt(sizeBytes);
        if (size === 0n || size > LARGEST) throw new Refusal('SIZE', 'native');
        const reserved = ((size + GRANULE - 1n) / GRANULE) * GRANULE;
        if ((used.get(device) ?? 0n) + reserved > TOTAL) {
          throw new Refusal('DEVICE_MEMORY', 'native');
        }
        reserve(device, reserved);
        const allocation = { device, bytes: Buffer.alloc(Number(size)), reserved };
        return { allocation: allocations.add(allocation) };
      },
      'driver.memory.free': ({ allocation }) => {
        const { device, reserved } = allocations.remove(allocation);
        reserve(device, -reserved);
        return {};
      },
      'driver.memory.write': ({ allocation, offsetBytes, data }) => {
        const target = allocations.get(allocation);
        const [from] = range(target, offsetBytes, lengthOf(data));
        bytesOf(data).copy(target.bytes, from);
        return {};
      },
      'driver.memory.read': ({ allocation, offsetBytes, lengthBytes }) => {
        const source = allocations.get(allocation);
        const [from, to] = range(source, offsetBytes, BigInt(lengthBytes));
        return { base64: source.bytes.toString('base64', from, to) };
      },
      'driver.memory.digest': ({ allocation, offsetBytes, lengthBytes }) => {
        const source = allocations.get(allocation);
        const [from, to] = range(source, offsetBytes, BigInt(lengthBytes));
        return { sha256: sha256(source.bytes.subarray(from, to)) };
      },
      'driver.memory.copy': ({ source, destination, lengthBytes }) => {
        const from = allocations.get(source.allocation);
        const to = allocations.get(destination.allocation);
        const length = BigInt(lengthBytes);
        const [start, end] = range(from, source.offsetBytes, length);
        const [target] = range(to, destination.offsetBytes, length);
        from.bytes.copy(to.bytes, target, start, end);
        return {};
      },
      'driver.memory.info': ({ device }) => {
        deviceOf(device);
        return {
          totalBytes: String(TOTAL),
          freeBytes: String(TOTAL - (used.get(device) ?? 0n)),
        };
      },
    },
    release: () => {
      for (const { device, reserved } of allocations.drain()) reserve(device, -reserved);
    },
  };
};
