// Known-bad engines: what operators compute, of what, and what they leave as it is (FRM-OPS).
import type { Mutant } from '../../../core/mutant.ts';
import { endsOf, FORMATS, isFloat, type Value } from '../../../core/onnx/element.ts';
import type { Tensor } from '../../../core/onnx/tensor.ts';
import type { ModelInput } from '../../../schemas/generated/types.ts';
import {
  admitRefused,
  alterResult,
  errorReply,
  hasNoRoomFor,
  refuseServed,
} from '../../defects.ts';
import { loadParams } from '../models.ts';
import {
  admitsOf,
  bytesShort,
  elements,
  furtherDimension,
  hasNoRoomForModels,
  LOAD,
  lastZero,
  loads,
  modelIn,
  narrowed,
  RUN,
  runsOf,
  tensors,
  worksNoMoreOnceRefused,
} from './defects.ts';
import { numericMutants } from './numeric.ts';

const computes = (operator: string) =>
  hasNoRoomForModels(({ nodes }) => nodes.some((one) => one.operator === operator));

const scaled =
  (factor: number) =>
  (one: Tensor): Tensor =>
    isFloat(one.type) ? { ...one, values: one.values.map((x) => Number(x) * factor) } : one;

/** Beyond its type's ends a whole number stays at them: a sum that wrapped lies at the other end. */
const saturated = (one: Tensor): Tensor => {
  const { bytes, kind } = FORMATS[one.type];
  if (kind === 'float' || kind === 'bool') return one;
  const [low, high] = endsOf(one.type);
  const held = (x: Value): Value => {
    const near = BigInt(x) === low ? high : BigInt(x);
    return bytes === 8 ? near : Number(near);
  };
  return { ...one, values: one.values.map(held) };
};

