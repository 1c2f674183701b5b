// DRV-EVT: all cases of events, in the order in which a run takes them.
import type { Case } from '../../../core/case.ts';
import { destroyedCases } from './destroyed.ts';
import { hostCases } from './host.ts';
import { recordAgainCases } from './record-again.ts';
import { scalingCases } from './scaling.ts';
import { stateCases } from './states.ts';
import { timingCases } from './timing.ts';

export const event: readonly Case[] = [
  ...stateCases,
  ...recordAgainCases,
  ...hostCases,
  ...destroyedCases,
  ...timingCases,
  ...scalingCases,
];
