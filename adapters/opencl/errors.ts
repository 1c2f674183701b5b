// What a native code means in the standard, method by method.
import type { ErrorReason, MethodName } from '../../schemas/generated/standard.ts';
import { refusingBy } from '../kit/native.ts';
import { CODE_NAMES } from './codes.ts';

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

const COPY: Reasons = {
  ...UNKNOWN_BUFFER,
  [-8]: 'OVERLAP',
  // Buffers of two contexts, which here are two devices: the registry has no reason for it.
  [-34]: 'UNSPECIFIED',
};

/** The codes that mean something in some methods alone. */
const IN_METHOD: Readonly<Record<string, Reasons>> = {
  'driver.device.get': { [-33]: 'DEVICE' },
  'driver.memory.allocate': { [-33]: 'DEVICE', [-61]: 'SIZE' },
  // -37: no memory that it can use.
  'driver.memory.register': { [-33]: 'DEVICE', [-37]: 'UNSPECIFIED', [-61]: 'SIZE' },
  'driver.memory.managed.allocate': { [-33]: 'DEVICE', [-37]: 'UNSPECIFIED', [-61]: 'SIZE' },
  'driver.memory.free': UNKNOWN_BUFFER,
  'driver.memory.write': UNKNOWN_BUFFER,
  'driver.memory.read': UNKNOWN_BUFFER,
  'driver.memory.digest': UNKNOWN_BUFFER,
  'driver.memory.fill': UNKNOWN_BUFFER,
  'driver.memory.copy': COPY,
  'driver.stream.create': { [-33]: 'DEVICE' },
  'driver.stream.write': { ...UNKNOWN_BUFFER, [-34]: 'UNSPECIFIED' },
  'driver.stream.copy': COPY,
  'driver.stream.waitEvent': { [-34]: 'UNSPECIFIED' },
  // -58: what is named is no user event; -59: it was signalled before.
  'driver.event.host.signal': { [-58]: 'EVENT_STATE', [-59]: 'EVENT_STATE' },
  // -7: "the execution status of the command identified by event is not CL_COMPLETE".
  'driver.event.timing.elapsed': { [-7]: 'EVENT_STATE' },
  // -3: no compiler is there, and so nothing that takes the format.
  'driver.module.load': {
    [-3]: 'MODULE_INVALID',
    [-11]: 'MODULE_INVALID',
    [-42]: 'MODULE_INVALID',
  },
  'driver.kernel.get': { [-46]: 'KERNEL' },
  'driver.kernel.launch': {
    ...UNKNOWN_BUFFER,
    [-34]: 'UNSPECIFIED',
    [-49]: 'ARGUMENT',
    [-50]: 'ARGUMENT',
    [-51]: 'ARGUMENT',
    [-52]: 'ARGS_UNSET',
    [-54]: 'LAUNCH_GEOMETRY',
    [-55]: 'LAUNCH_GEOMETRY',
    [-63]: 'LAUNCH_GEOMETRY',
  },
} satisfies Partial<Record<MethodName, Reasons>>;

export const { refusing, refusingHandlers } = refusingBy({
  reasonOf: (method, code) => IN_METHOD[method]?.[code] ?? ANYWHERE[code],
  nameOf: (code) => CODE_NAMES.get(code),
});
