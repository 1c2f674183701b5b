// Known-bad engines: nearly right, or wrong only of large tensors (FRM-OPS-004, -005, -010).
import type { Mutant } from '../../../core/mutant.ts';
import { rounded, type Value } from '../../../core/onnx/element.ts';
import type { Tensor } from '../../../core/onnx/tensor.ts';
import type { ModelInput } from '../../../schemas/generated/types.ts';
import { errorReply, hasNoRoomFor, refuseServed } from '../../defects.ts';
import { elements, given, lastBitOf, RUN, runsOf, tensors, zeroLike } from './defects.ts';

/** More than fits what is worked on at once. */
const BLOCK = 512;

const ofFloats =
  (alter: (value: number) => number) =>
  (one: Tensor): Tensor =>
    one.type === 'float32' ? { ...one, values: one.values.map((x) => alter(Number(x))) } : one;

const zeroFrom = (value: Value, index: number): Value => (index < BLOCK ? value : zeroLike(value));

const isColumn = (one: ModelInput): boolean =>
  'value' in one && one.value.shape.length === 2 && one.value.shape[1] === 1;

export const numericMutants: readonly Mutant[] = [
  {
    id: 'FRM-OPS-004/first-block',
    title: 'computes the first 512 elements alone',
    requirement: 'FRM-OPS-004',
    breaks: 'FRM-OPS-004/values',
    defect: elements(zeroFrom),
  },
  {
    id: 'FRM-OPS-004/reads-first-block',
    title: 'reads the first 512 elements alone',
    requirement: 'FRM-OPS-004',
    breaks: 'FRM-OPS-004/values',
    defect: given((one) => ({ ...one, values: one.values.map(zeroFrom) })),
  },
  // Of one operator alone: what all of them do shows with lengths of either kind.
  ...(
    [
      ['rest-lost', 'does not compute what is left over of vectors', (length) => length % 4 !== 0],
      ['vector-lost', 'does not compute the end of whole vectors', (length) => length % 4 === 0],
    ] as const satisfies readonly (readonly [string, string, (length: number) => boolean])[]
  ).map(
    ([name, title, picks]): Mutant => ({
      id: `FRM-OPS-004/${name}`,
      title,
      requirement: 'FRM-OPS-004',
      breaks: 'FRM-OPS-004/values',
      defect: runsOf(({ operator }) => operator === 'Sqrt', {
        answered: (one) =>
          one.values.length > BLOCK && picks(one.values.length)
            ? { ...one, values: [...one.values.slice(0, -1), 0] }
            : one,
      }),
    }),
  ),
  {
    id: 'FRM-OPS-004/flat',
    title: 'answers large tensors as one row',
    requirement: 'FRM-OPS-004',
    breaks: 'FRM-OPS-004/form',
    defect: tensors((one) =>
      one.values.length > BLOCK ? { ...one, shape: [one.values.length] } : one,
    ),
  },
  {
    id: 'FRM-OPS-004/has-no-columns',
    title: 'says of every column that it has not the operator',
    requirement: 'FRM-OPS-004',
    breaks: 'FRM-OPS-004/form',
    defect: () => () =>
      refuseServed(
        RUN,
        (id) => errorReply(id, 3002, 'UNIMPLEMENTED', 'OPERATOR'),
        ({ inputs }) => inputs.some(isColumn),
      ),
  },
  {
    id: 'FRM-OPS-005/less-than-wanted',
    title: 'is twenty units in the last place away, which level 1 admits',
    requirement: 'FRM-OPS-005',
    breaks: 'FRM-OPS-005/units',
    defect: tensors(ofFloats((x) => x * (1 + 20 * 2 ** -23))),
  },
  {
    id: 'FRM-OPS-005/flushes',
    title: 'makes zero of what is small, and not yet subnormal',
    requirement: 'FRM-OPS-005',
    breaks: 'FRM-OPS-005/units',
    defect: tensors(ofFloats((x) => (Math.abs(x) < 2 ** -100 ? 0 * x : x))),
  },
  {
    id: 'FRM-OPS-005/narrow-arguments',
    title: 'takes its arguments in sixteen bits',
    requirement: 'FRM-OPS-005',
    breaks: 'FRM-OPS-005/units',
    defect: given(ofFloats((x) => Number(rounded('bfloat16', x)))),
  },
  {
    id: 'FRM-OPS-005/no-nan',
    title: 'makes zero of what is no number',
    requirement: 'FRM-OPS-005',
    breaks: 'FRM-OPS-005/units',
    defect: elements((value) => (Number.isNaN(value) ? 0 : value)),
  },
  {
    id: 'FRM-OPS-005/no-room',
    title: 'has no room for thousands of arguments',
    requirement: 'FRM-OPS-005',
    breaks: 'FRM-OPS-005/run',
    defect: () => hasNoRoomFor(RUN, ({ params }) => params.inputs[0]?.value?.base64.length > BLOCK),
  },
  {
    id: 'FRM-OPS-010/last-bit',
    title: 'differs in the last bit of one element, in every seventeenth run',
    requirement: 'FRM-OPS-010',
    breaks: 'FRM-OPS-010/same',
    defect: lastBitOf(17),
  },
];
