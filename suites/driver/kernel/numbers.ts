// What there is to know of 32-bit floats as numbers: their neighbours, the distance between them, and the one that is
// nearest to a sum of products. A reference value is a double, or exact: never what another driver says.

/** The largest float, the least that is normal, and where rounding to nearest overflows. */
export const LARGEST = (2 - 2 ** -23) * 2 ** 127;
export const LEAST_NORMAL = 2 ** -126;
const OVERFLOW = (2 - 2 ** -24) * 2 ** 127;

const view = new DataView(new ArrayBuffer(8));

/** The exponent of the power of two at or below a finite number that is not zero. */
const exponentOf = (value: number): number => {
  view.setFloat64(0, Math.abs(value));
  return (view.getUint16(0) >>> 4) - 1023;
};

/** The distance between the floats around a finite number: one unit in the last place. */
export const unitAt = (value: number): number =>
  2 ** (value === 0 ? -149 : Math.min(Math.max(exponentOf(value), -126), 127) - 23);

/** The float so many steps above one, or below it. */
export const stepped = (value: number, steps: number): number => {
  view.setFloat32(0, value);
  const bits = view.getInt32(0);
  const order = bits < 0 ? -(bits & 0x7fffffff) : bits;
  const next = order + steps;
  view.setInt32(0, next < 0 ? -next | 0x80000000 : next);
  return view.getFloat32(0);
};

/** The float of some bits. */
export const floatOf = (bits: number): number => {
  view.setUint32(0, bits >>> 0);
  return view.getFloat32(0);
};

/** A finite float as a whole number of 2^-149. */
const units = (value: number): bigint => {
  const exponent = value === 0 ? 0 : Math.max(exponentOf(value), -126) - 23;
  return BigInt(value / 2 ** exponent) << BigInt(exponent + 149);
};

/** The float nearest to a whole number of 2^-298, to the even one of two. */
const nearestTo = (count: bigint): number => {
  const size = count < 0n ? -count : count;
  // At most 24 bits, and none below 2^-149.
  const shift = BigInt(Math.max(size.toString(2).length - 24, 149));
  const [whole, rest] = [size >> shift, size & ((1n << shift) - 1n)];
  const half = 1n << (shift - 1n);
  const up = rest > half || (rest === half && (whole & 1n) === 1n);
  const value = Number(whole + (up ? 1n : 0n)) * 2 ** (Number(shift) - 298);
  return Math.sign(Number(count > 0n) - Number(count < 0n)) * (value > LARGEST ? Infinity : value);
};

/** x y + z, rounded once. */
export const fused = (x: number, y: number, z: number): number => {
  const plain = x * y + z;
  if (!Number.isFinite(plain)) return plain;
  const sum = units(x) * units(y) + (units(z) << 149n);
  // The double has the sign of a zero.
  return sum === 0n ? plain : nearestTo(sum);
};

/** What an answer may be: the nearest float, one of the two around, within a distance, or anything. */
export type Bound =
  | 'nearest'
  | 'around'
  | 'open'
  | { readonly units: number }
  | { readonly distance: number };

/** The right answer: as a double, and as the float that is nearest to it. */
export interface Value {
  readonly exact: number;
  readonly nearest: number;
}

/** How far an answer may be from the right one. */
const distanceOf = (bound: { units: number } | { distance: number }, exact: number): number =>
  'units' in bound ? bound.units * unitAt(exact) : bound.distance;

/** Whether an answer is within a bound. Zeros are alike, and so are all that are not numbers. */
export const admits = (bound: Bound, { exact, nearest }: Value, answer: number): boolean => {
  if (bound === 'open') return true;
  if (Number.isNaN(exact) || Number.isNaN(answer))
    return Number.isNaN(exact) === Number.isNaN(answer);
  if (answer === nearest) return true;
  if (bound === 'nearest' || !Number.isFinite(exact)) return false;
  if (bound === 'around') {
    if (nearest === exact) return false;
    return answer === stepped(nearest, nearest < exact ? 1 : -1);
  }
  const distance = distanceOf(bound, exact);
  if (!Number.isFinite(answer)) {
    return Math.sign(answer) === Math.sign(exact) && Math.abs(exact) + distance >= OVERFLOW;
  }
  return Math.abs(answer - exact) <= distance;
};

/** Whether zero may stand for an answer where what is below the least normal float is flushed. */
export const vanishes = (bound: Bound, { exact }: Value): boolean => {
  const distance = typeof bound === 'object' ? distanceOf(bound, exact) : unitAt(exact);
  return Math.abs(exact) - distance < LEAST_NORMAL;
};

/** How many units in the last place an answer is from the right one. */
export const errorOf = ({ exact }: Value, answer: number): number => {
  if (Object.is(exact, answer) || (Number.isNaN(exact) && Number.isNaN(answer))) return 0;
  return Number.isFinite(exact) ? Math.abs(answer - exact) / unitAt(exact) : Infinity;
};
