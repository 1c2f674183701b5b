// The end of a session: what was asked is answered, the process goes, and nothing of it stays.
import { ASKED } from '../cases.ts';
import { broken, type Check, notTried, sound, undecided } from '../check.ts';
import { callsOf, quoted } from '../examined.ts';

export const flushed: Check = {
  id: 'flushed',
  side: 'adapter',
  title: 'what was read before stdin closed is answered before the end',
  rests: ['starts', 'framing', 'stdout', 'ids', 'replies', 'answered', 'in-flight'],
  diagnose: (examined) => {
    const calls = callsOf(examined, ASKED.flushed).filter(({ method }) => method === 'system.ping');
    if (calls.length === 0) return notTried('not asked');
    const lost = calls.filter(({ reply }) => !reply).length;
    if (lost === 0) return sound(`${calls.length} of ${calls.length} requests`);
    const session = examined.sessions.find(({ name }) => name === calls.at(-1)?.session);
    const how = session?.end?.how ?? 'no end';
    return broken(
      `stdin closed behind ${calls.length} requests, and ${lost} were not answered; it ended with ${how}`,
      'an answer to each request that was read whole, then the end',
      'When stdin closes, finish what is queued, flush the reply channel, and only then exit.',
    );
  },
};

export const exits: Check = {
  id: 'exits',
  side: 'adapter',
  title: 'it ends by itself within two seconds when stdin closes, and not before',
  rests: ['starts', 'framing', 'answered'],
  diagnose: (examined) => {
    const idle = examined.sessions.find(
      ({ closed, killed, end, calls }) =>
        end && !closed && !killed && calls.length > 0 && calls.every(({ reply }) => reply),
    );
    if (idle) {
      return broken(
        `session ${idle.name} ended while nothing was asked: ${idle.end?.how}; stderr: ${quoted(idle.end?.stderr.trim().slice(-300) ?? '', 300)}`,
        'a process that stays until stdin closes',
        'Catch errors of callbacks and threads; end when stdin closes, and for no other reason.',
      );
    }
    // One that still has work, or hangs in it, is another check's.
    const quiet = examined.sessions.filter(
      ({ closed, calls }) => closed?.open === 0 && calls.every(({ hung }) => !hung),
    );
    // Late once can be the machine; late twice in a row is the endpoint.
    const stays = quiet.find(({ killed }, index) => killed && quiet[index + 1]?.killed);
    if (stays) {
      return broken(
        `session ${stays.name} was still there two seconds after stdin had closed, and so was the next`,
        'the end within two seconds',
        'Watch for the end of stdin, release what the session holds, and exit; let no thread, timer or child keep the process.',
      );
    }
    const crashed = quiet.find(({ killed, end }) => !killed && end?.how.startsWith('signal '));
    if (crashed) {
      return broken(
        `session ${crashed.name} ended by ${crashed.end?.how} when stdin closed`,
        'an end of its own',
        'Release native objects in the reverse order of their making, and unload nothing that still has threads.',
      );
    }
    const late = quiet.find(({ killed }) => killed);
    if (late) {
      return undecided(
        `session ${late.name} alone was still there two seconds after stdin had closed; the machine may have been busy`,
      );
    }
    const slowest = Math.max(
      ...quiet.map(({ closed, end }) => (closed && end ? end.t - closed.t : 0)),
      0,
    );
    if (quiet.length === 0) return notTried('no session came to a quiet end');
    return sound(`${quiet.length} sessions, the slowest in ${Math.round(slowest / 1000)} ms`);
  },
};

export const leftBehind: Check = {
  id: 'left-behind',
  side: 'adapter',
  title: 'nothing that it started outlives it',
  rests: ['starts'],
  diagnose: ({ leftBehind: processes }) => {
    if (!processes) return notTried('processes cannot be listed on this system');
    if (processes.length === 0) return sound('nothing is left');
    return broken(
      `still there after every session had ended: ${processes.slice(0, 3).join('; ')}`,
      'no process',
      'End helpers with the session, and start none that detaches itself (setsid, daemon, nohup).',
    );
  },
};
