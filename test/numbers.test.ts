// Limits of floats are sharp: what is as far as may be is admitted, and one step more is not.
import { expect } from 'chai';
import { inProcess } from '../adapters/kit/in-process.ts';
import { referenceAdapter } from '../adapters/reference/adapter.ts';
import { FULL } from '../adapters/reference/driver.ts';
import { everyCase } from '../cli/conformant.ts';
import { type Mutant, withDefect } from '../core/mutant.ts';
import { judgeLive, PATIENT } from '../runner/selftest.ts';
import { computedCases } from '../suites/driver/kernel/computed.ts';
import type { BuiltFormat } from '../suites/driver/kernel/formats.ts';
import { isAdmitted } from '../suites/driver/kernel/limits.ts';
import { admits, fused, stepped, unitAt } from '../suites/driver/kernel/numbers.ts';
import { ARITHMETIC, FUNCTIONS, type Given } from '../suites/driver/kernel/operations.ts';
import {
  answersOtherwise,
  asFarAsMay,
  oneStepBeyond,
} from '../suites/driver/mutants/kernel-numbers.ts';

const OPERATIONS = new Map([...ARITHMETIC, ...FUNCTIONS].map((one) => [one.id, one]));

/** The last answer above the right one that is admitted, and the first that is not: how many units away they are. */
const edges = (format: BuiltFormat, id: string, given: Given): [number, number] => {
  const operation = OPERATIONS.get(id);
  if (!operation) throw new Error(`no ${id}`);
  const { exact, nearest } = operation.value(...given);
  let answer = nearest;
  while (isAdmitted(format, operation, given, stepped(answer, 1))) answer = stepped(answer, 1);
  const unitsOf = (value: number): number => (value - exact) / unitAt(exact);
  return [unitsOf(answer), unitsOf(stepped(answer, 1))];
};

const f = Math.fround;

