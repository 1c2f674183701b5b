// What the sensors of a device of the reference would show. It is simulated and has none: power and temperature follow, by
// a model of a few lines, from what part of the time it was measured to work.

/** In watts: of a device that does nothing, and of one that works all the time. */
const LEAST_POWER = 60;
export const MOST_POWER = 300;
/** Of what cools it, in degrees Celsius. */
const COOLANT = 25;
/** How much warmer than that each watt makes it in the end, in degrees. */
const RESISTANCE = 0.15;
/** In how many seconds it comes to 63 % of the way there. */
const TIME_CONSTANT = 8;

const settledAt = (power: number): number => COOLANT + RESISTANCE * power;

export class Sensors {
  #temperature = settledAt(LEAST_POWER);
  /** When it was as warm as that. */
  #read = process.hrtime.bigint();

  /** `utilization`: the part of the time since the reading before in which the device worked. */
  read(utilization: number): { readonly temperature: number; readonly power: number } {
    const now = process.hrtime.bigint();
    const seconds = Number(now - this.#read) / 1e9;
    this.#read = now;
    const power = LEAST_POWER + (MOST_POWER - LEAST_POWER) * utilization;
    const settled = settledAt(power);
    this.#temperature =
      settled + (this.#temperature - settled) * Math.exp(-seconds / TIME_CONSTANT);
    return { temperature: this.#temperature, power };
  }
}
