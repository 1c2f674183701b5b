// The driver layer on one OpenCL platform: what it declares, and what serves it.
import type { Service } from '../kit/serve.ts';
import { commandsOn } from './commands.ts';
import { hasSharedMemory, isVersion12, label } from './description.ts';
import { Devices } from './devices.ts';
import { refusing, refusingHandlers } from './errors.ts';
import { Events } from './events.ts';
import { hostMemory } from './host-memory.ts';
import { Kernels } from './kernels.ts';
import type { OpenCl } from './library.ts';
import { managedMemory } from './managed-memory.ts';
import { Memory } from './memory.ts';
import { DEVICE, PLATFORM, platformOf, queriesOn } from './queries.ts';
import { Streams } from './streams.ts';

/** Who does the work of each method. */
const METHODS: Service['methods'] = {
  'driver.device.list': 'composed',
  'driver.device.get': 'composed',
  'driver.memory.allocate': 'native',
  'driver.memory.free': 'native',
  'driver.memory.write': 'native',
  'driver.memory.read': 'native',
  // Native reads, hashed here.
  'driver.memory.digest': 'composed',
  // A command, and the wait for it.
  'driver.memory.copy': 'composed',
  'driver.memory.fill': 'composed',
  // The process's own memory: OpenCL has no part in it until it is registered.
  'driver.memory.host.allocate': 'emulated',
  'driver.memory.host.free': 'emulated',
  // A map, the host's loads or stores, and an unmap; below too.
  'driver.memory.host.write': 'composed',
  'driver.memory.host.read': 'composed',
  'driver.memory.register': 'native',
  // Shared memory, and a buffer over it.
  'driver.memory.managed.allocate': 'composed',
  'driver.memory.managed.store': 'composed',
  'driver.memory.managed.load': 'composed',
  'driver.stream.create': 'native',
  'driver.stream.destroy': 'native',
  // A question for the last command of several.
  'driver.stream.query': 'composed',
  // Questions again and again, and a wait for what is complete.
  'driver.stream.synchronize': 'composed',
  // A command and a flush, here and in the next.
  'driver.stream.write': 'composed',
  'driver.stream.copy': 'composed',
  'driver.stream.waitEvent': 'composed',
  // Names for what OpenCL makes with each marker.
  'driver.event.create': 'composed',
  'driver.event.destroy': 'composed',
  'driver.event.record': 'composed',
  'driver.event.query': 'native',
  'driver.event.synchronize': 'composed',
  'driver.event.host.create': 'native',
  'driver.event.host.signal': 'native',
  'driver.event.timing.create': 'composed',
  // Two questions, and the difference.
  'driver.event.timing.elapsed': 'composed',
  // Made and built.
  'driver.module.load': 'composed',
  'driver.module.unload': 'composed',
  'driver.kernel.get': 'composed',
  // A kernel object, its arguments, a command and a flush.
  'driver.kernel.launch': 'composed',
};

/** `implementation` begins the ids of the devices; `index` chooses among platforms. */
export const openClDriver = (cl: OpenCl, implementation: string, index?: number): Service => {
  const queries = queriesOn(cl);
  const platform = platformOf(queries, index);
  const versions = [
    queries.platformText(platform, PLATFORM.version),
    ...queries.devices(platform).map((device) => queries.deviceText(device, DEVICE.version)),
  ];
  const commands = commandsOn(cl, versions.every(isVersion12));
  const devices = new Devices(commands, queries, platform, implementation);
  const memory = new Memory(commands, devices);
  const streams = new Streams(commands, devices, memory);
  const events = new Events(commands, queries, devices, streams);
  const everyDevice = queries.devices(platform);
  const shared = everyDevice.every((one) => hasSharedMemory(queries, one))
    ? commands.sharedMemory
    : undefined;
  const kernels = new Kernels(commands, devices, memory, streams);

  return {
    product: {
      vendor: label(queries.platformText(platform, PLATFORM.vendor)),
      name: label(queries.platformText(platform, PLATFORM.name)),
      version: label(queries.platformText(platform, PLATFORM.version)),
    },
    // Not driver.memory.info: OpenCL has no portable way to ask how much memory is free.
    // Nor driver.telemetry, driver.peer, driver.memory.virtual and driver.memory.share: it has none of these; of
    // memory that others share it takes some in, by an extension, and gives none.
    // Nor driver.memory.ordered: a queue frees shared memory in its turn, and allocates none.
    // Nor driver.memory.address: a buffer has no address outside a kernel.
    // Nor driver.stream.callback and driver.stream.graph: OpenCL has no command that calls the host before
    // those behind it begin, and none that is captured.
    capabilities: {
      'system.cancel': true,
      'driver.device': true,
      'driver.memory': true,
      'driver.memory.copy': true,
      ...(commands.fill && { 'driver.memory.fill': true }),
      'driver.memory.host': true,
      ...(shared && { 'driver.memory.managed': true }),
      'driver.stream': true,
      'driver.event': true,
      'driver.event.host': true,
      'driver.event.timing': true,
      'driver.kernel': true,
    },
    methods: METHODS,
    handlers: refusingHandlers({
      ...devices.handlers,
      ...memory.handlers,
      ...hostMemory(commands, devices, memory),
      ...(shared && managedMemory(commands, shared, devices, memory)),
      ...streams.handlers,
      ...events.handlers,
      ...kernels.handlers,
    }),
    release: () =>
      refusing('system.shutdown', () => {
        events.release();
        streams.release();
        devices.finish();
        kernels.release();
        memory.release();
        devices.release();
      }),
  };
};
