// One byte of a signed folder changed to another, again and again, over every file in turn: what finds it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Trust } from '../cli/verification/ground.ts';
import { Random } from '../core/random.ts';
import { namesIn } from '../runner/bundle-folder.ts';
import { firstBroken } from './evidence-support.ts';

/** What changes came to. */
export interface ByteChanges {
  /** How many each check found. */
  readonly found: ReadonlyMap<string, number>;
  /** How many were made in each file. */
  readonly made: ReadonlyMap<string, number>;
  /** `report.md, byte 7: 0x41 to 0x42`. */
  readonly missed: readonly string[];
}

const count = (counts: Map<string, number>, name: string): void => {
  counts.set(name, (counts.get(name) ?? 0) + 1);
};

/** Changes one byte `times` times, each alone; the folder is as it was afterwards. */
export const changeBytes = async (
  folder: string,
  times: number,
  seed: string,
  trust: Trust,
): Promise<ByteChanges> => {
  const random = new Random(seed, 'byte-changes');
  const names = namesIn(folder);
  const originals = new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
  const found = new Map<string, number>();
  const made = new Map<string, number>();
  const missed: string[] = [];
  for (let time = 0; time < times; time += 1) {
    const name = names[time % names.length] ?? '';
    const original = originals.get(name) ?? Buffer.alloc(0);
    const at = random.integer(0, original.length - 1);
    const before = original[at] ?? 0;
    const after = (before + random.integer(1, 255)) % 256;
    const changed = Buffer.from(original);
    changed[at] = after;
    writeFileSync(join(folder, name), changed);
    const check = await firstBroken(folder, trust);
    count(made, name);
    if (check) count(found, check);
    else missed.push(`${name}, byte ${at}: 0x${before.toString(16)} to 0x${after.toString(16)}`);
    writeFileSync(join(folder, name), original);
    // Files of lists are closed once these are collected, which is between tasks.
    await setImmediate();
  }
  return { found, made, missed };
};
