// Known-bad engines: gradients (FRM-TRN-001).
import type { Defect, Mutant } from '../../../core/mutant.ts';
import type { Tensor } from '../../../core/onnx/tensor.ts';
import type { ModelOutput } from '../../../schemas/generated/types.ts';
import { alterRequest, alterResult, errorReply, hasNoRoomFor } from '../../defects.ts';
import { altered, each } from './defects.ts';

const GRADIENT = 'framework.model.gradient';

/** What is answered for gradients made something else. */
const gradients = (alter: (all: ModelOutput[]) => ModelOutput[]): (() => () => Defect) => {
  return () => () => alterResult(GRADIENT, (result) => ({ gradients: alter(result.gradients) }));
};

/** Each gradient made another. */
const eachGradient = (alter: (one: Tensor) => Tensor): (() => () => Defect) =>
  gradients((all) => altered(all, alter));

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
];
