// Models of one node: what a trial runs, in bytes and in words, and what comes of it.
import type { Answer, Context, ExpectationId } from '../../core/case.ts';
import type { Value } from '../../core/onnx/element.ts';
import type { Model } from '../../core/onnx/model.ts';
import type { Tensor } from '../../core/onnx/tensor.ts';
import type { Evaluated } from '../../core/operators/definition.ts';
import { operators } from '../../core/operators/index.ts';
import { elementWords, formWords, trialWords } from '../../core/operators/words.ts';
import type { ModelLoadResult, ModelRunResult } from '../../schemas/generated/types.ts';
import { brief, canonicalOf } from '../support.ts';
import { attemptRun, loadParams, modelOf, node, outputsOf, value } from './models.ts';
import type { Trial } from './trials/trial.ts';

export const named = <T>(items: readonly T[], letter: string): [string, T][] =>
  items.map((one, index) => [`${letter}${index}`, one]);

/** The model of one node that a trial runs. */
export const modelFor = (operator: string, trial: Trial, results: readonly Evaluated[]): Model => {
  const given = named(trial.inputs, 'x').map(([name, one]) => [one ? name : '', one] as const);
  const isConstant = (index: number): boolean => trial.constant?.includes(index) === true;
  const outputs = named(results, 'y');
  return modelOf({
    nodes: [
      node(
        operator,
        given.map(([name]) => name),
        outputs.map(([name]) => name),
        trial.attributes,
      ),
    ],
    initializers: Object.fromEntries(
      given.flatMap(([name, one], index) => (one && isConstant(index) ? [[name, one]] : [])),
    ),
    inputs: given.flatMap(([name, one], index) =>
      one && !isConstant(index) ? [value(name, one.type, one.shape)] : [],
    ),
    // What the lengths are is the operator's to say.
    outputs: outputs.map(([name, { type, shape }]) =>
      value(
        name,
        type,
        shape.map((_, axis) => `${name}_${axis}`),
      ),
    ),
  });
};

/** An element of a result in words, with what the inputs have in its place, where they are as long as the result. */
export const told = ({ inputs }: Trial, index: number, values: readonly Value[]): string => {
  const from = inputs.flatMap((one) => {
    const found = one?.values.length === values.length ? one.values[index] : undefined;
    return found === undefined ? [] : [found];
  });
  return elementWords(index, from.length === inputs.length ? from : [], values[index]);
};

/** The trial in words. */
export const wordsOf = (operator: string, { inputs, attributes }: Trial): string =>
  trialWords(operator, inputs, attributes);

/** The tensors that a run gives to the model of a trial, by name. */
export const givenTo = (model: Model, { inputs }: Trial): Record<string, Tensor> =>
  Object.fromEntries(
    named(inputs, 'x').flatMap(([name, one]) =>
      one && model.inputs.some((info) => info.name === name) ? [[name, one]] : [],
    ),
  );

/** What came of loading and running the model of a trial: its outputs, or the refusal. */
export const ran = async (
  context: Context,
  expectation: ExpectationId,
  operator: string,
  trial: Trial,
  exact: readonly Evaluated[],
): Promise<Record<string, Tensor | undefined> | Answer> => {
  const model = modelFor(operator, trial, exact);
  const loading = await context.attempt(expectation, 'framework.model.load', loadParams(model));
  if (loading.kind === 'error') return loading;
  const { model: handle } = loading.result as ModelLoadResult;
  const names = named(exact, 'y').map(([name]) => name);
  const answer = await attemptRun(context, expectation, handle, givenTo(model, trial), names);
  await context.given('framework.model.unload', { model: handle });
  return answer.kind === 'error' ? answer : outputsOf(answer.result as ModelRunResult);
};

export const isAnswer = (one: object): one is Answer => 'kind' in one && 'error' in one;

/** Whether a refusal says that the endpoint has not the operator, or not for the type. */
export const isWithout = (answer: Answer): boolean =>
  ['UNIMPLEMENTED', 'INVALID_ARGUMENT'].includes(canonicalOf(answer) ?? '');

/** In words which form an output has, or why it has none. */
export const formFound = (found: Awaited<ReturnType<typeof ran>>, name: string): string => {
  if (isAnswer(found)) return brief(found);
  const one = found[name];
  return one ? formWords(one) : 'other bytes than its shape says';
};

export const exactOf = (operator: string, { inputs, attributes = {}, outputs = 1 }: Trial) => {
  const definition = operators[operator];
  if (!definition) throw new Error(`${operator} is not defined here`);
  return definition(inputs, attributes, outputs);
};
