// FRM-OPS-006 and FRM-OPS-009: inputs that are left as they are, and inputs that are none.
import { expect } from 'chai';
import type { Case } from '../../core/case.ts';
import { fromMessage, toMessage } from '../../core/onnx/tensor.ts';
import { refusal, refuses, succeeds } from '../support.ts';
import { doubling, goesOn } from './model/samples.ts';
import { inputsOf, loaded, modelOf, node, value } from './models.ts';
import { between, numbers } from './trials/trial.ts';

const RUN = 'framework.model.run';

/** What invites to work in place: one use of an input whose type and shape the output has. */
const inPlace = ['Neg', 'Relu', 'Abs', 'Sigmoid', 'Identity'];

const untouched: Case = {
  id: 'FRM-OPS-006/untouched',
  title: 'a tensor that the endpoint holds is the same after runs that took it',
  requirements: ['FRM-OPS-006'],
  expectations: ['FRM-OPS-006/run', 'FRM-OPS-006/same'],
  needs: ['framework.model'],
  kind: 'shared',
  run: async (context) => {
    const given = between(context.random, 'float32', [3, 7], [-9, -1]);
    const { tensor } = await context.given('framework.tensor.create', { value: toMessage(given) });
    for (const operator of inPlace) {
      const model = await loaded(
        context,
        modelOf({
          nodes: [node(operator, ['x'], ['y'])],
          inputs: [value('x', 'float32', [3, 7])],
          outputs: [value('y', 'float32', [3, 7])],
        }),
      );
      await succeeds(context, 'FRM-OPS-006/run', RUN, {
        model,
        inputs: [{ name: 'x', tensor }],
        outputs: ['y'],
      });
      const held = fromMessage(
        await succeeds(context, 'FRM-OPS-006/same', 'framework.tensor.read', { tensor }),
      );
      context.expectation(
        'FRM-OPS-006/same',
        {
          expected: `after ${operator}: ${given.values.join(', ')}`,
          observed: `after ${operator}: ${held?.values.join(', ')}`,
        },
        () => expect(held && toMessage(held)).to.deep.equal(toMessage(given)),
      );
      await context.given('framework.model.unload', { model });
    }
    await context.given('framework.tensor.free', { tensor });
  },
};

const refusedInput = refusal('SHAPE');

const shapes: Case = {
  id: 'FRM-OPS-009/inputs',
  title: 'an input of another shape, type or length than the model declares is refused',
  requirements: ['FRM-OPS-009'],
  expectations: ['FRM-OPS-009/refused', 'FRM-OPS-009/serving'],
  kind: 'own',
  run: async (context) => {
    const model = await loaded(context, doubling);
    const wrong = [
      ...[[3, 2], [2, 4], [6], [1, 2, 3], [2, 0], []].map((shape) =>
        toMessage(between(context.random, 'float32', shape, [1, 2])),
      ),
      toMessage(between(context.random, 'int32', [2, 3], [1, 2])),
      toMessage(between(context.random, 'int64', [2, 3], [1, 2])),
      { ...toMessage(numbers('float32', [5], [1, 2, 3, 4, 5])), shape: [2, 3] },
      { ...toMessage(numbers('float32', [7], [1, 2, 3, 4, 5, 6, 7])), shape: [2, 3] },
    ];
    for (const one of wrong) {
      await refuses(context, 'FRM-OPS-009/refused', refusedInput, RUN, {
        model,
        inputs: [{ name: 'x', value: one }],
        outputs: ['y'],
      });
    }
    await goesOn(context, 'FRM-OPS-009/serving');
  },
};

const together: Case = {
  id: 'FRM-OPS-009/together',
  title: 'shapes that an operator cannot work on together are refused when it runs',
  requirements: ['FRM-OPS-009'],
  expectations: ['FRM-OPS-009/together', 'FRM-OPS-009/serving'],
  kind: 'own',
  run: async (context) => {
    const model = await loaded(
      context,
      modelOf({
        nodes: [node('Add', ['x', 'z'], ['y'])],
        inputs: [value('x', 'float32', ['a', 'b']), value('z', 'float32', ['c', 'd'])],
        outputs: [value('y', 'float32', ['e', 'f'])],
      }),
    );
    for (const [one, other] of [
      [
        [2, 3],
        [3, 2],
      ],
      [
        [2, 3],
        [2, 2],
      ],
      [
        [0, 3],
        [2, 3],
      ],
    ] as const) {
      const x = between(context.random, 'float32', one, [1, 2]);
      const z = between(context.random, 'float32', other, [1, 2]);
      await refuses(context, 'FRM-OPS-009/together', refusedInput, RUN, {
        model,
        inputs: inputsOf({ x, z }),
        outputs: ['y'],
      });
    }
    await goesOn(context, 'FRM-OPS-009/serving');
  },
};

export const inputCases: readonly Case[] = [untouched, shapes, together];
