// One function for each native call: what it was given as the structures want it, and a thrown
// NativeError where it answered anything but VK_SUCCESS. Nothing is checked here and nothing tried twice.
import {
  ACCESS_HOST_READ,
  ACCESS_SHADER_READ,
  ACCESS_SHADER_WRITE,
  ACCESS_TRANSFER_READ,
  ACCESS_TRANSFER_WRITE,
  API_VERSION_1_3,
  COMMAND_BUFFER_ONE_TIME,
  COMMAND_BUFFER_SIMULTANEOUS_USE,
  COMMAND_POOL_TRANSIENT,
  EXTERNAL_MEMORY_HOST,
  FOREVER,
  HOST_ALLOCATION,
  MEMORY_ALLOCATE_DEVICE_ADDRESS,
  QUERY_RESULT_64_BIT,
  QUERY_TYPE_TIMESTAMP,
  SEMAPHORE_TYPE_TIMELINE,
  STAGE_COMPUTE_SHADER,
  STAGE_HOST,
  STAGE_TRANSFER,
} from './constants.ts';
import type { Handle, Vulkan } from './library.ts';
import { check, created } from './native.ts';
import { shadersOn } from './shaders.ts';

/** What commands do here: transfers, and shaders that compute. */
const STAGE_WORK = STAGE_TRANSFER | STAGE_COMPUTE_SHADER;
const ACCESS_READ = ACCESS_TRANSFER_READ | ACCESS_SHADER_READ;
const ACCESS_WRITE = ACCESS_TRANSFER_WRITE | ACCESS_SHADER_WRITE;
const NO_FENCE = 0n;

/** A byte of a buffer. */
export interface Place {
  readonly buffer: Handle;
  readonly offset: bigint;
}

/** What a device is asked to have. */
export interface Features {
  readonly bufferDeviceAddress: boolean;
  /** The rules of Vulkan 1.3 for the sizes of buffers: without it they do not bind the device. */
  readonly maintenance4: boolean;
  /** Semaphores that count: streams and events are made of them. */
  readonly timelineSemaphore: boolean;
  /** VK_EXT_external_memory_host: memory of the host's own. */
  readonly hostMemoryAlignment: number | undefined;
}

/** A semaphore, and a value that it is to reach. */
export interface Target {
  readonly semaphore: Handle;
  readonly value: bigint;
}

/** As C has its texts; it stays where it is. */
const EXTENSION_NAME = Buffer.from(`${EXTERNAL_MEMORY_HOST}\0`);

const instances = (vk: Vulkan) => ({
  createInstance: () =>
    created('vkCreateInstance', (instance) => {
      const pApplicationInfo = vk.write('VkApplicationInfo', { apiVersion: API_VERSION_1_3 });
      const info = vk.write('VkInstanceCreateInfo', { pApplicationInfo });
      return vk.vkCreateInstance(info, null, instance);
    }),
  destroyInstance: (instance: Handle) => vk.vkDestroyInstance(instance, null),
  physicalDevices: (instance: Handle): Handle[] => {
    const call = 'vkEnumeratePhysicalDevices';
    const count = new Uint32Array(1);
    check(call, vk.vkEnumeratePhysicalDevices(instance, count, null));
    const devices = new BigUint64Array(count[0] ?? 0);
    check(call, vk.vkEnumeratePhysicalDevices(instance, count, devices));
    return [...devices];
  },
});

const devices = (vk: Vulkan) => ({
  /** One queue of the family; with these features, and no others. */
  createDevice: (physical: Handle, queueFamilyIndex: number, features: Features) =>
    created('vkCreateDevice', (device) => {
      const pQueueCreateInfos = vk.write('VkDeviceQueueCreateInfo', {
        queueFamilyIndex,
        queueCount: 1,
        pQueuePriorities: new Uint8Array(new Float32Array([1]).buffer),
      });
      const sizes = features.maintenance4
        ? vk.write('VkPhysicalDeviceMaintenance4Features', { maintenance4: 1 })
        : null;
      const addresses = features.bufferDeviceAddress
        ? vk.write('VkPhysicalDeviceBufferDeviceAddressFeatures', {
            pNext: sizes,
            bufferDeviceAddress: 1,
          })
        : sizes;
      const pNext = features.timelineSemaphore
        ? vk.write('VkPhysicalDeviceTimelineSemaphoreFeatures', {
            pNext: addresses,
            timelineSemaphore: 1,
          })
        : addresses;
      const info = vk.write('VkDeviceCreateInfo', {
        pNext,
        queueCreateInfoCount: 1,
        pQueueCreateInfos,
        ...(features.hostMemoryAlignment !== undefined && {
          enabledExtensionCount: 1,
          ppEnabledExtensionNames: new BigUint64Array([vk.address(EXTENSION_NAME)]),
        }),
      });
      return vk.vkCreateDevice(physical, info, null, device);
    }),
  destroyDevice: (device: Handle) => vk.vkDestroyDevice(device, null),
  waitIdle: (device: Handle) => check('vkDeviceWaitIdle', vk.vkDeviceWaitIdle(device)),
  queueOf: (device: Handle, family: number): Handle => {
    const queues = new BigUint64Array(1);
    vk.vkGetDeviceQueue(device, family, 0, queues);
    return queues[0] ?? 0n;
  },
});

