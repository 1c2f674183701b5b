// Models that cases build: small ones, of one node or of a few, and the ways in which cases load and run them.
import type { Answer, Context, ExpectationId } from '../../core/case.ts';
import type { Model, Node, ValueInfo } from '../../core/onnx/model.ts';
import { modelBytes } from '../../core/onnx/model-bytes.ts';
import { fromMessage, type Tensor, toMessage } from '../../core/onnx/tensor.ts';
import type { ElementType, ModelRunResult } from '../../schemas/generated/types.ts';

/** What the suite's models are written in: the operator set that the table of level 1 is of, and its format. */
export const OPERATOR_SET = 17;
export const FORMAT_VERSION = 8;

/** A model of these parts. */
export const modelOf = (
  parts: Pick<Model, 'nodes' | 'inputs' | 'outputs'> & Partial<Model>,
): Model => ({
  formatVersion: FORMAT_VERSION,
  operatorSets: { '': OPERATOR_SET },
  initializers: {},
  ...parts,
});

export const value = (
  name: string,
  type: ElementType,
  shape: readonly (number | string)[],
): ValueInfo => ({ name, type, shape });

export const node = (
  operator: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Node['attributes'] = {},
): Node => ({ operator, inputs, outputs, attributes });

/** A model as framework.model.load takes it. */
export const loadParams = (model: Model) => bytesParams(modelBytes(model));

/** Any bytes as framework.model.load takes them. */
export const bytesParams = (bytes: Uint8Array) => ({
  format: 'onnx' as const,
  base64: Buffer.from(bytes).toString('base64'),
});

/** Tensors as framework.model.run takes them, in the order of the members. */
export const inputsOf = (tensors: Readonly<Record<string, Tensor>>) =>
  Object.entries(tensors).map(([name, one]) => ({ name, value: toMessage(one) }));

/** The tensors of an answer, by name; undefined where one is not what its shape says. */
export const outputsOf = (result: ModelRunResult): Record<string, Tensor | undefined> =>
  Object.fromEntries(result.outputs.map(({ name, value: one }) => [name, fromMessage(one)]));

/** An output of a run's answer; undefined where it was refused, or has no such output. */
export const outputOf = (answer: Answer, name: string): Tensor | undefined =>
  answer.kind === 'result' ? outputsOf(answer.result as ModelRunResult)[name] : undefined;

/** Loads a model that the case stands on. */
export const loaded = async (context: Context, model: Model): Promise<string> =>
  (await context.given('framework.model.load', loadParams(model))).model;

/** Attempts one run. */
export const attemptRun = (
  context: Context,
  expectation: ExpectationId,
  model: string,
  tensors: Readonly<Record<string, Tensor>>,
  outputs: readonly string[],
): Promise<Answer> =>
  context.attempt(expectation, 'framework.model.run', {
    model,
    inputs: inputsOf(tensors),
    outputs: [...outputs],
  });
