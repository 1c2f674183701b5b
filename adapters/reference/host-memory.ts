// Host memory of the reference that devices reach once it is registered: the same bytes for both.
import { bytesOf, lengthOf } from '../kit/data.ts';
import { HandleTable } from '../kit/handles.ts';
import type { Handlers } from '../kit/serve.ts';
import { type Backing, freshMemory, memoryBacking } from './backing.ts';
import { type Devices, LARGEST } from './device.ts';
import type { Memory } from './memory.ts';
import { read, write } from './pieces.ts';
import { refused } from './refused.ts';

interface Host {
  readonly bytes: Buffer;
  /** How many allocations of devices are made of it. */
  registered: number;
}

const rangeOf = ({ bytes }: Host, offset: string, length: bigint) => {
  const from = BigInt(offset);
  if (from + length > BigInt(bytes.length)) throw refused('COPY_RANGE');
  return memoryBacking(bytes).pieces(Number(from), Number(length));
};

/** The host memory of one session. */
export const hostMemory = (devices: Devices, memory: Memory): Handlers => {
  const hosts = new HandleTable<Host>('host');
  const registration = (host: Host): Backing => {
    host.registered += 1;
    return memoryBacking(host.bytes, () => {
      host.registered -= 1;
    });
  };
  return {
    'driver.memory.host.allocate': ({ sizeBytes }) => {
      const size = BigInt(sizeBytes);
      if (size === 0n) throw refused('SIZE');
      if (size > LARGEST) throw refused('HOST_MEMORY');
      return { host: hosts.add({ bytes: freshMemory(Number(size)), registered: 0 }) };
    },
    'driver.memory.host.free': ({ host }) => {
      if (hosts.get(host).registered > 0) throw refused('MEMORY_STATE');
      hosts.remove(host);
      return {};
    },
    'driver.memory.host.write': ({ host, offsetBytes, data }) => {
      write(rangeOf(hosts.get(host), offsetBytes, lengthOf(data)), bytesOf(data));
      return {};
    },
    'driver.memory.host.read': ({ host, offsetBytes, lengthBytes }) => ({
      base64: read(rangeOf(hosts.get(host), offsetBytes, BigInt(lengthBytes))).toString('base64'),
    }),
    'driver.memory.register': ({ device, host }) => {
      devices.get(device);
      return memory.add(device, registration(hosts.get(host)), 0n);
    },
  };
};
