// What the cases of copies need alike: allocations with known contents, and ways between them.
import type { Context } from '../../../core/case.ts';
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
