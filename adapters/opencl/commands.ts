// What a driver does with a device: one function for each native call. No range or size is checked
// here and nothing is tried twice: the library's own answer is what is wanted.
import type { WorkState } from '../../schemas/generated/types.ts';
import { NativeError } from '../kit/native.ts';
import { Refusal } from '../kit/refusal.ts';
import type { OpenCl, Pointer } from './library.ts';
import { check, created, SUCCESS, sizeT } from './native.ts';
import { programsOn } from './programs.ts';

const CONTEXT_PLATFORM = 0x1084n;
const READ_WRITE = 1;
const USE_HOST_POINTER = 8;
const MAP_READ_AND_WRITE = 3;
/** That of the largest type, which is what 0 stands for. */
const USUAL_ALIGNMENT = 0;
const BLOCKING = 1;
const NOT_BLOCKING = 0;
const EXECUTION_STATUS = 0x11d3;
/** Each queue keeps the times of its commands: an event that is asked for them may be recorded in any. */
const PROFILING_ENABLE = 2n;
const PROFILING_COMMAND_END = 0x1283;
/** CL_COMPLETE, which is less than every status on the way there; below it are errors. */
const COMPLETE = 0;

/** CL_EXEC_STATUS_ERROR_FOR_EVENTS_IN_WAIT_LIST: a wait for a command that failed. */
const ERROR_IN_WAIT_LIST = -14;

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
  const [became = COMPLETE] = status;
  if (asked === SUCCESS && became < COMPLETE) throw new NativeError(call, became);
  check('clWaitForEvents', waited);
  check('clGetEventInfo', asked);
  check('clReleaseEvent', released);
};

