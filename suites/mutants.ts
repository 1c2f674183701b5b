// Every mutant; only what tries them loads them.
import type { Mutant } from '../core/mutant.ts';
import { driverMutants } from './driver/mutants/index.ts';
import { frameworkMutants } from './framework/mutants/index.ts';
import { systemMutants } from './system/mutants/index.ts';

export const mutants: readonly Mutant[] = [...systemMutants, ...driverMutants, ...frameworkMutants];
