// What a native code means in the standard: by (method, code) alone, never by the arguments of the call,
// so that a refusal says what the driver knew and not what the adapter could work out.
import type { ErrorReason, MethodName } from '../../schemas/generated/standard.ts';
import { Refusal } from '../kit/refusal.ts';
import type { Handlers } from '../kit/serve.ts';
import { CODE_NAMES } from './codes.ts';
import { NativeError } from './native.ts';

type Reasons = Readonly<Record<number, ErrorReason>>;

/** The codes that mean the same whatever was called. */
const ANYWHERE: Reasons = {
  [-2]: 'DEVICE_LOST',
  [-4]: 'DEVICE_MEMORY',
  // "A failure to allocate resources on the device": RESOURCE_EXHAUSTED has no nearer reason.
  [-5]: 'DEVICE_MEMORY',
  [-6]: 'HOST_MEMORY',
  // CL_INVALID_VALUE is a range fault, a bad flag and a null pointer alike: several canonicals.
  [-30]: 'UNSPECIFIED',
};

/** A live handle whose object the driver does not know. */
const UNKNOWN_BUFFER: Reasons = { [-38]: 'HANDLE_INVALID' };

/** The codes that mean something in some methods alone. */
const IN_METHOD: Readonly<Record<string, Reasons>> = {
  'driver.device.get': { [-33]: 'DEVICE' },
  'driver.memory.allocate': { [-33]: 'DEVICE', [-61]: 'SIZE' },
  'driver.memory.free': UNKNOWN_BUFFER,
  'driver.memory.write': UNKNOWN_BUFFER,
  'driver.memory.read': UNKNOWN_BUFFER,
  'driver.memory.digest': UNKNOWN_BUFFER,
  'driver.memory.fill': UNKNOWN_BUFFER,
  'driver.memory.copy': {
    ...UNKNOWN_BUFFER,
    [-8]: 'OVERLAP',
    // Buffers of two contexts, which here are two devices: the registry has no reason for it.
    [-34]: 'UNSPECIFIED',
  },
} satisfies Partial<Record<MethodName, Reasons>>;

/**
 * A code that is not in the tables is INTERNAL, of native origin still. UNSPECIFIED would make it an
 * INVALID_ARGUMENT, and a driver that failed for reasons of its own would pass for one that refused.
 */
const refusalOf = (method: string, { code, message }: NativeError): Refusal => {
  const vendorName = CODE_NAMES.get(code);
  return new Refusal(IN_METHOD[method]?.[code] ?? ANYWHERE[code] ?? 'INTERNAL', 'native', {
    message,
    vendorCode: code,
    ...(vendorName === undefined ? {} : { vendorName }),
  });
};

/** Does a method's work; a native error that leaves it becomes the method's refusal. */
export const refusing = <T>(method: MethodName, work: () => T): T => {
  try {
    return work();
  } catch (error) {
    throw error instanceof NativeError ? refusalOf(method, error) : error;
  }
};

/** The handlers, each of them refusing so. */
export const refusingHandlers = (handlers: Handlers): Handlers =>
  Object.fromEntries(
    Object.entries(handlers).map(([method, work]) => [
      method,
      (params: never, ended: AbortSignal) =>
        refusing(method as keyof Handlers, () => work(params, ended)),
    ]),
  );
