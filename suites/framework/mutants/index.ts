// Known-bad engines, each with one defect that one of its rows must find.
import type { Mutant } from '../../../core/mutant.ts';
import { servedMutant } from '../../defects.ts';
import { auditMutants } from './audit.ts';
import { chanceMutants } from './chance.ts';
import { gradientMutants } from './gradients.ts';
import { keptMutants } from './kept.ts';
import { memoryMutants } from './memory.ts';
import { modelMutants } from './models.ts';
import { nodeTestMutants } from './node-tests.ts';
import { operatorMutants } from './operators.ts';
import { ownParameterMutants } from './own-parameters.ts';
import { tensorMutants } from './tensors.ts';
import { trainingMutants } from './training.ts';

export const frameworkMutants: readonly Mutant[] = [
  ...modelMutants,
  ...tensorMutants,
  ...memoryMutants,
  ...operatorMutants,
  ...keptMutants,
  ...gradientMutants,
  ...trainingMutants,
  ...ownParameterMutants,
  ...chanceMutants,
  ...auditMutants,
  ...nodeTestMutants,
].map(servedMutant);
