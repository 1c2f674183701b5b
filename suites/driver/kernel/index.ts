// DRV-KRN: all cases of kernels, in the order in which a run takes them.
import type { Case } from '../../../core/case.ts';
import { argumentCases } from './arguments.ts';
import { atomicCases } from './atomics.ts';
import { barrierCases } from './barriers.ts';
import { computedCases } from './computed.ts';
import { geometryCases } from './geometry.ts';
import { groupCases } from './groups.ts';
import { handleCases } from './handles.ts';
import { invalidCases } from './invalid.ts';
import { loadCases } from './load.ts';
import { localCases } from './local.ts';
import { loopCases } from './loops.ts';
import { nameCases } from './names.ts';
import { repeatedCases } from './repeated.ts';
import { resultCases } from './results.ts';
import { watchdogCases } from './watchdog.ts';

export const kernel: readonly Case[] = [
  ...loadCases,
  ...invalidCases,
  ...nameCases,
  ...argumentCases,
  ...geometryCases,
  ...resultCases,
  ...loopCases,
  ...groupCases,
  ...atomicCases,
  ...barrierCases,
  ...repeatedCases,
  ...handleCases,
  ...localCases,
  ...computedCases,
  ...watchdogCases,
];
