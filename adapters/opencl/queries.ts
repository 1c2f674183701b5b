// What OpenCL says of its platforms and devices, word for word.
import type { OpenCl, Pointer } from './library.ts';
import { check } from './native.ts';

/** CL_PLATFORM_* and CL_DEVICE_*: what may be asked, by the headers' numbers. */
export const PLATFORM = { version: 0x0901, name: 0x0902, vendor: 0x0903 };
export const DEVICE = {
  largestGroup: 0x1004,
  largestGroupSizes: 0x1005,
  largestAllocation: 0x1010,
  localMemory: 0x1023,
  timerResolution: 0x1025,
  baseAlignmentBits: 0x1019,
  memory: 0x101f,
  compiler: 0x1028,
  name: 0x102b,
  vendor: 0x102c,
  driverVersion: 0x102d,
  version: 0x102f,
  extensions: 0x1030,
  doubles: 0x1032,
  sharedMemory: 0x1053,
  intermediateLanguages: 0x105b,
};

const EVERY_TYPE = 0xffffffff;
const NO_DEVICE = -1;
const NO_PLATFORM = -1001;

/** All objects of a kind: the library says how many, then which. `none` is its code for no object. */
const listed = (call: string, none: number, list: OpenCl['clGetPlatformIDs']): Pointer[] => {
  const count = new Uint32Array(1);
  const code = list(0, null, count);
  if (code === none) return [];
  check(call, code);
  const objects = new BigUint64Array(count[0] ?? 0);
  if (objects.length > 0) check(call, list(objects.length, objects, null));
  return [...objects];
};

const textOf = (
  call: string,
  query: OpenCl['clGetDeviceInfo'],
  object: Pointer,
  name: number,
): string => {
  const needed = new BigUint64Array(1);
  check(call, query(object, name, 0, null, needed));
  const value = Buffer.alloc(Number(needed[0]));
  check(call, query(object, name, value.length, value, null));
  const end = value.indexOf(0);
  return value.toString('utf8', 0, end < 0 ? value.length : end);
};

/** The queries on a loaded library. */
export const queriesOn = (cl: OpenCl) => ({
  platforms: () => listed('clGetPlatformIDs', NO_PLATFORM, cl.clGetPlatformIDs),
  devices: (platform: Pointer) =>
    listed('clGetDeviceIDs', NO_DEVICE, (...rest) =>
      cl.clGetDeviceIDs(platform, EVERY_TYPE, ...rest),
    ),
  platformText: (platform: Pointer, name: number) =>
    textOf('clGetPlatformInfo', cl.clGetPlatformInfo, platform, name),
  deviceText: (device: Pointer, name: number) =>
    textOf('clGetDeviceInfo', cl.clGetDeviceInfo, device, name),
  /** A cl_ulong, or a cl_uint: that fills the lower half alone. */
  deviceNumber: (device: Pointer, name: number): bigint => {
    const value = new BigUint64Array(1);
    check('clGetDeviceInfo', cl.clGetDeviceInfo(device, name, value.byteLength, value, null));
    return value[0] ?? 0n;
  },
  /** The first three of a list of size_t. */
  deviceNumbers: (device: Pointer, name: number): bigint[] => {
    const needed = new BigUint64Array(1);
    check('clGetDeviceInfo', cl.clGetDeviceInfo(device, name, 0, null, needed));
    const values = new BigUint64Array(Number(needed[0]) / 8);
    check('clGetDeviceInfo', cl.clGetDeviceInfo(device, name, values.byteLength, values, null));
    return [...values.subarray(0, 3)];
  },
});

export type Queries = ReturnType<typeof queriesOn>;

/** The platform with this index; the first that has a device where no index is given. */
export const platformOf = (queries: Queries, index?: number): Pointer => {
  const platforms = queries.platforms();
  const found =
    index === undefined
      ? platforms.find((one) => queries.devices(one).length > 0)
      : platforms[index];
  if (found === undefined) throw new Error(`OpenCL shows no platform ${index ?? 'with a device'}`);
  return found;
};