const valueMutants: readonly Mutant[] = [
  {
    id: 'FRM-OPS-001/without-mod',
    title: 'has no Mod',
    requirement: 'FRM-OPS-001',
    breaks: 'FRM-OPS-001/run',
    defect: computes('Mod'),
  },
  {
    id: 'FRM-OPS-001/without-wide',
    title: 'has no integers of 64 bits',
    requirement: 'FRM-OPS-001',
    breaks: 'FRM-OPS-001/run',
    defect: hasNoRoomForModels(({ inputs }) => inputs.some(({ type }) => type === 'int64')),
  },
  {
    id: 'FRM-OPS-002/further-dimension',
    title: 'answers with one dimension more',
    requirement: 'FRM-OPS-002',
    breaks: 'FRM-OPS-002/form',
    defect: furtherDimension,
  },
  {
    id: 'FRM-OPS-002/narrows',
    title: 'computes integers of 64 bits in 32',
    requirement: 'FRM-OPS-002',
    breaks: 'FRM-OPS-002/form',
    defect: narrowed,
  },
  {
    id: 'FRM-OPS-002/bytes-short',
    title: 'answers an element less than the shape says',
    requirement: 'FRM-OPS-002',
    breaks: 'FRM-OPS-002/form',
    defect: bytesShort,
  },
  {
    id: 'FRM-OPS-002/last-element',
    title: 'leaves the last element zero',
    requirement: 'FRM-OPS-002',
    breaks: 'FRM-OPS-002/values',
    defect: lastZero,
  },
  {
    id: 'FRM-OPS-002/half-as-wide',
    title: 'has the lower half of the bits of integers of 64',
    requirement: 'FRM-OPS-002',
    breaks: 'FRM-OPS-002/values',
    shows: 'FRM-OPS-002/reshape-int64',
    defect: elements((value) => (typeof value === 'bigint' ? BigInt.asIntN(32, value) : value)),
  },
  {
    id: 'FRM-OPS-002/imprecise',
    title: 'computes with an error of two parts in a hundred thousand',
    requirement: 'FRM-OPS-002',
    breaks: 'FRM-OPS-002/values',
    defect: tensors(scaled(1.00002)),
  },
  {
    id: 'FRM-OPS-002/reversed',
    title: 'answers the elements in the opposite order',
    requirement: 'FRM-OPS-002',
    breaks: 'FRM-OPS-002/values',
    defect: tensors((one) => ({ ...one, values: one.values.toReversed() })),
  },
  {
    id: 'FRM-OPS-002/kept',
    title: 'answers what it answered to the same shape before',
    requirement: 'FRM-OPS-002',
    breaks: 'FRM-OPS-002/values',
    defect: () => {
      const kept = new Map<string, Tensor>();
      return tensors((one) => {
        const key = `${one.type} ${one.shape}`;
        const first = kept.get(key) ?? one;
        kept.set(key, first);
        return first;
      })();
    },
  },
  {
    id: 'FRM-OPS-002/scalars-never-both',
    title: 'says of two truth values of no dimension that they are never both',
    requirement: 'FRM-OPS-002',
    breaks: 'FRM-OPS-002/values',
    shows: 'FRM-OPS-002/and-bool',
    defect: runsOf(({ operator }) => operator === 'And', {
      answered: (one) => (one.shape.length === 0 ? { ...one, values: [0] } : one),
    }),
  },
  {
    id: 'FRM-OPS-002/fourth-ignored',
    title: 'takes the largest of the first three',
    requirement: 'FRM-OPS-002',
    breaks: 'FRM-OPS-002/values',
    shows: 'FRM-OPS-002/max-float32',
    defect: runsOf(({ operator }) => operator === 'Max', {
      given: (all) => (all.length === 4 ? [...all.slice(0, 3), ...all.slice(2, 3)] : all),
    }),
  },
  {
    id: 'FRM-OPS-002/last-not-reduced',
    title: 'reduces all but the last element where there are no axes',
    requirement: 'FRM-OPS-002',
    breaks: 'FRM-OPS-002/values',
    shows: 'FRM-OPS-002/reducemax-float32',
    defect: runsOf(
      ({ operator, attributes }) => operator === 'ReduceMax' && attributes?.['axes'] === undefined,
      {
        // In its place comes the one before it.
        given: (all) =>
          all.map((one) =>
            one.values.length > 1
              ? { ...one, values: [...one.values.slice(0, -1), ...one.values.slice(-2, -1)] }
              : one,
          ),
      },
    ),
  },
  {
    id: 'FRM-OPS-002/zero-is-true',
    title: 'says of every integer of 32 bits that it is true',
    requirement: 'FRM-OPS-002',
    breaks: 'FRM-OPS-002/values',
    shows: 'FRM-OPS-002/cast-int32',
    defect: runsOf(({ operator }) => operator === 'Cast', {
      answered: (one, [given]) =>
        one.type === 'bool' && given?.type === 'int32'
          ? { ...one, values: one.values.map(() => 1) }
          : one,
    }),
  },
  {
    id: 'FRM-OPS-002/first-factor-lost',
    title: 'loses one of two factors that meet',
    requirement: 'FRM-OPS-002',
    breaks: 'FRM-OPS-002/values',
    shows: 'FRM-OPS-002/scatterelements-int64',
    defect: runsOf(
      ({ operator, attributes }) =>
        operator === 'ScatterElements' &&
        JSON.stringify(attributes?.['reduction']) === JSON.stringify({ text: 'mul' }),
      {
        given: (all) =>
          all[0]?.type === 'int64' && all[0].shape.length === 1
            ? all.map((one, index) =>
                index === 2 ? { ...one, values: [1n, ...one.values.slice(1)] } : one,
              )
            : all,
      },
    ),
  },
  {
    id: 'FRM-OPS-007/last-not-found',
    title: 'looks for the largest among the first 32 alone',
    requirement: 'FRM-OPS-007',
    breaks: 'FRM-OPS-007/values',
    shows: 'FRM-OPS-007/hardmax-float32',
    defect: runsOf(({ operator }) => operator === 'Hardmax', {
      given: (all) =>
        all.map((one) => ({
          ...one,
          values: one.values.map((x, index) =>
            one.shape.at(-1) === 33 && index % 33 === 32 ? Number.NEGATIVE_INFINITY : x,
          ),
        })),
    }),
  },
  {
    id: 'FRM-OPS-008/condition-ignored',
    title: 'takes a condition of no dimension for one that holds',
    requirement: 'FRM-OPS-008',
    breaks: 'FRM-OPS-008/values',
    shows: 'FRM-OPS-008/where-bool',
    defect: runsOf(({ operator }) => operator === 'Where', {
      given: ([condition, ...all]) =>
        condition
          ? [condition.shape.length === 0 ? { ...condition, values: [1] } : condition, ...all]
          : all,
    }),
  },
  {
    id: 'FRM-OPS-008/never-equal',
    title: 'says of floats that it broadcasts that none are equal',
    requirement: 'FRM-OPS-008',
    breaks: 'FRM-OPS-008/values',
    shows: 'FRM-OPS-008/equal-float32',
    defect: runsOf(({ operator }) => operator === 'Equal', {
      answered: (one, [left, right]) =>
        left?.type === 'float32' && String(left.shape) !== String(right?.shape)
          ? { ...one, values: one.values.map(() => 0) }
          : one,
    }),
  },
  {
    id: 'FRM-OPS-007/no-nan',
    title: 'makes zero of what is no number',
    requirement: 'FRM-OPS-007',
    breaks: 'FRM-OPS-007/values',
    defect: elements((value) => (Number.isNaN(value) ? 0 : value)),
  },
  {
    id: 'FRM-OPS-007/no-sign',
    title: 'has one zero',
    requirement: 'FRM-OPS-007',
    breaks: 'FRM-OPS-007/values',
    defect: elements((value) => (value === 0 ? 0 : value)),
  },
  {
    id: 'FRM-OPS-007/largest',
    title: 'makes the largest number of an infinity',
    requirement: 'FRM-OPS-007',
    breaks: 'FRM-OPS-007/values',
    defect: elements((value) =>
      value === Number.POSITIVE_INFINITY ? 3.4028234663852886e38 : value,
    ),
  },
  {
    id: 'FRM-OPS-007/as-row',
    title: 'answers a tensor of one dimension as a row of two',
    requirement: 'FRM-OPS-007',
    breaks: 'FRM-OPS-007/form',
    defect: tensors((one) => (one.shape.length === 1 ? { ...one, shape: [1, ...one.shape] } : one)),
  },
  {
    id: 'FRM-OPS-008/nothing-is-one',
    title: 'makes one element of none',
    requirement: 'FRM-OPS-008',
    breaks: 'FRM-OPS-008/form',
    defect: tensors((one) =>
      one.shape.includes(0)
        ? {
            ...one,
            shape: one.shape.map((length) => Math.max(length, 1)),
            values: Array.from(
              { length: one.shape.reduce((n, length) => n * Math.max(length, 1), 1) },
              () => (FORMATS[one.type].bytes === 8 && !isFloat(one.type) ? 0n : 0),
            ),
          }
        : one,
    ),
  },
  {
    id: 'FRM-OPS-008/has-no-empty',
    title: 'says of every tensor without an element that it has not the operator',
    requirement: 'FRM-OPS-008',
    breaks: 'FRM-OPS-008/form',
    defect: () => () =>
      refuseServed(
        RUN,
        (id) => errorReply(id, 3002, 'UNIMPLEMENTED', 'OPERATOR'),
        ({ inputs }) => inputs.some((one: ModelInput) => 'value' in one && one.value.base64 === ''),
      ),
  },
  {
    id: 'FRM-OPS-008/first-row',
    title: 'repeats the first row of what it broadcasts',
    requirement: 'FRM-OPS-008',
    breaks: 'FRM-OPS-008/values',
    defect: tensors((one) => {
      const row = one.shape.at(-1) ?? 1;
      return { ...one, values: one.values.map((value, index) => one.values[index % row] ?? value) };
    }),
  },
  {
    id: 'FRM-OPS-012/saturates',
    title: 'stays at the end of the type where a result does not fit',
    requirement: 'FRM-OPS-012',
    breaks: 'FRM-OPS-012/values',
    defect: tensors(saturated),
  },
  {
    id: 'FRM-OPS-012/as-floats',
    title: 'computes integers of 64 bits as floats',
    requirement: 'FRM-OPS-012',
    breaks: 'FRM-OPS-012/values',
    defect: elements((value) =>
      typeof value === 'bigint' ? BigInt.asIntN(64, BigInt(Number(value))) : value,
    ),
  },
  {
    id: 'FRM-OPS-012/widens',
    title: 'answers integers of 32 bits in 64',
    requirement: 'FRM-OPS-012',
    breaks: 'FRM-OPS-012/form',
    defect: tensors((one) =>
      one.type === 'int32' ? { ...one, type: 'int64', values: one.values.map(BigInt) } : one,
    ),
  },
];

