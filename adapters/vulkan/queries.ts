// What Vulkan says of a physical device, as far as the device's own version has the question.
import type { Extent } from '../../schemas/generated/types.ts';
import {
  API_VERSION_1_1,
  API_VERSION_1_2,
  API_VERSION_1_3,
  EXTERNAL_MEMORY_HOST,
  QUEUE_COMPUTE,
} from './constants.ts';
import type { Handle, Vulkan } from './library.ts';
import type { Structure } from './structures.ts';

/** What a device's memory is, and what may be asked of it. */
export interface MemoryLimits {
  readonly types: readonly Structure<'VkMemoryType'>[];
  readonly heaps: readonly Structure<'VkMemoryHeap'>[];
  readonly maxMemoryAllocationCount: number;
  readonly maxMemoryAllocationSize: bigint;
  /** Before Vulkan 1.3 nobody says, and nothing forbids. */
  readonly maxBufferSize: bigint | undefined;
}

/** What a launch may ask for. */
export interface LaunchLimits {
  readonly maxGroupItems: number;
  readonly maxGroupSize: Extent;
  readonly maxGroups: Extent;
  readonly maxLocalBytes: number;
  readonly maxBuffers: number;
  readonly maxBufferBytes: number;
  readonly maxPushedBytes: number;
}

/** A physical device that has a queue for compute commands, and so for transfers. */
export interface PhysicalDevice {
  readonly handle: Handle;
  readonly uuid: string;
  readonly name: string;
  readonly vendorId: number;
  readonly apiVersion: number;
  readonly driverName: string;
  readonly driverVersion: string;
  readonly queueFamily: number;
  readonly shaderFloat16: boolean;
  readonly shaderFloat64: boolean;
  readonly shaderInt8: boolean;
  readonly shaderInt16: boolean;
  readonly shaderInt64: boolean;
  readonly bufferDeviceAddress: boolean;
  readonly maintenance4: boolean;
  readonly timelineSemaphore: boolean;
  /** Of the queue's timestamps: how many bits they have, none where there are none, and how long a step is. */
  readonly timestampBits: number;
  readonly timestampPeriod: number;
  /** What memory of the host's own is to be a multiple of, place and length; undefined: it is not taken. */
  readonly hostMemoryAlignment: number | undefined;
  readonly memory: MemoryLimits;
  readonly launches: LaunchLimits;
}

const familiesOf = (vk: Vulkan, device: Handle): Structure<'VkQueueFamilyProperties'>[] => {
  const count = new Uint32Array(1);
  vk.vkGetPhysicalDeviceQueueFamilyProperties(device, count, null);
  const families = vk.room('VkQueueFamilyProperties', count[0] ?? 0);
  vk.vkGetPhysicalDeviceQueueFamilyProperties(device, count, families);
  return Array.from({ length: count[0] ?? 0 }, (_, index) =>
    vk.read('VkQueueFamilyProperties', families, index),
  );
};

/** Structures that a version brought are asked for from that version on. */
const propertiesOf = (vk: Vulkan, device: Handle, version: number) => {
  const limits = vk.write('VkPhysicalDeviceMaintenance3Properties');
  const ids = vk.write('VkPhysicalDeviceIDProperties', { pNext: limits });
  const driver = vk.write('VkPhysicalDeviceDriverProperties', { pNext: ids });
  const buffers = vk.write('VkPhysicalDeviceMaintenance4Properties', { pNext: driver });
  const older = version >= API_VERSION_1_2 ? driver : ids;
  const pNext = version >= API_VERSION_1_3 ? buffers : older;
  const all = vk.write('VkPhysicalDeviceProperties2', { pNext });
  vk.vkGetPhysicalDeviceProperties2(device, all);
  const { maxBufferSize } = vk.read('VkPhysicalDeviceMaintenance4Properties', buffers);
  return {
    ...vk.read('VkPhysicalDeviceProperties2', all).properties,
    ...vk.read('VkPhysicalDeviceMaintenance3Properties', limits),
    ...vk.read('VkPhysicalDeviceIDProperties', ids),
    ...vk.read('VkPhysicalDeviceDriverProperties', driver),
    maxBufferSize: version >= API_VERSION_1_3 ? maxBufferSize : undefined,
  };
};

const extensionsOf = (vk: Vulkan, device: Handle): string[] => {
  const count = new Uint32Array(1);
  vk.vkEnumerateDeviceExtensionProperties(device, null, count, null);
  const extensions = vk.room('VkExtensionProperties', count[0] ?? 0);
  vk.vkEnumerateDeviceExtensionProperties(device, null, count, extensions);
  return Array.from(
    { length: count[0] ?? 0 },
    (_, index) => vk.read('VkExtensionProperties', extensions, index).extensionName,
  );
};

