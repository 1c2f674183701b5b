// Refusals of the reference's own.
import type { ErrorReason } from '../../schemas/generated/standard.ts';
import { Refusal } from '../kit/refusal.ts';

/** Its native interface is SNIS itself, so the reason is its own name for it. */
export const refused = (reason: ErrorReason): Refusal =>
  new Refusal(reason, 'native', { vendorName: reason });
