// The names of those VkResult codes (vulkan_core.h) that calls about devices, memory and queues can
// answer, and what each means in the standard, whatever was called.
import type { ErrorReason } from '../../schemas/generated/standard.ts';
import { refusingBy } from '../kit/native.ts';

const CODE_NAMES: ReadonlyMap<number, string> = new Map([
  [1, 'VK_NOT_READY'],
  [2, 'VK_TIMEOUT'],
  [5, 'VK_INCOMPLETE'],
  [-1, 'VK_ERROR_OUT_OF_HOST_MEMORY'],
  [-2, 'VK_ERROR_OUT_OF_DEVICE_MEMORY'],
  [-3, 'VK_ERROR_INITIALIZATION_FAILED'],
  [-4, 'VK_ERROR_DEVICE_LOST'],
  [-5, 'VK_ERROR_MEMORY_MAP_FAILED'],
  [-6, 'VK_ERROR_LAYER_NOT_PRESENT'],
  [-7, 'VK_ERROR_EXTENSION_NOT_PRESENT'],
  [-8, 'VK_ERROR_FEATURE_NOT_PRESENT'],
  [-9, 'VK_ERROR_INCOMPATIBLE_DRIVER'],
  [-10, 'VK_ERROR_TOO_MANY_OBJECTS'],
  [-13, 'VK_ERROR_UNKNOWN'],
]);

const REASONS: ReadonlyMap<number, ErrorReason> = new Map([
  [-1, 'HOST_MEMORY'],
  [-2, 'DEVICE_MEMORY'],
  [-4, 'DEVICE_LOST'],
  // Mapping takes the host's addresses.
  [-5, 'HOST_MEMORY'],
  // Too many objects of a kind: RESOURCE_EXHAUSTED has no nearer reason.
  [-10, 'DEVICE_MEMORY'],
]);

export const { refusing, refusingHandlers } = refusingBy({
  reasonOf: (_method, code) => REASONS.get(code),
  nameOf: (code) => CODE_NAMES.get(code),
});
