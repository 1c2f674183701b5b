// The reply channel: whether it starts, and whether what comes on it is one message a line.
import { broken, type Check, notTried, sound } from '../check.ts';
import { type Examined, firstBad, quoted, type SessionSeen } from '../examined.ts';
import type { LineFault } from '../lines.ts';

const first = ({ sessions }: Examined): SessionSeen | undefined => sessions[0];

/** Whether anything at all came on the reply channel. */
const spoke = (session: SessionSeen | undefined): boolean =>
  session !== undefined && (session.bad.length > 0 || session.calls.some(({ reply }) => reply));

/** The end of a log, on one line. */
const logged = (stderr: string): string => {
  const text = stderr.trim();
  return text === '' ? 'nothing on stderr' : `stderr: ${quoted(text.slice(-400), 400)}`;
};

/** What a start that failed wants changed: the exit codes are those of env, prlimit and shells. */
const changeOf = (how: string, stderr: string): string => {
  if (how === 'exit 127' || /ENOENT|No such file/.test(`${how}${stderr}`)) {
    return 'Name a program that is there: an absolute path, or one relative to the working directory.';
  }
  if (how === 'exit 126' || /EACCES|Permission denied/.test(`${how}${stderr}`)) {
    return 'Make the program executable (chmod +x), with a first line that names its interpreter.';
  }
  return 'Start it by hand with the same command: it has to stay and read stdin until that closes.';
};

const EXPECTED_START = 'a program that stays, and answers system.initialize in time';

export const starts: Check = {
  id: 'starts',
  side: 'adapter',
  title: 'it starts, stays, and says something in time',
  rests: [],
  diagnose: (examined) => {
    const session = first(examined);
    if (!session) return notTried('it was not started');
    if (spoke(session)) return sound('it answers the first request');
    if (examined.withHeaders.some(spoke)) return sound('it speaks, when it is asked with headers');
    const { end, closed } = session;
    if (end && !closed) {
      const seen = `it ended before any answer: ${end.how}; ${logged(end.stderr)}`;
      return broken(seen, EXPECTED_START, changeOf(end.how, end.stderr));
    }
    return broken(
      `it runs and said nothing; ${logged(end?.stderr ?? '')}`,
      EXPECTED_START,
      'Read lines from stdin, end each reply with a line feed, and flush it; reply on stdout, or on the descriptor that CAUSEWAY_REPLY_FD names.',
    );
  },
};

const FRAMING: readonly LineFault[] = [
  'header',
  'piece',
  'joined',
  'byte-order-mark',
  'batch',
  'overlong',
];

/** What to change, by how the framing is wrong. */
const changeFraming = (fault: LineFault): string => {
  switch (fault) {
    case 'header':
      return 'Take out the headers of the language server protocol: a message is one line, and its line feed is all of the framing, both ways.';
    case 'piece':
      return 'Write each message without line breaks inside: no indentation, no pretty printing.';
    case 'joined':
      return 'Write a line feed after each message.';
    case 'byte-order-mark':
      return 'Write UTF-8 without a byte order mark.';
    case 'batch':
      return 'Answer each request with a message of its own; there are no batches.';
    default:
      return 'Keep lines below 1 MiB: a read gives at most 64 KiB, and larger data are named and digested.';
  }
};

export const framing: Check = {
  id: 'framing',
  side: 'adapter',
  title: 'a message is one line of JSON',
  rests: ['starts'],
  diagnose: (examined) => {
    const expected = 'one JSON message a line, ended by a line feed';
    const bad =
      firstBad(examined, FRAMING) ??
      firstBad({ ...examined, sessions: examined.withHeaders }, FRAMING);
    if (bad) {
      const asked = examined.withHeaders.length > 0 ? ' when asked with Content-Length' : '';
      return broken(
        `${bad.detail}${asked}: ${quoted(bad.text)}`,
        expected,
        changeFraming(bad.fault),
      );
    }
    return sound('every message is one line');
  },
};

export const stdout: Check = {
  id: 'stdout',
  side: 'adapter',
  title: 'nothing but replies is on the reply channel, to its end',
  rests: ['starts', 'framing'],
  diagnose: (examined) => {
    const bad = firstBad(examined, ['printed']);
    if (!bad) return sound('every line is a message');
    const when = bad.afterClose ? ', after stdin had closed' : '';
    return broken(
      `the line ${quoted(bad.text)}${when}, in session ${bad.session}`,
      'messages alone; whatever a library prints goes to stderr',
      'Print to stderr. Where a library prints, put replyDescriptor: 3 into the target file and reply on the descriptor that CAUSEWAY_REPLY_FD names.',
    );
  },
};
