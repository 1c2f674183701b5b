// FRM: all cases of the framework layer, in the order in which a run takes them.
import type { Case } from '../../core/case.ts';
import { hurriedCases } from './audit/hurried.ts';
import { repeatedCases } from './audit/repeated.ts';
import { inputCases } from './inputs.ts';
import { batchCases } from './model/batch.ts';
import { descriptions } from './model/description.ts';
import { modelHandles } from './model/handles.ts';
import { hostileModels } from './model/hostile.ts';
import { keptCases } from './model/kept.ts';
import { memoryCases } from './model/memory.ts';
import { modelOutputs } from './model/outputs.ts';
import { noModels, unknownOperators } from './model/refused.ts';
import { tensorCases } from './model/tensors.ts';
import { nodeTestCases } from './node-tests/cases.ts';
import { ownNodeTests } from './node-tests/own.ts';
import { elementaryCases } from './numeric/elementary.ts';
import { largeCases } from './numeric/sums.ts';
import { operatorCases } from './operators.ts';
import { chances } from './training/chance.ts';
import { checkpoints } from './training/checkpoints.ts';
import { gradientCases } from './training/gradients.ts';
import { graphCases } from './training/graphs.ts';
import { trainingHandles } from './training/handles.ts';
import { ownParameters } from './training/own.ts';
import { descents } from './training/steps.ts';

export const framework: readonly Case[] = [
  ...descriptions,
  ...noModels,
  ...memoryCases,
  ...batchCases,
  ...modelHandles,
  ...modelOutputs,
  ...tensorCases,
  ...hostileModels,
  ...unknownOperators,
  ...inputCases,
  ...hurriedCases,
  ...repeatedCases,
  ...operatorCases,
  ...keptCases,
  ...largeCases,
  ...elementaryCases,
  ...gradientCases,
  ...graphCases,
  ...descents,
  ...checkpoints,
  ...chances,
  ...trainingHandles,
  ...ownParameters,
  ...nodeTestCases(ownNodeTests),
];
