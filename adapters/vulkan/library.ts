// The native Vulkan functions, as the headers declare them and nothing more: everything above this file
// calls them by their own names, so that a finding can be repeated in C line by line.
import type { LibraryHandle } from 'koffi';
import { required } from '../kit/packages.ts';
import { declareStructures, type Memory, type Structures } from './structures.ts';

/** A native object: given back to the library, never looked into. 64 bits, a pointer or not. */
export type Handle = bigint;

/** A result, then the parameters. Objects are uint64_t here, which is what they are on 64-bit machines. */
const PROTOTYPES = {
  vkCreateInstance: ['int32_t', 'void *', 'void *', 'void *'],
  vkDestroyInstance: ['void', 'uint64_t', 'void *'],
  vkEnumeratePhysicalDevices: ['int32_t', 'uint64_t', 'void *', 'void *'],
  vkGetPhysicalDeviceProperties: ['void', 'uint64_t', 'void *'],
  vkGetPhysicalDeviceProperties2: ['void', 'uint64_t', 'void *'],
  vkGetPhysicalDeviceFeatures2: ['void', 'uint64_t', 'void *'],
  vkGetPhysicalDeviceMemoryProperties2: ['void', 'uint64_t', 'void *'],
  vkGetPhysicalDeviceQueueFamilyProperties: ['void', 'uint64_t', 'void *', 'void *'],
  vkEnumerateDeviceExtensionProperties: ['int32_t', 'uint64_t', 'void *', 'void *', 'void *'],
  vkCreateDevice: ['int32_t', 'uint64_t', 'void *', 'void *', 'void *'],
  vkDestroyDevice: ['void', 'uint64_t', 'void *'],
  vkDeviceWaitIdle: ['int32_t', 'uint64_t'],
  vkGetDeviceProcAddr: ['uint64_t', 'uint64_t', 'void *'],
  vkGetDeviceQueue: ['void', 'uint64_t', 'uint32_t', 'uint32_t', 'void *'],
  vkCreateBuffer: ['int32_t', 'uint64_t', 'void *', 'void *', 'void *'],
  vkDestroyBuffer: ['void', 'uint64_t', 'uint64_t', 'void *'],
  vkGetBufferMemoryRequirements: ['void', 'uint64_t', 'uint64_t', 'void *'],
  vkAllocateMemory: ['int32_t', 'uint64_t', 'void *', 'void *', 'void *'],
  vkFreeMemory: ['void', 'uint64_t', 'uint64_t', 'void *'],
  vkBindBufferMemory: ['int32_t', 'uint64_t', 'uint64_t', 'uint64_t', 'uint64_t'],
  vkMapMemory: ['int32_t', 'uint64_t', 'uint64_t', 'uint64_t', 'uint64_t', 'uint32_t', 'void *'],
  vkGetBufferDeviceAddress: ['uint64_t', 'uint64_t', 'void *'],
  vkCreateCommandPool: ['int32_t', 'uint64_t', 'void *', 'void *', 'void *'],
  vkDestroyCommandPool: ['void', 'uint64_t', 'uint64_t', 'void *'],
  vkResetCommandPool: ['int32_t', 'uint64_t', 'uint64_t', 'uint32_t'],
  vkAllocateCommandBuffers: ['int32_t', 'uint64_t', 'void *', 'void *'],
  vkFreeCommandBuffers: ['void', 'uint64_t', 'uint64_t', 'uint32_t', 'void *'],
  vkBeginCommandBuffer: ['int32_t', 'uint64_t', 'void *'],
  vkEndCommandBuffer: ['int32_t', 'uint64_t'],
  vkCmdCopyBuffer: ['void', 'uint64_t', 'uint64_t', 'uint64_t', 'uint32_t', 'void *'],
  vkCmdFillBuffer: ['void', 'uint64_t', 'uint64_t', 'uint64_t', 'uint64_t', 'uint32_t'],
  vkCmdPipelineBarrier: [
    'void',
    'uint64_t',
    'uint32_t',
    'uint32_t',
    'uint32_t',
    'uint32_t',
    'void *',
    'uint32_t',
    'void *',
    'uint32_t',
    'void *',
  ],
  vkCreateShaderModule: ['int32_t', 'uint64_t', 'void *', 'void *', 'void *'],
  vkDestroyShaderModule: ['void', 'uint64_t', 'uint64_t', 'void *'],
  vkCreateDescriptorSetLayout: ['int32_t', 'uint64_t', 'void *', 'void *', 'void *'],
  vkDestroyDescriptorSetLayout: ['void', 'uint64_t', 'uint64_t', 'void *'],
  vkCreatePipelineLayout: ['int32_t', 'uint64_t', 'void *', 'void *', 'void *'],
  vkDestroyPipelineLayout: ['void', 'uint64_t', 'uint64_t', 'void *'],
  vkCreateComputePipelines: [
    'int32_t',
    'uint64_t',
    'uint64_t',
    'uint32_t',
    'void *',
    'void *',
    'void *',
  ],
  vkDestroyPipeline: ['void', 'uint64_t', 'uint64_t', 'void *'],
  vkCreateDescriptorPool: ['int32_t', 'uint64_t', 'void *', 'void *', 'void *'],
  vkDestroyDescriptorPool: ['void', 'uint64_t', 'uint64_t', 'void *'],
  vkAllocateDescriptorSets: ['int32_t', 'uint64_t', 'void *', 'void *'],
  vkUpdateDescriptorSets: ['void', 'uint64_t', 'uint32_t', 'void *', 'uint32_t', 'void *'],
  vkCmdBindPipeline: ['void', 'uint64_t', 'uint32_t', 'uint64_t'],
  vkCmdBindDescriptorSets: [
    'void',
    'uint64_t',
    'uint32_t',
    'uint64_t',
    'uint32_t',
    'uint32_t',
    'void *',
    'uint32_t',
    'void *',
  ],
  vkCmdPushConstants: [
    'void',
    'uint64_t',
    'uint64_t',
    'uint32_t',
    'uint32_t',
    'uint32_t',
    'void *',
  ],
  vkCmdDispatch: ['void', 'uint64_t', 'uint32_t', 'uint32_t', 'uint32_t'],
  vkCreateQueryPool: ['int32_t', 'uint64_t', 'void *', 'void *', 'void *'],
  vkDestroyQueryPool: ['void', 'uint64_t', 'uint64_t', 'void *'],
  vkCmdResetQueryPool: ['void', 'uint64_t', 'uint64_t', 'uint32_t', 'uint32_t'],
  vkCmdWriteTimestamp: ['void', 'uint64_t', 'uint32_t', 'uint64_t', 'uint32_t'],
  vkGetQueryPoolResults: [
    'int32_t',
    'uint64_t',
    'uint64_t',
    'uint32_t',
    'uint32_t',
    'uint64_t',
    'void *',
    'uint64_t',
    'uint32_t',
  ],
  vkCreateFence: ['int32_t', 'uint64_t', 'void *', 'void *', 'void *'],
  vkDestroyFence: ['void', 'uint64_t', 'uint64_t', 'void *'],
  vkResetFences: ['int32_t', 'uint64_t', 'uint32_t', 'void *'],
  vkQueueSubmit: ['int32_t', 'uint64_t', 'uint32_t', 'void *', 'uint64_t'],
  vkCreateSemaphore: ['int32_t', 'uint64_t', 'void *', 'void *', 'void *'],
  vkDestroySemaphore: ['void', 'uint64_t', 'uint64_t', 'void *'],
  vkGetSemaphoreCounterValue: ['int32_t', 'uint64_t', 'uint64_t', 'void *'],
  vkSignalSemaphore: ['int32_t', 'uint64_t', 'void *'],
  vkWaitForFences: ['int32_t', 'uint64_t', 'uint32_t', 'void *', 'uint32_t', 'uint64_t'],
} as const;

