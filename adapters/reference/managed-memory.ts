// Managed memory of the reference: the host loads and stores where the device works.
import { bytesOf, lengthOf } from '../kit/data.ts';
import type { Handlers } from '../kit/serve.ts';
import { type Backing, freshMemory, memoryBacking } from './backing.ts';
import type { Memory } from './memory.ts';
import { type Pieces, read, write } from './pieces.ts';
import { refused } from './refused.ts';

/** The managed memory of one session. */
export const managedMemory = (memory: Memory): Handlers => {
  const managed = new WeakSet<Backing>();
  const range = (allocation: string, offset: string, length: bigint): Pieces => {
    const found = memory.get(allocation);
    if (!managed.has(found.backing)) throw refused('MEMORY_STATE');
    return memory.range(found, offset, length);
  };
  return {
    'driver.memory.managed.allocate': ({ device, sizeBytes }) => {
      const reserved = memory.take(device, sizeBytes);
      const backing = memoryBacking(freshMemory(Number(sizeBytes)));
      managed.add(backing);
      return memory.add(device, backing, reserved);
    },
    'driver.memory.managed.store': ({ allocation, offsetBytes, data }) => {
      write(range(allocation, offsetBytes, lengthOf(data)), bytesOf(data));
      return {};
    },
    'driver.memory.managed.load': ({ allocation, offsetBytes, lengthBytes }) => ({
      base64: read(range(allocation, offsetBytes, BigInt(lengthBytes))).toString('base64'),
    }),
  };
};
