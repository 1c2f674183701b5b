// FRM-MOD-007: the outputs that are asked for, each under its name, and no run without its inputs.
import { expect } from 'chai';
import type { Case } from '../../../core/case.ts';
import type { Model } from '../../../core/onnx/model.ts';
import { fromMessage } from '../../../core/onnx/tensor.ts';
import { refusal, refuses, succeeds } from '../../support.ts';
import { inputsOf, loaded, modelOf, node, value } from '../models.ts';
import { between, type Trial } from '../trials/trial.ts';
import { goesOn } from './samples.ts';

const RUN = 'framework.model.run';

/** Three outputs of one type and shape: which is which is in their values alone. */
const three: Model = modelOf({
  nodes: [
    node('Add', ['x', 'x'], ['double']),
    node('Neg', ['x'], ['negative']),
    node('Identity', ['z'], ['same']),
  ],
  inputs: [value('x', 'int32', [4]), value('z', 'int32', [4])],
  outputs: [
    value('double', 'int32', [4]),
    value('negative', 'int32', [4]),
    value('same', 'int32', [4]),
  ],
});

const ORDERS = [
  ['double', 'negative', 'same'],
  ['same', 'double', 'negative'],
  ['negative'],
  ['same', 'double'],
] as const;

const asked: Case = {
  id: 'FRM-MOD-007/asked',
  title: 'a run answers the outputs that it is asked for, in that order, each under its own name',
  requirements: ['FRM-MOD-007'],
  expectations: ['FRM-MOD-007/run', 'FRM-MOD-007/names', 'FRM-MOD-007/values'],
  kind: 'shared',
  run: async (context) => {
    const model = await loaded(context, three);
    const given = () => between(context.random, 'int32', [4], [1, 1000]);
    for (const [round, outputs] of ORDERS.entries()) {
      const tensors = { x: given(), z: given() };
      const numbersOf = (one: Trial['inputs'][number]): number[] => (one?.values ?? []).map(Number);
      const [x, z] = [numbersOf(tensors.x), numbersOf(tensors.z)];
      const right = { double: x.map((one) => 2 * one), negative: x.map((one) => -one), same: z };
      // In either order: a model's inputs are told apart by their names.
      const inputs = inputsOf(tensors);
      if (round % 2 === 1) inputs.reverse();
      const result = await succeeds(context, 'FRM-MOD-007/run', RUN, {
        model,
        inputs,
        outputs: [...outputs],
      });
      const names = result.outputs.map(({ name }) => name);
      context.expectation('FRM-MOD-007/names', { expected: outputs, observed: names }, () =>
        expect(names).to.deep.equal(outputs),
      );
      const observed = result.outputs.map((one) => fromMessage(one.value)?.values ?? null);
      const expected = outputs.map((name) => right[name]);
      context.expectation('FRM-MOD-007/values', { expected, observed }, () =>
        expect(observed).to.deep.equal(expected),
      );
    }
    await context.given('framework.model.unload', { model });
  },
};

const wrong: Case = {
  id: 'FRM-MOD-007/wrong',
  title: 'a run that leaves an input out, or asks for an output that there is not, is refused',
  requirements: ['FRM-MOD-007'],
  expectations: ['FRM-MOD-007/missing', 'FRM-MOD-007/unknown', 'FRM-MOD-007/serving'],
  kind: 'own',
  run: async (context) => {
    const model = await loaded(context, three);
    const given = () => between(context.random, 'int32', [4], [1, 1000]);
    const [x, z] = [given(), given()];
    const refused = refusal('INPUTS');
    // Also where something else is given in its place, so that there are as many as there should be.
    const without = [
      inputsOf({ x }),
      [],
      inputsOf({ x, y: z }),
      [x, z].flatMap((one) => inputsOf({ x: one })),
    ];
    for (const inputs of without) {
      await refuses(context, 'FRM-MOD-007/missing', refused, RUN, {
        model,
        inputs,
        outputs: ['double'],
      });
    }
    await refuses(context, 'FRM-MOD-007/unknown', refused, RUN, {
      model,
      inputs: inputsOf({ x, z }),
      outputs: ['double', 'triple'],
    });
    await goesOn(context, 'FRM-MOD-007/serving');
  },
};

export const modelOutputs: readonly Case[] = [asked, wrong];
