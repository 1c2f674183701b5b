// Known-bad engines: gradients (FRM-TRN-001).
import type { Defect, Mutant } from '../../../core/mutant.ts';
import type { Model } from '../../../core/onnx/model.ts';
import type { Tensor } from '../../../core/onnx/tensor.ts';
import type { ModelOutput } from '../../../schemas/generated/types.ts';
import { alterRequest, alterResult, errorReply, hasNoRoomFor } from '../../defects.ts';
import { loadParams } from '../models.ts';
import { altered, each, LOAD, modelIn } from './defects.ts';

const GRADIENT = 'framework.model.gradient';

/** What is answered for gradients made something else. */
const gradients = (alter: (all: ModelOutput[]) => ModelOutput[]): (() => () => Defect) => {
  return () => () => alterResult(GRADIENT, (result) => ({ gradients: alter(result.gradients) }));
};

/** Each gradient made another. */
const eachGradient = (alter: (one: Tensor) => Tensor): (() => () => Defect) =>
  gradients((all) => altered(all, alter));

/** The model with another input in all places but the last in which it takes `name`. */
const apart = (model: Model, name: string): Model => {
  const last = model.nodes.findLastIndex(({ inputs }) => inputs.includes(name));
  const nodes = model.nodes.map((one, index) => ({
    ...one,
    inputs: one.inputs.map((from) => (from === name && index < last ? `${name} before` : from)),
  }));
  const inputs = model.inputs.flatMap((one) =>
    one.name === name ? [one, { ...one, name: `${name} before` }] : [one],
  );
  return { ...model, nodes, inputs };
};

/** Whether a model takes `x` in two places. */
const isTakenTwice = (model: Model): boolean =>
  model.nodes.filter(({ inputs }) => inputs.includes('x')).length > 1;

/** Differentiates a model in whose place `x` is two inputs, of which it looks at the second. */
const lastUse = () => (): Defect => {
  const others = new Map<unknown, unknown>();
  return {
    request: (message, link) => {
      const other = message.method === GRADIENT && others.get(message.params.model);
      if (!other) return link.toEndpoint(message);
      const inputs = message.params.inputs.flatMap((one: ModelOutput) =>
        one.name === 'x' ? [one, { ...one, name: 'x before' }] : [one],
      );
      link.toEndpoint({ ...message, params: { ...message.params, model: other, inputs } });
    },
    reply: async (message, request, link) => {
      const model = request && modelIn(request);
      if (model && message.result && isTakenTwice(model)) {
        const { result } = await link.call(LOAD, loadParams(apart(model, 'x')));
        others.set(message.result.model, result.model);
      }
      link.toSession(message);
    },
  };
};

