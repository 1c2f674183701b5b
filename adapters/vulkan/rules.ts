// What a caller of Vulkan must not ask. A call that breaks one of these rules has no answer in Vulkan, not
// even an error: anything may happen. So the adapter refuses before it calls, and says that it did. Each
// check names the valid-usage rule of the Vulkan specification that it keeps; what the specification
// answers itself - memory that runs out, a device that is lost - is checked nowhere.
import type { ErrorReason } from '../../schemas/generated/standard.ts';
import type { Extent } from '../../schemas/generated/types.ts';
import { Refusal } from '../kit/refusal.ts';
import type { LaunchLimits, MemoryLimits } from './queries.ts';
import type { Shape } from './spirv.ts';

/** A range of one buffer; `size` is the buffer's. */
export interface Range {
  readonly buffer: bigint;
  readonly offset: bigint;
  readonly size: bigint;
}

const WORD = 4n;

const refuse = (reason: ErrorReason, message: string): never => {
  throw new Refusal(reason, 'adapter', { message });
};

/** A buffer's size, before it is created. */
export const admitSize = (size: bigint, { maxBufferSize }: MemoryLimits): void => {
  // VUID-VkBufferCreateInfo-size-00912: size must be greater than 0.
  if (size === 0n) refuse('SIZE', 'a buffer of no bytes');
  // VUID-VkBufferCreateInfo-size-06409: size must not be above maxBufferSize.
  if (maxBufferSize !== undefined && size > maxBufferSize) {
    refuse('SIZE', `a buffer has at most ${maxBufferSize} bytes`);
  }
};

/** An allocation of as many bytes as a buffer requires, beside `live` others. */
export const admitAllocation = (
  required: bigint,
  heapSize: bigint,
  live: number,
  { maxMemoryAllocationCount }: MemoryLimits,
): void => {
  // VUID-vkAllocateMemory-pAllocateInfo-01713: not more than the size of the heap that it comes from.
  if (required > heapSize) refuse('SIZE', `the heap has ${heapSize} bytes`);
  // VUID-vkAllocateMemory-maxMemoryAllocationCount-04101: fewer than so many may be there already.
  if (live >= maxMemoryAllocationCount) {
    refuse('DEVICE_MEMORY', `${maxMemoryAllocationCount} allocations are there`);
  }
};

/** Memory of the host's own, and what a buffer requires that is bound to it. */
export const admitHostMemory = (required: bigint, there: bigint): void => {
  // VUID-vkBindBufferMemory-size-01037: not more than the memory has.
  if (required > there) refuse('UNSPECIFIED', `the buffer requires ${required} bytes`);
};

/**
 * A range of a copy or a fill; one of no bytes (VUID-VkBufferCopy-size-01988,
 * VUID-vkCmdFillBuffer-size-00026) is refused by the schema.
 */
export const admitRange = ({ offset, size }: Range, length: bigint): void => {
  // The offset lies before the end of the buffer: VUID-vkCmdCopyBuffer-srcOffset-00113,
  // VUID-vkCmdCopyBuffer-dstOffset-00114, VUID-vkCmdFillBuffer-dstOffset-00024.
  // The length lies within what is left: VUID-vkCmdCopyBuffer-size-00115,
  // VUID-vkCmdCopyBuffer-size-00116, VUID-vkCmdFillBuffer-size-00027.
  // Reads and writes are copies from and to a buffer of the host's.
  if (length > size || offset > size - length) refuse('COPY_RANGE', `the buffer has ${size} bytes`);
};

/** Two devices, of which each owns something that one command names. */
export const admitTogether = (one: unknown, other: unknown): void => {
  // VUID-vkCmdCopyBuffer-commonparent: both buffers are of the device that copies. A submission's semaphores
  // and command buffers are of its queue's device: VUID-VkSubmitInfo-commonparent.
  if (one !== other) refuse('UNSPECIFIED', 'of two devices');
};

/** A signal of a semaphore from the host; `given` is what it was given last. */
export const admitSignal = (value: bigint, given: bigint): void => {
  // VUID-VkSemaphoreSignalInfo-value-03258: above what it has.
  if (value <= given) refuse('EVENT_STATE', 'it is signalled');
};

/** Source and destination of a copy that are within their buffers. */
export const admitApart = (from: Range, to: Range, length: bigint): void => {
  // VUID-vkCmdCopyBuffer-pRegions-00117: they must not overlap in memory.
  const apart = from.offset + length <= to.offset || to.offset + length <= from.offset;
  if (from.buffer === to.buffer && !apart) refuse('OVERLAP', 'the ranges overlap');
};

