// The driver layer on the devices of one Vulkan driver: the adapter's own part is names, handles, the rules
// of rules.ts, and work that waits for the client (stream.ts).
import type { Capabilities } from '../../schemas/generated/types.ts';
import type { Service } from '../kit/serve.ts';
import { refusing, refusingHandlers } from './codes.ts';
import { commandsOn } from './commands.ts';
import { label, vendorOf } from './description.ts';
import { Devices } from './devices.ts';
import { Events } from './events.ts';
import { hostMemory } from './host-memory.ts';
import { Kernels } from './kernels.ts';
import type { Vulkan } from './library.ts';
import { managedMemory } from './managed-memory.ts';
import { Memory } from './memory.ts';
import { Streams } from './streams.ts';

/**
 * Not driver.memory.info: no device says in core Vulkan how much memory is free. Not driver.stream.callback:
 * Vulkan calls no host code.
 */
const capabilitiesOf = ({
  addressed,
  hostMemoryAlignment,
  managed,
  streamed,
  timed,
}: Devices): Capabilities => ({
  'driver.device': true,
  'driver.memory': true,
  'driver.memory.copy': true,
  'driver.memory.fill': true,
  ...(addressed && { 'driver.memory.address': true }),
  ...(hostMemoryAlignment !== undefined && { 'driver.memory.host': true }),
  ...(managed && { 'driver.memory.managed': true }),
  ...(streamed && {
    'system.cancel': true,
    'driver.stream': true,
    'driver.stream.graph': true,
    'driver.event': true,
    'driver.event.host': true,
    ...(timed && { 'driver.event.timing': true }),
    'driver.kernel': true,
  }),
});

/** Composed is what takes several native calls, or the adapter's books beside them. */
const METHODS: Service['methods'] = {
  'driver.device.list': 'composed',
  'driver.device.get': 'composed',
  'driver.memory.allocate': 'composed',
  'driver.memory.free': 'composed',
  'driver.memory.write': 'composed',
  'driver.memory.read': 'composed',
  'driver.memory.digest': 'composed',
  'driver.memory.copy': 'composed',
  'driver.memory.fill': 'composed',
  // The process's own memory: Vulkan has no part in it until it is registered.
  'driver.memory.host.allocate': 'emulated',
  'driver.memory.host.free': 'emulated',
  // The host's loads and stores, behind a barrier; where they are registered.
  'driver.memory.host.write': 'composed',
  'driver.memory.host.read': 'composed',
  'driver.memory.register': 'composed',
  // Memory that is mapped once, and the host's loads and stores there.
  'driver.memory.managed.allocate': 'composed',
  'driver.memory.managed.store': 'composed',
  'driver.memory.managed.load': 'composed',
  'driver.stream.create': 'native',
  'driver.stream.destroy': 'composed',
  'driver.stream.query': 'native',
  'driver.stream.synchronize': 'composed',
  'driver.stream.write': 'composed',
  'driver.stream.copy': 'composed',
  // The wait itself is a semaphore's; what waits for the client is kept back until it no longer does.
  'driver.stream.waitEvent': 'emulated',
  'driver.stream.graph.begin': 'composed',
  'driver.stream.graph.end': 'native',
  'driver.stream.graph.launch': 'native',
  'driver.stream.graph.destroy': 'composed',
  // A name for what is recorded later: Vulkan has nothing like it.
  'driver.event.create': 'emulated',
  'driver.event.destroy': 'composed',
  'driver.event.record': 'composed',
  'driver.event.query': 'native',
  'driver.event.synchronize': 'composed',
  'driver.event.host.create': 'native',
  'driver.event.host.signal': 'composed',
  'driver.event.timing.create': 'emulated',
  // Two timestamps, and the difference.
  'driver.event.timing.elapsed': 'composed',
  'driver.module.load': 'composed',
  'driver.module.unload': 'composed',
  // A name, which a pipeline is made with later.
  'driver.kernel.get': 'composed',
  'driver.kernel.launch': 'composed',
};

/** `implementation` begins the ids of the devices. */
export const vulkanDriver = (vk: Vulkan, implementation: string): Service => {
  const commands = commandsOn(vk);
  const instance = commands.createInstance();
  const devices = new Devices(vk, commands, instance, implementation);
  const memory = new Memory(devices);
  const streams = new Streams(devices, memory);
  const events = new Events(devices, streams);
  const kernels = new Kernels(devices, memory, streams);
  const { first, hostMemoryAlignment } = devices;
  return {
    product: {
      vendor: label(vendorOf(first)),
      name: label(first.driverName || first.name),
      version: label(first.driverVersion),
    },
    capabilities: capabilitiesOf(devices),
    methods: METHODS,
    handlers: refusingHandlers({
      ...devices.handlers,
      ...memory.handlers,
      ...managedMemory(devices, memory),
      ...(hostMemoryAlignment !== undefined &&
        hostMemory(vk, hostMemoryAlignment, devices, memory)),
      ...streams.handlers,
      ...events.handlers,
      ...kernels.handlers,
    }),
    release: () =>
      refusing('system.shutdown', () => {
        devices.release(() => {
          events.release();
          kernels.release();
          streams.release();
          memory.release();
        });
        commands.destroyInstance(instance);
      }),
  };
};
