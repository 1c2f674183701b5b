// The native OpenCL functions, as the headers declare them and nothing more: everything above this
// file calls them by their own names, so that a finding can be repeated in C line by line.
import type { LibraryHandle } from 'koffi';
import { required } from '../kit/packages.ts';

/** The address of a native object: given back to the library, never looked into. */
export type Pointer = bigint;

/** Memory that the library reads or fills in place. */
type Memory = Uint8Array | Uint32Array | Int32Array | BigUint64Array;

/** A size_t or a bitfield. What came from outside passes through `sizeT` of native.ts first. */
type Wide = number | bigint;

type Count = (entries: number, objects: Memory | null, count: Memory | null) => number;
type Query = (
  object: Pointer,
  name: number,
  size: Wide,
  value: Memory | null,
  needed: Memory | null,
) => number;
/** A question about an object as it is on one device. */
type OfDevice = (object: Pointer, device: Pointer, ...rest: QueryRest) => number;
type QueryRest = [name: number, size: Wide, value: Memory | null, needed: Memory | null];
/** What takes an object and nothing more: to release it, or to flush a queue. */
type OnObject = (object: Pointer) => number;
type Transfer = (
  ...given: [
    queue: Pointer,
    buffer: Pointer,
    blocking: 0 | 1,
    offset: Wide,
    size: Wide,
    host: Memory,
    waits: 0,
    waitList: null,
    event: Memory | null,
  ]
) => number;

type OrderingCommand = (
  ...given: [queue: Pointer, waits: 0 | 1, waitList: Memory | null, event: Memory]
) => number;

export interface OpenCl {
  clGetPlatformIDs: Count;
  clGetPlatformInfo: Query;
  clGetDeviceIDs(platform: Pointer, type: Wide, ...rest: Parameters<Count>): number;
  clGetDeviceInfo: Query;
  clCreateContext(
    ...given: [properties: Memory, count: 1, device: Memory, notify: null, user: null, code: Memory]
  ): Pointer | null;
  clReleaseContext: OnObject;
  clCreateCommandQueue(
    ...given: [context: Pointer, device: Pointer, properties: Wide, code: Memory]
  ): Pointer | null;
  clRetainCommandQueue: OnObject;
  clReleaseCommandQueue: OnObject;
  clCreateBuffer(
    ...given: [context: Pointer, flags: Wide, size: Wide, host: Uint8Array | null, code: Memory]
  ): Pointer | null;
  clReleaseMemObject: OnObject;
  clEnqueueMapBuffer(
    ...given: [
      queue: Pointer,
      buffer: Pointer,
      blocking: 1,
      flags: Wide,
      offset: Wide,
      size: Wide,
      waits: 0,
      waitList: null,
      event: null,
      code: Memory,
    ]
  ): Pointer | null;
  clEnqueueUnmapMemObject(
    ...given: [
      queue: Pointer,
      buffer: Pointer,
      mapped: Pointer,
      waits: 0,
      waitList: null,
      event: Memory,
    ]
  ): number;
  /** Of OpenCL 2.0, as the next three: not in every loader. */
  clSVMAlloc:
    | ((context: Pointer, flags: Wide, size: Wide, alignment: number) => Pointer | null)
    | undefined;
  clSVMFree: ((context: Pointer, memory: Pointer) => void) | undefined;
  clEnqueueSVMMap:
    | ((
        ...given: [
          queue: Pointer,
          blocking: 1,
          flags: Wide,
          memory: Uint8Array,
          size: Wide,
          waits: 0,
          waitList: null,
          event: null,
        ]
      ) => number)
    | undefined;
  clEnqueueSVMUnmap:
    | ((
        ...given: [queue: Pointer, memory: Uint8Array, waits: 0, waitList: null, event: Memory]
      ) => number)
    | undefined;
  /** Memory that the library gave out, as bytes in place. */
  view(memory: Pointer, length: number): Uint8Array;
  clEnqueueReadBuffer: Transfer;
  clEnqueueWriteBuffer: Transfer;
  clEnqueueCopyBuffer(
    ...given: [
      queue: Pointer,
      from: Pointer,
      to: Pointer,
      fromOffset: Wide,
      toOffset: Wide,
      size: Wide,
      waits: 0,
      waitList: null,
      event: Memory,
    ]
  ): number;
  /** Of OpenCL 1.2: not in every loader. */
  clEnqueueFillBuffer:
    | ((
        ...given: [
          queue: Pointer,
          buffer: Pointer,
          pattern: Memory,
          patternSize: Wide,
          offset: Wide,
          size: Wide,
          waits: 0,
          waitList: null,
          event: Memory,
        ]
      ) => number)
    | undefined;
  /** Of OpenCL 1.2, as the next; before it the two behind them did their work. */
  clEnqueueMarkerWithWaitList: OrderingCommand | undefined;
  clEnqueueBarrierWithWaitList: OrderingCommand | undefined;
  clEnqueueMarker(queue: Pointer, event: Memory): number;
  clEnqueueWaitForEvents(queue: Pointer, count: 1, events: Memory): number;
  clCreateUserEvent(context: Pointer, code: Memory): Pointer | null;
  clSetUserEventStatus(event: Pointer, status: number): number;
  clWaitForEvents(count: 1, events: Memory): number;
  clGetEventInfo: Query;
  clGetEventProfilingInfo: Query;
  clRetainEvent: OnObject;
  clReleaseEvent: OnObject;
  clFlush: OnObject;
  clFinish: OnObject;
  clCreateProgramWithSource(
    ...given: [context: Pointer, count: 1, texts: Memory, lengths: Memory, code: Memory]
  ): Pointer | null;
  /** Of OpenCL 2.1: not in every loader. */
  clCreateProgramWithIL:
    | ((...given: [context: Pointer, bytes: Memory, length: Wide, code: Memory]) => Pointer | null)
    | undefined;
  clBuildProgram(
    ...given: [program: Pointer, count: 1, device: Memory, options: null, notify: null, user: null]
  ): number;
  clGetProgramBuildInfo: OfDevice;
  clReleaseProgram: OnObject;
  clCreateKernel(program: Pointer, name: string, code: Memory): Pointer | null;
  clGetKernelWorkGroupInfo: OfDevice;
  clReleaseKernel: OnObject;
  clSetKernelArg(kernel: Pointer, index: number, size: Wide, value: Memory | null): number;
  clEnqueueNDRangeKernel(
    ...given: [
      queue: Pointer,
      kernel: Pointer,
      dimensions: 3,
      offsets: null,
      global: Memory,
      local: Memory,
      waits: 0,
      waitList: null,
      event: Memory,
    ]
  ): number;
  /** The address of memory that the library reads. */
  addressOf(bytes: Uint8Array): Pointer;
}

