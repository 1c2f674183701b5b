// The allocations of one session: buffers, and the calls about them, which are complete when they answer.
import { createHash } from 'node:crypto';
import type { Place as PlaceOf } from '../../schemas/generated/types.ts';
import { bytesOf } from '../kit/data.ts';
import { HandleTable } from '../kit/handles.ts';
import type { Handlers } from '../kit/serve.ts';
import type { Commands, Place } from './commands.ts';
import type { Devices } from './devices.ts';
import type { Pointer } from './library.ts';

/** A digest holds this much of a range at a time. */
const PIECE = 4 * 1024 * 1024;

interface Allocation {
  readonly queue: Pointer;
  readonly buffer: Pointer;
  /** What ends it, where that is more than to release the buffer. */
  readonly release?: () => void;
}

export class Memory {
  readonly #commands: Commands;
  readonly #allocations = new HandleTable<Allocation>('allocation');
  readonly handlers: Handlers;

  constructor(commands: Commands, devices: Devices) {
    this.#commands = commands;
    this.handlers = {
      'driver.memory.allocate': ({ device, sizeBytes }) => {
        const { context, queue } = devices.open(device);
        const buffer = commands.createBuffer(context, BigInt(sizeBytes));
        return { allocation: this.#allocations.add({ queue, buffer }) };
      },
      'driver.memory.free': ({ allocation }) => {
        this.#end(this.#allocations.remove(allocation));
        return {};
      },
      'driver.memory.write': ({ allocation, offsetBytes, data }) => {
        const { queue, buffer } = this.#allocations.get(allocation);
        commands.write(queue, { buffer, offset: BigInt(offsetBytes) }, bytesOf(data));
        return {};
      },
      'driver.memory.read': ({ allocation, offsetBytes, lengthBytes }) => {
        const { queue, buffer } = this.#allocations.get(allocation);
        const bytes = Buffer.alloc(lengthBytes);
        commands.read(queue, { buffer, offset: BigInt(offsetBytes) }, bytes);
        return { base64: bytes.toString('base64') };
      },
      'driver.memory.digest': ({ allocation, offsetBytes, lengthBytes }) => {
        const of = this.#allocations.get(allocation);
        return { sha256: this.#digest(of, BigInt(offsetBytes), BigInt(lengthBytes)) };
      },
      'driver.memory.copy': ({ source, destination, lengthBytes }) => {
        const { queue } = this.#allocations.get(source.allocation);
        const [from, to] = [this.place(source), this.place(destination)];
        commands.copy(queue, from, to, BigInt(lengthBytes));
        return {};
      },
      ...this.#fills(),
    };
  }

  /** Names what is an allocation of another kind. */
  add(allocation: Allocation): string {
    return this.#allocations.add(allocation);
  }

  /** What a handle names, or a refusal. */
  get(allocation: string): Allocation {
    return this.#allocations.get(allocation);
  }

  /** A byte of an allocation, or a refusal. */
  place({ allocation, offsetBytes }: PlaceOf): Place {
    const { buffer } = this.#allocations.get(allocation);
    return { buffer, offset: BigInt(offsetBytes) };
  }

  release(): void {
    for (const allocation of this.#allocations.drain()) this.#end(allocation);
  }

  #end({ buffer, release }: Allocation): void {
    if (release) release();
    else this.#commands.releaseBuffer(buffer);
  }

  #fills(): Handlers {
    const { fill } = this.#commands;
    if (!fill) return {};
    return {
      'driver.memory.fill': ({ allocation, offsetBytes, lengthBytes, pattern }) => {
        const { queue, buffer } = this.#allocations.get(allocation);
        const to = { buffer, offset: BigInt(offsetBytes) };
        fill(queue, to, BigInt(lengthBytes), Buffer.from(pattern, 'base64'));
        return {};
      },
    };
  }

  #digest({ queue, buffer }: Allocation, from: bigint, length: bigint): string {
    const hash = createHash('sha256');
    const room = Buffer.alloc(length < PIECE ? Number(length) : PIECE);
    const end = from + length;
    for (let offset = from; offset < end; offset += BigInt(PIECE)) {
      const left = end - offset;
      const piece = left < PIECE ? room.subarray(0, Number(left)) : room;
      this.#commands.read(queue, { buffer, offset }, piece);
      hash.update(piece);
    }
    return hash.digest('hex');
  }
}
