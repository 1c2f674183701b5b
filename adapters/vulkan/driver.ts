// The driver layer on the devices of one Vulkan driver: the adapter's own part is names, handles, and the
// rules of rules.ts.
import { createHash } from 'node:crypto';
import { bytesOf, lengthOf } from '../kit/data.ts';
import { HandleTable } from '../kit/handles.ts';
import { Refusal } from '../kit/refusal.ts';
import type { Service } from '../kit/serve.ts';
import type { Bound } from './buffers.ts';
import { refusing, refusingHandlers } from './codes.ts';
import { commandsOn } from './commands.ts';
import { describe, label, vendorOf } from './description.ts';
import { type OpenDevice, openDevice } from './device.ts';
import type { Vulkan } from './library.ts';
import { type PhysicalDevice, physicalDevice } from './queries.ts';
import { admitApart, admitRange, admitTogether, admitWords, wordOf } from './rules.ts';

interface Allocation extends Bound {
  readonly on: OpenDevice;
}

/** `implementation` begins the ids of the devices. */
export const vulkanDriver = (vk: Vulkan, implementation: string): Service => {
  const commands = commandsOn(vk);
  const instance = commands.createInstance();
  const devices = commands.physicalDevices(instance).flatMap((handle) => {
    const physical = physicalDevice(vk, handle);
    return physical ? [{ device: `${implementation}-${physical.uuid}`, physical }] : [];
  });
  const [first] = devices;
  if (!first) throw new Error('Vulkan shows no device that computes');
  const addressed = devices.every(({ physical }) => physical.bufferDeviceAddress);
  const opened = new Map<PhysicalDevice, OpenDevice>();
  const allocations = new HandleTable<Allocation>('allocation');

  /** Made when it is first asked for. */
  const open = (physical: PhysicalDevice): OpenDevice => {
    const before = opened.get(physical);
    if (before) return before;
    const now = openDevice(commands, physical);
    opened.set(physical, now);
    return now;
  };
  /** Vulkan names devices by pointers, and leaves open what one to no device does. */
  const named = (id: string): OpenDevice => {
    const found = devices.find(({ device }) => device === id);
    if (!found) throw new Refusal('DEVICE', 'adapter');
    return open(found.physical);
  };
  /** A range of an allocation, as the rules and the commands want it. */
  const rangeOf = (allocation: string, offsetBytes: string) => {
    const { on, buffer, size } = allocations.get(allocation);
    return { on, buffer, size, offset: BigInt(offsetBytes) };
  };

  return {
    product: {
      vendor: label(vendorOf(first.physical)),
      name: label(first.physical.driverName || first.physical.name),
      version: label(first.physical.driverVersion),
    },
    // Not driver.memory.info: no device says in core Vulkan how much memory is free.
    capabilities: {
      'driver.device': true,
      'driver.memory': true,
      'driver.memory.copy': true,
      'driver.memory.fill': true,
      ...(addressed && { 'driver.memory.address': true }),
    },
    // Each takes several native calls: a buffer and its memory, or commands, a submission and a fence.
    methods: {
      'driver.device.list': 'composed',
      'driver.device.get': 'composed',
      'driver.memory.allocate': 'composed',
      'driver.memory.free': 'composed',
      'driver.memory.write': 'composed',
      'driver.memory.read': 'composed',
      'driver.memory.digest': 'composed',
      'driver.memory.copy': 'composed',
      'driver.memory.fill': 'composed',
    },
    handlers: refusingHandlers({
      'driver.device.list': () => ({
        devices: devices.map(({ device, physical }) => describe(device, open(physical), addressed)),
      }),
      'driver.device.get': ({ device }) => describe(device, named(device), addressed),
      'driver.memory.allocate': ({ device, sizeBytes }) => {
        const on = named(device);
        const bound = on.buffers.forData(BigInt(sizeBytes));
        const address = on.buffers.addressOf(bound);
        return {
          allocation: allocations.add({ ...bound, on }),
          ...(addressed && address !== undefined && { address: String(address) }),
        };
      },
      'driver.memory.free': ({ allocation }) => {
        const { on, ...bound } = allocations.remove(allocation);
        on.buffers.destroy(bound);
        return {};
      },
      'driver.memory.write': ({ allocation, offsetBytes, data }) => {
        const to = rangeOf(allocation, offsetBytes);
        admitRange(to, lengthOf(data));
        to.on.transfers.write(to, bytesOf(data));
        return {};
      },
      'driver.memory.read': ({ allocation, offsetBytes, lengthBytes }) => {
        const from = rangeOf(allocation, offsetBytes);
        admitRange(from, BigInt(lengthBytes));
        const bytes: Uint8Array[] = [];
        from.on.transfers.read(from, BigInt(lengthBytes), (piece) => bytes.push(piece.slice()));
        return { base64: Buffer.concat(bytes).toString('base64') };
      },
      'driver.memory.digest': ({ allocation, offsetBytes, lengthBytes }) => {
        const from = rangeOf(allocation, offsetBytes);
        admitRange(from, BigInt(lengthBytes));
        const hash = createHash('sha256');
        from.on.transfers.read(from, BigInt(lengthBytes), (piece) => hash.update(piece));
        return { sha256: hash.digest('hex') };
      },
      'driver.memory.copy': ({ source, destination, lengthBytes }) => {
        const from = rangeOf(source.allocation, source.offsetBytes);
        const to = rangeOf(destination.allocation, destination.offsetBytes);
        const length = BigInt(lengthBytes);
        admitTogether(from.on, to.on);
        admitRange(from, length);
        admitRange(to, length);
        admitApart(from, to, length);
        from.on.transfers.copy(from, to, length);
        return {};
      },
      'driver.memory.fill': ({ allocation, offsetBytes, lengthBytes, pattern }) => {
        const to = rangeOf(allocation, offsetBytes);
        const length = BigInt(lengthBytes);
        admitRange(to, length);
        const word = wordOf(Buffer.from(pattern, 'base64'));
        admitWords(to.offset, length);
        to.on.transfers.fill(to, length, word);
        return {};
      },
    }),
    release: () =>
      refusing('system.shutdown', () => {
        for (const device of opened.values()) device.finish();
        for (const { on, ...bound } of allocations.drain()) on.buffers.destroy(bound);
        for (const device of opened.values()) device.release();
        opened.clear();
        commands.destroyInstance(instance);
      }),
  };
};
