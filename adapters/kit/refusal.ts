// Refusals: the registry's rows as exceptions, each saying who refused.
import { ERRORS, type ErrorReason } from '../../schemas/generated/standard.ts';
import type { ErrorData, ErrorObject, Layer, Origin } from '../../schemas/generated/types.ts';

/** What a refusal may say beside its reason. */
export type RefusalDetails = Partial<
  Pick<
    ErrorData,
    'field' | 'supportedVersions' | 'vendorCode' | 'vendorName' | 'retryable' | 'retryAfterMs'
  >
> & { message?: string };

/** Thrown by a method to refuse; the kit makes the reply. */
export class Refusal extends Error {
  readonly reason: ErrorReason;
  readonly origin: Origin;
  readonly details: RefusalDetails;

  constructor(reason: ErrorReason, origin: Origin, details: RefusalDetails = {}) {
    super(details.message ?? reason);
    this.reason = reason;
    this.origin = origin;
    this.details = details;
  }
}

/** The error object of a reply. `layer` is the called method's. */
export const errorObject = (refusal: Refusal, layer: Layer): ErrorObject => {
  const row = ERRORS.find((one) => one.reason === refusal.reason);
  if (!row) throw new Error(`no error has the reason ${refusal.reason}`);
  const { message, ...details } = refusal.details;
  const data: ErrorData = {
    canonical: row.canonical,
    reason: row.reason,
    origin: refusal.origin,
    retryable: 'retryable' in row,
    layer,
    ...details,
  };
  return { code: row.code, message: message ?? row.text, data };
};
