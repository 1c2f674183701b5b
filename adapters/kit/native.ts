// How a native refusal becomes one of the standard: by (method, native code) alone, never by the arguments
// of the call, so that a refusal says what the driver knew and not what the adapter could work out.
import type { ErrorReason, MethodName } from '../../schemas/generated/standard.ts';
import { Refusal } from './refusal.ts';
import type { Handlers } from './serve.ts';

/** A native call that answered anything but success. */
export class NativeError extends Error {
  readonly code: number;

  /** `says`: what the native interface says beside the code, for people. */
  constructor(call: string, code: number, says = '') {
    super(`${call} answered ${code}${says === '' ? '' : `: ${says}`}`);
    this.code = code;
  }
}

/** What an adapter says of its native codes. */
export interface NativeCodes {
  /** A code without a reason is INTERNAL, of native origin still: a driver that failed has not refused. */
  reasonOf(method: MethodName, code: number): ErrorReason | undefined;
  nameOf(code: number): string | undefined;
}

export const refusingBy = ({ reasonOf, nameOf }: NativeCodes) => {
  /** Does a method's work; a native error that leaves it becomes the method's refusal. */
  const refusing = async <T>(method: MethodName, work: () => T | Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof NativeError)) throw error;
      const { code, message } = error;
      const vendorName = nameOf(code);
      throw new Refusal(reasonOf(method, code) ?? 'INTERNAL', 'native', {
        message,
        vendorCode: code,
        ...(vendorName !== undefined && { vendorName }),
      });
    }
  };

  /** The handlers, each of them refusing so. */
  const refusingHandlers = (handlers: Handlers): Handlers =>
    Object.fromEntries(
      Object.entries(handlers).map(([method, work]) => [
        method,
        (params: never, ended: AbortSignal) =>
          refusing(method as keyof Handlers, () => work(params, ended) as unknown),
      ]),
    );

  return { refusing, refusingHandlers };
};
