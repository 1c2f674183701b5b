// The native structures, as the headers declare them and nothing more: each is declared once, for koffi
// and for the compiler alike. A structure lies in a buffer of its own, which is passed as a pointer.
import type { TypeObject } from 'koffi';

/** Memory that the library reads or fills in place. */
export type Memory = Uint8Array | Uint32Array | BigUint64Array;

/** `..._t [3]`: an array of three; `rest` is what nobody here looks at. Later ones may hold earlier ones. */
const LAYOUTS = {
  VkApplicationInfo: {
    sType: 'uint32_t',
    pNext: 'void *',
    pApplicationName: 'void *',
    applicationVersion: 'uint32_t',
    pEngineName: 'void *',
    engineVersion: 'uint32_t',
    apiVersion: 'uint32_t',
  },
  VkInstanceCreateInfo: {
    sType: 'uint32_t',
    pNext: 'void *',
    flags: 'uint32_t',
    pApplicationInfo: 'void *',
    enabledLayerCount: 'uint32_t',
    ppEnabledLayerNames: 'void *',
    enabledExtensionCount: 'uint32_t',
    ppEnabledExtensionNames: 'void *',
  },
  VkExtensionProperties: { extensionName: 'char [256]', specVersion: 'uint32_t' },
  VkQueueFamilyProperties: {
    queueFlags: 'uint32_t',
    queueCount: 'uint32_t',
    timestampValidBits: 'uint32_t',
    minImageTransferGranularity: 'uint32_t [3]',
  },
  VkPhysicalDeviceLimits: {
    before: 'uint32_t [7]',
    maxStorageBufferRange: 'uint32_t',
    maxPushConstantsSize: 'uint32_t',
    maxMemoryAllocationCount: 'uint32_t',
    between: 'uint32_t [9]',
    maxPerStageDescriptorStorageBuffers: 'uint32_t',
    others: 'uint32_t [34]',
    maxComputeSharedMemorySize: 'uint32_t',
    maxComputeWorkGroupCount: 'uint32_t [3]',
    maxComputeWorkGroupInvocations: 'uint32_t',
    maxComputeWorkGroupSize: 'uint32_t [3]',
    rest: 'uint64_t [22]',
    timestampPeriod: 'float',
    maxClipDistances: 'uint32_t',
    end: 'uint64_t [9]',
  },
  VkPhysicalDeviceProperties: {
    apiVersion: 'uint32_t',
    driverVersion: 'uint32_t',
    vendorID: 'uint32_t',
    deviceID: 'uint32_t',
    deviceType: 'uint32_t',
    deviceName: 'char [256]',
    pipelineCacheUUID: 'uint8_t [16]',
    limits: 'VkPhysicalDeviceLimits',
    sparseProperties: 'uint32_t [5]',
  },
  VkPhysicalDeviceProperties2: {
    sType: 'uint32_t',
    pNext: 'void *',
    properties: 'VkPhysicalDeviceProperties',
  },
  VkPhysicalDeviceIDProperties: {
    sType: 'uint32_t',
    pNext: 'void *',
    deviceUUID: 'uint8_t [16]',
    driverUUID: 'uint8_t [16]',
    deviceLUID: 'uint8_t [8]',
    deviceNodeMask: 'uint32_t',
    deviceLUIDValid: 'uint32_t',
  },
  VkPhysicalDeviceMaintenance3Properties: {
    sType: 'uint32_t',
    pNext: 'void *',
    maxPerSetDescriptors: 'uint32_t',
    maxMemoryAllocationSize: 'uint64_t',
  },
  VkPhysicalDeviceMaintenance4Properties: {
    sType: 'uint32_t',
    pNext: 'void *',
    maxBufferSize: 'uint64_t',
  },
  VkPhysicalDeviceDriverProperties: {
    sType: 'uint32_t',
    pNext: 'void *',
    driverID: 'uint32_t',
    driverName: 'char [256]',
    driverInfo: 'char [256]',
    conformanceVersion: 'uint8_t [4]',
  },
  VkPhysicalDeviceFeatures2: {
    sType: 'uint32_t',
    pNext: 'void *',
    before: 'uint32_t [39]',
    shaderFloat64: 'uint32_t',
    shaderInt64: 'uint32_t',
    shaderInt16: 'uint32_t',
    rest: 'uint32_t [13]',
  },
  VkPhysicalDeviceShaderFloat16Int8Features: {
    sType: 'uint32_t',
    pNext: 'void *',
    shaderFloat16: 'uint32_t',
    shaderInt8: 'uint32_t',
  },
  VkPhysicalDeviceBufferDeviceAddressFeatures: {
    sType: 'uint32_t',
    pNext: 'void *',
    bufferDeviceAddress: 'uint32_t',
    bufferDeviceAddressCaptureReplay: 'uint32_t',
    bufferDeviceAddressMultiDevice: 'uint32_t',
  },
  VkPhysicalDeviceMaintenance4Features: {
    sType: 'uint32_t',
    pNext: 'void *',
    maintenance4: 'uint32_t',
  },
  VkPhysicalDeviceTimelineSemaphoreFeatures: {
    sType: 'uint32_t',
    pNext: 'void *',
    timelineSemaphore: 'uint32_t',
  },
  VkMemoryType: { propertyFlags: 'uint32_t', heapIndex: 'uint32_t' },
  VkMemoryHeap: { size: 'uint64_t', flags: 'uint32_t' },
  VkPhysicalDeviceMemoryProperties2: {
    sType: 'uint32_t',
    pNext: 'void *',
    memoryTypeCount: 'uint32_t',
    memoryTypes: 'VkMemoryType [32]',
    memoryHeapCount: 'uint32_t',
    memoryHeaps: 'VkMemoryHeap [16]',
  },
  VkPhysicalDeviceMemoryBudgetPropertiesEXT: {
    sType: 'uint32_t',
    pNext: 'void *',
    heapBudget: 'uint64_t [16]',
    heapUsage: 'uint64_t [16]',
  },
  VkDeviceQueueCreateInfo: {
    sType: 'uint32_t',
    pNext: 'void *',
    flags: 'uint32_t',
    queueFamilyIndex: 'uint32_t',
    queueCount: 'uint32_t',
    pQueuePriorities: 'void *',
  },
  VkDeviceCreateInfo: {
    sType: 'uint32_t',
    pNext: 'void *',
    flags: 'uint32_t',
    queueCreateInfoCount: 'uint32_t',
    pQueueCreateInfos: 'void *',
    enabledLayerCount: 'uint32_t',
    ppEnabledLayerNames: 'void *',
    enabledExtensionCount: 'uint32_t',
    ppEnabledExtensionNames: 'void *',
    pEnabledFeatures: 'void *',
  },
  VkBufferCreateInfo: {
    sType: 'uint32_t',
    pNext: 'void *',
    flags: 'uint32_t',
    size: 'uint64_t',
    usage: 'uint32_t',
    sharingMode: 'uint32_t',
    queueFamilyIndexCount: 'uint32_t',
    pQueueFamilyIndices: 'void *',
  },
  VkMemoryRequirements: { size: 'uint64_t', alignment: 'uint64_t', memoryTypeBits: 'uint32_t' },
  VkMemoryAllocateInfo: {
    sType: 'uint32_t',
    pNext: 'void *',
    allocationSize: 'uint64_t',
    memoryTypeIndex: 'uint32_t',
  },
  VkMemoryAllocateFlagsInfo: {
    sType: 'uint32_t',
    pNext: 'void *',
    flags: 'uint32_t',
    deviceMask: 'uint32_t',
  },
  VkBufferDeviceAddressInfo: { sType: 'uint32_t', pNext: 'void *', buffer: 'uint64_t' },
  VkPhysicalDeviceExternalMemoryHostPropertiesEXT: {
    sType: 'uint32_t',
    pNext: 'void *',
    minImportedHostPointerAlignment: 'uint64_t',
  },
  VkMemoryHostPointerPropertiesEXT: {
    sType: 'uint32_t',
    pNext: 'void *',
    memoryTypeBits: 'uint32_t',
  },
  VkImportMemoryHostPointerInfoEXT: {
    sType: 'uint32_t',
    pNext: 'void *',
    handleType: 'uint32_t',
    pHostPointer: 'void *',
  },
  VkExternalMemoryBufferCreateInfo: { sType: 'uint32_t', pNext: 'void *', handleTypes: 'uint32_t' },
  VkCommandPoolCreateInfo: {
    sType: 'uint32_t',
    pNext: 'void *',
    flags: 'uint32_t',
    queueFamilyIndex: 'uint32_t',
  },
  VkCommandBufferAllocateInfo: {
    sType: 'uint32_t',
    pNext: 'void *',
    commandPool: 'uint64_t',
    level: 'uint32_t',
    commandBufferCount: 'uint32_t',
  },
  VkCommandBufferBeginInfo: {
    sType: 'uint32_t',
    pNext: 'void *',
    flags: 'uint32_t',
    pInheritanceInfo: 'void *',
  },
  VkBufferCopy: { srcOffset: 'uint64_t', dstOffset: 'uint64_t', size: 'uint64_t' },
  VkMemoryBarrier: {
    sType: 'uint32_t',
    pNext: 'void *',
    srcAccessMask: 'uint32_t',
    dstAccessMask: 'uint32_t',
  },
  VkShaderModuleCreateInfo: {
    sType: 'uint32_t',
    pNext: 'void *',
    flags: 'uint32_t',
    codeSize: 'uint64_t',
    pCode: 'void *',
  },
  VkDescriptorSetLayoutBinding: {
    binding: 'uint32_t',
    descriptorType: 'uint32_t',
    descriptorCount: 'uint32_t',
    stageFlags: 'uint32_t',
    pImmutableSamplers: 'void *',
  },
  VkDescriptorSetLayoutCreateInfo: {
    sType: 'uint32_t',
    pNext: 'void *',
    flags: 'uint32_t',
    bindingCount: 'uint32_t',
    pBindings: 'void *',
  },
  VkPushConstantRange: { stageFlags: 'uint32_t', offset: 'uint32_t', size: 'uint32_t' },
  VkPipelineLayoutCreateInfo: {
    sType: 'uint32_t',
    pNext: 'void *',
    flags: 'uint32_t',
    setLayoutCount: 'uint32_t',
    pSetLayouts: 'void *',
    pushConstantRangeCount: 'uint32_t',
    pPushConstantRanges: 'void *',
  },
  VkSpecializationMapEntry: { constantID: 'uint32_t', offset: 'uint32_t', size: 'uint64_t' },
  VkSpecializationInfo: {
    mapEntryCount: 'uint32_t',
    pMapEntries: 'void *',
    dataSize: 'uint64_t',
    pData: 'void *',
  },
  VkPipelineShaderStageCreateInfo: {
    sType: 'uint32_t',
    pNext: 'void *',
    flags: 'uint32_t',
    stage: 'uint32_t',
    module: 'uint64_t',
    pName: 'void *',
    pSpecializationInfo: 'void *',
  },
  VkComputePipelineCreateInfo: {
    sType: 'uint32_t',
    pNext: 'void *',
    flags: 'uint32_t',
    stage: 'VkPipelineShaderStageCreateInfo',
    layout: 'uint64_t',
    basePipelineHandle: 'uint64_t',
    basePipelineIndex: 'int32_t',
  },
  VkDescriptorPoolSize: { type: 'uint32_t', descriptorCount: 'uint32_t' },
  VkDescriptorPoolCreateInfo: {
    sType: 'uint32_t',
    pNext: 'void *',
    flags: 'uint32_t',
    maxSets: 'uint32_t',
    poolSizeCount: 'uint32_t',
    pPoolSizes: 'void *',
  },
  VkDescriptorSetAllocateInfo: {
    sType: 'uint32_t',
    pNext: 'void *',
    descriptorPool: 'uint64_t',
    descriptorSetCount: 'uint32_t',
    pSetLayouts: 'void *',
  },
  VkDescriptorBufferInfo: { buffer: 'uint64_t', offset: 'uint64_t', range: 'uint64_t' },
  VkWriteDescriptorSet: {
    sType: 'uint32_t',
    pNext: 'void *',
    dstSet: 'uint64_t',
    dstBinding: 'uint32_t',
    dstArrayElement: 'uint32_t',
    descriptorCount: 'uint32_t',
    descriptorType: 'uint32_t',
    pImageInfo: 'void *',
    pBufferInfo: 'void *',
    pTexelBufferView: 'void *',
  },
  VkFenceCreateInfo: { sType: 'uint32_t', pNext: 'void *', flags: 'uint32_t' },
  VkQueryPoolCreateInfo: {
    sType: 'uint32_t',
    pNext: 'void *',
    flags: 'uint32_t',
    queryType: 'uint32_t',
    queryCount: 'uint32_t',
    pipelineStatistics: 'uint32_t',
  },
  VkSubmitInfo: {
    sType: 'uint32_t',
    pNext: 'void *',
    waitSemaphoreCount: 'uint32_t',
    pWaitSemaphores: 'void *',
    pWaitDstStageMask: 'void *',
    commandBufferCount: 'uint32_t',
    pCommandBuffers: 'void *',
    signalSemaphoreCount: 'uint32_t',
    pSignalSemaphores: 'void *',
  },
  VkTimelineSemaphoreSubmitInfo: {
    sType: 'uint32_t',
    pNext: 'void *',
    waitSemaphoreValueCount: 'uint32_t',
    pWaitSemaphoreValues: 'void *',
    signalSemaphoreValueCount: 'uint32_t',
    pSignalSemaphoreValues: 'void *',
  },
  VkSemaphoreCreateInfo: { sType: 'uint32_t', pNext: 'void *', flags: 'uint32_t' },
  VkSemaphoreTypeCreateInfo: {
    sType: 'uint32_t',
    pNext: 'void *',
    semaphoreType: 'uint32_t',
    initialValue: 'uint64_t',
  },
  VkSemaphoreSignalInfo: {
    sType: 'uint32_t',
    pNext: 'void *',
    semaphore: 'uint64_t',
    value: 'uint64_t',
  },
} as const;