type Prototypes = typeof PROTOTYPES;

type Parameter<Type> = Type extends 'void *'
  ? Memory | null
  : Type extends 'uint64_t'
    ? bigint
    : number;

type Parameters<Types extends readonly string[]> = {
  [Index in keyof Types]: Parameter<Types[Index]>;
};

/** koffi gives a 64-bit number as a bigint only where it must. */
type Result<Type> = Type extends 'uint64_t'
  ? number | bigint
  : Type extends 'int32_t'
    ? number
    : undefined;

type Call<Prototype> = Prototype extends readonly [infer Type, ...infer Given extends string[]]
  ? (...given: Parameters<Given>) => Result<Type>
  : never;

type Functions = { readonly [Name in keyof Prototypes]: Call<Prototypes[Name]> };

export interface Vulkan extends Functions, Structures {
  /** The memory at an address that vkMapMemory gave. */
  view(address: bigint, length: number): Uint8Array;
  /** Where memory of this process is. */
  address(memory: Memory): bigint;
  /** Calls what vkGetDeviceProcAddr gave for that name: the loader has no functions of extensions. */
  vkGetMemoryHostPointerPropertiesEXT(
    ...given: [call: bigint, device: Handle, type: number, pointer: Memory, properties: Memory]
  ): number;
}

const declare = (library: LibraryHandle): Functions =>
  Object.fromEntries(
    Object.entries(PROTOTYPES).map(([name, [result, ...given]]) => [
      name,
      library.func(name, result, given),
    ]),
  ) as unknown as Functions;

/** The versioned name is the one that a machine without development files has. */
const LIBRARIES = ['libvulkan.so.1', 'libvulkan.so'];

/** koffi's calls run on a stack of their own; drivers expect the 8 MiB of a Linux process. */
const STACK = 8 * 1024 * 1024;

/** Loads the Vulkan loader (1.2 or later), once in a process; rejects where it or koffi is not there. */
export const loadVulkan = async (): Promise<Vulkan> => {
  const koffi = required('koffi') as typeof import('koffi');
  // koffi refuses to be configured once a library is loaded.
  koffi.config({ sync_stack_size: STACK });
  const problems: unknown[] = [];
  for (const name of LIBRARIES) {
    try {
      const library = koffi.load(name);
      const properties = koffi.proto(
        'int32_t vkGetMemoryHostPointerPropertiesEXT(uint64_t, uint32_t, void *, void *)',
      );
      return {
        ...declare(library),
        ...declareStructures(koffi),
        address: (memory) => koffi.address(memory),
        vkGetMemoryHostPointerPropertiesEXT: (call, ...given) =>
          koffi.call(call, properties, ...given),
        view: (address, length) => new Uint8Array(koffi.view(address, length)),
      };
    } catch (problem) {
      problems.push(problem);
    }
  }
  throw new Error(`no Vulkan loader: ${problems.join('; ')}`);
};
