// What the cases of copies need alike: allocations with known contents, and ways between them.
import type { Context } from '../../../core/case.ts';
import type { Random } from '../../../core/random.ts';
import { allocate, bytesOf, generator } from './bytes.ts';

export interface Held {
  readonly allocation: string;
  /** What it holds, kept up to date by the case. */
  readonly bytes: Buffer;
}

/** An allocation with known contents. */
export const filled = async (
  context: Context,
  device: string,
  label: string,
  size: number,
): Promise<Held> => {
  const allocation = await allocate(context, device, size);
  const data = generator(context, label, size);
  await context.given('driver.memory.write', {
    allocation,
    offsetBytes: '0',
    data: { generator: data },
  });
  return { allocation, bytes: Buffer.from(bytesOf(data)) };
};

export const freeAll = async (context: Context, all: readonly Held[]): Promise<void> => {
  for (const { allocation } of all) await context.given('driver.memory.free', { allocation });
};

/** Two offsets and a length. */
export interface Route {
  readonly from: number;
  readonly to: number;
  readonly length: number;
}

export const request = (source: Held, destination: Held, { from, to, length }: Route) => ({
  source: { allocation: source.allocation, offsetBytes: String(from) },
  destination: { allocation: destination.allocation, offsetBytes: String(to) },
  lengthBytes: String(length),
});

/** Lengths of a byte, of words, vectors and lines, and where both ends lie: on the bounds of all of them, and beside. */
const LENGTHS = [1, 2, 4, 16, 64, 256, 4096];
const PLACES: readonly (readonly [from: number, to: number])[] = [
  [0, 0],
  [16, 64],
  [64, 20],
  [1, 0],
  [0, 1],
  [3, 3],
];

/**
 * So many copies from one size to another: first of each length between each two places, and from end to end, which a
 * few drawn would miss with most seeds; then seeded ones, one of two of them short.
 */
export const routesBetween = (
  random: Random,
  source: number,
  destination: number,
  count: number,
): Route[] => {
  const known = LENGTHS.flatMap((length) => PLACES.map(([from, to]) => ({ from, to, length })));
  const ends = [1, 4, Math.min(source, destination)].map((length) => ({
    from: source - length,
    to: destination - length,
    length,
  }));
  const drawn = Array.from({ length: count - known.length - ends.length }, () => {
    const length = random.integer(1, random.pick([70, Math.min(source, destination)]));
    return {
      from: random.integer(0, source - length),
      to: random.integer(0, destination - length),
      length,
    };
  });
  return [...known, ...ends, ...drawn];
};
