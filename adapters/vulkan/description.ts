// A device in the standard's words, from what Vulkan says of it.
import type { DataType, Device, DeviceKernels } from '../../schemas/generated/types.ts';
import { API_VERSION_1_1, API_VERSION_1_2, API_VERSION_1_3 } from './constants.ts';
import type { OpenDevice } from './device.ts';
import { VENDORS } from './known.ts';
import type { PhysicalDevice } from './queries.ts';

/** A native text as the standard's labels are: not empty, and not long. */
export const label = (text: string): string => text.trim().slice(0, 256) || 'unnamed';

export const vendorOf = ({ vendorId }: PhysicalDevice): string =>
  VENDORS.get(vendorId) ?? `vendor 0x${vendorId.toString(16)}`;

export const versionOf = ({ apiVersion }: PhysicalDevice): string =>
  `Vulkan ${(apiVersion >>> 22) & 0x7f}.${(apiVersion >>> 12) & 0x3ff}.${apiVersion & 0xfff}`;

/** Every shader may use 32-bit numbers; all others are features. */
const dataTypes = (device: PhysicalDevice): DataType[] => [
  'i32',
  'u32',
  'f32',
  ...(device.shaderInt8 ? (['i8', 'u8'] as const) : []),
  ...(device.shaderInt16 ? (['i16', 'u16'] as const) : []),
  ...(device.shaderInt64 ? (['i64', 'u64'] as const) : []),
  ...(device.shaderFloat16 ? (['f16'] as const) : []),
  ...(device.shaderFloat64 ? (['f64'] as const) : []),
];

/** The versions of SPIR-V that each version of Vulkan takes, and all before them. */
export const programFormats = ({ apiVersion }: PhysicalDevice): string[] => [
  'spirv-shader-1.0',
  ...(apiVersion >= API_VERSION_1_1
    ? ['spirv-shader-1.1', 'spirv-shader-1.2', 'spirv-shader-1.3']
    : []),
  ...(apiVersion >= API_VERSION_1_2 ? ['spirv-shader-1.4', 'spirv-shader-1.5'] : []),
  ...(apiVersion >= API_VERSION_1_3 ? ['spirv-shader-1.6'] : []),
];

const smallest = (first: bigint, ...others: (bigint | undefined)[]): bigint =>
  others.reduce<bigint>((least, one) => (one !== undefined && one < least ? one : least), first);

/** Keeping work back costs no queue (stream.ts), so Vulkan sets no limit: as many as any case tries. */
const MOST_STREAMS = 16;

const kernels = ({ launches }: PhysicalDevice): DeviceKernels => {
  const { maxGroupItems, maxGroupSize, maxGroups, maxLocalBytes } = launches;
  return { maxGroupItems, maxGroupSize, maxGroups, maxLocalBytes };
};

/** `addressed`, `streamed`: whether the adapter declares addresses, and streams. */
export const describe = (
  device: string,
  { physical, buffers }: OpenDevice,
  { addressed, streamed }: { readonly addressed: boolean; readonly streamed: boolean },
): Device => {
  const { alignment, heapSize } = buffers.forDescription();
  const { maxMemoryAllocationSize, maxBufferSize } = physical.memory;
  return {
    device,
    vendor: label(vendorOf(physical)),
    name: label(physical.name),
    driverVersion: label(physical.driverVersion),
    runtimeVersion: versionOf(physical),
    dataTypes: dataTypes(physical),
    programFormats: programFormats(physical),
    memory: {
      totalBytes: String(heapSize),
      maxAllocationBytes: String(smallest(heapSize, maxMemoryAllocationSize, maxBufferSize)),
      // What a buffer requires is at most its size, rounded up to this.
      granularityBytes: String(alignment),
      // vkGetBufferDeviceAddress gives an address that keeps the alignment which the buffer requires.
      ...(addressed && { alignmentBytes: String(alignment) }),
      // Vulkan leaves it undefined altogether, so it is never asked: rules.ts.
      overlappingCopy: 'refused',
      fillPatternBytes: [4],
    },
    ...(streamed && {
      streams: { max: MOST_STREAMS, destroyBusy: 'drains' as const },
      kernels: kernels(physical),
    }),
  };
};
