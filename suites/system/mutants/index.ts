// Known-bad endpoints of the system layer, each with one defect that one of its rows must find.
import type { Mutant } from '../../../core/mutant.ts';
import { capabilityMutants } from './capability.ts';
import { clockMutants } from './clock.ts';
import { errorMutants } from './error.ts';
import { extensionMutants } from './extension.ts';
import { framingMutants } from './framing.ts';
import { identityMutants } from './identity.ts';
import { lifecycleMutants } from './lifecycle.ts';
import { negotiationMutants } from './negotiation.ts';
import { refusalMutants } from './refusal.ts';

export const systemMutants: readonly Mutant[] = [
  ...negotiationMutants,
  ...capabilityMutants,
  ...identityMutants,
  ...extensionMutants,
  ...errorMutants,
  ...refusalMutants,
  ...lifecycleMutants,
  ...clockMutants,
  ...framingMutants,
];
