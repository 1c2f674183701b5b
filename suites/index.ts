// Every case and every mutant, in the order in which a run takes them.
import type { AnyCase } from '../core/case.ts';
import type { Mutant } from '../core/mutant.ts';
import { device } from './driver/device.ts';
import { memory } from './driver/memory.ts';
import { driverMutants } from './driver/mutants.ts';
import { capability } from './system/capability.ts';
import { error } from './system/error.ts';
import { framing } from './system/framing.ts';
import { systemMutants } from './system/mutants.ts';
import { negotiation } from './system/negotiation.ts';

export const cases: readonly AnyCase[] = [
  ...negotiation,
  ...capability,
  ...error,
  ...framing,
  ...device,
  ...memory,
];

export const mutants: readonly Mutant[] = [...systemMutants, ...driverMutants];
