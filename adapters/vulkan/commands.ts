// One function for each native call: what it was given as the structures want it, and a thrown
// NativeError where it answered anything but VK_SUCCESS. Nothing is checked here and nothing tried twice.
import { NativeError } from '../kit/native.ts';
import {
  ACCESS_HOST_READ,
  ACCESS_TRANSFER_READ,
  ACCESS_TRANSFER_WRITE,
  API_VERSION_1_3,
  COMMAND_BUFFER_ONE_TIME,
  COMMAND_POOL_TRANSIENT,
  FOREVER,
  MEMORY_ALLOCATE_DEVICE_ADDRESS,
  STAGE_HOST,
  STAGE_TRANSFER,
} from './constants.ts';
import type { Handle, Vulkan } from './library.ts';

const SUCCESS = 0;

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
}

const check = (call: string, code: number): void => {
  if (code !== SUCCESS) throw new NativeError(call, code);
};

/** The object that a call made; a null handle beside VK_SUCCESS is an error too. */
const created = (call: string, create: (object: BigUint64Array) => number): Handle => {
  const objects = new BigUint64Array(1);
  check(call, create(objects));
  const [object = 0n] = objects;
  if (object === 0n) throw new NativeError(call, SUCCESS);
  return object;
};

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
      const pNext = features.bufferDeviceAddress
        ? vk.write('VkPhysicalDeviceBufferDeviceAddressFeatures', {
            pNext: sizes,
            bufferDeviceAddress: 1,
          })
        : sizes;
      const info = vk.write('VkDeviceCreateInfo', {
        pNext,
        queueCreateInfoCount: 1,
        pQueueCreateInfos,
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
  begin: (commands: Handle) => {
    const info = vk.write('VkCommandBufferBeginInfo', { flags: COMMAND_BUFFER_ONE_TIME });
    check('vkBeginCommandBuffer', vk.vkBeginCommandBuffer(commands, info));
  },
  end: (commands: Handle) => check('vkEndCommandBuffer', vk.vkEndCommandBuffer(commands)),

  copy: (commands: Handle, from: Place, to: Place, size: bigint) => {
    const region = { srcOffset: from.offset, dstOffset: to.offset, size };
    vk.vkCmdCopyBuffer(commands, from.buffer, to.buffer, 1, vk.write('VkBufferCopy', region));
  },
  fill: (commands: Handle, { buffer, offset }: Place, size: bigint, word: number) =>
    vk.vkCmdFillBuffer(commands, buffer, offset, size, word),
  /** What transfers before it wrote is there for transfers after it. */
  transfersAfterTransfers: (commands: Handle) => {
    const barrier = vk.write('VkMemoryBarrier', {
      srcAccessMask: ACCESS_TRANSFER_WRITE,
      dstAccessMask: ACCESS_TRANSFER_READ | ACCESS_TRANSFER_WRITE,
    });
    const [before, after] = [STAGE_TRANSFER, STAGE_TRANSFER];
    vk.vkCmdPipelineBarrier(commands, before, after, 0, 1, barrier, 0, null, 0, null);
  },
  /** What transfers before it wrote is there for the host, once it has waited. */
  hostAfterTransfers: (commands: Handle) => {
    const barrier = vk.write('VkMemoryBarrier', {
      srcAccessMask: ACCESS_TRANSFER_WRITE,
      dstAccessMask: ACCESS_HOST_READ,
    });
    vk.vkCmdPipelineBarrier(commands, STAGE_TRANSFER, STAGE_HOST, 0, 1, barrier, 0, null, 0, null);
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

/** The commands on a loaded library. */
export const commandsOn = (vk: Vulkan) => ({
  ...instances(vk),
  ...devices(vk),
  ...memory(vk),
  ...recording(vk),
  ...submission(vk),
});

export type Commands = ReturnType<typeof commandsOn>;
