// SYS-ERR: what is true of every error of a run, whichever case brought it about.
import type { Conclusion, ExpectationId, Monitor } from '../../core/case.ts';
import { faultText } from '../../schemas/fault.ts';
import { faultOf } from '../../schemas/validate.ts';
import { isProtocolCode } from '../support.ts';

interface LooseError {
  readonly code?: unknown;
  readonly data?: unknown;
}

/** What is wrong with an error: nothing, or that; `not-concerned` where the row is not about it. */
type Judged = { readonly fault: string } | 'right' | 'not-concerned';

const errorOf = (message: unknown): LooseError | undefined => {
  if (typeof message !== 'object' || message === null || !('error' in message)) return undefined;
  const { error } = message;
  return typeof error === 'object' && error !== null ? error : {};
};

const dataOf = ({ data }: LooseError): Record<string, unknown> =>
  typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};

/** Judges each error of the run, and keeps the first that is wrong. */
const overErrors = (
  declared: Pick<Monitor, 'title' | 'requirements'> & { readonly id: ExpectationId },
  expected: string,
  judgeError: (error: LooseError) => Judged,
): Monitor => ({
  ...declared,
  expectations: [declared.id],
  kind: 'monitor',
  watch: () => {
    const { id } = declared;
    let seen = 0;
    let broken: Conclusion | undefined;
    return {
      see: (entry, message) => {
        if (entry.kind !== 'receive' || broken) return;
        const error = errorOf(message?.value);
        const judged = error ? judgeError(error) : 'not-concerned';
        if (judged === 'not-concerned') return;
        seen += 1;
        if (judged === 'right') return;
        const observed = `entry ${entry.n} of ${entry.session}: ${judged.fault}`;
        broken = { id, held: false, expected, observed };
      },
      conclude: () => {
        if (broken) return [broken];
        if (seen === 0) return [];
        return [{ id, held: true, expected, observed: `${seen} errors, all so` }];
      },
    };
  },
});

const fields = overErrors(
  {
    id: 'SYS-ERR-001/fields',
    title: 'every error of the run has the members that programs decide by',
    requirements: ['SYS-ERR-001'],
  },
  'error data as the schema has it',
  ({ data }) => {
    const fault = faultOf('ErrorData', data);
    return fault ? { fault: faultText(fault) } : 'right';
  },
);

/** Canonicals that tell a program nothing. */
const SILENT: readonly unknown[] = ['INTERNAL', 'UNKNOWN'];

const telling = overErrors(
  {
    id: 'SYS-ERR-004/telling',
    title: 'no error of the run is INTERNAL or UNKNOWN',
    requirements: ['SYS-ERR-004'],
  },
  'a canonical other than INTERNAL and UNKNOWN',
  (error) => {
    const { canonical, reason, origin } = dataOf(error);
    return SILENT.includes(canonical)
      ? { fault: `${String(canonical)}/${String(reason)} from ${String(origin)}` }
      : 'right';
  },
);

const vendor = overErrors(
  {
    id: 'SYS-ERR-006/vendor',
    title: 'every native refusal of the run carries the code or the name that its vendor gave it',
    requirements: ['SYS-ERR-006'],
  },
  'vendorCode or vendorName',
  (error) => {
    const { origin, layer, reason, vendorCode, vendorName } = dataOf(error);
    // Protocol faults and the session's own are SNIS’s: no other interface has a code for them.
    if (origin !== 'native' || layer === 'system' || isProtocolCode(error.code)) {
      return 'not-concerned';
    }
    return vendorCode === undefined && vendorName === undefined
      ? { fault: `${String(reason)} from the native interface, with neither` }
      : 'right';
  },
);

export const errorMonitors: readonly Monitor[] = [fields, telling, vendor];
