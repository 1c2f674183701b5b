// The error function, to a few units in the last place of a binary64: by its series near zero, and by the continued
// fraction of its complement elsewhere (Abramowitz and Stegun, 7.1.6 and 7.1.14).

/** Where the two agree best. */
const NEAR = 2;
/** From here on the complement is below half a unit of 1. */
const FAR = 6;
const STEPS = 200;

const bySeries = (x: number): number => {
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > Math.abs(sum) * 2 ** -54 && n < STEPS; n += 1) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
};

const complement = (x: number): number => {
  let tail = x;
  for (let n = STEPS; n >= 1; n -= 1) tail = x + n / 2 / tail;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / tail;
};

export const errorFunction = (x: number): number => {
  const size = Math.abs(x);
  if (Number.isNaN(x) || x === 0) return x;
  if (size >= FAR) return Math.sign(x);
  return size < NEAR ? bySeries(x) : Math.sign(x) * (1 - complement(size));
};
