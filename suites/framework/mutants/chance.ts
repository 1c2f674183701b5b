// Known-bad engines: numbers that are drawn by a seed (FRM-TRN-004).
import type { Mutant } from '../../../core/mutant.ts';
import type { Attributes } from '../../../core/onnx/model.ts';
import { modelBytes } from '../../../core/onnx/model-bytes.ts';
import { modelOf } from '../../../core/onnx/model-of-bytes.ts';
import { alterRequest } from '../../defects.ts';
import { elements, hasNoRoomForModels, LOAD } from './defects.ts';

/** Loads each model with other attributes of its nodes. */
const attributes = (alter: (one: Attributes) => Attributes) => () => () =>
  alterRequest(LOAD, (params) => {
    const model = modelOf(Buffer.from(params.base64, 'base64'));
    const nodes = model.nodes.map((node) => ({
      ...node,
      attributes: alter(node.attributes ?? {}),
    }));
    return { ...params, base64: Buffer.from(modelBytes({ ...model, nodes })).toString('base64') };
  });

export const chanceMutants: readonly Mutant[] = [
  {
    id: 'FRM-TRN-004/draws-none',
    title: 'draws no numbers',
    requirement: 'FRM-TRN-004',
    breaks: 'FRM-TRN-004/run',
    defect: hasNoRoomForModels(({ nodes }) =>
      nodes.some(({ operator }) => operator.startsWith('Random')),
    ),
  },
  {
    id: 'FRM-TRN-004/any-seed',
    title: 'draws by a seed of its own',
    requirement: 'FRM-TRN-004',
    breaks: 'FRM-TRN-004/same',
    defect: attributes(({ seed: _, ...rest }) => rest),
  },
  {
    id: 'FRM-TRN-004/one-seed',
    title: 'draws by one seed, whatever is given',
    requirement: 'FRM-TRN-004',
    breaks: 'FRM-TRN-004/other',
    defect: attributes((one) => ({ ...one, seed: { float: 1 } })),
  },
  {
    id: 'FRM-TRN-004/wide',
    title: 'draws numbers a tenth too wide',
    requirement: 'FRM-TRN-004',
    breaks: 'FRM-TRN-004/distribution',
    defect: elements((value) => Number(value) * 1.1),
  },
  {
    id: 'FRM-TRN-004/positive',
    title: 'draws no number below zero',
    requirement: 'FRM-TRN-004',
    breaks: 'FRM-TRN-004/distribution',
    defect: elements((value) => Math.abs(Number(value))),
  },
];
