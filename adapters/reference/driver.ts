// The reference: devices that are host memory, and models that are computed by their definitions; conformant in every
// row that it declares.
import type { Capabilities, Implementation } from '../../schemas/generated/types.ts';
import type { Handlers, Service } from '../kit/serve.ts';
import { SERVED } from './compatibility.ts';
import { Devices } from './device.ts';
import { Events } from './event.ts';
import { gradients } from './gradients/handlers.ts';
import { hostMemory } from './host-memory.ts';
import { Kernels } from './kernels.ts';
import { managedMemory } from './managed-memory.ts';
import { Memory } from './memory.ts';
import { Models } from './models.ts';
import { orderedMemory } from './ordered-memory.ts';
import { peers } from './peer.ts';
import { Shares } from './share.ts';
import { Streams } from './streams.ts';
import { telemetry } from './telemetry.ts';
import { Tensors } from './tensors.ts';
import { trainings } from './training.ts';
import { virtualMemory } from './virtual-memory.ts';

/** Everything that the standard has. */
export const FULL: Capabilities = {
  'system.cancel': true,
  'driver.device': true,
  'driver.visibility': true,
  'driver.memory': true,
  'driver.memory.address': true,
  'driver.memory.copy': true,
  'driver.memory.fill': true,
  'driver.memory.info': true,
  'driver.stream': true,
  'driver.stream.callback': true,
  'driver.stream.graph': true,
  'driver.event': true,
  'driver.event.host': true,
  'driver.event.timing': true,
  'driver.compatibility': true,
  'driver.device.location': true,
  'driver.device.partition': true,
  'driver.memory.host': true,
  'driver.memory.managed': true,
  'driver.memory.ordered': true,
  'driver.memory.virtual': true,
  'driver.memory.share': true,
  'driver.peer': true,
  'driver.telemetry': true,
  'driver.telemetry.utilization': true,
  'driver.telemetry.temperature': true,
  'driver.telemetry.power': true,
  'driver.telemetry.errors': true,
  'driver.kernel': true,
  'driver.kernel.fault': true,
  'driver.kernel.watchdog': true,
  'framework.model': true,
  'framework.tensor': true,
  'framework.determinism': true,
  'framework.gradient': true,
  'framework.training': true,
  'framework.random': true,
};

/** As little as an endpoint can declare and still be one. */
export const REDUCED: Capabilities = { 'driver.device': true };

/** A product that is its own adapter: all that it does is native. */
const allNative = (handlers: Handlers): Service['methods'] =>
  Object.fromEntries(
    Object.keys(handlers).map((method) => [method, 'native' satisfies Implementation]),
  );

/** A fresh driver with two devices, or those of them that `visible` names. */
export const referenceDriver = (
  capabilities: Capabilities,
  visible?: readonly string[],
): Service => {
  const devices = new Devices(capabilities['driver.visibility'] ? visible : undefined);
  const memory = new Memory(devices);
  const streams = new Streams(devices, memory);
  const events = new Events(devices, streams);
  const shares = new Shares(devices, memory);
  const kernels = new Kernels(devices, memory, streams);
  const tensors = new Tensors();
  const models = new Models(tensors);
  const handlers = {
    ...devices.handlers,
    ...memory.handlers,
    ...streams.handlers,
    ...events.handlers,
    ...hostMemory(devices, memory),
    ...managedMemory(memory),
    ...orderedMemory(memory, streams),
    ...virtualMemory(memory),
    ...shares.handlers,
    ...peers(devices, memory),
    ...telemetry(devices, memory, streams),
    ...kernels.handlers,
    ...tensors.handlers,
    ...models.handlers,
    ...gradients(models),
    ...trainings(models),
  };
  return {
    product: { vendor: 'Causeway', name: 'Reference driver', version: '1.0' },
    capabilities,
    methods: allNative(handlers),
    handlers,
    ...(capabilities['driver.compatibility'] && { runtimeVersions: SERVED }),
    release: async () => {
      await streams.release();
      memory.release();
      shares.release();
    },
  };
};
