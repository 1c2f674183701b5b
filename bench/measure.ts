// What all benches share: rounds side by side, and the form of what they found.
import { spawnSync } from 'node:child_process';

/** One line of the table. */
export interface Measured {
  /** What was measured. */
  readonly what: string;
  /** Beside what: nothing where it stands alone. */
  readonly beside?: string;
  /** In the unit that it names: `412 ms`. */
  readonly found: string;
  /** The median of the rounds' ratios to what stands beside it. */
  readonly ratio?: number;
  /** What is wanted of it: `at most 1.2x`. */
  readonly wanted?: string;
  readonly kept?: boolean;
}

/** What a bench prints to stdout, for scripts/bench.mjs; people read stderr. */
export const tell = (measured: readonly Measured[]): void => {
  for (const one of measured) process.stdout.write(`${JSON.stringify(one)}\n`);
};

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** The median over rounds of what each took as a multiple of what the other took in the same round. */
export const medianRatio = (these: readonly number[], those: readonly number[]): number =>
  median(these.map((value, round) => value / (those[round] ?? Number.NaN)));

/** Milliseconds that something takes. */
export const timed = async (act: () => unknown): Promise<number> => {
  const from = performance.now();
  await act();
  return performance.now() - from;
};

/**
 * Times each side once a round, in turn, and every other round in the opposite order: what the machine does
 * beside is then shared by all. Milliseconds, by side and round.
 */
export const sideBySide = async <Side extends string>(
  rounds: number,
  sides: Readonly<Record<Side, () => unknown>>,
): Promise<Record<Side, number[]>> => {
  const names = Object.keys(sides) as Side[];
  const spent = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    Side,
    number[]
  >;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      spent[name].push(await timed(sides[name]));
    }
  }
  return spent;
};

/** Runs a node program to its end; a bench whose work failed has measured nothing. */
export const node = (
  args: readonly string[],
  environment: Record<string, string> = {},
  ends: readonly number[] = [0],
): string => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, CI: '1', NO_COLOR: '1', ...environment },
    maxBuffer: 256 * 1024 * 1024,
  });
  if (status !== null && ends.includes(status)) return stdout;
  const said = `${stdout}\n${stderr}`.slice(-2000);
  throw new Error(`node ${args.join(' ')} ended with ${status}:\n${said}`);
};