/** Enqueues a command, and gives the event of it. */
const enqueued = (call: string, enqueue: (event: BigUint64Array) => number): Pointer => {
  const events = new BigUint64Array(1);
  check(call, enqueue(events));
  return events[0] ?? 0n;
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

/** Shared virtual memory, where the loader has what OpenCL 2.0 brought. */
const sharedMemoryWith = (cl: OpenCl) => {
  const { clSVMAlloc, clSVMFree, clEnqueueSVMMap, clEnqueueSVMUnmap } = cl;
  if (!clSVMAlloc || !clSVMFree || !clEnqueueSVMMap || !clEnqueueSVMUnmap) return undefined;
  return {
    allocate: (context: Pointer, size: bigint) => {
      const pointer = clSVMAlloc(context, READ_WRITE, sizeT(size), USUAL_ALIGNMENT);
      // It says no code, so that nobody can tell why.
      if (pointer === null) {
        throw new Refusal('UNSPECIFIED', 'native', { message: 'clSVMAlloc', vendorName: 'NULL' });
      }
      return { pointer, bytes: cl.view(pointer, Number(size)) };
    },
    free: (context: Pointer, pointer: Pointer): void => clSVMFree(context, pointer),
    /** Does what the host does with a part of it, while it is the host's. */
    mapped: <T>(queue: Pointer, part: Uint8Array, work: () => T): T => {
      const size = sizeT(BigInt(part.length));
      check(
        'clEnqueueSVMMap',
        clEnqueueSVMMap(queue, BLOCKING, MAP_READ_AND_WRITE, part, size, 0, null, null),
      );
      try {
        return work();
      } finally {
        carriedOut(cl, 'clEnqueueSVMUnmap', (event) =>
          clEnqueueSVMUnmap(queue, part, 0, null, event),
        );
      }
    },
  };
};

export type SharedMemory = NonNullable<ReturnType<typeof sharedMemoryWith>>;

/** What orders the commands of queues, each with an event of its own. */
interface Ordering {
  putMarker(queue: Pointer): Pointer;
  putWait(queue: Pointer, event: Pointer): Pointer;
}

const orderingBefore12 = (cl: OpenCl): Ordering => {
  const putMarker = (queue: Pointer): Pointer =>
    enqueued('clEnqueueMarker', (event) => cl.clEnqueueMarker(queue, event));
  return {
    putMarker,
    // Such a wait has no event, so the one of a marker behind it says how far it is.
    putWait: (queue, event) => {
      const waited = cl.clEnqueueWaitForEvents(queue, 1, new BigUint64Array([event]));
      check('clEnqueueWaitForEvents', waited);
      return putMarker(queue);
    },
  };
};

const orderingWith = (cl: OpenCl, is12: boolean): Ordering => {
  const { clEnqueueMarkerWithWaitList: mark, clEnqueueBarrierWithWaitList: wait } = cl;
  if (!is12 || !mark || !wait) return orderingBefore12(cl);
  return {
    putMarker: (queue) =>
      enqueued('clEnqueueMarkerWithWaitList', (event) => mark(queue, 0, null, event)),
    putWait: (queue, until) =>
      enqueued('clEnqueueBarrierWithWaitList', (event) =>
        wait(queue, 1, new BigUint64Array([until]), event),
      ),
  };
};

/** The commands on a loaded library. `is12`: whether it is an OpenCL 1.2 or later. */
export const commandsOn = (cl: OpenCl, is12: boolean) => ({
  ...orderingWith(cl, is12),
  ...programsOn(cl),

  createContext: (platform: Pointer, device: Pointer) =>
    created('clCreateContext', (code) => {
      const properties = new BigUint64Array([CONTEXT_PLATFORM, platform, 0n]);
      return cl.clCreateContext(properties, 1, new BigUint64Array([device]), null, null, code);
    }),
  releaseContext: (context: Pointer) => check('clReleaseContext', cl.clReleaseContext(context)),

  /** A queue that is not told otherwise is in order. */
  createQueue: (context: Pointer, device: Pointer) =>
    created('clCreateCommandQueue', (code) =>
      cl.clCreateCommandQueue(context, device, PROFILING_ENABLE, code),
    ),
  flush: (queue: Pointer) => check('clFlush', cl.clFlush(queue)),
  finish: (queue: Pointer) => check('clFinish', cl.clFinish(queue)),
  retainQueue: (queue: Pointer) => check('clRetainCommandQueue', cl.clRetainCommandQueue(queue)),
  releaseQueue: (queue: Pointer) => check('clReleaseCommandQueue', cl.clReleaseCommandQueue(queue)),

  createBuffer: (context: Pointer, size: bigint) =>
    created('clCreateBuffer', (code) =>
      cl.clCreateBuffer(context, READ_WRITE, sizeT(size), null, code),
    ),
  /** A buffer whose bytes are memory of the host, which stays as long as the buffer is there. */
  createBufferOver: (context: Pointer, bytes: Uint8Array) =>
    created('clCreateBuffer', (code) => {
      const flags = READ_WRITE | USE_HOST_POINTER;
      return cl.clCreateBuffer(context, flags, sizeT(BigInt(bytes.length)), bytes, code);
    }),
  /** Does what the host does with a part of such a buffer's memory, while it is the host's. */
  mapped: <T>(
    queue: Pointer,
    buffer: Pointer,
    offset: number,
    length: number,
    work: () => T,
  ): T => {
    const [from, size] = [sizeT(BigInt(offset)), sizeT(BigInt(length))];
    const pointer = created('clEnqueueMapBuffer', (code) =>
      cl.clEnqueueMapBuffer(
        ...([
          queue,
          buffer,
          BLOCKING,
          MAP_READ_AND_WRITE,
          from,
          size,
          0,
          null,
          null,
          code,
        ] as const),
      ),
    );
    try {
      return work();
    } finally {
      carriedOut(cl, 'clEnqueueUnmapMemObject', (event) =>
        cl.clEnqueueUnmapMemObject(queue, buffer, pointer, 0, null, event),
      );
    }
  },
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

  /** As `write`, and comes back at once: the bytes must stay until the command is complete. */
  putWrite: (queue: Pointer, { buffer, offset }: Place, bytes: Uint8Array): Pointer => {
    const to = sizeT(offset);
    return enqueued('clEnqueueWriteBuffer', (event) =>
      cl.clEnqueueWriteBuffer(queue, buffer, NOT_BLOCKING, to, bytes.length, bytes, 0, null, event),
    );
  },
  putCopy: (queue: Pointer, from: Place, to: Place, length: bigint): Pointer => {
    const [start, target, size] = [sizeT(from.offset), sizeT(to.offset), sizeT(length)];
    return enqueued('clEnqueueCopyBuffer', (event) =>
      cl.clEnqueueCopyBuffer(queue, from.buffer, to.buffer, start, target, size, 0, null, event),
    );
  },

  createUserEvent: (context: Pointer) =>
    created('clCreateUserEvent', (code) => cl.clCreateUserEvent(context, code)),
  /** Completes a user event; with an error, what waits for it is given up. */
  signal: (event: Pointer, error = COMPLETE) =>
    check('clSetUserEventStatus', cl.clSetUserEventStatus(event, error)),
  retainEvent: (event: Pointer) => check('clRetainEvent', cl.clRetainEvent(event)),
  releaseEvent: (event: Pointer) => check('clReleaseEvent', cl.clReleaseEvent(event)),
  waitFor: (event: Pointer) =>
    check('clWaitForEvents', cl.clWaitForEvents(1, new BigUint64Array([event]))),
  /** As `waitFor`, also for a command that failed: that is an end too. */
  waitForEnd: (event: Pointer) => {
    const waited = cl.clWaitForEvents(1, new BigUint64Array([event]));
    if (waited !== ERROR_IN_WAIT_LIST) check('clWaitForEvents', waited);
  },
  stateOf: (event: Pointer): WorkState => {
    const status = new Int32Array(1);
    const asked = cl.clGetEventInfo(event, EXECUTION_STATUS, status.byteLength, status, null);
    check('clGetEventInfo', asked);
    const [now = COMPLETE] = status;
    if (now === COMPLETE) return 'complete';
    return now < COMPLETE ? 'failed' : 'pending';
  },

  /** When a command was complete, in nanoseconds of the device's clock. */
  endOf: (event: Pointer): bigint => {
    const value = new BigUint64Array(1);
    const asked = cl.clGetEventProfilingInfo(
      event,
      PROFILING_COMMAND_END,
      value.byteLength,
      value,
      null,
    );
    check('clGetEventProfilingInfo', asked);
    return value[0] ?? 0n;
  },

  /** Absent before OpenCL 2.0. */
  sharedMemory: sharedMemoryWith(cl),
  /** Absent before OpenCL 1.2. */
  fill: is12 ? fillWith(cl) : undefined,
});

export type Commands = ReturnType<typeof commandsOn>;
