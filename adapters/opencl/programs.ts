// What a driver does with a program and its kernels: one function for each native call, as in commands.ts.
import { NativeError } from '../kit/native.ts';
import type { OpenCl, Pointer } from './library.ts';
import { check, created, SUCCESS } from './native.ts';

const BUILD_LOG = 0x1183;
const KERNEL_GROUP_SIZE = 0x11b0;

/** A compiler may say much more than an error is to hold. */
const LONGEST_LOG = 2000;

const DIMENSIONS = 3;

/** What the compiler says of a program; nothing where it cannot be asked. */
const logOf = (cl: OpenCl, program: Pointer, device: Pointer): string => {
  const needed = new BigUint64Array(1);
  const asked = cl.clGetProgramBuildInfo(program, device, BUILD_LOG, 0, null, needed);
  if (asked !== SUCCESS) return '';
  const log = Buffer.alloc(Number(needed[0]));
  const told = cl.clGetProgramBuildInfo(program, device, BUILD_LOG, log.length, log, null);
  if (told !== SUCCESS) return '';
  return log.toString('utf8').replaceAll('\0', '').trim().slice(0, LONGEST_LOG);
};

export const programsOn = (cl: OpenCl) => ({
  createFromSource: (context: Pointer, source: Uint8Array) =>
    created('clCreateProgramWithSource', (code) => {
      const texts = new BigUint64Array([cl.addressOf(source)]);
      const lengths = new BigUint64Array([BigInt(source.length)]);
      return cl.clCreateProgramWithSource(context, 1, texts, lengths, code);
    }),
  /** Absent where the loader is older than OpenCL 2.1. */
  createFromIntermediate: cl.clCreateProgramWithIL
    ? (context: Pointer, bytes: Uint8Array) =>
        created(
          'clCreateProgramWithIL',
          (code) => cl.clCreateProgramWithIL?.(context, bytes, bytes.length, code) ?? null,
        )
    : undefined,
  build: (program: Pointer, device: Pointer): void => {
    const devices = new BigUint64Array([device]);
    const built = cl.clBuildProgram(program, 1, devices, null, null, null);
    if (built === SUCCESS) return;
    throw new NativeError('clBuildProgram', built, logOf(cl, program, device));
  },
  releaseProgram: (program: Pointer) => check('clReleaseProgram', cl.clReleaseProgram(program)),

  createKernel: (program: Pointer, name: string) =>
    created('clCreateKernel', (code) => cl.clCreateKernel(program, name, code)),
  releaseKernel: (kernel: Pointer) => check('clReleaseKernel', cl.clReleaseKernel(kernel)),
  groupSizeOf: (kernel: Pointer, device: Pointer): number => {
    const size = new BigUint64Array(1);
    const asked = cl.clGetKernelWorkGroupInfo(kernel, device, KERNEL_GROUP_SIZE, 8, size, null);
    check('clGetKernelWorkGroupInfo', asked);
    return Number(size[0]);
  },
  /** `value` is read at once; without one it is local memory. */
  setArgument: (kernel: Pointer, index: number, size: number, value: Uint8Array | null) =>
    check('clSetKernelArg', cl.clSetKernelArg(kernel, index, size, value)),

  putLaunch: (
    queue: Pointer,
    kernel: Pointer,
    global: readonly bigint[],
    local: readonly bigint[],
  ): Pointer => {
    const events = new BigUint64Array(1);
    const sizes = [BigUint64Array.from(global), BigUint64Array.from(local)] as const;
    const put = cl.clEnqueueNDRangeKernel(
      ...([queue, kernel, DIMENSIONS, null, ...sizes, 0, null, events] as const),
    );
    check('clEnqueueNDRangeKernel', put);
    return events[0] ?? 0n;
  },
});
