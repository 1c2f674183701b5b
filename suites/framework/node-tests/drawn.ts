// What can be said of outputs that are drawn by chance: which elements there may be, and how many of each. A bound is six
// standard deviations wide, which chance itself passes once in five hundred million times.
import { valuesOf } from '../../../core/onnx/element.ts';
import type { Outline } from '../../../core/onnx/outline.ts';
import type { Packed } from '../../../core/onnx/tensor-of-bytes.ts';
import { NODE_TESTS } from '../../../schemas/generated/standard.ts';

export type Rule = (typeof NODE_TESTS.drawn)[number]['rule'];

const DEVIATIONS = 6;
/** Runs of one test, where each draws anew: of ten elements a single one says little. */
const RUNS = 32;

export const ruleOf = ({ operators }: Outline): Rule | undefined =>
  NODE_TESTS.drawn.find((one) => one.operators.some((name) => operators.includes(name)))?.rule;

/** How often a test is run; one that says where its chance begins may draw the same each time. */
export const runsOf = (rule: Rule | undefined, { isSeeded }: Outline): number =>
  rule === 'bernoulli' && !isSeeded ? RUNS : 1;

const numbers = ({ type, bytes }: Packed): number[] => valuesOf(type, bytes).map(Number);

/** How many there are, where that is not what was promised; of each draw, its probability. */
const miscounted = (count: number, probabilities: readonly number[]): string | undefined => {
  const mean = probabilities.reduce((sum, p) => sum + p, 0);
  const variance = probabilities.reduce((sum, p) => sum + p * (1 - p), 0);
  return Math.abs(count - mean) <= DEVIATIONS * Math.sqrt(variance)
    ? undefined
    : `${count} of ${probabilities.length}, where ${mean.toFixed(1)} are expected`;
};

const bernoulli = (given: Packed | undefined, runs: readonly (readonly Packed[])[]) => {
  const probabilities = given ? numbers(given) : [];
  const draws = runs.flatMap(([output]) => (output ? numbers(output) : []));
  const all = runs.flatMap(() => probabilities);
  const wrong = draws.findIndex((one) => one !== 0 && one !== 1);
  if (wrong >= 0) return `the element ${draws[wrong]}`;
  const impossible = draws.findIndex((one, index) => all[index] === 1 - one);
  if (impossible >= 0) return `${draws[impossible]} of a probability of ${all[impossible]}`;
  const ones = draws.filter((one) => one === 1).length;
  const why = miscounted(ones, all);
  return why && `ones: ${why}`;
};

/** The share that is dropped where nothing is said. */
const RATIO = 0.5;

const near = (one: number, other: number): boolean => {
  const { relative, absolute } = NODE_TESTS.tolerance;
  return Math.abs(one - other) <= absolute + relative * Math.abs(other);
};

const dropout = (
  [data, share, training]: readonly (Packed | undefined)[],
  [output, mask]: readonly Packed[],
): string | undefined => {
  const x = data ? numbers(data) : [];
  const y = output ? numbers(output) : [];
  const isTraining = training ? numbers(training)[0] === 1 : false;
  const ratio = isTraining ? ((share && numbers(share)[0]) ?? RATIO) : 0;
  const kept = mask ? numbers(mask) : y.map((one, index) => (one === 0 && x[index] !== 0 ? 0 : 1));
  const wrong = y.findIndex((one, index) => {
    const wanted = kept[index] ? (x[index] ?? Number.NaN) / (1 - ratio) : 0;
    return !near(one, wanted);
  });
  if (wrong >= 0) return `element ${wrong} of ${x[wrong]}: ${y[wrong]}`;
  const why = miscounted(
    kept.filter((one) => one !== 0).length,
    kept.map(() => 1 - ratio),
  );
  return why && `kept: ${why}`;
};

/** What is wrong with draws; undefined where nothing is. `runs` has the outputs of each run. */
export const wrongDraw = (
  rule: Rule,
  inputs: readonly Packed[],
  runs: readonly (readonly Packed[])[],
): string | undefined => {
  switch (rule) {
    case 'bernoulli':
      return bernoulli(inputs[0], runs);
    case 'dropout':
      return dropout(inputs, runs[0] ?? []);
    case 'form':
      return undefined;
  }
};
