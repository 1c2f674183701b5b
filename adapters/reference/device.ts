// The devices of the reference: two that differ in what they do with a stream that is destroyed, so that
// both ways of the standard are there. The second is a part of a larger one.
import type { Device, DeviceKernels, DevicePartition } from '../../schemas/generated/types.ts';
import type { Handlers } from '../kit/serve.ts';
import { refused } from './refused.ts';

export const GRANULE = 256n;
export const TOTAL = 1n << 30n;
export const LARGEST = 1n << 27n;
export const PATTERNS = [1, 2, 4, 8, 16];
/** What sizes and places of mappings are multiples of. */
export const MAPPING = 65536;
/** How much of the second device may be allocated: it is a part of a larger one. */
const LIMIT = (TOTAL / 4n) * 3n;
const MOST_STREAMS = 32;
/** In milliseconds; what the suite launches takes less than a sixth of it, also on a crowded machine. */
export const LONGEST_LAUNCH = 600;
export const KERNELS: DeviceKernels = {
  maxGroupItems: 256,
  maxGroupSize: { x: 256, y: 128, z: 64 },
  maxGroups: { x: 65535, y: 65535, z: 65535 },
  maxLocalBytes: 32768,
  maxMilliseconds: LONGEST_LAUNCH,
};
export const FORMAT = 'wasm-kernel-1.0';

const describe = (
  index: number,
  destroyBusy: 'drains' | 'aborts',
  partition?: DevicePartition,
): Device => ({
  device: `reference-${index}`,
  vendor: 'Causeway',
  name: `Reference device ${index}`,
  driverVersion: '1.0',
  runtimeVersion: '1.0',
  dataTypes: ['i8', 'u8', 'i32', 'u32', 'i64', 'u64', 'f32', 'f64'],
  programFormats: [FORMAT],
  memory: {
    totalBytes: String(TOTAL),
    maxAllocationBytes: String(LARGEST),
    granularityBytes: String(GRANULE),
    alignmentBytes: String(GRANULE),
    overlappingCopy: 'memmove',
    fillPatternBytes: PATTERNS,
    mappingBytes: String(MAPPING),
  },
  streams: { max: MOST_STREAMS, destroyBusy },
  location: { fabricAddress: `causeway:${index}`, numaNode: -1 },
  ...(partition && { partition }),
  kernels: KERNELS,
});

/** How much of a device may be allocated. */
export const limitOf = ({ partition, memory }: Device): bigint =>
  BigInt(partition?.memoryLimitBytes ?? memory.totalBytes);

/** The devices of one session: all, or in the same order those that it asked for. */
export class Devices {
  readonly all: readonly Device[];
  readonly handlers: Handlers = {
    'driver.device.list': () => ({ devices: [...this.all] }),
    'driver.device.get': ({ device }) => this.get(device),
  };

  constructor(visible: readonly string[] | undefined) {
    const partition = { parent: 'reference-whole', memoryLimitBytes: String(LIMIT) };
    const all = [describe(0, 'drains'), describe(1, 'aborts', partition)];
    if (visible?.some((id) => all.every(({ device }) => device !== id))) throw refused('DEVICE');
    this.all = all.filter(({ device }) => visible?.includes(device) ?? true);
  }

  /** The device of an id, or a refusal. */
  get(id: string): Device {
    const found = this.all.find(({ device }) => device === id);
    if (!found) throw refused('DEVICE');
    return found;
  }
}
