// Central differences: near where a function is smooth, and none where it is not.
import { expect } from 'chai';
import { tensor } from '../core/onnx/tensor.ts';
import { slopesOf } from '../suites/framework/training/differences.ts';

/** The slopes of a sum of one function's values, by the index of the element. */
const slopes = (of: (x: number) => number, ...values: number[]): [number, number][] => [
  ...slopesOf(
    (moved) => moved.values.reduce<number>((sum, x) => sum + of(Number(x)), 0),
    tensor('float64', [values.length], values),
  ),
];

describe('central differences', () => {
  it('are the derivative, to a millionth', () => {
    const found = slopes(Math.sin, -2, -0.5, 0.25, 3);
    const exact = [-2, -0.5, 0.25, 3].map(Math.cos);
    expect(found.map(([at]) => at)).to.deep.equal([0, 1, 2, 3]);
    for (const [at, slope] of found) expect(slope).to.be.closeTo(exact[at] ?? Number.NaN, 1e-6);
  });

  it('leave an edge out, a step, and a place where the slope changes fast', () => {
    const left = (of: (x: number) => number, ...values: number[]) =>
      slopes(of, ...values).map(([at]) => at);
    expect(left(Math.abs, 1, 0, -1)).to.deep.equal([0, 2]);
    expect(left(Math.floor, 0.5, 1, 1.5)).to.deep.equal([0, 2]);
    expect(left(Math.sqrt, 1, 0.001, 2)).to.deep.equal([0, 2]);
  });

  it('of nothing that changes are zero', () => {
    expect(slopes(() => 1, 1, 2)).to.deep.equal([
      [0, 0],
      [1, 0],
    ]);
  });
});
