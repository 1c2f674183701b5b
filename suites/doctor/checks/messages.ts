// Single messages: ids, the schemas of replies, and the members of errors.
import { faultText } from '../../../schemas/fault.ts';
import { ERRORS } from '../../../schemas/generated/standard.ts';
import { faultOf } from '../../../schemas/validate.ts';
import { ASKED } from '../cases.ts';
import { broken, type Check, notTried, sound } from '../check.ts';
import {
  type Call,
  type Examined,
  firstBad,
  firstBroken,
  quoted,
  resultOf,
  shown,
} from '../examined.ts';
import { isObject, type LineFault } from '../lines.ts';

const IDS: readonly LineFault[] = ['retyped-id', 'answered-again', 'unknown-id', 'null-id'];

const changeId = (fault: LineFault): string => {
  switch (fault) {
    case 'retyped-id':
      return 'Give the id back as it came: a number stays a number, a string a string.';
    case 'answered-again':
      return 'Answer each request once.';
    case 'null-id':
      return 'Answer with id null only a line whose own id cannot be read, and a notification not at all.';
    default:
      return 'Give back the id of the request that is answered, and of no other.';
  }
};

export const ids: Check = {
  id: 'ids',
  side: 'adapter',
  title: 'a reply bears the id of its request, type kept, once',
  rests: ['starts', 'framing'],
  diagnose: (examined) => {
    const bad = firstBad(examined, IDS);
    if (!bad) return sound('every reply answers one open request');
    return broken(
      `${bad.detail}: ${quoted(bad.text)}, in session ${bad.session}`,
      'the id of an open request, of the same type, once',
      changeId(bad.fault),
    );
  },
};

/** What the monitor of results found first. */
const resultFault = (examined: Examined): string | undefined => {
  const result = resultOf(examined, ASKED.results);
  return result?.verdict === 'fail' ? shown(result.observed) : undefined;
};

export const replies: Check = {
  id: 'replies',
  side: 'adapter',
  title: 'every reply is as its schema has it',
  rests: ['starts', 'framing'],
  diagnose: (examined) => {
    const bad = firstBad(examined, ['envelope']);
    const seen = bad ? `${bad.detail}: ${quoted(bad.text)}` : resultFault(examined);
    if (seen === undefined) return sound('every result and every error is valid');
    return broken(
      seen,
      'a reply that its schema admits',
      'Write the member that is named as spec/protocol.md has it; integers of 64 bits are decimal strings.',
    );
  },
};

/** The errors of a run, with the calls that they answer. */
const errorsOf = ({ sessions }: Examined): { call: Call; code: unknown; data: unknown }[] =>
  sessions
    .flatMap(({ calls }) => calls)
    .flatMap((call) => {
      const error = call.reply?.error;
      return isObject(error) ? [{ call, code: error['code'], data: error['data'] }] : [];
    });

const what = (call: Call): string => call.method ?? quoted(call.text, 60);

const ORIGINS: readonly unknown[] = ['native', 'adapter', 'kit'];

/** Error data with a good origin in place of its own, so that an origin is blamed by its own check. */
const withOrigin = (data: unknown): unknown =>
  isObject(data) ? { ...data, origin: 'native' } : data;

export const origins: Check = {
  id: 'origins',
  side: 'adapter',
  title: 'every error says who refused, and every method who does its work',
  rests: ['starts', 'framing'],
  diagnose: (examined) => {
    const errors = errorsOf(examined);
    const without = errors.find(({ data }) => isObject(data) && !ORIGINS.includes(data['origin']));
    if (without) {
      const { origin } = without.data as { origin?: unknown };
      return broken(
        `the refusal of ${what(without.call)} has ${origin === undefined ? 'no data.origin' : `origin ${shown(origin)}`}`,
        'data.origin: native, adapter or kit',
        'Say who refused: native where the native interface was asked and refused, adapter where your code refused, kit where a shared kit did.',
      );
    }
    const declared = firstBroken(examined, [ASKED.adapter]);
    if (declared) {
      return broken(
        `declared: ${shown(declared.observed)}`,
        shown(declared.expected),
        'Name adapter and version, and in methods each method that answers: native, composed or emulated.',
      );
    }
    if (errors.length === 0) return notTried('nothing was refused');
    return sound(`${errors.length} errors, each with its origin`);
  },
};

/** What is wrong with an error, its origin left aside. */
const errorFault = (code: unknown, data: unknown): string | undefined => {
  const fault = faultOf('ErrorData', withOrigin(data));
  if (fault) return faultText(fault);
  const { reason, canonical, origin } = data as Record<string, unknown>;
  const row = ERRORS.find((one) => one.reason === reason);
  if (row && row.canonical !== canonical) return `${reason} is ${row.canonical}, not ${canonical}`;
  if (row && row.code < 0 && row.code !== code)
    return `${reason} has code ${row.code}, not ${code}`;
  const silent = canonical === 'INTERNAL' || canonical === 'UNKNOWN';
  return silent && origin !== 'native' ? `${canonical} from the ${origin}` : undefined;
};

export const errors: Check = {
  id: 'errors',
  side: 'adapter',
  title: 'an error has the members that programs decide by, and a faulty line its own answer',
  rests: ['starts', 'framing', 'ids'],
  diagnose: (examined) => {
    const all = errorsOf(examined);
    for (const { call, code, data } of all) {
      const fault = errorFault(code, data);
      if (fault === undefined) continue;
      return broken(
        `the refusal of ${what(call)}: ${fault}`,
        'error data with canonical, reason, origin, retryable and layer, of one row of spec/errors.yaml',
        'Make errors in one place, from the registry’s rows; catch every exception and say what happened.',
      );
    }
    const line = firstBroken(examined, ASKED.errors);
    if (line) {
      return broken(
        shown(line.observed),
        shown(line.expected),
        'Answer faulty lines as spec/system.md, section 2, lists them, and a message without id not at all.',
      );
    }
    if (all.length === 0) return notTried('nothing was refused');
    return sound(`${all.length} errors, each with its members`);
  },
};
