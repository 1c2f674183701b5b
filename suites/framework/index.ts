// FRM: all cases of the framework layer, in the order in which a run takes them.
import type { Case } from '../../core/case.ts';
import { inputCases } from './inputs.ts';
import { batchCases } from './model/batch.ts';
import { descriptions } from './model/description.ts';
import { modelHandles } from './model/handles.ts';
import { hostileModels } from './model/hostile.ts';
import { modelOutputs } from './model/outputs.ts';
import { noModels, unknownOperators } from './model/refused.ts';
import { nodeTestCases } from './node-tests/cases.ts';
import { ownNodeTests } from './node-tests/own.ts';
import { operatorCases } from './operators.ts';

export const framework: readonly Case[] = [
  ...descriptions,
  ...noModels,
  ...batchCases,
  ...modelHandles,
  ...modelOutputs,
  ...hostileModels,
  ...unknownOperators,
  ...inputCases,
  ...operatorCases,
  ...nodeTestCases(ownNodeTests),
];
