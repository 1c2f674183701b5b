// Who refuses a plain call, and who mistakes a fault: the adapter or the product, by the origin that the
// error itself declares.
import { ASKED } from '../cases.ts';
import { broken, type Check, type CheckId, notTried, sound } from '../check.ts';
import {
  type Call,
  callsOf,
  type Examined,
  firstBroken,
  resultOf,
  shown,
  wasTried,
} from '../examined.ts';
import { isObject } from '../lines.ts';

const REST: readonly CheckId[] = ['starts', 'framing', 'ids', 'replies', 'errors', 'origins'];

/** Cases whose every call has to succeed. */
const PLAIN = [ASKED.literal, ASKED.generated] as const;

interface Refused {
  readonly call: Call;
  readonly text: string;
  readonly origin: unknown;
}

const refusedOf = (call: Call): Refused[] => {
  const { error } = call.reply ?? {};
  if (!isObject(error)) return [];
  const { canonical, reason, origin, vendorName, vendorCode } = isObject(error['data'])
    ? error['data']
    : ({} as Record<string, unknown>);
  const vendor = vendorName ?? vendorCode;
  const text = `${call.method}: ${canonical}/${reason} from ${origin}${vendor === undefined ? '' : ` (${vendor})`}`;
  return [{ call, text, origin }];
};

/** Calls with nothing wrong about them. Where a capability is not declared there were only probes. */
const plainCalls = (examined: Examined): Call[] =>
  PLAIN.filter((id) => resultOf(examined, id)?.verdict !== 'not-applicable')
    .flatMap((id) => callsOf(examined, id))
    .filter(({ method }) => method?.startsWith('driver.'));

const plainRefusals = (examined: Examined): Refused[] => plainCalls(examined).flatMap(refusedOf);

/** Why nothing of the driver was asked. */
const whyNot = (examined: Examined): string =>
  resultOf(examined, ASKED.literal)?.message || 'no driver method is declared';

/** INTERNAL and UNKNOWN of the native interface, whatever was asked. */
const silentNative = ({ sessions }: Examined): Refused | undefined =>
  sessions
    .flatMap(({ calls }) => calls)
    .flatMap(refusedOf)
    .find(({ text, origin }) => origin === 'native' && /: (?:INTERNAL|UNKNOWN)\//.test(text));

const plainTried = (examined: Examined): boolean => plainCalls(examined).length > 0;

/** A fault that was answered for another reason, or carried out. */
const mistaken = (examined: Examined) => firstBroken(examined, ASKED.refusals);

export const mapping: Check = {
  id: 'mapping',
  side: 'adapter',
  title: 'the adapter refuses no call that is right, and names a fault for what it is',
  rests: REST,
  diagnose: (examined) => {
    const refused = plainRefusals(examined).find(({ origin }) => origin !== 'native');
    if (refused) {
      return broken(
        refused.text,
        'a result, or a refusal of the native interface',
        'Map the call and pass on the native answer; check nothing that the native interface checks.',
      );
    }
    const fault = mistaken(examined);
    if (fault?.origin !== undefined && fault.origin !== 'native') {
      return broken(
        `${shown(fault.observed)}, from the ${fault.origin}`,
        shown(fault.expected),
        'Map by method and native code to the row of spec/errors.yaml that means it.',
      );
    }
    const tried = plainTried(examined) || ASKED.refusals.some((id) => wasTried(examined, id));
    return tried ? sound('what it refuses, it refuses rightly') : notTried(whyNot(examined));
  },
};

export const serves: Check = {
  id: 'serves',
  side: 'product',
  title: 'devices are there, and a few plain calls are carried out',
  rests: REST,
  diagnose: (examined) => {
    const refused =
      plainRefusals(examined).find(({ origin }) => origin === 'native') ?? silentNative(examined);
    if (refused) {
      return broken(
        refused.text,
        'a result, or an answer that tells what is wrong',
        'Make the native call in a program of its own: that answer is the product’s.',
      );
    }
    const { message, reason } = resultOf(examined, ASKED.literal) ?? {};
    if (reason === 'premise') {
      return broken(
        message ?? '',
        'at least one device',
        'See whether the native interface lists a device to this user.',
      );
    }
    if (plainTried(examined)) return sound('allocate, write, read and free');
    return ASKED.refusals.some((id) => wasTried(examined, id))
      ? sound('devices')
      : notTried(whyNot(examined));
  },
};

export const refusals: Check = {
  id: 'refusals',
  side: 'product',
  title: 'a device that is not there and a read past the end are refused for that reason',
  rests: REST,
  diagnose: (examined) => {
    const fault = mistaken(examined);
    if (fault && (fault.origin === undefined || fault.origin === 'native')) {
      return broken(
        shown(fault.observed),
        shown(fault.expected),
        'Make the same fault in a native program: where that is refused well, the adapter’s map of codes lacks a row.',
      );
    }
    const tried = ASKED.refusals.filter((id) => wasTried(examined, id));
    return tried.length > 0 ? sound('they are') : notTried(whyNot(examined));
  },
};
