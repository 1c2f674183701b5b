// DRV-KRN-013, DRV-KRN-014: what arithmetic and elementary functions of floats come to, and how far from the right answer.
import { expect } from 'chai';
import type { Case, ExpectationId } from '../../../core/case.ts';
import type { RequirementId } from '../../../schemas/generated/standard.ts';
import { classified, UNITS } from '../../distances.ts';
import { Bench, devicesWithKernels, floatsOf, number } from './bench.ts';
import { readFloats } from './floats.ts';
import type { KernelName } from './formats.ts';
import { boundOf, isAdmitted } from './limits.ts';
import { admits, type Bound, errorOf } from './numbers.ts';
import { ARITHMETIC, FUNCTIONS, type Given, type Operation } from './operations.ts';

const boundText = (bound: Bound): string => {
  if (typeof bound === 'string') {
    return { nearest: 'the nearest float', around: 'a float beside it', open: 'anything' }[bound];
  }
  return 'units' in bound
    ? `at most ${bound.units} units in the last place from it`
    : `at most ${bound.distance} from it`;
};

const bitsOf = (value: number): string => `0x${floatsOf([value]).readUInt32LE().toString(16)}`;

/** Computes one operation of a kernel for every input, and gives the answers. */
const compute = async (
  bench: Bench,
  run: ExpectationId,
  name: KernelName,
  index: number,
  tried: readonly Given[],
): Promise<number[]> => {
  const inputs = [];
  for (const which of name === 'functions' ? [0] : [0, 1, 2]) {
    inputs.push(await bench.holding(floatsOf(tried.map((given) => given[which] ?? 0))));
  }
  const target = await bench.holding(floatsOf(tried.map(() => -1)));
  await bench.overAll(run, name, tried.length, [
    ...[...inputs, target].map(({ allocation }) => ({ allocation })),
    number(index),
    number(tried.length),
  ]);
  return readFloats(bench, run, target, tried.length);
};

/** States that every answer is admitted, and says how far the worst of them is from the right one. */
const areAdmitted = (
  { context, device, format }: Bench,
  expectation: ExpectationId,
  operation: Operation,
  tried: readonly Given[],
  answers: readonly number[],
): void => {
  const judged = tried.map((given, at) => {
    const answer = answers[at] ?? 0;
    const value = operation.value(...given);
    const bound = boundOf(format, operation, given);
    const open = bound === 'open';
    const within = !open && admits(bound, value, answer);
    const good = isAdmitted(format, operation, given, answer);
    return { given, answer, value, bound, open, within, good, error: errorOf(value, answer) };
  });
  const wrong = judged.filter(({ good }) => !good);
  const [first] = wrong.sort((one, other) => other.error - one.error);
  const finite = judged.filter(({ error }) => Number.isFinite(error));
  // What is flushed is as far as a number that is not there; what is wrong is as far as it is.
  const told = finite.filter(({ good, within }) => !good || within);
  const points = classified(told.map(({ error }) => error));
  // Where every answer is the right one there is nothing to look at.
  if (points.length > 1)
    context.measured({
      title: `How far ${operation.plural} are from the right answer`,
      of: device,
      form: 'histogram',
      x: UNITS,
      y: 'answers',
      points,
    });
  const most = Math.max(0, ...finite.filter(({ within }) => within).map(({ error }) => error));
  const open = judged.filter((one) => one.open).length;
  const flushed = judged.filter((one) => !one.open && !one.within).length;
  const shown = (given: Given): string =>
    given
      .slice(0, operation.takes)
      .map((value) => `${value} (${bitsOf(value)})`)
      .join(', ');
  context.expectation(
    expectation,
    first
      ? {
          expected: `${operation.id} of ${shown(first.given)}: ${first.value.exact}; ${boundText(first.bound)}`,
          observed: `${first.answer} (${bitsOf(first.answer)}), ${first.error.toFixed(2)} units in the last place away; ${wrong.length} of ${tried.length} are wrong`,
        }
      : {
          expected: `${tried.length} answers as the format admits them`,
          observed: `at most ${most.toFixed(2)} units in the last place away; ${flushed} with subnormal numbers flushed, ${open} left open`,
        },
    () => expect(wrong.length).to.equal(0),
  );
};

const caseOf = (
  requirement: RequirementId & `DRV-KRN-${string}`,
  name: KernelName,
  index: number,
  operation: Operation,
): Case => {
  const run: ExpectationId = `${requirement}/run`;
  const result: ExpectationId = `${requirement}/${operation.id}-result`;
  return {
    id: `${requirement}/${operation.id}`,
    title: `${operation.plural}, of ordinary, special and hard floats, are as near as the program’s format says`,
    requirements: [requirement],
    expectations: [run, result],
    premises: ['devices'],
    needs: ['driver.memory', 'driver.stream'],
    kind: 'shared',
    run: async (context) => {
      for (const device of await devicesWithKernels(context)) {
        const bench = new Bench(context, device);
        const tried = operation.tried(context.random);
        const answers = await compute(bench, run, name, index, tried);
        areAdmitted(bench, result, operation, tried, answers);
        await bench.leave();
      }
    },
  };
};

export const computedCases: readonly Case[] = [
  ...ARITHMETIC.map((one, index) => caseOf('DRV-KRN-013', 'arithmetic', index, one)),
  ...FUNCTIONS.map((one, index) => caseOf('DRV-KRN-014', 'functions', index, one)),
];
