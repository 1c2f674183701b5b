// Which device of the reference reaches the memory of which other, and copies between them. From the first to the
// second it has to be enabled, the other way it need not, so that both ways of the standard are there.
import type { PeerAccess } from '../../schemas/generated/types.ts';
import type { Handlers } from '../kit/serve.ts';
import type { Devices } from './device.ts';
import type { Memory } from './memory.ts';
import { read, write } from './pieces.ts';
import { refused } from './refused.ts';

/** The pairs of one session. */
export const peers = (devices: Devices, memory: Memory): Handlers => {
  const enabled = new Set<string>();
  const pairOf = (device: string, peer: string): string => `${device} ${peer}`;
  const access = (device: string, peer: string): PeerAccess => {
    const [from, to] = [device, peer].map((id) => devices.all.indexOf(devices.get(id)));
    if ((from ?? 0) >= (to ?? 0)) return 'implicit';
    return enabled.has(pairOf(device, peer)) ? 'enabled' : 'disabled';
  };
  return {
    'driver.peer.query': ({ device, peer }) => ({ access: access(device, peer) }),
    'driver.peer.enable': ({ device, peer }) => {
      if (access(device, peer) === 'disabled') enabled.add(pairOf(device, peer));
      return {};
    },
    'driver.peer.disable': ({ device, peer }) => {
      access(device, peer);
      enabled.delete(pairOf(device, peer));
      return {};
    },
    'driver.peer.copy': ({ source, destination, lengthBytes }) => {
      const { device } = memory.get(source.allocation);
      const { device: peer } = memory.get(destination.allocation);
      if (access(device, peer) === 'disabled') throw refused('PEER_DISABLED');
      const [from, to] = memory.both(source, destination, lengthBytes);
      write(to, read(from));
      return {};
    },
  };
};