/** What a fill repeats is a 32-bit word: the interface has no way to say another pattern. */
export const wordOf = (pattern: Uint8Array): number => {
  if (BigInt(pattern.length) !== WORD) return refuse('SIZE', 'a pattern has 4 bytes');
  // As the host has its words: so the bytes come to lie as they are here.
  const [word = 0] = new Uint32Array(Uint8Array.from(pattern).buffer);
  return word;
};

/** Where a fill begins, and how long it is. */
export const admitWords = (offset: bigint, length: bigint): void => {
  // Multiples of 4: VUID-vkCmdFillBuffer-dstOffset-00025, VUID-vkCmdFillBuffer-size-00028.
  if (offset % WORD !== 0n || length % WORD !== 0n) refuse('SIZE', 'no multiple of 4');
};

/** A module's parameters, before it is created. */
export const admitModule = (
  { buffers, numbers }: Shape,
  { maxBuffers, maxPushedBytes }: LaunchLimits,
): void => {
  // VUID-VkPipelineLayoutCreateInfo-descriptorType-03018: so many storage buffers in one stage.
  if (buffers > maxBuffers) refuse('MODULE_INVALID', `a shader has at most ${maxBuffers} buffers`);
  // VUID-VkPushConstantRange-size-00298: within maxPushConstantsSize.
  const pushed = numbers.reduce((most, { offset, size }) => Math.max(most, offset + size), 0);
  if (pushed > maxPushedBytes)
    refuse('MODULE_INVALID', `at most ${maxPushedBytes} bytes of numbers`);
};

/** What a launch gives, by kind. */
export interface Given {
  readonly buffers: readonly { readonly size: bigint }[];
  readonly numbers: readonly Uint8Array[];
  readonly locals: readonly number[];
}

/** The arguments of a launch. Vulkan has none to count: what a shader reads and nothing is bound to is undefined. */
export const admitArguments = (
  given: Given,
  shape: Shape,
  { maxBufferBytes }: LaunchLimits,
): void => {
  const kinds = [
    [given.buffers.length, shape.buffers],
    [given.numbers.length, shape.numbers.length],
    [given.locals.length, shape.locals],
  ] as const;
  // What the pipeline uses is bound, and buffers are in it: VUID-vkCmdDispatch-None-02697,
  // VUID-vkCmdDispatch-None-02699. Numbers that it reads are pushed, likewise.
  if (kinds.some(([has, needs]) => has < needs)) refuse('ARGS_UNSET', 'fewer than the shader has');
  // Nothing has that place: VUID-vkCmdPushConstants-offset-01795, and for buffers alike.
  if (kinds.some(([has, needs]) => has > needs)) refuse('ARGUMENT', 'more than the shader has');
  const sizes = given.numbers.every(({ length }, index) => length === shape.numbers[index]?.size);
  if (!sizes) refuse('ARGUMENT', 'a number of another size');
  // VUID-VkWriteDescriptorSet-descriptorType-00333: within maxStorageBufferRange.
  if (given.buffers.some(({ size }) => size > BigInt(maxBufferBytes))) {
    refuse('ARGUMENT', `a shader sees at most ${maxBufferBytes} bytes of a buffer`);
  }
};

const isWithin = (size: Extent, most: Extent): boolean =>
  size.x <= most.x && size.y <= most.y && size.z <= most.z;

/** How large a launch is. */
export const admitGeometry = (
  groups: Extent,
  groupSize: Extent,
  localBytes: number,
  { maxGroups, maxGroupSize, maxGroupItems, maxLocalBytes }: LaunchLimits,
): void => {
  // VUID-vkCmdDispatch-groupCountX-00386, -groupCountY-00387, -groupCountZ-00388.
  if (!isWithin(groups, maxGroups)) refuse('LAUNCH_GEOMETRY', 'too many groups');
  // VUID-RuntimeSpirv-x-06429, -06430, -06431.
  if (!isWithin(groupSize, maxGroupSize)) refuse('LAUNCH_GEOMETRY', 'too large a group');
  // VUID-RuntimeSpirv-x-06432: the product of all three.
  if (groupSize.x * groupSize.y * groupSize.z > maxGroupItems) {
    refuse('LAUNCH_GEOMETRY', `a group has at most ${maxGroupItems} items`);
  }
  // VUID-RuntimeSpirv-Workgroup-06530: what a group shares.
  if (localBytes > maxLocalBytes) {
    refuse('LAUNCH_GEOMETRY', `a group shares at most ${maxLocalBytes} bytes`);
  }
};