const memory = (vk: Vulkan) => ({
  createBuffer: (device: Handle, size: bigint, usage: number) =>
    created('vkCreateBuffer', (buffer) =>
      vk.vkCreateBuffer(device, vk.write('VkBufferCreateInfo', { size, usage }), null, buffer),
    ),
  /** A buffer for memory of the host's own. */
  createBufferOverHost: (device: Handle, size: bigint, usage: number) =>
    created('vkCreateBuffer', (buffer) => {
      const pNext = vk.write('VkExternalMemoryBufferCreateInfo', { handleTypes: HOST_ALLOCATION });
      const info = vk.write('VkBufferCreateInfo', { pNext, size, usage });
      return vk.vkCreateBuffer(device, info, null, buffer);
    }),
  /** The types, a bit each, that such memory may have. */
  hostTypesOf: (device: Handle, pointer: Uint8Array): number => {
    const name = 'vkGetMemoryHostPointerPropertiesEXT';
    const call = BigInt(vk.vkGetDeviceProcAddr(device, Buffer.from(`${name}\0`)));
    const properties = vk.write('VkMemoryHostPointerPropertiesEXT');
    const given = [device, HOST_ALLOCATION, pointer, properties] as const;
    check(name, vk.vkGetMemoryHostPointerPropertiesEXT(call, ...given));
    return vk.read('VkMemoryHostPointerPropertiesEXT', properties).memoryTypeBits;
  },
  /** All of `pHostPointer`, which has to stay; `addressed` as below. */
  importHost: (
    device: Handle,
    pHostPointer: Uint8Array,
    memoryTypeIndex: number,
    addressed: boolean,
  ) =>
    created('vkAllocateMemory', (allocated) => {
      const handleType = HOST_ALLOCATION;
      const host = vk.write('VkImportMemoryHostPointerInfoEXT', { handleType, pHostPointer });
      const flags = MEMORY_ALLOCATE_DEVICE_ADDRESS;
      const pNext = addressed
        ? vk.write('VkMemoryAllocateFlagsInfo', { pNext: host, flags })
        : host;
      const allocationSize = BigInt(pHostPointer.length);
      const info = vk.write('VkMemoryAllocateInfo', { pNext, allocationSize, memoryTypeIndex });
      return vk.vkAllocateMemory(device, info, null, allocated);
    }),
  destroyBuffer: (device: Handle, buffer: Handle) => vk.vkDestroyBuffer(device, buffer, null),
  requirementsOf: (device: Handle, buffer: Handle) => {
    const requirements = vk.write('VkMemoryRequirements');
    vk.vkGetBufferMemoryRequirements(device, buffer, requirements);
    return vk.read('VkMemoryRequirements', requirements);
  },
  /** `addressed`: whether a buffer bound to it may be asked for its address. */
  allocateMemory: (
    device: Handle,
    allocationSize: bigint,
    memoryTypeIndex: number,
    addressed: boolean,
  ) =>
    created('vkAllocateMemory', (allocated) => {
      const pNext = addressed
        ? vk.write('VkMemoryAllocateFlagsInfo', { flags: MEMORY_ALLOCATE_DEVICE_ADDRESS })
        : null;
      const info = vk.write('VkMemoryAllocateInfo', { pNext, allocationSize, memoryTypeIndex });
      return vk.vkAllocateMemory(device, info, null, allocated);
    }),
  freeMemory: (device: Handle, allocated: Handle) => vk.vkFreeMemory(device, allocated, null),
  bind: (device: Handle, buffer: Handle, allocated: Handle) =>
    check('vkBindBufferMemory', vk.vkBindBufferMemory(device, buffer, allocated, 0n)),
  map: (device: Handle, allocated: Handle, length: number): Uint8Array => {
    const address = created('vkMapMemory', (mapped) =>
      vk.vkMapMemory(device, allocated, 0n, BigInt(length), 0, mapped),
    );
    return vk.view(address, length);
  },
  addressOf: (device: Handle, buffer: Handle): bigint =>
    BigInt(vk.vkGetBufferDeviceAddress(device, vk.write('VkBufferDeviceAddressInfo', { buffer }))),
});

