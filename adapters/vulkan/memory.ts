// Allocations and what moves their bytes: each method is complete when it answers.
import { createHash } from 'node:crypto';
import { bytesOf, lengthOf } from '../kit/data.ts';
import { HandleTable } from '../kit/handles.ts';
import type { Handlers } from '../kit/serve.ts';
import type { Bound } from './buffers.ts';
import type { OpenDevice } from './device.ts';
import type { Devices } from './devices.ts';
import { admitApart, admitRange, admitTogether, admitWords, wordOf } from './rules.ts';

export interface Allocation extends Bound {
  readonly on: OpenDevice;
}

/** A byte of an allocation, as the standard names it. */
interface Place {
  readonly allocation: string;
  readonly offsetBytes: string;
}

/** The allocations of one session. */
export class Memory {
  readonly #devices: Devices;
  readonly #allocations = new HandleTable<Allocation>('allocation');

  constructor(devices: Devices) {
    this.#devices = devices;
  }

  readonly handlers: Handlers = {
    'driver.memory.allocate': ({ device, sizeBytes }) => {
      const on = this.#devices.named(device);
      const bound = on.buffers.forData(BigInt(sizeBytes));
      const address = on.buffers.addressOf(bound);
      return {
        allocation: this.#allocations.add({ ...bound, on }),
        ...(this.#devices.addressed && address !== undefined && { address: String(address) }),
      };
    },
    'driver.memory.free': ({ allocation }) => {
      const { on, kept } = this.#allocations.remove(allocation);
      on.submissions.tidy();
      kept.letGo();
      return {};
    },
    'driver.memory.write': ({ allocation, offsetBytes, data }) => {
      const to = this.range({ allocation, offsetBytes }, lengthOf(data));
      to.on.transfers.write(to, bytesOf(data));
      return {};
    },
    'driver.memory.read': ({ allocation, offsetBytes, lengthBytes }) => {
      const from = this.range({ allocation, offsetBytes }, BigInt(lengthBytes));
      const bytes: Uint8Array[] = [];
      from.on.transfers.read(from, BigInt(lengthBytes), (piece) => bytes.push(piece.slice()));
      return { base64: Buffer.concat(bytes).toString('base64') };
    },
    'driver.memory.digest': ({ allocation, offsetBytes, lengthBytes }) => {
      const from = this.range({ allocation, offsetBytes }, BigInt(lengthBytes));
      const hash = createHash('sha256');
      from.on.transfers.read(from, BigInt(lengthBytes), (piece) => hash.update(piece));
      return { sha256: hash.digest('hex') };
    },
    'driver.memory.copy': ({ source, destination, lengthBytes }) => {
      const length = BigInt(lengthBytes);
      const { from, to } = this.ranges(source, destination, length);
      from.on.transfers.copy(from, to, length);
      return {};
    },
    'driver.memory.fill': ({ allocation, offsetBytes, lengthBytes, pattern }) => {
      const length = BigInt(lengthBytes);
      const to = this.range({ allocation, offsetBytes }, length);
      const word = wordOf(Buffer.from(pattern, 'base64'));
      admitWords(to.offset, length);
      to.on.transfers.fill(to, length, word);
      return {};
    },
  };

  /** A range that is within its allocation, as the commands want it. */
  range(place: Place, length: bigint) {
    const range = this.#at(place);
    admitRange(range, length);
    return range;
  }

  /** Both ranges of a copy that may be asked for. */
  ranges(source: Place, destination: Place, length: bigint) {
    const [from, to] = [this.#at(source), this.#at(destination)];
    admitTogether(from.on, to.on);
    admitRange(from, length);
    admitRange(to, length);
    admitApart(from, to, length);
    return { from, to };
  }

  /** An allocation, or a refusal. */
  get(allocation: string): Allocation {
    return this.#allocations.get(allocation);
  }

  release(): void {
    for (const { kept } of this.#allocations.drain()) kept.letGo();
  }

  #at({ allocation, offsetBytes }: Place) {
    return { ...this.#allocations.get(allocation), offset: BigInt(offsetBytes) };
  }
}
