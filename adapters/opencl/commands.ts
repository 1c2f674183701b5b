// What a driver does with a device: one function for each native call. No range or size is checked
// here and nothing is tried twice: the library's own answer is what is wanted.
import type { OpenCl, Pointer } from './library.ts';
import { check, created, NativeError, SUCCESS, sizeT } from './native.ts';

const CONTEXT_PLATFORM = 0x1084n;
const READ_WRITE = 1;
const BLOCKING = 1;
const EXECUTION_STATUS = 0x11d3;

/** A byte of a buffer. */
export interface Place {
  readonly buffer: Pointer;
  readonly offset: bigint;
}

/** The commands on a loaded library. */
export const commandsOn = (cl: OpenCl) => ({
  createContext: (platform: Pointer, device: Pointer) =>
    created('clCreateContext', (code) => {
      const properties = new BigUint64Array([CONTEXT_PLATFORM, platform, 0n]);
      return cl.clCreateContext(properties, 1, new BigUint64Array([device]), null, null, code);
    }),
  releaseContext: (context: Pointer) => check('clReleaseContext', cl.clReleaseContext(context)),

  /** A queue without properties is in order. */
  createQueue: (context: Pointer, device: Pointer) =>
    created('clCreateCommandQueue', (code) => cl.clCreateCommandQueue(context, device, 0, code)),
  finish: (queue: Pointer) => check('clFinish', cl.clFinish(queue)),
  releaseQueue: (queue: Pointer) => check('clReleaseCommandQueue', cl.clReleaseCommandQueue(queue)),

  createBuffer: (context: Pointer, size: bigint) =>
    created('clCreateBuffer', (code) =>
      cl.clCreateBuffer(context, READ_WRITE, sizeT(size), null, code),
    ),
  releaseBuffer: (buffer: Pointer) => check('clReleaseMemObject', cl.clReleaseMemObject(buffer)),

  read: (queue: Pointer, { buffer, offset }: Place, into: Uint8Array) => {
    const from = sizeT(offset);
    check(
      'clEnqueueReadBuffer',
      cl.clEnqueueReadBuffer(queue, buffer, BLOCKING, from, into.length, into, 0, null, null),
    );
  },
  write: (queue: Pointer, { buffer, offset }: Place, bytes: Uint8Array) => {
    const to = sizeT(offset);
    check(
      'clEnqueueWriteBuffer',
      cl.clEnqueueWriteBuffer(queue, buffer, BLOCKING, to, bytes.length, bytes, 0, null, null),
    );
  },

  /** Waits by the copy's event: clFinish would hide a copy that was taken and then failed. */
  copy: (queue: Pointer, from: Place, to: Place, length: bigint) => {
    const [start, target, size] = [sizeT(from.offset), sizeT(to.offset), sizeT(length)];
    const events = new BigUint64Array(1);
    check(
      'clEnqueueCopyBuffer',
      cl.clEnqueueCopyBuffer(queue, from.buffer, to.buffer, start, target, size, 0, null, events),
    );
    const [event = 0n] = events;
    const status = new Int32Array(1);
    const waited = cl.clWaitForEvents(1, events);
    const asked = cl.clGetEventInfo(event, EXECUTION_STATUS, status.byteLength, status, null);
    const released = cl.clReleaseEvent(event);
    // What became of the copy says more than that waiting for it failed.
    const [became = SUCCESS] = status;
    if (asked === SUCCESS && became < 0) throw new NativeError('clEnqueueCopyBuffer', became);
    check('clWaitForEvents', waited);
    check('clGetEventInfo', asked);
    check('clReleaseEvent', released);
  },
});

export type Commands = ReturnType<typeof commandsOn>;