type Layouts = typeof LAYOUTS;
export type StructureName = keyof Layouts;

/** VkStructureType: what the first member says. */
const STRUCTURE_TYPES: Readonly<Partial<Record<StructureName, number>>> = {
  VkApplicationInfo: 0,
  VkInstanceCreateInfo: 1,
  VkDeviceQueueCreateInfo: 2,
  VkDeviceCreateInfo: 3,
  VkSubmitInfo: 4,
  VkMemoryAllocateInfo: 5,
  VkFenceCreateInfo: 8,
  VkSemaphoreCreateInfo: 9,
  VkQueryPoolCreateInfo: 11,
  VkBufferCreateInfo: 12,
  VkShaderModuleCreateInfo: 16,
  VkPipelineShaderStageCreateInfo: 18,
  VkComputePipelineCreateInfo: 29,
  VkPipelineLayoutCreateInfo: 30,
  VkDescriptorSetLayoutCreateInfo: 32,
  VkDescriptorPoolCreateInfo: 33,
  VkDescriptorSetAllocateInfo: 34,
  VkWriteDescriptorSet: 35,
  VkCommandPoolCreateInfo: 39,
  VkCommandBufferAllocateInfo: 40,
  VkCommandBufferBeginInfo: 42,
  VkMemoryBarrier: 46,
  VkPhysicalDeviceFeatures2: 1000059000,
  VkPhysicalDeviceProperties2: 1000059001,
  VkPhysicalDeviceMemoryProperties2: 1000059006,
  VkMemoryAllocateFlagsInfo: 1000060000,
  VkPhysicalDeviceIDProperties: 1000071004,
  VkPhysicalDeviceShaderFloat16Int8Features: 1000082000,
  VkPhysicalDeviceMaintenance3Properties: 1000168000,
  VkExternalMemoryBufferCreateInfo: 1000072000,
  VkImportMemoryHostPointerInfoEXT: 1000178000,
  VkMemoryHostPointerPropertiesEXT: 1000178001,
  VkPhysicalDeviceExternalMemoryHostPropertiesEXT: 1000178002,
  VkPhysicalDeviceDriverProperties: 1000196000,
  VkPhysicalDeviceTimelineSemaphoreFeatures: 1000207000,
  VkSemaphoreTypeCreateInfo: 1000207002,
  VkTimelineSemaphoreSubmitInfo: 1000207003,
  VkSemaphoreSignalInfo: 1000207005,
  VkPhysicalDeviceMemoryBudgetPropertiesEXT: 1000237000,
  VkBufferDeviceAddressInfo: 1000244001,
  VkPhysicalDeviceBufferDeviceAddressFeatures: 1000257000,
  VkPhysicalDeviceMaintenance4Features: 1000413000,
  VkPhysicalDeviceMaintenance4Properties: 1000413001,
};

