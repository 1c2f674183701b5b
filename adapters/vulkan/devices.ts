// The devices of one Vulkan driver by their ids, each opened when it is first asked for.
import { Refusal } from '../kit/refusal.ts';
import type { Handlers } from '../kit/serve.ts';
import { hasBoth } from './buffers.ts';
import type { Commands } from './commands.ts';
import { describe } from './description.ts';
import { type OpenDevice, openDevice } from './device.ts';
import type { Handle, Vulkan } from './library.ts';
import { type PhysicalDevice, physicalDevice } from './queries.ts';

/** Those of an instance that can be served; `implementation` begins their ids. */
export class Devices {
  readonly #commands: Commands;
  readonly #devices: readonly { readonly device: string; readonly physical: PhysicalDevice }[];
  readonly #opened = new Map<PhysicalDevice, OpenDevice>();
  /** The first of them: it speaks for the driver. */
  readonly first: PhysicalDevice;
  /** Whether every device has addresses, and timeline semaphores, for streams and events. */
  readonly addressed: boolean;
  readonly streamed: boolean;
  /** Whether every device says when work was done. */
  readonly timed: boolean;
  /** Whether every device has memory that the host reaches as well. */
  readonly managed: boolean;
  /** What host memory has to be a multiple of for every device; undefined where one takes none. */
  readonly hostMemoryAlignment: number | undefined;

  constructor(vk: Vulkan, commands: Commands, instance: Handle, implementation: string) {
    this.#commands = commands;
    this.#devices = commands.physicalDevices(instance).flatMap((handle) => {
      const physical = physicalDevice(vk, handle);
      return physical ? [{ device: `${implementation}-${physical.uuid}`, physical }] : [];
    });
    const [first] = this.#devices;
    if (!first) throw new Error('Vulkan shows no device that computes');
    this.first = first.physical;
    this.addressed = this.#devices.every(({ physical }) => physical.bufferDeviceAddress);
    this.managed = this.#devices.every(({ physical }) => hasBoth(physical.memory));
    const alignments = this.#devices.map(
      ({ physical }) => physical.hostMemoryAlignment ?? Infinity,
    );
    const alignment = Math.max(...alignments);
    this.hostMemoryAlignment = Number.isFinite(alignment) ? alignment : undefined;
    this.timed = this.#devices.every(({ physical }) => physical.timestampBits > 0);
    this.streamed = this.#devices.every(({ physical }) => physical.timelineSemaphore);
  }

  readonly handlers: Handlers = {
    'driver.device.list': () => ({
      devices: this.#devices.map(({ device, physical }) =>
        describe(device, this.#open(physical), this),
      ),
    }),
    'driver.device.get': ({ device }) => describe(device, this.named(device), this),
  };

  /** The device of an id. Vulkan names devices by pointers, and leaves open what one to no device does. */
  named(id: string): OpenDevice {
    const found = this.#devices.find(({ device }) => device === id);
    if (!found) throw new Refusal('DEVICE', 'adapter');
    return this.#open(found.physical);
  }

  /** Ends all work; then `between`, and then the devices. */
  release(between: () => void): void {
    for (const device of this.#opened.values()) device.finish();
    between();
    for (const device of this.#opened.values()) device.release();
    this.#opened.clear();
  }

  #open(physical: PhysicalDevice): OpenDevice {
    const before = this.#opened.get(physical);
    if (before) return before;
    const now = openDevice(this.#commands, physical);
    this.#opened.set(physical, now);
    return now;
  }
}