const hostMemoryAlignmentOf = (vk: Vulkan, device: Handle): number | undefined => {
  if (!extensionsOf(vk, device).includes(EXTERNAL_MEMORY_HOST)) return undefined;
  const host = vk.write('VkPhysicalDeviceExternalMemoryHostPropertiesEXT');
  const all = vk.write('VkPhysicalDeviceProperties2', { pNext: host });
  vk.vkGetPhysicalDeviceProperties2(device, all);
  const read = vk.read('VkPhysicalDeviceExternalMemoryHostPropertiesEXT', host);
  return Number(read.minImportedHostPointerAlignment);
};

const featuresOf = (vk: Vulkan, device: Handle, version: number) => {
  const timelines = vk.write('VkPhysicalDeviceTimelineSemaphoreFeatures');
  const addresses = vk.write('VkPhysicalDeviceBufferDeviceAddressFeatures', { pNext: timelines });
  const small = vk.write('VkPhysicalDeviceShaderFloat16Int8Features', { pNext: addresses });
  const all = vk.write('VkPhysicalDeviceFeatures2', {
    pNext: version >= API_VERSION_1_2 ? small : null,
  });
  vk.vkGetPhysicalDeviceFeatures2(device, all);
  return {
    ...vk.read('VkPhysicalDeviceFeatures2', all),
    ...vk.read('VkPhysicalDeviceShaderFloat16Int8Features', small),
    ...vk.read('VkPhysicalDeviceBufferDeviceAddressFeatures', addresses),
    ...vk.read('VkPhysicalDeviceTimelineSemaphoreFeatures', timelines),
  };
};

const memoryOf = (vk: Vulkan, device: Handle) => {
  const all = vk.write('VkPhysicalDeviceMemoryProperties2');
  vk.vkGetPhysicalDeviceMemoryProperties2(device, all);
  const { memoryTypes, memoryTypeCount, memoryHeaps, memoryHeapCount } = vk.read(
    'VkPhysicalDeviceMemoryProperties2',
    all,
  );
  return {
    types: memoryTypes.slice(0, memoryTypeCount),
    heaps: memoryHeaps.slice(0, memoryHeapCount),
  };
};

const extentOf = ([x = 1, y = 1, z = 1]: Iterable<number>): Extent => ({ x, y, z });

const launchLimitsOf = (limits: Structure<'VkPhysicalDeviceLimits'>): LaunchLimits => ({
  maxGroupItems: limits.maxComputeWorkGroupInvocations,
  maxGroupSize: extentOf(limits.maxComputeWorkGroupSize),
  maxGroups: extentOf(limits.maxComputeWorkGroupCount),
  maxLocalBytes: limits.maxComputeSharedMemorySize,
  maxBuffers: limits.maxPerStageDescriptorStorageBuffers,
  maxBufferBytes: limits.maxStorageBufferRange,
  maxPushedBytes: limits.maxPushConstantsSize,
});

/** All that is served of a device; nothing where Vulkan 1.0 is all it has, or it has no compute queue. */
export const physicalDevice = (vk: Vulkan, handle: Handle): PhysicalDevice | undefined => {
  const basic = vk.write('VkPhysicalDeviceProperties');
  vk.vkGetPhysicalDeviceProperties(handle, basic);
  const { apiVersion } = vk.read('VkPhysicalDeviceProperties', basic);
  if (apiVersion < API_VERSION_1_1) return undefined;
  const families = familiesOf(vk, handle);
  const queueFamily = families.findIndex(({ queueFlags }) => (queueFlags & QUEUE_COMPUTE) !== 0);
  const family = families[queueFamily];
  if (!family) return undefined;
  const properties = propertiesOf(vk, handle, apiVersion);
  const features = featuresOf(vk, handle, apiVersion);
  return {
    handle,
    uuid: Buffer.from(properties.deviceUUID).toString('hex'),
    name: properties.deviceName,
    vendorId: properties.vendorID,
    apiVersion,
    driverName: properties.driverName,
    driverVersion: properties.driverInfo || String(properties.driverVersion),
    queueFamily,
    shaderFloat16: features.shaderFloat16 !== 0,
    shaderFloat64: features.shaderFloat64 !== 0,
    shaderInt8: features.shaderInt8 !== 0,
    shaderInt16: features.shaderInt16 !== 0,
    shaderInt64: features.shaderInt64 !== 0,
    bufferDeviceAddress: features.bufferDeviceAddress !== 0,
    timelineSemaphore: features.timelineSemaphore !== 0,
    timestampBits: family.timestampValidBits,
    timestampPeriod: properties.limits.timestampPeriod,
    hostMemoryAlignment: hostMemoryAlignmentOf(vk, handle),
    // Every device of Vulkan 1.3 has it.
    maintenance4: apiVersion >= API_VERSION_1_3,
    memory: {
      ...memoryOf(vk, handle),
      maxMemoryAllocationCount: properties.limits.maxMemoryAllocationCount,
      maxMemoryAllocationSize: properties.maxMemoryAllocationSize,
      maxBufferSize: properties.maxBufferSize,
    },
    launches: launchLimitsOf(properties.limits),
  };
};
