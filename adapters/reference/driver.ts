// The reference driver: devices that are host memory, conformant in every row that it declares.
import { sha256 } from '../../core/generator.ts';
import type { ErrorReason } from '../../schemas/generated/standard.ts';
import type { Capabilities, Device } from '../../schemas/generated/types.ts';
import { bytesOf, lengthOf } from '../kit/data.ts';
import { HandleTable } from '../kit/handles.ts';
import { Refusal } from '../kit/refusal.ts';
import type { Service } from '../kit/serve.ts';

const GRANULE = 256n;
const TOTAL = 1n << 30n;
const LARGEST = 1n << 27n;
const PATTERNS = [1, 2, 4, 8, 16];
/** Where a device's own address space begins; none of it is given out twice. */
const FIRST_ADDRESS = 1n << 32n;

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
  driverVersion: '1.0',
  runtimeVersion: '1.0',
  dataTypes: ['i8', 'u8'],
  programFormats: [],
  memory: {
    totalBytes: String(TOTAL),
    maxAllocationBytes: String(LARGEST),
    granularityBytes: String(GRANULE),
    alignmentBytes: String(GRANULE),
    overlappingCopy: 'memmove',
    fillPatternBytes: PATTERNS,
  },
});

/** A refusal of its own. Its native interface is SNIS itself, so the reason is its own name for it. */
const refused = (reason: ErrorReason): Refusal =>
  new Refusal(reason, 'native', { vendorName: reason });

/** Everything that the standard has. */
export const FULL: Capabilities = {
  'driver.device': true,
  'driver.visibility': true,
  'driver.memory': true,
  'driver.memory.address': true,
  'driver.memory.copy': true,
  'driver.memory.fill': true,
  'driver.memory.info': true,
};

/** As little as an endpoint can declare and still be one. */
export const REDUCED: Capabilities = { 'driver.device': true };

/** The devices of one session: all, or in the same order those that it asked for. */
const shown = (visible: readonly string[] | undefined): Device[] => {
  const all = [describe(0), describe(1)];
  if (visible?.some((id) => all.every(({ device }) => device !== id))) {
    throw refused('DEVICE');
  }
  return all.filter(({ device }) => visible?.includes(device) ?? true);
};

/** A fresh driver with two devices, or those of them that `visible` names. */
export const referenceDriver = (
  capabilities: Capabilities,
  visible?: readonly string[],
): Service => {
  const devices = shown(capabilities['driver.visibility'] ? visible : undefined);
  const next = new Map(devices.map(({ device }) => [device, FIRST_ADDRESS]));
  const used = new Map(devices.map(({ device }) => [device, 0n]));
  const allocations = new HandleTable<Allocation>('allocation');

  const deviceOf = (id: string): Device => {
    const found = devices.find(({ device }) => device === id);
    if (!found) throw refused('DEVICE');
    return found;
  };
  /** A range that lies within its allocation, as numbers. */
  const range = (allocation: Allocation, offset: string, length: bigint): [number, number] => {
    const from = BigInt(offset);
    if (from + length > BigInt(allocation.bytes.length)) throw refused('COPY_RANGE');
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
      'driver.memory.fill': 'native',
      'driver.memory.info': 'native',
    },
    handlers: {
      'driver.device.list': () => ({ devices }),
      'driver.device.get': ({ device }) => deviceOf(device),
      'driver.memory.allocate': ({ device, sizeBytes }) => {
        deviceOf(device);
        const size = BigInt(sizeBytes);
        if (size === 0n || size > LARGEST) throw refused('SIZE');
        const reserved = ((size + GRANULE - 1n) / GRANULE) * GRANULE;
        if ((used.get(device) ?? 0n) + reserved > TOTAL) {
          throw refused('DEVICE_MEMORY');
        }
        reserve(device, reserved);
        const address = next.get(device) ?? FIRST_ADDRESS;
        next.set(device, address + reserved);
        const allocation = { device, bytes: Buffer.alloc(Number(size)), reserved };
        return { allocation: allocations.add(allocation), address: String(address) };
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
      'driver.memory.fill': ({ allocation, offsetBytes, lengthBytes, pattern }) => {
        const target = allocations.get(allocation);
        const bytes = Buffer.from(pattern, 'base64');
        const [from, to] = range(target, offsetBytes, BigInt(lengthBytes));
        const whole = from % bytes.length === 0 && to % bytes.length === 0;
        if (!PATTERNS.includes(bytes.length) || !whole) throw refused('SIZE');
        target.bytes.fill(bytes, from, to);
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
