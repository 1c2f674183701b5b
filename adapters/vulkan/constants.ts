// The constants of vulkan_core.h that this adapter passes or looks for, under the names they have there.

/** VK_MAKE_API_VERSION(0, 1, 3, 0): the newest of which anything is asked. */
export const API_VERSION_1_3 = (1 << 22) | (3 << 12);
export const API_VERSION_1_2 = (1 << 22) | (2 << 12);
export const API_VERSION_1_1 = (1 << 22) | (1 << 12);

export const QUEUE_COMPUTE = 0x2;

export const MEMORY_DEVICE_LOCAL = 0x1;
export const MEMORY_HOST_VISIBLE = 0x2;
export const MEMORY_HOST_COHERENT = 0x4;
export const MEMORY_ALLOCATE_DEVICE_ADDRESS = 0x2;

export const USAGE_TRANSFER_SOURCE = 0x1;
export const USAGE_TRANSFER_DESTINATION = 0x2;
export const USAGE_STORAGE_BUFFER = 0x20;
export const USAGE_DEVICE_ADDRESS = 0x20000;

/** VK_EXTERNAL_MEMORY_HANDLE_TYPE_HOST_ALLOCATION_BIT_EXT, and the extension that it is of. */
export const HOST_ALLOCATION = 0x80;
export const EXTERNAL_MEMORY_HOST = 'VK_EXT_external_memory_host';

export const COMMAND_POOL_TRANSIENT = 0x1;
export const COMMAND_BUFFER_ONE_TIME = 0x1;
export const COMMAND_BUFFER_SIMULTANEOUS_USE = 0x4;

export const SEMAPHORE_TYPE_TIMELINE = 1;

export const QUERY_TYPE_TIMESTAMP = 2;
export const QUERY_RESULT_64_BIT = 0x1;

export const STAGE_COMPUTE_SHADER = 0x800;
export const STAGE_TRANSFER = 0x1000;
export const STAGE_HOST = 0x4000;
export const ACCESS_SHADER_READ = 0x20;
export const ACCESS_SHADER_WRITE = 0x40;
export const ACCESS_TRANSFER_READ = 0x800;
export const ACCESS_TRANSFER_WRITE = 0x1000;
export const ACCESS_HOST_READ = 0x2000;

export const SHADER_STAGE_COMPUTE = 0x20;
export const BIND_POINT_COMPUTE = 1;
export const DESCRIPTOR_STORAGE_BUFFER = 7;
/** For a range of a buffer: to its end. */
export const WHOLE_SIZE = 2n ** 64n - 1n;

/** For vkWaitForFences: until it is so. */
export const FOREVER = 2n ** 64n - 1n;