const recording = (vk: Vulkan) => ({
  createPool: (device: Handle, queueFamilyIndex: number) =>
    created('vkCreateCommandPool', (pool) => {
      const flags = COMMAND_POOL_TRANSIENT;
      const info = vk.write('VkCommandPoolCreateInfo', { flags, queueFamilyIndex });
      return vk.vkCreateCommandPool(device, info, null, pool);
    }),
  resetPool: (device: Handle, pool: Handle) =>
    check('vkResetCommandPool', vk.vkResetCommandPool(device, pool, 0)),
  destroyPool: (device: Handle, pool: Handle) => vk.vkDestroyCommandPool(device, pool, null),
  allocateCommands: (device: Handle, commandPool: Handle) =>
    created('vkAllocateCommandBuffers', (commands) => {
      const info = vk.write('VkCommandBufferAllocateInfo', { commandPool, commandBufferCount: 1 });
      return vk.vkAllocateCommandBuffers(device, info, commands);
    }),
  freeCommands: (device: Handle, pool: Handle, commands: Handle) =>
    vk.vkFreeCommandBuffers(device, pool, 1, new BigUint64Array([commands])),
  /** `repeated`: whether they may be submitted again, also while they are carried out. */
  begin: (commands: Handle, repeated = false) => {
    const flags = repeated ? COMMAND_BUFFER_SIMULTANEOUS_USE : COMMAND_BUFFER_ONE_TIME;
    const info = vk.write('VkCommandBufferBeginInfo', { flags });
    check('vkBeginCommandBuffer', vk.vkBeginCommandBuffer(commands, info));
  },
  end: (commands: Handle) => check('vkEndCommandBuffer', vk.vkEndCommandBuffer(commands)),

  copy: (commands: Handle, from: Place, to: Place, size: bigint) => {
    const region = { srcOffset: from.offset, dstOffset: to.offset, size };
    vk.vkCmdCopyBuffer(commands, from.buffer, to.buffer, 1, vk.write('VkBufferCopy', region));
  },
  fill: (commands: Handle, { buffer, offset }: Place, size: bigint, word: number) =>
    vk.vkCmdFillBuffer(commands, buffer, offset, size, word),
  /** What work before it wrote is there for work after it. */
  workAfterWork: (commands: Handle) => {
    const barrier = vk.write('VkMemoryBarrier', {
      srcAccessMask: ACCESS_WRITE,
      dstAccessMask: ACCESS_READ | ACCESS_WRITE,
    });
    const [before, after] = [STAGE_WORK, STAGE_WORK];
    vk.vkCmdPipelineBarrier(commands, before, after, 0, 1, barrier, 0, null, 0, null);
  },
  /** What work before it wrote is there for work after it, and for the host once it has waited. */
  allAfterWork: (commands: Handle) => {
    const barrier = vk.write('VkMemoryBarrier', {
      srcAccessMask: ACCESS_WRITE,
      dstAccessMask: ACCESS_READ | ACCESS_WRITE | ACCESS_HOST_READ,
    });
    const [before, after] = [STAGE_WORK, STAGE_WORK | STAGE_HOST];
    vk.vkCmdPipelineBarrier(commands, before, after, 0, 1, barrier, 0, null, 0, null);
  },
});

const submission = (vk: Vulkan) => ({
  createFence: (device: Handle) =>
    created('vkCreateFence', (fence) =>
      vk.vkCreateFence(device, vk.write('VkFenceCreateInfo'), null, fence),
    ),
  resetFence: (device: Handle, fence: Handle) =>
    check('vkResetFences', vk.vkResetFences(device, 1, new BigUint64Array([fence]))),
  destroyFence: (device: Handle, fence: Handle) => vk.vkDestroyFence(device, fence, null),
  /** The fence is signalled when all of it is done. */
  submit: (queue: Handle, commands: Handle, fence: Handle) => {
    const pCommandBuffers = new BigUint64Array([commands]);
    const info = vk.write('VkSubmitInfo', { commandBufferCount: 1, pCommandBuffers });
    check('vkQueueSubmit', vk.vkQueueSubmit(queue, 1, info, fence));
  },
  wait: (device: Handle, fence: Handle) =>
    check(
      'vkWaitForFences',
      vk.vkWaitForFences(device, 1, new BigUint64Array([fence]), 1, FOREVER),
    ),
});

