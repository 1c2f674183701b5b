// Host memory that an adapter registers with devices: the process's own, which stands for what a program has. The
// books are alike for every interface; what makes an allocation of it, and what shows either side what the other
// left there, is the adapter's.
import type { AllocateResult } from '../../schemas/generated/types.ts';
import { bytesOf, lengthOf } from './data.ts';
import { HandleTable } from './handles.ts';
import { Refusal } from './refusal.ts';
import type { Handlers } from './serve.ts';

/** What a device has of host memory. */
export interface Registration {
  readonly made: AllocateResult;
  /** Does what the host does with a part of the memory, while the part is its own. */
  reach<T>(offset: number, length: number, work: () => T): T;
}

/** What an adapter says of registration; `On` is a device in use. */
export interface Registering<On> {
  /** The device of an id, or a refusal. */
  device(id: string): On;
  /** What its address and its length are multiples of, in bytes; 1 where it is absent. */
  readonly alignment?: number;
  /**
   * Makes an allocation of `sizeBytes` bytes; `bytes` is that and what is left of the last unit. `ended` is called
   * when that is freed.
   */
  register(on: On, bytes: Uint8Array, sizeBytes: number, ended: () => void): Registration;
  /** The address of memory of this process; asked for where there is an alignment. */
  addressOf?(bytes: Uint8Array): bigint;
}

interface Host {
  /** All of it, in whole units of the alignment. */
  readonly room: Uint8Array;
  readonly sizeBytes: number;
  registered: Registration | undefined;
}

const refuse = (reason: 'SIZE' | 'HOST_MEMORY' | 'COPY_RANGE' | 'MEMORY_STATE'): never => {
  throw new Refusal(reason, 'adapter');
};

/** The host memory of one session. */
export const hostMemoryWith = <On>(adapter: Registering<On>): Handlers => {
  const hosts = new HandleTable<Host>('host');
  const { alignment = 1, addressOf } = adapter;

  /** Memory that stays where it is: the garbage collector moves no buffer's contents. */
  const take = (sizeBytes: number): Uint8Array => {
    const units = Math.ceil(sizeBytes / alignment);
    try {
      const all = new Uint8Array(new ArrayBuffer((units + 1) * alignment));
      const address = addressOf?.(all) ?? 0n;
      const from = Number(BigInt.asUintN(64, -address) % BigInt(alignment));
      return all.subarray(from, from + units * alignment);
    } catch {
      return refuse('HOST_MEMORY');
    }
  };

  /** What the host does with a part. */
  const withPart = <T>(
    { room, sizeBytes, registered }: Host,
    offsetBytes: string,
    length: bigint,
    work: (part: Uint8Array) => T,
  ): T => {
    const from = BigInt(offsetBytes);
    if (from + length > BigInt(sizeBytes)) refuse('COPY_RANGE');
    const [begin, count] = [Number(from), Number(length)];
    const part = room.subarray(begin, begin + count);
    return registered ? registered.reach(begin, count, () => work(part)) : work(part);
  };

  return {
    'driver.memory.host.allocate': ({ sizeBytes }) => {
      // No byte has no address that could be registered.
      if (BigInt(sizeBytes) === 0n) refuse('SIZE');
      const size = Number(sizeBytes);
      return { host: hosts.add({ room: take(size), sizeBytes: size, registered: undefined }) };
    },
    'driver.memory.host.free': ({ host }) => {
      // Interfaces leave open what becomes of a registration whose memory is gone.
      if (hosts.get(host).registered) refuse('MEMORY_STATE');
      hosts.remove(host);
      return {};
    },
    'driver.memory.host.write': ({ host, offsetBytes, data }) => {
      withPart(hosts.get(host), offsetBytes, lengthOf(data), (part) => part.set(bytesOf(data)));
      return {};
    },
    'driver.memory.host.read': ({ host, offsetBytes, lengthBytes }) => ({
      base64: withPart(hosts.get(host), offsetBytes, BigInt(lengthBytes), (part) =>
        Buffer.from(part).toString('base64'),
      ),
    }),
    'driver.memory.register': ({ device, host }) => {
      const on = adapter.device(device);
      const found = hosts.get(host);
      // Two registrations of one memory: what they show of each other interfaces leave open.
      if (found.registered) refuse('MEMORY_STATE');
      const { room, sizeBytes } = found;
      found.registered = adapter.register(on, room, sizeBytes, () => {
        found.registered = undefined;
      });
      return found.registered.made;
    },
  };
};