/**
 * koffi hands a typed array to `void *` without a copy, and takes and gives addresses as bigints. A
 * bitfield is the uint64_t that the headers make it.
 */
const declare = (
  library: LibraryHandle,
  { view, addressOf }: Pick<OpenCl, 'view' | 'addressOf'>,
): OpenCl => {
  const query = (name: string) =>
    library.func(`int32_t ${name}(void *, uint32_t, size_t, void *, void *)`);
  const ofDevice = (name: string) =>
    library.func(`int32_t ${name}(void *, void *, uint32_t, size_t, void *, void *)`);
  const onObject = (name: string) => library.func(`int32_t ${name}(void *)`);
  const transfer = (name: string) =>
    library.func(
      `int32_t ${name}(void *, void *, uint32_t, size_t, size_t, void *, uint32_t, void *, void *)`,
    );
  /** A function that an older loader lacks; koffi throws for a name that is not there. */
  const newer = (prototype: string) => {
    try {
      return library.func(prototype);
    } catch {
      return undefined;
    }
  };
  return {
    clGetPlatformIDs: library.func('int32_t clGetPlatformIDs(uint32_t, void *, void *)'),
    clGetPlatformInfo: query('clGetPlatformInfo'),
    clGetDeviceIDs: library.func(
      'int32_t clGetDeviceIDs(void *, uint64_t, uint32_t, void *, void *)',
    ),
    clGetDeviceInfo: query('clGetDeviceInfo'),
    clCreateContext: library.func(
      'void *clCreateContext(void *, uint32_t, void *, void *, void *, void *)',
    ),
    clReleaseContext: onObject('clReleaseContext'),
    // Deprecated since 2.0, and yet in every version from 1.0 to 3.0: what came after it is not.
    clCreateCommandQueue: library.func(
      'void *clCreateCommandQueue(void *, void *, uint64_t, void *)',
    ),
    clRetainCommandQueue: onObject('clRetainCommandQueue'),
    clReleaseCommandQueue: onObject('clReleaseCommandQueue'),
    clCreateBuffer: library.func('void *clCreateBuffer(void *, uint64_t, size_t, void *, void *)'),
    clReleaseMemObject: onObject('clReleaseMemObject'),
    clEnqueueMapBuffer: library.func(
      'void *clEnqueueMapBuffer(void *, void *, uint32_t, uint64_t, size_t, size_t, uint32_t, void *, void *, void *)',
    ),
    clEnqueueUnmapMemObject: library.func(
      'int32_t clEnqueueUnmapMemObject(void *, void *, void *, uint32_t, void *, void *)',
    ),
    clSVMAlloc: newer('void *clSVMAlloc(void *, uint64_t, size_t, uint32_t)'),
    clSVMFree: newer('void clSVMFree(void *, void *)'),
    clEnqueueSVMMap: newer(
      'int32_t clEnqueueSVMMap(void *, uint32_t, uint64_t, void *, size_t, uint32_t, void *, void *)',
    ),
    clEnqueueSVMUnmap: newer('int32_t clEnqueueSVMUnmap(void *, void *, uint32_t, void *, void *)'),
    view,
    clEnqueueReadBuffer: transfer('clEnqueueReadBuffer'),
    clEnqueueWriteBuffer: transfer('clEnqueueWriteBuffer'),
    clEnqueueCopyBuffer: library.func(
      'int32_t clEnqueueCopyBuffer(void *, void *, void *, size_t, size_t, size_t, uint32_t, void *, void *)',
    ),
    clEnqueueFillBuffer: newer(
      'int32_t clEnqueueFillBuffer(void *, void *, void *, size_t, size_t, size_t, uint32_t, void *, void *)',
    ),
    clEnqueueMarkerWithWaitList: newer(
      'int32_t clEnqueueMarkerWithWaitList(void *, uint32_t, void *, void *)',
    ),
    clEnqueueBarrierWithWaitList: newer(
      'int32_t clEnqueueBarrierWithWaitList(void *, uint32_t, void *, void *)',
    ),
    clEnqueueMarker: library.func('int32_t clEnqueueMarker(void *, void *)'),
    clEnqueueWaitForEvents: library.func(
      'int32_t clEnqueueWaitForEvents(void *, uint32_t, void *)',
    ),
    clCreateUserEvent: library.func('void *clCreateUserEvent(void *, void *)'),
    clSetUserEventStatus: library.func('int32_t clSetUserEventStatus(void *, int32_t)'),
    clWaitForEvents: library.func('int32_t clWaitForEvents(uint32_t, void *)'),
    clGetEventInfo: query('clGetEventInfo'),
    clGetEventProfilingInfo: query('clGetEventProfilingInfo'),
    clRetainEvent: onObject('clRetainEvent'),
    clReleaseEvent: onObject('clReleaseEvent'),
    clFlush: onObject('clFlush'),
    clFinish: onObject('clFinish'),
    clCreateProgramWithSource: library.func(
      'void *clCreateProgramWithSource(void *, uint32_t, void *, void *, void *)',
    ),
    clCreateProgramWithIL: newer('void *clCreateProgramWithIL(void *, void *, size_t, void *)'),
    clBuildProgram: library.func(
      'int32_t clBuildProgram(void *, uint32_t, void *, void *, void *, void *)',
    ),
    clGetProgramBuildInfo: ofDevice('clGetProgramBuildInfo'),
    clReleaseProgram: onObject('clReleaseProgram'),
    clCreateKernel: library.func('void *clCreateKernel(void *, const char *, void *)'),
    clGetKernelWorkGroupInfo: ofDevice('clGetKernelWorkGroupInfo'),
    clReleaseKernel: onObject('clReleaseKernel'),
    clSetKernelArg: library.func('int32_t clSetKernelArg(void *, uint32_t, size_t, void *)'),
    clEnqueueNDRangeKernel: library.func(
      'int32_t clEnqueueNDRangeKernel(void *, void *, uint32_t, void *, void *, void *, uint32_t, void *, void *)',
    ),
    addressOf,
  };
};

/** The versioned name is the one that a machine without development files has. */
const LIBRARIES = ['libOpenCL.so.1', 'libOpenCL.so'];

/** koffi's calls run on a stack of their own; drivers expect the 8 MiB of a Linux process. */
const STACK = 8 * 1024 * 1024;

/** Loads the OpenCL loader; rejects where koffi or the loader is not installed. */
export const loadOpenCl = async (): Promise<OpenCl> => {
  const koffi = required('koffi') as typeof import('koffi');
  // koffi refuses to be configured once a library is loaded.
  koffi.config({ sync_stack_size: STACK });
  const problems: unknown[] = [];
  for (const name of LIBRARIES) {
    try {
      return declare(koffi.load(name), {
        view: (memory, length) => new Uint8Array(koffi.view(memory, length)),
        addressOf: (bytes) => BigInt(koffi.address(bytes)),
      });
    } catch (problem) {
      problems.push(problem);
    }
  }
  throw new Error(`no OpenCL loader: ${problems.join('; ')}`);
};
