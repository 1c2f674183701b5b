// The driver layer on one OpenCL platform: what it declares, and what serves it.
import type { Service } from '../kit/serve.ts';
import { commandsOn } from './commands.ts';
import { isVersion12, label } from './description.ts';
import { Devices } from './devices.ts';
import { refusing, refusingHandlers } from './errors.ts';
import { Events } from './events.ts';
import { Kernels } from './kernels.ts';
import type { OpenCl } from './library.ts';
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
  const events = new Events(commands, devices, streams);
  const kernels = new Kernels(commands, devices, memory, streams);

  return {
    product: {
      vendor: label(queries.platformText(platform, PLATFORM.vendor)),
      name: label(queries.platformText(platform, PLATFORM.name)),
      version: label(queries.platformText(platform, PLATFORM.version)),
    },
    // Not driver.memory.info: OpenCL has no portable way to ask how much memory is free.
    // Nor driver.memory.address: a buffer has no address outside a kernel.
    // Nor driver.stream.callback and driver.stream.graph: OpenCL has no command that calls the host before
    // those behind it begin, and none that is captured.
    capabilities: {
      'system.cancel': true,
      'driver.device': true,
      'driver.memory': true,
      'driver.memory.copy': true,
      ...(commands.fill && { 'driver.memory.fill': true }),
      'driver.stream': true,
      'driver.event': true,
      'driver.event.host': true,
      'driver.kernel': true,
    },
    methods: METHODS,
    handlers: refusingHandlers({
      ...devices.handlers,
      ...memory.handlers,
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