export const gradientMutants: readonly Mutant[] = [
  {
    id: 'FRM-TRN-001/refuses',
    title: 'differentiates no operator of two inputs',
    requirement: 'FRM-TRN-001',
    breaks: 'FRM-TRN-001/given',
    defect: () => hasNoRoomFor(GRADIENT, ({ params }) => params.inputs.length > 1),
  },
  {
    id: 'FRM-TRN-001/lacks',
    title: 'runs what it says that it has not, when it is to be differentiated',
    requirement: 'FRM-TRN-001',
    breaks: 'FRM-TRN-001/given',
    defect: () => () => ({
      request: (message, link) =>
        message.method === GRADIENT
          ? link.toSession(errorReply(message.id, 3002, 'UNIMPLEMENTED', 'OPERATOR'))
          : link.toEndpoint(message),
    }),
  },
  {
    id: 'FRM-TRN-001/own-order',
    title: 'answers gradients in the order of the model',
    requirement: 'FRM-TRN-001',
    breaks: 'FRM-TRN-001/form',
    defect: gradients((all) => all.toReversed()),
  },
  {
    id: 'FRM-TRN-001/flat',
    title: 'answers gradients in one dimension',
    requirement: 'FRM-TRN-001',
    breaks: 'FRM-TRN-001/form',
    defect: eachGradient((one) => ({ ...one, shape: [one.values.length] })),
  },
  {
    id: 'FRM-TRN-001/narrow',
    title: 'differentiates in float32 whatever the type is',
    requirement: 'FRM-TRN-001',
    breaks: 'FRM-TRN-001/form',
    defect: eachGradient((one) => ({ ...one, type: 'float32' })),
  },
  {
    id: 'FRM-TRN-001/unweighted',
    title: 'leaves the weights out of the sum',
    requirement: 'FRM-TRN-001',
    breaks: 'FRM-TRN-001/values',
    defect: () => () =>
      alterRequest(GRADIENT, (params) => ({
        ...params,
        weights: altered(
          params.weights,
          each(() => 1),
        ),
      })),
  },
  {
    id: 'FRM-TRN-001/exchanged',
    title: 'exchanges the gradients of two inputs of one shape',
    requirement: 'FRM-TRN-001',
    breaks: 'FRM-TRN-001/values',
    defect: gradients((all) =>
      all.map((one, index) => {
        const other = all[all.length - 1 - index];
        const isAlike = String(other?.value.shape) === String(one.value.shape);
        return other && isAlike ? { ...one, value: other.value } : one;
      }),
    ),
  },
  {
    id: 'FRM-TRN-001/last',
    title: 'leaves the last element of a gradient out',
    requirement: 'FRM-TRN-001',
    breaks: 'FRM-TRN-001/values',
    defect: eachGradient(each((value, index, all) => (index === all.length - 1 ? 0 : value))),
  },
  {
    id: 'FRM-TRN-001/percent',
    title: 'is wrong by one in a hundred',
    requirement: 'FRM-TRN-001',
    breaks: 'FRM-TRN-001/values',
    defect: eachGradient(each((value) => value * 1.01)),
  },
  {
    id: 'FRM-TRN-001/one-output',
    title: 'lets the first output count alone',
    requirement: 'FRM-TRN-001',
    breaks: 'FRM-TRN-001/values',
    shows: 'FRM-TRN-001/branches',
    defect: () => () =>
      alterRequest(GRADIENT, (params) => ({ ...params, weights: params.weights.slice(0, 1) })),
  },
  {
    id: 'FRM-TRN-001/all-outputs',
    title: 'lets an output without weights count as one with ones',
    requirement: 'FRM-TRN-001',
    breaks: 'FRM-TRN-001/values',
    shows: 'FRM-TRN-001/one-output',
    defect: () => () =>
      alterRequest(GRADIENT, (params) => {
        const [first] = params.weights;
        const isMissing = first.name === 'added' && params.weights.length === 1;
        const [ones] = altered(
          [first],
          each(() => 1),
        );
        return isMissing ? { ...params, weights: [first, { ...ones, name: 'squared' }] } : params;
      }),
  },
  {
    id: 'FRM-TRN-001/last-use',
    title: 'differentiates by the last place alone in which an input is taken',
    requirement: 'FRM-TRN-001',
    breaks: 'FRM-TRN-001/values',
    shows: 'FRM-TRN-001/branches',
    defect: lastUse,
  },
  {
    id: 'FRM-TRN-001/nothing-of-it',
    title: 'refuses to differentiate by an input that counts for nothing',
    requirement: 'FRM-TRN-001',
    breaks: 'FRM-TRN-001/given',
    shows: 'FRM-TRN-001/apart',
    defect: () => hasNoRoomFor(GRADIENT, ({ params }) => params.variables.includes('u')),
  },
  {
    id: 'FRM-TRN-001/leaves-out',
    title: 'leaves out the gradient by an input that counts for nothing',
    requirement: 'FRM-TRN-001',
    breaks: 'FRM-TRN-001/form',
    shows: 'FRM-TRN-001/apart',
    defect: gradients((all) => all.filter(({ name }) => name !== 'u')),
  },
];
