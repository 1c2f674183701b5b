// Ranges that do not lie within allocations of SIDE bytes: what transfers, fills, copies and the commands of streams
// are refused alike for.
import { SIDE } from './bytes.ts';

/** An offset and a length. */
export type Range = readonly [offset: bigint, length: bigint];

/** Offsets in source and destination, and a length. */
export type Route = readonly [from: bigint, to: bigint, length: bigint];

const side = BigInt(SIDE);
const end = 2n ** 64n;

/** Ranges of whole units that leave their allocation, one of them by a unit alone. */
export const rangesBeyond = (length: bigint, unit = 1n): readonly Range[] => [
  [side - length + unit, length],
  [side, unit],
  [0n, side + unit],
  [side + 4096n, unit],
  [2n ** 40n, unit],
  [0n, 2n ** 40n],
];

/** Ranges whose offset plus length exceeds 64 bits. */
export const WRAPPING_RANGES: readonly Range[] = [
  [end - 8n, 16n],
  [end - 1n, 1n],
  [end - 1n, 2n],
];

/** Copies that leave either allocation. */
export const routesBeyond = (length: bigint): readonly Route[] => [
  [side - length + 1n, 0n, length],
  [0n, side - length + 1n, length],
  [side, 0n, 1n],
  [0n, side, 1n],
  [side + 4096n, 0n, 1n],
  [0n, side + 4096n, 1n],
  // In bounds but for what is above 32 bits.
  [2n ** 32n, 0n, 1n],
  [0n, 2n ** 32n, 1n],
  [0n, 0n, side + 1n],
  [0n, 0n, 2n ** 40n],
];

/** Copies whose offset plus length exceeds 64 bits. */
export const WRAPPING_ROUTES: readonly Route[] = [
  [end - 8n, 0n, 16n],
  [0n, end - 8n, 16n],
  [256n, 0n, end - 128n],
  [end - 1n, end - 1n, end - 1n],
];
