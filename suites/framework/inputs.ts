// FRM-OPS-006 and FRM-OPS-009: inputs that are left as they are, and inputs that are none.
import { expect } from 'chai';
import type { Case } from '../../core/case.ts';
import type { Model } from '../../core/onnx/model.ts';
import { fromMessage, toMessage } from '../../core/onnx/tensor.ts';
import type { ModelLoadResult } from '../../schemas/generated/types.ts';
import { refusal, refuses, succeeds } from '../support.ts';
import { doubling, goesOn } from './model/samples.ts';
import { attemptRun, inputsOf, loaded, loadParams, modelOf, node, value } from './models.ts';
import { isWithout } from './node.ts';
import { between, numbers, wholes } from './trials/trial.ts';

const RUN = 'framework.model.run';

const SHAPE = [3, 7] as const;

/** A model of `x`, by what it is called. */
const working = (
  nodes: Model['nodes'],
  shape: readonly number[] = SHAPE,
  initializers: Model['initializers'] = {},
): readonly [string, Model] => [
  nodes.map(({ operator }) => operator).join(', '),
  modelOf({
    nodes,
    initializers,
    inputs: [value('x', 'float32', SHAPE)],
    outputs: [value('y', 'float32', shape)],
  }),
];

/**
 * What invites to work in place: one use of an input whose type and shape the output has, or two of it; what is the same
 * elements in another shape, or under another name, and then worked on; and what writes into a copy of it.
 */
const inPlace: readonly (readonly [string, Model])[] = [
  ...['Neg', 'Relu', 'Abs', 'Sigmoid', 'Identity', 'Softmax', 'Clip'].map((operator) =>
    working([node(operator, ['x'], ['y'])]),
  ),
  working([node('Add', ['x', 'x'], ['y'])]),
  working([node('Reshape', ['x', 'shape'], ['row']), node('Neg', ['row'], ['y'])], [21], {
    shape: wholes([21]),
  }),
  working([node('Identity', ['x'], ['same']), node('Neg', ['same'], ['y'])]),
  working([node('ScatterElements', ['x', 'at', 'updates'], ['y'])], SHAPE, {
    at: wholes([1, 2], [1, 2]),
    updates: numbers('float32', [1, 2], [100, 200]),
  }),
];

const untouched: Case = {
  id: 'FRM-OPS-006/untouched',
  title: 'a tensor that the endpoint holds is the same after runs that took it',
  requirements: ['FRM-OPS-006'],
  expectations: ['FRM-OPS-006/run', 'FRM-OPS-006/same'],
  needs: ['framework.model'],
  kind: 'shared',
  run: async (context) => {
    const given = between(context.random, 'float32', SHAPE, [-9, -1]);
    const { tensor } = await context.given('framework.tensor.create', { value: toMessage(given) });
    for (const [operator, one] of inPlace) {
      const params = loadParams(one);
      const loading = await context.attempt('FRM-OPS-006/run', 'framework.model.load', params);
      // Which operators there are is another row's.
      if (loading.kind === 'error' && isWithout(loading)) continue;
      const { model } = (loading.kind === 'result' ? loading.result : {}) as ModelLoadResult;
      const plain = await attemptRun(context, 'FRM-OPS-006/run', model, { x: given }, ['y']);
      if (plain.kind === 'error' && isWithout(plain)) continue;
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

const halfOpen: Model = modelOf({
  nodes: [node('Add', ['x', 'x'], ['y'])],
  inputs: [value('x', 'float32', ['n', 3])],
  outputs: [value('y', 'float32', ['n', 3])],
});

type Pair = readonly [readonly number[], readonly number[]];

/** Operators of two matrices, and shapes that they cannot work on. */
const APART: readonly (readonly [Model['nodes'][number], readonly Pair[]])[] = [
  [
    node('Add', ['x', 'z'], ['y']),
    [
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
    ],
  ],
  [
    node('MatMul', ['x', 'z'], ['y']),
    [
      [
        [2, 3],
        [2, 3],
      ],
      [
        [2, 3],
        [4, 2],
      ],
    ],
  ],
  [
    node('Concat', ['x', 'z'], ['y'], { axis: { int: 0 } }),
    [
      [
        [2, 3],
        [2, 2],
      ],
      [
        [2, 1],
        [2, 3],
      ],
    ],
  ],
];

const shapes: Case = {
  id: 'FRM-OPS-009/inputs',
  title: 'an input of another shape, type or length than the model declares is refused',
  requirements: ['FRM-OPS-009'],
  expectations: ['FRM-OPS-009/refused', 'FRM-OPS-009/serving'],
  kind: 'own',
  run: async (context) => {
    const model = await loaded(context, doubling);
    const open = await loaded(context, halfOpen);
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
    // Where one dimension is open, the others are not.
    for (const shape of [[2, 4], [3], [2, 3, 1], [3, 2]]) {
      await refuses(context, 'FRM-OPS-009/refused', refusedInput, RUN, {
        model: open,
        inputs: inputsOf({ x: between(context.random, 'float32', shape, [1, 2]) }),
        outputs: ['y'],
      });
    }
    await goesOn(context, 'FRM-OPS-009/serving');
  },
};

const heldShapes: Case = {
  id: 'FRM-OPS-009/held',
  title:
    'a tensor that the endpoint holds is refused by a run whose input is of another shape or type',
  requirements: ['FRM-OPS-009'],
  expectations: ['FRM-OPS-009/held', 'FRM-OPS-009/serving'],
  needs: ['framework.tensor'],
  kind: 'own',
  run: async (context) => {
    const [closed, open] = [await loaded(context, doubling), await loaded(context, halfOpen)];
    const wrong = [
      ...[[3, 2], [2, 4], [6], [2, 3, 1], []].map((shape) =>
        between(context.random, 'float32', shape, [1, 2]),
      ),
      between(context.random, 'int32', [2, 3], [1, 2]),
    ];
    for (const one of wrong) {
      const { tensor } = await context.given('framework.tensor.create', { value: toMessage(one) });
      for (const model of [closed, open]) {
        await refuses(context, 'FRM-OPS-009/held', refusedInput, RUN, {
          model,
          inputs: [{ name: 'x', tensor }],
          outputs: ['y'],
        });
      }
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
    for (const [operator, pairs] of APART) {
      const model = await loaded(
        context,
        modelOf({
          nodes: [operator],
          inputs: [value('x', 'float32', ['a', 'b']), value('z', 'float32', ['c', 'd'])],
          outputs: [value('y', 'float32', ['e', 'f'])],
        }),
      );
      for (const [one, other] of pairs) {
        const x = between(context.random, 'float32', one, [1, 2]);
        const z = between(context.random, 'float32', other, [1, 2]);
        await refuses(context, 'FRM-OPS-009/together', refusedInput, RUN, {
          model,
          inputs: inputsOf({ x, z }),
          outputs: ['y'],
        });
      }
    }
    await goesOn(context, 'FRM-OPS-009/serving');
  },
};

export const inputCases: readonly Case[] = [untouched, shapes, heldShapes, together];