type Value<Type extends string> = Type extends 'uint64_t'
  ? bigint
  : Type extends 'void *'
    ? Memory | null
    : Type extends `char [${number}]`
      ? string
      : Type extends `uint8_t [${number}]`
        ? Uint8Array
        : Type extends `uint32_t [${number}]`
          ? Uint32Array
          : Type extends `uint64_t [${number}]`
            ? BigUint64Array
            : Type extends StructureName
              ? Structure<Type>
              : Type extends `${infer Each} [${number}]`
                ? Each extends StructureName
                  ? Structure<Each>[]
                  : never
                : number;

/** A structure's members as JavaScript has them. */
export type Structure<Name extends StructureName> = {
  -readonly [Member in keyof Layouts[Name]]: Layouts[Name][Member] extends string
    ? Value<Layouts[Name][Member]>
    : never;
};

export interface Structures {
  /** A structure in memory; members that are not given are 0, and sType is its own. */
  write<Name extends StructureName>(name: Name, members?: Partial<Structure<Name>>): Buffer;
  /** Several of them, one after another. */
  room(name: StructureName, count: number): Buffer;
  /** What lies in memory now; `index` chooses among several. */
  read<Name extends StructureName>(name: Name, memory: Buffer, index?: number): Structure<Name>;
}

/** koffi gives a 64-bit number as a bigint only where it must. */
const exact = (type: string, value: unknown): unknown => {
  if (type === 'uint64_t') return BigInt(value as number | bigint);
  const [name = ''] = type.split(' ');
  if (!(name in LAYOUTS)) return value;
  const each = (one: unknown): unknown =>
    Object.fromEntries(
      Object.entries(LAYOUTS[name as StructureName]).map(([member, of]) => [
        member,
        exact(of, (one as Record<string, unknown>)[member]),
      ]),
    );
  return Array.isArray(value) ? value.map(each) : each(value);
};

type Koffi = Pick<typeof import('koffi'), 'struct' | 'encode' | 'decode'>;

/** Declares all of them: koffi's names are the process's, so this may be called once. */
export const declareStructures = (koffi: Koffi): Structures => {
  const types = new Map<string, TypeObject>();
  for (const [name, layout] of Object.entries(LAYOUTS)) types.set(name, koffi.struct(name, layout));
  const sizeOf = (name: string): number => types.get(name)?.size ?? 0;
  /** A structure holds addresses alone: what they point to lives as long as it does. */
  const pointedTo = new WeakMap<Buffer, unknown>();
  return {
    write: (name, members) => {
      const memory = Buffer.alloc(sizeOf(name));
      const sType = STRUCTURE_TYPES[name];
      koffi.encode(memory, name, { ...(sType !== undefined && { sType }), ...members });
      pointedTo.set(memory, members);
      return memory;
    },
    room: (name, count) => Buffer.alloc(sizeOf(name) * count),
    read: <Name extends StructureName>(name: Name, memory: Buffer, index = 0) =>
      exact(name, koffi.decode(memory, index * sizeOf(name), name)) as Structure<Name>,
  };
};