describe('a limit of floats', () => {
  const limits: [BuiltFormat, string, Given, number][] = [
    ['opencl-c', 'divide', [f(1.1), 3, 0], 2.5],
    ['opencl-c', 'square-root', [f(1.3), 0, 0], 3],
    ['opencl-c', 'exponential', [1, 0, 0], 3],
    ['opencl-c', 'power-of-two', [f(0.3), 0, 0], 3],
    ['opencl-c', 'logarithm', [5, 0, 0], 3],
    ['opencl-c', 'binary-logarithm', [5, 0, 0], 3],
    ['opencl-c', 'sine', [1, 0, 0], 4],
    ['opencl-c', 'cosine', [1, 0, 0], 4],
    ['opencl-c', 'reciprocal-root', [5, 0, 0], 2],
    ['opencl-c', 'add', [f(1.1), f(2.3), 0], 0.5],
    ['opencl-c', 'fuse', [f(1.1), f(2.3), f(0.7)], 0.5],
    ['spirv-shader-1.0', 'add', [f(1.1), f(2.3), 0], 1],
    ['spirv-shader-1.0', 'divide', [f(1.1), 3, 0], 2.5],
    ['spirv-shader-1.0', 'square-root', [f(1.3), 0, 0], 6.5],
    ['spirv-shader-1.0', 'exponential', [4, 0, 0], 11],
    ['spirv-shader-1.0', 'logarithm', [5, 0, 0], 3],
    ['spirv-shader-1.0', 'logarithm', [1.5, 0, 0], 2 ** -21 / 2 ** -25],
    ['spirv-shader-1.0', 'sine', [1, 0, 0], 2 ** -11 / 2 ** -24],
    ['spirv-shader-1.0', 'reciprocal-root', [5, 0, 0], 2],
    ['wasm-kernel-1.0', 'divide', [f(1.1), 3, 0], 0.5],
    ['wasm-kernel-1.0', 'sine', [1, 0, 0], 1],
  ];
  for (const [format, id, given, limit] of limits) {
    it(`admits ${limit} units and no more: ${id} in ${format}`, () => {
      const [last, first] = edges(format, id, given);
      expect(last).to.be.at.most(limit);
      expect(first).to.be.above(limit);
    });
  }

  it('leaves a shader its product: beyond the largest float it is open, and a subnormal one may be lost', () => {
    const fuse = OPERATIONS.get('fuse');
    if (!fuse) throw new Error('no fuse');
    const most = f((2 - 2 ** -23) * 2 ** 127);
    const isGood = (given: Given, answer: number): boolean =>
      isAdmitted('spirv-shader-1.0', fuse, given, answer);
    expect(isGood([f(1 + 2 ** -23), most, -most], Infinity)).to.equal(true);
    expect(isGood([1, most, -most], Infinity)).to.equal(false);
    const [small, sum] = [2 ** -64, 2 ** -125];
    expect(isGood([small, small, sum], sum)).to.equal(true);
    expect(isGood([2 ** -62, small, sum], sum)).to.equal(false);
  });

  it('rounds a fused product and sum once, at the ends too', () => {
    // The product is 1 - 2^-24 - 2^-48 ...: what its rounding loses is all that is left.
    const x = f(1 + 2 ** -12);
    expect(fused(x, f(1 - 2 ** -12), -1)).to.equal(-(2 ** -24));
    expect(fused(x, x, -f(x * x))).to.equal(2 ** -24);
    expect(fused(2 ** -100, 2 ** -49, 0)).to.equal(2 ** -149);
    // A half of the least number, and a bit more than it.
    expect(fused(2 ** -75, 2 ** -75, 0)).to.equal(0);
    expect(fused(2 ** -75, f(2 ** -75 * (1 + 2 ** -23)), 0)).to.equal(2 ** -149);
    expect(fused(2 ** 127, 2, 0)).to.equal(Infinity);
    expect(fused(2 ** 127, 2, -(2 ** 127))).to.equal(2 ** 127);
    // In the middle between two floats but for a bit that a double of the sum has lost.
    expect(fused(1, 1 + 2 ** -23, 2 ** -24)).to.equal(1 + 2 ** -22);
    expect(fused(f(1 + 2 ** -23), f(1 + 2 ** -22), 2 ** -149)).to.equal(
      f((1 + 2 ** -23) * (1 + 2 ** -22)),
    );
    expect(fused(Infinity, 0, 1)).to.be.NaN;
  });

  it('takes subnormal numbers for zero where the format leaves that open, and nowhere else', () => {
    const multiply = OPERATIONS.get('multiply');
    const logarithm = OPERATIONS.get('logarithm');
    if (!multiply || !logarithm) throw new Error('no such operation');
    const small: Given = [2 ** -100, 2 ** -40, 0];
    expect(isAdmitted('opencl-c', multiply, small, 0)).to.equal(true);
    expect(isAdmitted('wasm-kernel-1.0', multiply, small, 0)).to.equal(false);
    expect(isAdmitted('opencl-c', multiply, [2 ** -100, 2 ** -20, 0], 0)).to.equal(false);
    expect(isAdmitted('opencl-c', logarithm, [2 ** -140, 0, 0], -Infinity)).to.equal(true);
    expect(isAdmitted('wasm-kernel-1.0', logarithm, [2 ** -140, 0, 0], -Infinity)).to.equal(false);
    expect(isAdmitted('opencl-c', logarithm, [2 ** -120, 0, 0], -Infinity)).to.equal(false);
  });

  it('admits an infinity only where an answer within it would be rounded so', () => {
    const large = { exact: f(3.4028234e38), nearest: f(3.4028234e38) };
    expect(admits({ units: 3 }, large, Infinity)).to.equal(true);
    expect(admits({ units: 3 }, large, -Infinity)).to.equal(false);
    expect(admits({ units: 3 }, { exact: 3.4e38, nearest: f(3.4e38) }, Infinity)).to.equal(false);
    expect(admits({ units: 3 }, { exact: Infinity, nearest: Infinity }, 3.4e38)).to.equal(false);
    expect(admits({ units: 3 }, { exact: 1, nearest: 1 }, NaN)).to.equal(false);
  });

  it('is kept by what answers as far from the right answer as may be', async () => {
    const start = inProcess(referenceAdapter(FULL));
    const judged = async (other: typeof asFarAsMay, index: number) => {
      const declared = computedCases[ARITHMETIC.length + index];
      if (!declared) throw new Error('no such case');
      const control: Pick<Mutant, 'defect'> = {
        defect: () => answersOtherwise('functions', index, other, false),
      };
      const { results } = await judgeLive(
        { ...everyCase('edges'), cases: [declared] },
        withDefect(start, control.defect()),
        { deadlines: PATIENT, repeats: 0 },
      );
      return results.map(({ verdict }) => verdict);
    };
    for (const index of FUNCTIONS.keys()) {
      expect(await judged(asFarAsMay, index)).to.deep.equal(['pass']);
      expect(await judged(oneStepBeyond, index)).to.deep.equal(['fail']);
    }
  });
});
