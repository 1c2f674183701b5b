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

/**
 * Enqueues a command and waits for it by its event: clFinish would hide one that was taken and then
 * failed.
 */
const carriedOut = (cl: OpenCl, call: string, enqueue: (event: BigUint64Array) => number): void => {
  const events = new BigUint64Array(1);
  check(call, enqueue(events));
  const [event = 0n] = events;
  const status = new Int32Array(1);
  const waited = cl.clWaitForEvents(1, events);
  const asked = cl.clGetEventInfo(event, EXECUTION_STATUS, status.byteLength, status, null);
  const released = cl.clReleaseEvent(event);
  // What became of the command says more than that waiting for it failed.
  const [became = SUCCESS] = status;
  if (asked === SUCCESS && became < 0) throw new NativeError(call, became);
  check('clWaitForEvents', waited);
  check('clGetEventInfo', asked);
  check('clReleaseEvent', released);
};

const fillWith = (cl: OpenCl) => {
  const { clEnqueueFillBuffer: enqueue } = cl;
  if (!enqueue) return undefined;
  return (queue: Pointer, { buffer, offset }: Place, length: bigint, pattern: Uint8Array): void => {
    const [to, size] = [sizeT(offset), sizeT(length)];
    carriedOut(cl, 'clEnqueueFillBuffer', (event) =>
      enqueue(queue, buffer, pattern, pattern.length, to, size, 0, null, event),
    );
  };
};

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

  copy: (queue: Pointer, from: Place, to: Place, length: bigint) => {
    const [start, target, size] = [sizeT(from.offset), sizeT(to.offset), sizeT(length)];
    carriedOut(cl, 'clEnqueueCopyBuffer', (event) =>
      cl.clEnqueueCopyBuffer(queue, from.buffer, to.buffer, start, target, size, 0, null, event),
    );
  },

  /** Absent where the loader has no such function. */
  fill: fillWith(cl),
});

export type Commands = ReturnType<typeof commandsOn>;
