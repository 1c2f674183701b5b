// Memory of the reference that streams allocate and free in their turn. What a stream frees is at once the memory of its
// own next allocation of that size: its order keeps the two apart. Everybody else gets it when the stream has come there.
import type { Handlers } from '../kit/serve.ts';
import { type Backing, freshMemory, memoryBacking } from './backing.ts';
import { inGranules, type Memory } from './memory.ts';
import { refused } from './refused.ts';
import type { Stream } from './stream.ts';
import type { Streams } from './streams.ts';

interface Block {
  readonly bytes: Buffer;
  /** What it takes from the device. */
  readonly reserved: bigint;
}

/** What the streams of one session allocate and free. */
export const orderedMemory = (memory: Memory, streams: Streams): Handlers => {
  const blocks = new WeakMap<Backing, Block>();
  /** What was freed in a stream that has not come there, and was not allocated in it again. */
  const freed = new WeakMap<Stream, Set<Block>>();
  const freedIn = (stream: Stream): Set<Block> => {
    const known = freed.get(stream) ?? new Set();
    freed.set(stream, known);
    return known;
  };
  /** A block that was freed in the stream before, or a fresh one. */
  const take = (stream: Stream, sizeBytes: string): Block => {
    const again = freedIn(stream);
    const wanted = inGranules(BigInt(sizeBytes));
    for (const block of again) {
      if (block.reserved !== wanted) continue;
      again.delete(block);
      return block;
    }
    const reserved = memory.take(stream.device, sizeBytes);
    return { bytes: freshMemory(Number(reserved)), reserved };
  };
  return {
    'driver.memory.ordered.allocate': ({ stream, sizeBytes }) => {
      const into = streams.find(stream).notCaptured();
      const block = take(into, sizeBytes);
      const backing = memoryBacking(block.bytes.subarray(0, Number(sizeBytes)));
      blocks.set(backing, block);
      return memory.add(into.device, backing, block.reserved);
    },
    'driver.memory.ordered.free': ({ stream, allocation }) => {
      const into = streams.find(stream);
      const { device, backing } = memory.get(allocation);
      into.notCaptured();
      const block = blocks.get(backing);
      if (!block) throw refused('MEMORY_STATE');
      if (device !== into.device) throw refused('UNSPECIFIED');
      memory.remove(allocation);
      const again = freedIn(into);
      again.add(block);
      void into.record().settled.then(() => {
        if (again.delete(block)) memory.give(device, block.reserved);
      });
      return {};
    },
  };
};
