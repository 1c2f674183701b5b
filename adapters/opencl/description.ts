// A device in the standard's words, from what OpenCL says of it.
import type { DataType, Device, DeviceKernels } from '../../schemas/generated/types.ts';
import { NativeError } from '../kit/native.ts';
import type { Pointer } from './library.ts';
import { DEVICE, type Queries } from './queries.ts';

/** The lengths that clEnqueueFillBuffer takes: the sizes of OpenCL's scalar and vector types. */
const FILL_PATTERNS = [1, 2, 4, 8, 16, 32, 64, 128];

/** OpenCL sets no limit to queues. Each makes progress of its own: this many are stood for. */
const STREAMS = 16;

/** In every full profile of OpenCL. */
const EVERYWHERE: readonly DataType[] = [
  'i8',
  'u8',
  'i16',
  'u16',
  'i32',
  'u32',
  'i64',
  'u64',
  'f32',
];

/** A native text as the standard's labels are: not empty, and not long. */
export const label = (text: string): string => text.trim().slice(0, 256) || 'unnamed';

/** What an older version may not know of, and then refuses to tell. */
const asked = <T>(ask: () => T, otherwise: T): T => {
  try {
    return ask();
  } catch (error) {
    if (error instanceof NativeError) return otherwise;
    throw error;
  }
};

/** `OpenCL 1.2 ...` and later: the version that brought fills, and waits that give events. */
export const isVersion12 = (version: string): boolean => {
  const [, major = '0', minor = '0'] = /^OpenCL (\d+)\.(\d+)/.exec(version) ?? [];
  return Number(major) > 1 || (Number(major) === 1 && Number(minor) >= 2);
};

/** Whether a device has shared virtual memory: coarse-grained or fine-grained buffers. */
export const hasSharedMemory = (queries: Queries, device: Pointer): boolean => {
  const BUFFERS = 3n;
  return (asked(() => queries.deviceNumber(device, DEVICE.sharedMemory), 0n) & BUFFERS) !== 0n;
};

const dataTypes = (queries: Queries, pointer: Pointer): DataType[] => {
  const extensions = queries.deviceText(pointer, DEVICE.extensions).split(' ');
  // Before 1.2 the question about doubles came with their extension.
  const doubles = asked(() => queries.deviceNumber(pointer, DEVICE.doubles), 0n);
  return [
    ...EVERYWHERE,
    ...(extensions.includes('cl_khr_fp16') ? (['f16'] as const) : []),
    ...(doubles === 0n ? [] : (['f64'] as const)),
  ];
};

/** OpenCL C where there is a compiler; and `SPIR-V_1.2` as spirv-kernel-1.2. */
const programFormats = (queries: Queries, pointer: Pointer): string[] => {
  const compiler = queries.deviceNumber(pointer, DEVICE.compiler) !== 0n;
  const languages = asked(() => queries.deviceText(pointer, DEVICE.intermediateLanguages), '');
  const formats = languages
    .split(' ')
    .map((name) => name.toLowerCase().replace('spir-v_', 'spirv-kernel-'))
    .filter((name) => /^[a-z0-9][a-z0-9._+-]{0,31}$/.test(name));
  return [...new Set([...(compiler ? ['opencl-c'] : []), ...formats])].slice(0, 16);
};

const LARGEST = 2n ** 32n - 1n;

/** A number as a description has it: what is above the standard's largest is no limit to who reads it. */
const bounded = (value: bigint): number => Number(value < LARGEST ? value : LARGEST);

const kernels = (queries: Queries, pointer: Pointer): DeviceKernels => {
  const [x = 1n, y = 1n, z = 1n] = queries.deviceNumbers(pointer, DEVICE.largestGroupSizes);
  const most = Number(LARGEST);
  return {
    maxGroupItems: bounded(queries.deviceNumber(pointer, DEVICE.largestGroup)),
    maxGroupSize: { x: bounded(x), y: bounded(y), z: bounded(z) },
    // As many as a size_t counts items.
    maxGroups: { x: most, y: most, z: most },
    maxLocalBytes: bounded(queries.deviceNumber(pointer, DEVICE.localMemory)),
  };
};

/** `filled`: whether the adapter declares fills. */
export const describeWith =
  (queries: Queries, filled: boolean) =>
  (device: string, pointer: Pointer): Device => {
    const number = (name: number): bigint => queries.deviceNumber(pointer, name);
    const text = (name: number): string => label(queries.deviceText(pointer, name));
    return {
      device,
      vendor: text(DEVICE.vendor),
      name: text(DEVICE.name),
      driverVersion: text(DEVICE.driverVersion),
      runtimeVersion: text(DEVICE.version),
      dataTypes: dataTypes(queries, pointer),
      programFormats: programFormats(queries, pointer),
      memory: {
        totalBytes: String(number(DEVICE.memory)),
        maxAllocationBytes: String(number(DEVICE.largestAllocation)),
        // OpenCL does not say what a size is rounded up to. It does say, in bits, what the address of a
        // buffer is a multiple of: up to the next such address no other buffer can begin.
        granularityBytes: String(number(DEVICE.baseAlignmentBits) / 8n),
        // CL_MEM_COPY_OVERLAP is what the interface has for it.
        overlappingCopy: 'refused',
        ...(filled && { fillPatternBytes: FILL_PATTERNS }),
      },
      // clReleaseCommandQueue lets go of a queue "after all commands queued to it have finished".
      streams: { max: STREAMS, destroyBusy: 'drains' },
      kernels: kernels(queries, pointer),
    };
  };