const timelines = (vk: Vulkan) => ({
  /** A timeline semaphore. It begins at 0. */
  createTimeline: (device: Handle) =>
    created('vkCreateSemaphore', (semaphore) => {
      const pNext = vk.write('VkSemaphoreTypeCreateInfo', {
        semaphoreType: SEMAPHORE_TYPE_TIMELINE,
      });
      const info = vk.write('VkSemaphoreCreateInfo', { pNext });
      return vk.vkCreateSemaphore(device, info, null, semaphore);
    }),
  destroySemaphore: (device: Handle, semaphore: Handle) =>
    vk.vkDestroySemaphore(device, semaphore, null),
  counterOf: (device: Handle, semaphore: Handle): bigint => {
    const value = new BigUint64Array(1);
    const code = vk.vkGetSemaphoreCounterValue(device, semaphore, value);
    check('vkGetSemaphoreCounterValue', code);
    return value[0] ?? 0n;
  },
  /** From the host. */
  signal: (device: Handle, { semaphore, value }: Target) => {
    const info = vk.write('VkSemaphoreSignalInfo', { semaphore, value });
    check('vkSignalSemaphore', vk.vkSignalSemaphore(device, info));
  },
  /** Work begins when all `waits` are reached; `signal` is reached when all of it is done. */
  submitBetween: (
    queue: Handle,
    waits: readonly Target[],
    commands: readonly Handle[],
    signal: Target,
  ) => {
    const pNext = vk.write('VkTimelineSemaphoreSubmitInfo', {
      waitSemaphoreValueCount: waits.length,
      pWaitSemaphoreValues: BigUint64Array.from(waits, ({ value }) => value),
      signalSemaphoreValueCount: 1,
      pSignalSemaphoreValues: new BigUint64Array([signal.value]),
    });
    const info = vk.write('VkSubmitInfo', {
      pNext,
      waitSemaphoreCount: waits.length,
      pWaitSemaphores: BigUint64Array.from(waits, ({ semaphore }) => semaphore),
      pWaitDstStageMask: Uint32Array.from(waits, () => STAGE_WORK),
      commandBufferCount: commands.length,
      pCommandBuffers: BigUint64Array.from(commands),
      signalSemaphoreCount: 1,
      pSignalSemaphores: new BigUint64Array([signal.semaphore]),
    });
    check('vkQueueSubmit', vk.vkQueueSubmit(queue, 1, info, NO_FENCE));
  },
});

const timestamps = (vk: Vulkan) => ({
  /** For one timestamp. */
  createTimestampPool: (device: Handle) =>
    created('vkCreateQueryPool', (pool) => {
      const info = { queryType: QUERY_TYPE_TIMESTAMP, queryCount: 1 };
      return vk.vkCreateQueryPool(device, vk.write('VkQueryPoolCreateInfo', info), null, pool);
    }),
  destroyQueryPool: (device: Handle, pool: Handle) => vk.vkDestroyQueryPool(device, pool, null),
  /** The stage is one of those at which a submission waits for what comes before it. */
  writeTimestamp: (commands: Handle, pool: Handle) => {
    vk.vkCmdResetQueryPool(commands, pool, 0, 1);
    vk.vkCmdWriteTimestamp(commands, STAGE_TRANSFER, pool, 0);
  },
  /** VK_NOT_READY, which is an error here, where the work is not done. */
  timestampIn: (device: Handle, pool: Handle): bigint => {
    const value = new BigUint64Array(1);
    const size = BigInt(value.byteLength);
    check(
      'vkGetQueryPoolResults',
      vk.vkGetQueryPoolResults(device, pool, 0, 1, size, value, size, QUERY_RESULT_64_BIT),
    );
    return value[0] ?? 0n;
  },
});

/** The commands on a loaded library. */
export const commandsOn = (vk: Vulkan) => ({
  ...instances(vk),
  ...devices(vk),
  ...memory(vk),
  ...recording(vk),
  ...submission(vk),
  ...timelines(vk),
  ...timestamps(vk),
  ...shadersOn(vk),
});

export type Commands = ReturnType<typeof commandsOn>;
