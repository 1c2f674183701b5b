// Buffers with memory of their own, made in one go or not at all.
import type { Commands } from './commands.ts';
import {
  MEMORY_DEVICE_LOCAL,
  MEMORY_HOST_COHERENT,
  MEMORY_HOST_VISIBLE,
  USAGE_DEVICE_ADDRESS,
  USAGE_STORAGE_BUFFER,
  USAGE_TRANSFER_DESTINATION,
  USAGE_TRANSFER_SOURCE,
} from './constants.ts';
import { Kept } from './kept.ts';
import type { Handle } from './library.ts';
import type { MemoryLimits, PhysicalDevice } from './queries.ts';
import { admitAllocation, admitHostMemory, admitSize } from './rules.ts';

/** A buffer, and the memory that it is bound to. */
export interface Bound {
  readonly buffer: Handle;
  readonly memory: Handle;
  readonly size: bigint;
  /** Who uses it: the last who lets go of it destroys it. */
  readonly kept: Kept;
}

/** What is asked of the memory under a buffer: Vulkan lists what it likes best first. */
const PREFERRED = MEMORY_DEVICE_LOCAL;
const MAPPABLE = MEMORY_HOST_VISIBLE | MEMORY_HOST_COHERENT;

/** What the host and the device both reach, the device as its own. */
const BOTH = PREFERRED | MAPPABLE;

/** Whether a device has memory that it and the host both reach. */
export const hasBoth = ({ types }: MemoryLimits): boolean =>
  types.some(({ propertyFlags }) => (propertyFlags & BOTH) === BOTH);

const TRANSFERS = USAGE_TRANSFER_SOURCE | USAGE_TRANSFER_DESTINATION;

/** The first of the admitted types that has all flags; the first admitted one where none has. */
const typeFor = ({ types }: MemoryLimits, admitted: number, flags: number): number => {
  const indices = types.map((_, index) => index).filter((index) => admitted & (1 << index));
  const [first] = indices;
  const chosen = indices.find((index) => ((types[index]?.propertyFlags ?? 0) & flags) === flags);
  const type = chosen ?? first;
  if (type === undefined) throw new Error('no type of memory is admitted for a buffer');
  return type;
};

/** Buffers of one device; `addressed`: whether those for data have addresses. */
export const buffersOn = (
  commands: Commands,
  device: Handle,
  { memory: limits, bufferDeviceAddress: addressed }: PhysicalDevice,
) => {
  let live = 0;
  const usage = TRANSFERS | USAGE_STORAGE_BUFFER | (addressed ? USAGE_DEVICE_ADDRESS : 0);

  const heapOf = (type: number): bigint =>
    limits.heaps[limits.types[type]?.heapIndex ?? 0]?.size ?? 0n;

  const destroy = (buffer: Handle, memory: Handle): void => {
    commands.destroyBuffer(device, buffer);
    commands.freeMemory(device, memory);
    live -= 1;
  };

  const bind = (buffer: Handle, size: bigint, flags: number, withAddress: boolean): Bound => {
    const required = commands.requirementsOf(device, buffer);
    const type = typeFor(limits, required.memoryTypeBits, flags);
    admitAllocation(required.size, heapOf(type), live, limits);
    const memory = commands.allocateMemory(device, required.size, type, withAddress);
    try {
      commands.bind(device, buffer, memory);
    } catch (error) {
      commands.freeMemory(device, memory);
      throw error;
    }
    live += 1;
    const kept = new Kept(() => destroy(buffer, memory));
    return { buffer, memory, size, kept };
  };

  const make = (size: bigint, use: number, flags: number): Bound => {
    admitSize(size, limits);
    const buffer = commands.createBuffer(device, size, use);
    try {
      return bind(buffer, size, flags, (use & USAGE_DEVICE_ADDRESS) !== 0);
    } catch (error) {
      commands.destroyBuffer(device, buffer);
      throw error;
    }
  };

  /** A buffer whose memory is the host's own; `ended` is called when it is destroyed. */
  const overHost = (bytes: Uint8Array, size: bigint, ended: () => void): Bound => {
    admitSize(size, limits);
    const buffer = commands.createBufferOverHost(device, size, usage);
    try {
      const required = commands.requirementsOf(device, buffer);
      admitHostMemory(required.size, BigInt(bytes.length));
      const admitted = required.memoryTypeBits & commands.hostTypesOf(device, bytes);
      const type = typeFor(limits, admitted, MAPPABLE);
      const memory = commands.importHost(device, bytes, type, addressed);
      commands.bind(device, buffer, memory);
      live += 1;
      const kept = new Kept(() => {
        destroy(buffer, memory);
        ended();
      });
      return { buffer, memory, size, kept };
    } catch (error) {
      commands.destroyBuffer(device, buffer);
      throw error;
    }
  };

  return {
    overHost,
    /** For data: on the device, where it has memory of its own. */
    forData: (size: bigint) => make(size, usage, PREFERRED),
    /** For bytes on their way: the host may map it, and need not flush. */
    forStaging: (size: bigint) => make(size, TRANSFERS, MAPPABLE),
    /** For data that the host reaches too, where `hasBoth` says so. */
    forBoth: (size: bigint) => make(size, usage, BOTH),
    /** The bytes of what the host may map, as long as it is there. */
    map: ({ memory, size }: Bound) => commands.map(device, memory, Number(size)),
    addressOf: ({ buffer }: Bound) => (addressed ? commands.addressOf(device, buffer) : undefined),
    /** What every buffer for data is aligned to, and how much there can be: alike for all sizes. */
    forDescription: () => {
      const buffer = commands.createBuffer(device, 1n, usage);
      const { alignment, memoryTypeBits } = commands.requirementsOf(device, buffer);
      commands.destroyBuffer(device, buffer);
      return { alignment, heapSize: heapOf(typeFor(limits, memoryTypeBits, PREFERRED)) };
    },
  };
};

export type Buffers = ReturnType<typeof buffersOn>;
