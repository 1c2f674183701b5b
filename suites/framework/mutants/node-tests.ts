// Known-bad engines: what they make of ONNX's own node tests (FRM-ONX).
import type { Defect, Message, Mutant } from '../../../core/mutant.ts';
import { isFloat } from '../../../core/onnx/element.ts';
import { fromMessage, toMessage } from '../../../core/onnx/tensor.ts';
import {
  bytesShort,
  elements,
  furtherDimension,
  given,
  hasNoRoomForModels,
  LOAD,
  lastZero,
  modelIn,
  narrowed,
  tensors,
  UNLOAD,
  zeroLike,
} from './defects.ts';

/** Has Bernoulli, and draws as `draw` does, of the probabilities. */
const draws = (draw: (probability: number, index: number) => number) => () => (): Defect => {
  const handle = 'model_drawing-0';
  let isLoaded = false;
  const reply = ({ method, params }: Message): object | undefined => {
    if (method === LOAD) return { model: handle, inputs: [], outputs: [] };
    if (method === UNLOAD) return {};
    const given = fromMessage(params.inputs[0].value);
    if (!given) return undefined;
    const values = given.values.map((p, index) => draw(Number(p), index));
    return { outputs: [{ name: 'y0', value: toMessage({ ...given, values }) }] };
  };
  return {
    request: (message, link) => {
      const isDrawing = modelIn(message)?.nodes.some(({ operator }) => operator === 'Bernoulli');
      isLoaded ||= isDrawing === true;
      const isOurs = isDrawing === true || (isLoaded && message.params?.model === handle);
      if (!isOurs) link.toEndpoint(message);
      else link.toSession({ jsonrpc: '2.0', id: message.id, result: reply(message) });
    },
  };
};

export const nodeTestMutants: readonly Mutant[] = [
  {
    id: 'FRM-ONX-001/refuses',
    title: 'has no room for a model of integers of 64 bits',
    requirement: 'FRM-ONX-001',
    breaks: 'FRM-ONX-001/form',
    defect: hasNoRoomForModels(({ inputs }) => inputs.some(({ type }) => type === 'int64')),
  },
  {
    id: 'FRM-ONX-001/refuses-inputs',
    title: 'takes inputs of its own shapes for wrong ones',
    requirement: 'FRM-ONX-001',
    breaks: 'FRM-ONX-001/form',
    defect: given((one) => ({ ...one, shape: [...one.shape, 7] })),
  },
  {
    id: 'FRM-ONX-001/further-dimension',
    title: 'answers with one dimension more',
    requirement: 'FRM-ONX-001',
    breaks: 'FRM-ONX-001/form',
    defect: furtherDimension,
  },
  {
    id: 'FRM-ONX-001/narrows',
    title: 'answers integers of 64 bits in 32',
    requirement: 'FRM-ONX-001',
    breaks: 'FRM-ONX-001/form',
    defect: narrowed,
  },
  {
    id: 'FRM-ONX-001/bytes-short',
    title: 'answers an element less than the shape says',
    requirement: 'FRM-ONX-001',
    breaks: 'FRM-ONX-001/form',
    defect: bytesShort,
  },
  {
    id: 'FRM-ONX-001/last-element',
    title: 'leaves the last element zero',
    requirement: 'FRM-ONX-001',
    breaks: 'FRM-ONX-001/values',
    defect: lastZero,
  },
  {
    id: 'FRM-ONX-001/imprecise',
    title: 'computes with an error of two parts in a thousand',
    requirement: 'FRM-ONX-001',
    breaks: 'FRM-ONX-001/values',
    defect: tensors((one) =>
      isFloat(one.type) ? { ...one, values: one.values.map((x) => Number(x) * 1.002) } : one,
    ),
  },
  {
    id: 'FRM-ONX-001/one-off',
    title: 'computes integers of 64 bits one too high',
    requirement: 'FRM-ONX-001',
    breaks: 'FRM-ONX-001/values',
    defect: elements((value) => (typeof value === 'bigint' ? value + 1n : value)),
  },
  {
    id: 'FRM-ONX-001/first-element',
    title: 'takes the first element of an input for zero',
    requirement: 'FRM-ONX-001',
    breaks: 'FRM-ONX-001/values',
    defect: given((one) => ({ ...one, values: [zeroLike(one.values[0]), ...one.values.slice(1)] })),
  },
  {
    id: 'FRM-ONX-001/drawn-always',
    title: 'draws a one wherever it may',
    requirement: 'FRM-ONX-001',
    breaks: 'FRM-ONX-001/drawn',
    defect: draws((probability) => Math.ceil(probability)),
  },
  {
    id: 'FRM-ONX-001/drawn-expected',
    title: 'answers the probabilities',
    requirement: 'FRM-ONX-001',
    breaks: 'FRM-ONX-001/drawn',
    defect: draws((probability) => probability),
  },
  {
    id: 'FRM-ONX-001/drawn-impossible',
    title: 'draws ones and zeros in turn, whatever their probability',
    requirement: 'FRM-ONX-001',
    breaks: 'FRM-ONX-001/drawn',
    defect: draws((_, index) => (index + 1) % 2),
  },
];