const isShape = ({ reason }: Record<string, unknown>): boolean => reason === 'SHAPE';

const inputMutants: readonly Mutant[] = [
  {
    id: 'FRM-OPS-003/skips',
    title: 'takes an operator that it does not know for none',
    requirement: 'FRM-OPS-003',
    breaks: 'FRM-OPS-003/refused',
    defect: () => () => {
      const asked = new Map<unknown, unknown>();
      return {
        reply: (message, request, link) => {
          if (request?.method === LOAD && message.error?.data?.reason === 'OPERATOR') {
            const result = { model: 'model_anything-0', inputs: [], outputs: [] };
            asked.set(result.model, modelIn(request));
            link.toSession({ jsonrpc: '2.0', id: message.id, result });
          } else if (request?.method === RUN && asked.has(request.params.model)) {
            const [given] = request.params.inputs;
            const result = { outputs: [{ name: 'y', value: given.value }] };
            link.toSession({ jsonrpc: '2.0', id: message.id, result });
          } else link.toSession(message);
        },
      };
    },
  },
  {
    id: 'FRM-OPS-003/leaves-out',
    title: 'leaves out a node whose result nobody asks for, whatever its operator',
    requirement: 'FRM-OPS-003',
    breaks: 'FRM-OPS-003/refused',
    defect: loads(
      ({ nodes }) => nodes.length > 1,
      (message, link) => {
        const model = modelIn(message);
        const wanted = model?.outputs.map(({ name }) => name) ?? [];
        const nodes = model?.nodes.filter((one) => one.outputs.some((it) => wanted.includes(it)));
        link.toEndpoint(
          model && nodes?.length === 1
            ? { ...message, params: { ...message.params, ...loadParams({ ...model, nodes }) } }
            : message,
        );
      },
    ),
  },
  {
    id: 'FRM-OPS-003/ends',
    title: 'computes no more once it has refused an operator',
    requirement: 'FRM-OPS-003',
    breaks: 'FRM-OPS-003/serving',
    defect: worksNoMoreOnceRefused(),
  },
  {
    id: 'FRM-OPS-006/in-place',
    title: 'writes the result over what it was given',
    requirement: 'FRM-OPS-006',
    breaks: 'FRM-OPS-006/same',
    defect: () => () => {
      let written: unknown;
      return {
        reply: (message, request, link) => {
          if (
            request?.method === RUN &&
            message.result &&
            'tensor' in (request.params.inputs[0] ?? {})
          ) {
            written = message.result.outputs[0]?.value;
          }
          if (request?.method === 'framework.tensor.read' && written !== undefined) {
            link.toSession({ ...message, result: written });
          } else link.toSession(message);
        },
      };
    },
  },
  {
    id: 'FRM-OPS-006/through-another-shape',
    title: 'writes over what it was given where it takes that in another shape',
    requirement: 'FRM-OPS-006',
    breaks: 'FRM-OPS-006/same',
    defect: () => () => {
      const reshapes = new Set<unknown>();
      let isWritten = false;
      return {
        reply: (message, request, link) => {
          const model = request && modelIn(request);
          if (model?.nodes.some((one) => one.operator === 'Reshape'))
            reshapes.add(message.result?.model);
          isWritten ||= request?.method === RUN && reshapes.has(request.params.model);
          if (isWritten && request?.method === 'framework.tensor.read' && message.result) {
            const base64 = String(message.result.base64);
            message.result.base64 = `AAAA${base64.slice(4)}`;
          }
          link.toSession(message);
        },
      };
    },
  },
  {
    id: 'FRM-OPS-006/last-element',
    title: 'leaves one element of what it was given changed',
    requirement: 'FRM-OPS-006',
    breaks: 'FRM-OPS-006/same',
    defect: () => () =>
      alterResult('framework.tensor.read', (result) => ({
        ...result,
        base64: `${result.base64.slice(0, -8)}AAAAAA==`,
      })),
  },
  {
    id: 'FRM-OPS-006/takes-none',
    title: 'runs with no tensor that it holds',
    requirement: 'FRM-OPS-006',
    breaks: 'FRM-OPS-006/run',
    defect: () => hasNoRoomFor(RUN, ({ params }) => 'tensor' in (params.inputs[0] ?? {})),
  },
  {
    id: 'FRM-OPS-009/admits',
    title: 'runs with an input of any shape',
    requirement: 'FRM-OPS-009',
    breaks: 'FRM-OPS-009/refused',
    defect: () => () => admitRefused(isShape, { outputs: [] }),
  },
  {
    id: 'FRM-OPS-009/half-open',
    title: 'looks at no shape of which a dimension is open',
    requirement: 'FRM-OPS-009',
    breaks: 'FRM-OPS-009/refused',
    defect: admitsOf(
      RUN,
      ({ inputs: [first] }) => first?.shape.some((length) => typeof length === 'string') === true,
      { outputs: [] },
    ),
  },
  {
    id: 'FRM-OPS-009/held',
    title: 'looks at the shape of no tensor that it holds',
    requirement: 'FRM-OPS-009',
    breaks: 'FRM-OPS-009/held',
    defect: () => () =>
      admitRefused(
        (data, request) => isShape(data) && 'tensor' in (request?.params.inputs?.[0] ?? {}),
        { outputs: [] },
      ),
  },
  {
    id: 'FRM-OPS-009/multiplies',
    title: 'multiplies matrices of any shapes',
    requirement: 'FRM-OPS-009',
    breaks: 'FRM-OPS-009/together',
    defect: admitsOf(RUN, ({ nodes }) => nodes.some((one) => one.operator === 'MatMul'), {
      outputs: [],
    }),
  },
  {
    id: 'FRM-OPS-009/stretches',
    title: 'makes shapes fit that do not',
    requirement: 'FRM-OPS-009',
    breaks: 'FRM-OPS-009/together',
    defect: () => () => admitRefused(isShape, { outputs: [] }),
  },
  {
    id: 'FRM-OPS-009/ends',
    title: 'computes no more once it has refused an input',
    requirement: 'FRM-OPS-009',
    breaks: 'FRM-OPS-009/serving',
    defect: worksNoMoreOnceRefused(),
  },
];

export const operatorMutants: readonly Mutant[] = [
  ...valueMutants,
  ...inputMutants,
  ...numericMutants,
];
