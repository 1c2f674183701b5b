// Memory of the reference that processes share: a file that each of them has open. It bears its name as long as
// its exporter is there; who imported it before keeps it.
import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Handlers } from '../kit/serve.ts';
import type { Backing } from './backing.ts';
import type { Devices } from './device.ts';
import type { Allocation, Memory } from './memory.ts';
import { read } from './pieces.ts';
import { refused } from './refused.ts';

const SHARE = /^[0-9a-f]{32}$/;

const pathOf = (share: string): string => join(tmpdir(), `causeway-reference-${share}`);

/** What one session exported and imported. */
export class Shares {
  readonly #devices: Devices;
  readonly #memory: Memory;
  readonly #exported = new Map<Allocation, string>();
  /** Open until the session ends: a stream may still work on what is freed. */
  readonly #descriptors: number[] = [];

  constructor(devices: Devices, memory: Memory) {
    this.#devices = devices;
    this.#memory = memory;
  }

  readonly handlers: Handlers = {
    'driver.memory.export': ({ allocation }) => {
      const exporting = this.#memory.get(allocation);
      const share = this.#exported.get(exporting) ?? this.#export(exporting);
      return { share };
    },
    'driver.memory.import': ({ device, share }) => {
      this.#devices.get(device);
      const backing = this.#file(this.#open(share));
      const imported = this.#memory.add(device, backing, 0n);
      return { ...imported, sizeBytes: String(backing.sizeBytes) };
    },
  };

  /** What nobody has imported is gone. */
  release(): void {
    for (const share of this.#exported.values()) rmSync(pathOf(share), { force: true });
    this.#exported.clear();
    for (const descriptor of this.#descriptors.splice(0)) closeSync(descriptor);
  }

  #export(exporting: Allocation): string {
    const { backing } = exporting;
    const bytes = read(backing.pieces(0, backing.sizeBytes));
    const share = randomBytes(16).toString('hex');
    const descriptor = openSync(pathOf(share), 'wx+', 0o600);
    writeSync(descriptor, bytes, 0, bytes.length, 0);
    exporting.backing = this.#file(descriptor, () => {
      rmSync(pathOf(share), { force: true });
      this.#exported.delete(exporting);
    });
    this.#exported.set(exporting, share);
    return share;
  }

  #open(share: string): number {
    if (!SHARE.test(share)) throw refused('SHARE');
    try {
      return openSync(pathOf(share), 'r+');
    } catch {
      throw refused('SHARE');
    }
  }

  #file(descriptor: number, end?: () => void): Backing {
    this.#descriptors.push(descriptor);
    return {
      sizeBytes: fstatSync(descriptor).size,
      pieces: (from, length) => [{ kind: 'file', descriptor, from, length }],
      ...(end && { end }),
    };
  }
}
