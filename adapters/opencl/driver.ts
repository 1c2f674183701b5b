// The driver layer on one OpenCL platform: the adapter's own part is names and handles.
import { createHash } from 'node:crypto';
import { bytesOf } from '../kit/data.ts';
import { HandleTable } from '../kit/handles.ts';
import { Refusal } from '../kit/refusal.ts';
import type { Service } from '../kit/serve.ts';
import { commandsOn } from './commands.ts';
import { describeWith, fills, label } from './description.ts';
import { refusing, refusingHandlers } from './errors.ts';
import type { OpenCl, Pointer } from './library.ts';
import { DEVICE, PLATFORM, platformOf, queriesOn } from './queries.ts';

/** A digest holds this much of a range at a time. */
const PIECE = 4 * 1024 * 1024;

/** A device in use: made by the first allocation on it. */
interface OpenDevice {
  readonly context: Pointer;
  readonly queue: Pointer;
}

interface Allocation {
  readonly queue: Pointer;
  readonly buffer: Pointer;
}

/** `implementation` begins the ids of the devices; `index` chooses among platforms. */
export const openClDriver = (cl: OpenCl, implementation: string, index?: number): Service => {
  const queries = queriesOn(cl);
  const commands = commandsOn(cl);
  const platform = platformOf(queries, index);
  const devices = new Map(
    queries.devices(platform).map((pointer, nth) => [`${implementation}-${nth}`, pointer]),
  );
  const opened = new Map<Pointer, OpenDevice>();
  const allocations = new HandleTable<Allocation>('allocation');

  /** OpenCL leaves open what a pointer to no device does, so the adapter refuses. */
  const pointerOf = (device: string): Pointer => {
    const pointer = devices.get(device);
    if (pointer === undefined) throw new Refusal('DEVICE', 'adapter');
    return pointer;
  };
  const versions = [
    queries.platformText(platform, PLATFORM.version),
    ...[...devices.values()].map((pointer) => queries.deviceText(pointer, DEVICE.version)),
  ];
  const { fill } = commands;
  const filled = fill !== undefined && versions.every(fills);
  const describe = describeWith(queries, filled);
  const open = (device: Pointer): OpenDevice => {
    const before = opened.get(device);
    if (before) return before;
    const context = commands.createContext(platform, device);
    const now = { context, queue: commands.createQueue(context, device) };
    opened.set(device, now);
    return now;
  };
  const digest = ({ queue, buffer }: Allocation, from: bigint, length: bigint): string => {
    const hash = createHash('sha256');
    const room = Buffer.alloc(length < PIECE ? Number(length) : PIECE);
    const end = from + length;
    for (let offset = from; offset < end; offset += BigInt(PIECE)) {
      const left = end - offset;
      const piece = left < PIECE ? room.subarray(0, Number(left)) : room;
      commands.read(queue, { buffer, offset }, piece);
      hash.update(piece);
    }
    return hash.digest('hex');
  };

  return {
    product: {
      vendor: label(queries.platformText(platform, PLATFORM.vendor)),
      name: label(queries.platformText(platform, PLATFORM.name)),
      version: label(queries.platformText(platform, PLATFORM.version)),
    },
    // Not driver.memory.info: OpenCL has no portable way to ask how much memory is free.
    // Nor driver.memory.address: a buffer has no address outside a kernel.
    capabilities: {
      'driver.device': true,
      'driver.memory': true,
      'driver.memory.copy': true,
      ...(filled && { 'driver.memory.fill': true }),
    },
    methods: {
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
    },
    handlers: refusingHandlers({
      'driver.device.list': () => ({
        devices: [...devices].map(([device, pointer]) => describe(device, pointer)),
      }),
      'driver.device.get': ({ device }) => describe(device, pointerOf(device)),
      'driver.memory.allocate': ({ device, sizeBytes }) => {
        const { context, queue } = open(pointerOf(device));
        const buffer = commands.createBuffer(context, BigInt(sizeBytes));
        return { allocation: allocations.add({ queue, buffer }) };
      },
      'driver.memory.free': ({ allocation }) => {
        commands.releaseBuffer(allocations.remove(allocation).buffer);
        return {};
      },
      'driver.memory.write': ({ allocation, offsetBytes, data }) => {
        const { queue, buffer } = allocations.get(allocation);
        commands.write(queue, { buffer, offset: BigInt(offsetBytes) }, bytesOf(data));
        return {};
      },
      'driver.memory.read': ({ allocation, offsetBytes, lengthBytes }) => {
        const { queue, buffer } = allocations.get(allocation);
        const bytes = Buffer.alloc(lengthBytes);
        commands.read(queue, { buffer, offset: BigInt(offsetBytes) }, bytes);
        return { base64: bytes.toString('base64') };
      },
      'driver.memory.digest': ({ allocation, offsetBytes, lengthBytes }) => ({
        sha256: digest(allocations.get(allocation), BigInt(offsetBytes), BigInt(lengthBytes)),
      }),
      'driver.memory.copy': ({ source, destination, lengthBytes }) => {
        const { queue, buffer } = allocations.get(source.allocation);
        const target = allocations.get(destination.allocation);
        const from = { buffer, offset: BigInt(source.offsetBytes) };
        const to = { buffer: target.buffer, offset: BigInt(destination.offsetBytes) };
        commands.copy(queue, from, to, BigInt(lengthBytes));
        return {};
      },
      ...(fill && {
        'driver.memory.fill': ({ allocation, offsetBytes, lengthBytes, pattern }) => {
          const { queue, buffer } = allocations.get(allocation);
          const to = { buffer, offset: BigInt(offsetBytes) };
          fill(queue, to, BigInt(lengthBytes), Buffer.from(pattern, 'base64'));
          return {};
        },
      }),
    }),
    // All work is finished before anything goes: PoCL's threads may crash in teardown otherwise.
    release: () =>
      refusing('system.shutdown', () => {
        for (const { queue } of opened.values()) commands.finish(queue);
        for (const { buffer } of allocations.drain()) commands.releaseBuffer(buffer);
        for (const { context, queue } of opened.values()) {
          commands.releaseQueue(queue);
          commands.releaseContext(context);
        }
        opened.clear();
      }),
  };
};
