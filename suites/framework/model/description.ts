// FRM-MOD-001: what a model says of itself.
import { expect } from 'chai';
import type { Case } from '../../../core/case.ts';
import type { Model } from '../../../core/onnx/model.ts';
import { described, openInputs } from '../../../core/onnx/signature.ts';
import { tensor } from '../../../core/onnx/tensor.ts';
import { succeeds, withoutExtensions } from '../../support.ts';
import { loadParams, modelOf, node, value } from '../models.ts';
import { doubling } from './samples.ts';

/**
 * Three inputs of three types, none of them in the order of the alphabet; one of them is given by the model itself, and
 * so is what no input is called by. A dimension that is open has a name, or none.
 */
const several: Model = modelOf({
  nodes: [
    node('Add', ['z', 'w'], ['sum']),
    node('Not', ['m'], ['flag']),
    node('Neg', ['a'], ['less']),
    node('Add', ['less', 'v'], ['negative']),
  ],
  initializers: { w: tensor('float32', [3], [1, 2, 3]), v: tensor('int64', [4], [1n, 2n, 3n, 4n]) },
  inputs: [
    value('z', 'float32', ['batch', 3]),
    value('w', 'float32', [3]),
    value('m', 'bool', []),
    value('a', 'int64', [2, '', 4]),
  ],
  outputs: [
    value('sum', 'float32', ['batch', 3]),
    value('flag', 'bool', []),
    value('negative', 'int64', [2, '', 4]),
  ],
});

const expectedOf = (model: Model) => ({
  inputs: openInputs(model).map(described),
  outputs: model.outputs.map(described),
});

export const descriptions: readonly Case[] = (
  [
    ['one', 'one input and one output', doubling],
    ['several', 'several of several types, with open dimensions and an initializer', several],
  ] as const
).map(([name, title, model]) => ({
  id: `FRM-MOD-001/${name}`,
  title: `a model says what it takes and gives: ${title}`,
  requirements: ['FRM-MOD-001'],
  expectations: ['FRM-MOD-001/load', 'FRM-MOD-001/inputs', 'FRM-MOD-001/outputs'],
  kind: 'shared',
  run: async (context) => {
    const expected = expectedOf(model);
    const loaded = await succeeds(
      context,
      'FRM-MOD-001/load',
      'framework.model.load',
      loadParams(model),
    );
    for (const side of ['inputs', 'outputs'] as const) {
      const observed = withoutExtensions(loaded[side]);
      context.expectation(`FRM-MOD-001/${side}`, { expected: expected[side], observed }, () =>
        expect(observed).to.deep.equal(expected[side]),
      );
    }
    await context.given('framework.model.unload', { model: loaded.model });
  },
}));
