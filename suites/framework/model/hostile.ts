// FRM-MOD-008: models that mean harm, or are only strange.
import { expect } from 'chai';
import { PbfWriter } from 'pbf';
import type { Case, Context } from '../../../core/case.ts';
import type { Model } from '../../../core/onnx/model.ts';
import { modelBytes } from '../../../core/onnx/model-bytes.ts';
import type { ModelLoadResult } from '../../../schemas/generated/types.ts';
import { brief, isRefusal, refusal, refuses } from '../../support.ts';
import { attemptRun, bytesParams, loadParams, modelOf, node, outputOf, value } from '../models.ts';
import { doubled, doubling, goesOn } from './samples.ts';

const LOAD = 'framework.model.load';

/** A model whose weight says that it has floats of this shape, and has four bytes. */
const promising = (shape: readonly number[]): Uint8Array => {
  const graph = new PbfWriter();
  graph.writeMessage(
    5,
    (_none, to) => {
      to.writePackedVarint(1, [...shape]);
      to.writeVarintField(2, 1);
      to.writeStringField(8, 'w');
      to.writeBytesField(9, Buffer.alloc(4));
    },
    undefined,
  );
  const whole = new PbfWriter();
  whole.writeBytesField(7, graph.finish());
  // What stands twice in a message is one: the parts of the graph are put together.
  const rest = modelBytes(
    modelOf({
      nodes: [node('Add', ['x', 'w'], ['y'])],
      inputs: [value('x', 'float32', [1])],
      outputs: [value('y', 'float32', ['n'])],
    }),
  );
  return Buffer.concat([rest, whole.finish()]);
};

/**
 * More than there is, and so many that the number of elements, or of bytes, is that of one where it is counted in 32 bits
 * or in 64: 2 ** 32 + 1 elements, and 2 ** 62 + 1 of four bytes each.
 */
const TOO_MANY: readonly (readonly number[])[] = [
  [2],
  [268_435_456],
  [2 ** 40],
  [2 ** 32 + 1],
  [2 ** 31 - 2 ** 16 + 1, 2 ** 31 + 2 ** 16 + 1],
];

const weights: Case = {
  id: 'FRM-MOD-008/weights',
  title:
    'a model that declares more weights than it holds is refused: a gigabyte, and a little more',
  requirements: ['FRM-MOD-008'],
  expectations: ['FRM-MOD-008/refused', 'FRM-MOD-008/serving'],
  kind: 'own',
  run: async (context) => {
    for (const shape of TOO_MANY) {
      const params = bytesParams(promising(shape));
      await refuses(context, 'FRM-MOD-008/refused', refusal('MODEL'), LOAD, params);
    }
    await goesOn(context, 'FRM-MOD-008/serving');
  },
};

/** States that a valid model is run rightly or refused. */
const rightOrRefused = async (
  context: Context,
  model: Model,
  [input, output]: readonly [string, string],
): Promise<void> => {
  const { given, expected } = doubled(context.random);
  const judge = (answer: Awaited<ReturnType<typeof attemptRun>>): void => {
    const found = outputOf(answer, output)?.values;
    const isClear = isRefusal('FRM-MOD-008/strange', refusal('MODEL'), answer);
    context.expectation(
      'FRM-MOD-008/strange',
      {
        expected: `${expected.values.join(', ')}, or a refusal`,
        observed: found?.join(', ') ?? brief(answer),
      },
      () =>
        expect(isClear || JSON.stringify(found) === JSON.stringify(expected.values)).to.equal(true),
    );
  };
  const loading = await context.attempt('FRM-MOD-008/strange', LOAD, loadParams(model));
  if (loading.kind === 'error') judge(loading);
  else {
    const { model: handle } = loading.result as ModelLoadResult;
    judge(await attemptRun(context, 'FRM-MOD-008/strange', handle, { [input]: given }, [output]));
  }
};

const strange = (
  name: string,
  title: string,
  model: () => Model,
  names: readonly [string, string],
): Case => ({
  id: `FRM-MOD-008/${name}`,
  title: `a model with ${title} is run rightly or refused`,
  requirements: ['FRM-MOD-008'],
  expectations: ['FRM-MOD-008/strange', 'FRM-MOD-008/serving'],
  kind: 'own',
  run: async (context) => {
    await rightOrRefused(context, model(), names);
    await goesOn(context, 'FRM-MOD-008/serving');
  },
});

/** As many nodes one behind another as fit a message. */
const DEPTH = 2500;

const deep = (): Model =>
  modelOf({
    nodes: [
      node('Add', ['x', 'x'], ['0']),
      ...Array.from({ length: DEPTH }, (_, index) =>
        node('Identity', [index.toString(36)], [(index + 1).toString(36)]),
      ),
    ],
    inputs: [value('x', 'float32', [2, 3])],
    outputs: [value(DEPTH.toString(36), 'float32', [2, 3])],
  });

const INPUT = 'a\u001b[31m\u202eb\n\t"\\<script>';
const OUTPUT = "c\u0007\u2028d'; DROP TABLE";

/** Where names are looked up in an object, it has members of its own before anything is put there. */
const MEMBERS: readonly (readonly [name: string, input: string, output: string])[] = [
  ['member-input', '__proto__', 'constructor'],
  ['member-output', 'toString', '__proto__'],
  ['member-both', '__class__', '__dict__'],
];

export const hostileModels: readonly Case[] = [
  weights,
  strange(
    'names',
    'names of control characters',
    () =>
      modelOf({
        nodes: [node('Add', [INPUT, INPUT], [OUTPUT])],
        inputs: [value(INPUT, 'float32', [2, 3])],
        outputs: [value(OUTPUT, 'float32', [2, 3])],
      }),
    [INPUT, OUTPUT],
  ),
  ...MEMBERS.map(([name, input, output]) =>
    strange(
      name,
      `names that tables have of themselves: ${input} and ${output}`,
      () =>
        modelOf({
          nodes: [node('Add', [input, input], [output])],
          inputs: [value(input, 'float32', [2, 3])],
          outputs: [value(output, 'float32', [2, 3])],
        }),
      [input, output],
    ),
  ),
  strange('deep', 'two thousand five hundred nodes one behind another', deep, [
    'x',
    DEPTH.toString(36),
  ]),
  strange(
    'long-name',
    'a name of a thousand characters',
    () =>
      modelOf({
        nodes: [node('Add', ['x'.repeat(1000), 'x'.repeat(1000)], ['y'])],
        inputs: [value('x'.repeat(1000), 'float32', [2, 3])],
        outputs: doubling.outputs,
      }),
    ['x'.repeat(1000), 'y'],
  ),
];
