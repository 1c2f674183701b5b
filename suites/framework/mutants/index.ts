// Known-bad engines, each with one defect that one of its rows must find.
import type { Mutant } from '../../../core/mutant.ts';
import { servedMutant } from '../../defects.ts';
import { modelMutants } from './models.ts';
import { nodeTestMutants } from './node-tests.ts';
import { operatorMutants } from './operators.ts';

export const frameworkMutants: readonly Mutant[] = [
  ...modelMutants,
  ...operatorMutants,
  ...nodeTestMutants,
].map(servedMutant);
