// FRM-MOD-002: what is no model is refused, and FRM-OPS-003: so is what no endpoint has.
import type { Answer, Case, Context } from '../../../core/case.ts';
import type { Model } from '../../../core/onnx/model.ts';
import { modelBytes } from '../../../core/onnx/model-bytes.ts';
import type { ModelLoadResult } from '../../../schemas/generated/types.ts';
import { expectRefusal, refusal, refuses } from '../../support.ts';
import { attemptRun, bytesParams, loadParams, modelOf, node, value } from '../models.ts';
import { doubled, doubling, goesOn } from './samples.ts';

const LOAD = 'framework.model.load';

const isNoModel = (
  name: string,
  title: string,
  all: (context: Context) => readonly Uint8Array[],
): Case => ({
  id: `FRM-MOD-002/${name}`,
  title: `what is no model is refused: ${title}`,
  requirements: ['FRM-MOD-002'],
  expectations: ['FRM-MOD-002/refused', 'FRM-MOD-002/serving'],
  kind: 'own',
  run: async (context) => {
    for (const bytes of all(context)) {
      await refuses(context, 'FRM-MOD-002/refused', refusal('MODEL'), LOAD, bytesParams(bytes));
    }
    await goesOn(context, 'FRM-MOD-002/serving');
  },
});

/** A graph whose two nodes wait for each other. */
const circle: Model = modelOf({
  nodes: [node('Add', ['x', 'b'], ['a']), node('Neg', ['a'], ['b'])],
  inputs: [value('x', 'float32', [2])],
  outputs: [value('b', 'float32', [2])],
});

/** A node that waits for itself. */
const itself: Model = modelOf({
  nodes: [node('Add', ['x', 'y'], ['y'])],
  inputs: [value('x', 'float32', [2])],
  outputs: [value('y', 'float32', [2])],
});

const fromNowhere: Model = modelOf({
  nodes: [node('Add', ['x', 'nowhere'], ['y'])],
  inputs: [value('x', 'float32', [2])],
  outputs: [value('y', 'float32', [2])],
});

const givesNothing: Model = modelOf({
  nodes: [node('Neg', ['x'], ['z'])],
  inputs: [value('x', 'float32', [2])],
  outputs: [value('y', 'float32', [2])],
});

export const noModels: readonly Case[] = [
  isNoModel('random', 'random bytes', ({ random }) => [random.bytes(256)]),
  // To none at all; and what is left may be well formed, where a part ends: a model says which operators it relies on, and
  // that comes last.
  isNoModel('cut', 'a model that is cut short, by each number of bytes', () => {
    const whole = modelBytes(doubling);
    return Array.from(whole, (_, length) => whole.subarray(0, length));
  }),
  isNoModel('circle', 'nodes that form a cycle', () => [modelBytes(circle), modelBytes(itself)]),
  isNoModel(
    'from-nowhere',
    'a node that takes what nothing gives, and an output that nothing is',
    () => [modelBytes(fromNowhere), modelBytes(givesNothing)],
  ),
  isNoModel('newer-operators', 'an operator set that does not exist', () => [
    modelBytes({ ...doubling, operatorSets: { '': 9999 } }),
  ]),
  isNoModel('newer-format', 'a revision of the format that does not exist', () => [
    modelBytes({ ...doubling, formatVersion: 9999 }),
  ]),
  // Revisions begin with 1.
  isNoModel('no-operators', 'an operator set before the first', () => [
    modelBytes({ ...doubling, operatorSets: { '': 0 } }),
  ]),
  isNoModel('no-format', 'a revision of the format before the first', () => [
    modelBytes({ ...doubling, formatVersion: 0 }),
  ]),
];

/** At load, or at the first run; never a result. */
const refusedBeforeResult = async (context: Context, model: Model): Promise<Answer> => {
  const loading = await context.attempt('FRM-OPS-003/refused', LOAD, loadParams(model));
  if (loading.kind === 'error') return loading;
  const { model: handle } = loading.result as ModelLoadResult;
  const { given } = doubled(context.random);
  return attemptRun(context, 'FRM-OPS-003/refused', handle, { x: given }, ['y']);
};

const unknown = (name: string, title: string, parts: Partial<Model>): Case => ({
  id: `FRM-OPS-003/${name}`,
  title: `${title} is refused, and before any result`,
  requirements: ['FRM-OPS-003'],
  expectations: ['FRM-OPS-003/refused', 'FRM-OPS-003/serving'],
  kind: 'own',
  run: async (context) => {
    const answer = await refusedBeforeResult(context, { ...doubling, ...parts });
    expectRefusal(context, 'FRM-OPS-003/refused', refusal('OPERATOR'), answer);
    await goesOn(context, 'FRM-OPS-003/serving');
  },
});

export const unknownOperators: readonly Case[] = [
  unknown('unknown', 'an operator that ONNX does not have', {
    nodes: [node('AddButNotQuite', ['x', 'x'], ['y'])],
  }),
  unknown('unneeded', 'an operator that ONNX does not have, whose result nobody asks for,', {
    nodes: [node('Add', ['x', 'x'], ['y']), node('AddButNotQuite', ['x', 'x'], ['z'])],
  }),
  unknown('other-domain', 'an operator of a domain that the endpoint does not know', {
    operatorSets: { '': 17, 'org.example.nowhere': 1 },
    nodes: [{ ...node('Add', ['x', 'x'], ['y']), domain: 'org.example.nowhere' }],
  }),
];
