// Calls without an answer: the adapter's fault where the protocol's own methods get none or a second
// request stops the first, the product's where a native call hangs or takes the process with it.
import { ASKED } from '../cases.ts';
import { broken, type Check, notTried, sound, undecided } from '../check.ts';
import {
  type Call,
  callsOf,
  type Examined,
  quoted,
  resultOf,
  type SessionSeen,
  wasTried,
} from '../examined.ts';

/** The cases that ask several things at once, or close stdin on them: checks of their own read them. */
const APART: readonly string[] = [ASKED.inFlight, ASKED.flushed];

/** Calls that no other check reads. */
const apart = (examined: Examined): ReadonlySet<Call> =>
  new Set(APART.flatMap((id) => callsOf(examined, id)));

/** Whether a call goes through to the native interface. */
const isNative = ({ method }: Call): boolean => method?.startsWith('driver.') === true;

const what = ({ method, text }: Call): string => method ?? quoted(text, 60);

/** A second try, alone and with five times the time, is named for its attempt. */
const isSecond = ({ session }: Call): boolean => /~2\.\d+$/.test(session);

interface Unanswered {
  readonly call: Call;
  readonly confirmed: boolean;
}

/** Calls that were never answered, or after their deadline: those of second tries are confirmed. */
const hungCalls = (examined: Examined): Unanswered[] => {
  const others = apart(examined);
  return examined.sessions
    .flatMap(({ calls }) => calls)
    .filter((call) => call.hung && !others.has(call))
    .map((call) => ({ call, confirmed: isSecond(call) || call.session === 'probe' }));
};

interface Death {
  readonly call: Call;
  readonly how: string;
  readonly stderr: string;
}

/** Sessions that ended by themselves while calls were open, with the first of these. */
const deaths = (examined: Examined): Death[] => {
  const others = apart(examined);
  return examined.sessions
    .filter(({ killed, closed }) => !killed && !closed)
    .flatMap(({ calls, end }) => {
      const call = calls.find(({ reply }) => !reply);
      return call && end && !others.has(call) ? [{ call, how: end.how, stderr: end.stderr }] : [];
    });
};

/** Shells say 128 and the signal's number for a program that a signal ended. */
const bySignal = (how: string): boolean => /^signal |^exit 1(?:29|[3-9]\d)$/.test(how);

const REST = ['starts', 'framing', 'stdout', 'ids', 'replies'] as const;

const spokenWith = ({ sessions }: Examined): readonly SessionSeen[] =>
  sessions.filter(({ calls }) => calls.some(({ reply }) => reply));

export const answered: Check = {
  id: 'answered',
  side: 'adapter',
  title: 'every call gets an answer, and the process stays for the next',
  rests: REST,
  diagnose: (examined) => {
    const death = deaths(examined).find(({ call, how }) => !isNative(call) || !bySignal(how));
    if (death) {
      const log = death.stderr.trim().slice(-300);
      return broken(
        `on ${what(death.call)} it ended: ${death.how}${log === '' ? '' : `; stderr: ${quoted(log, 300)}`}`,
        'an answer, and a process that stays until stdin closes',
        'Catch every exception around a call and answer with an error; never end the process from within one.',
      );
    }
    const hung = hungCalls(examined).filter(({ call }) => !isNative(call));
    const sure = hung.find(({ confirmed }) => confirmed);
    if (sure) {
      return broken(
        `${what(sure.call)} got no answer, in session ${sure.call.session}`,
        'one answer to each call, before its deadline',
        'Answer on every path, also where the call is refused, and flush each reply.',
      );
    }
    const [slow] = hung.filter(({ call }) => call.reply === undefined);
    const retried = hung.some(({ call }) => wasTried(examined, call.session.split('~')[0] ?? ''));
    if (slow && !retried)
      return undecided(`${what(slow.call)} missed its deadline, and was not asked again`);
    if (spokenWith(examined).length === 0) return notTried('it answered nothing');
    return sound(hung.length > 0 ? `every call, ${hung.length} of them slowly` : 'every call');
  },
};

export const inFlight: Check = {
  id: 'in-flight',
  side: 'adapter',
  title: 'two requests that are open at once are both answered',
  rests: [...REST, 'answered'],
  diagnose: (examined) => {
    const result = resultOf(examined, ASKED.inFlight);
    const expected = 'an answer to each, in any order';
    if (result?.verdict === 'fail' && result.reason !== 'broken') {
      const calls = callsOf(examined, ASKED.inFlight);
      const without = calls.filter(({ reply }) => !reply);
      return broken(
        `two at once of ${without[0]?.method}: ${without.length > 1 ? 'neither' : 'one of them'} is answered (${result.reason}); one at a time they are`,
        expected,
        'Read requests while one is at work, and queue them: the reader must not wait for the worker with a lock that the worker needs.',
      );
    }
    if (!wasTried(examined, ASKED.inFlight)) return notTried(result?.message ?? 'not asked');
    return sound('both are answered');
  },
};

export const crashes: Check = {
  id: 'crashes',
  side: 'product',
  title: 'no native call takes the process with it',
  rests: ['starts', 'framing'],
  diagnose: (examined) => {
    const death = deaths(examined).find(({ call, how }) => isNative(call) && bySignal(how));
    if (!death) return sound('none did');
    const log = death.stderr.trim().slice(-300);
    return broken(
      `on ${what(death.call)} it ended: ${death.how}${log === '' ? '' : `; stderr: ${quoted(log, 300)}`}`,
      'a result or a refusal',
      'Make the same native call in a program of its own, with the params of the log; where that lives, look at what the adapter passes on.',
    );
  },
};

export const hangs: Check = {
  id: 'hangs',
  side: 'product',
  title: 'no native call hangs',
  rests: [...REST, 'answered'],
  diagnose: (examined) => {
    const hung = hungCalls(examined).filter(({ call }) => isNative(call));
    const sure = hung.find(({ confirmed }) => confirmed);
    if (sure) {
      return broken(
        `${what(sure.call)} got no answer with five times the time, while system calls are answered`,
        'a result or a refusal',
        'Look where the native call waits (a debugger on the process); where it returns, look at what the adapter waits for after it.',
      );
    }
    const [slow] = hung.filter(({ call }) => call.reply === undefined);
    const retried = hung.some(({ call }) => wasTried(examined, call.session.split('~')[0] ?? ''));
    if (slow && !retried)
      return undecided(`${what(slow.call)} missed its deadline, and was not asked again`);
    return sound('none did');
  },
};
