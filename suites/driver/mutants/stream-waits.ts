// Known-bad drivers: what they say of their streams, and whom they keep waiting (DRV-STR-003, -004, -008 and -011).
import type { Defect, Message, Mutant } from '../../../core/mutant.ts';
import { alterReply, alterResult, answer, answersItself, errorReply } from '../../defects.ts';
import { asks } from './stream-defects.ts';

const QUERY = 'driver.stream.query';
const SYNCHRONIZE = 'driver.stream.synchronize';
const COPY = 'driver.stream.copy';

const becomes = (method: string, from: string, to: string) => (): Defect =>
  alterResult(method, ({ state }) => ({ state: state === from ? to : state }));

/** Says "not ready" by an error. */
const notReady = (method: string) => (): Defect =>
  alterReply((reply, request) =>
    request?.method === method && reply.result?.state === 'pending'
      ? errorReply(reply.id, 1007, 'DEADLINE_EXCEEDED', 'TIMEOUT')
      : reply,
  );

const withTimeout = (milliseconds: number | undefined) => (message: Message) => {
  const { stream } = message.params;
  const params =
    milliseconds === undefined ? { stream } : { stream, timeoutMilliseconds: milliseconds };
  return { ...message, params };
};

const hasTimeout = (message: Message): boolean => message.params.timeoutMilliseconds !== undefined;

/** Asks for a state by a method that waits, and gives its answer. */
const queryWaits = (): Defect => asks(QUERY, (message) => ({ ...message, method: SYNCHRONIZE }));

/** Waits for no longer than a moment, and calls that complete. */
const impatient = (): Defect => {
  const short = asks(SYNCHRONIZE, withTimeout(20), (message) => !hasTimeout(message));
  return {
    ...short,
    reply: (message, request, link) =>
      link.toSession(
        request?.method === SYNCHRONIZE && !hasTimeout(request) && message.result
          ? answer(message, { state: 'complete' })
          : message,
      ),
  };
};

/** Loses every so-manieth copy. */
const losesCopies = (one: number) => (): Defect => {
  let copies = 0;
  return answersItself(COPY, {}, () => {
    copies += 1;
    return copies % one === 0;
  });
};

/** Once it has waited in vain, its stream stands still. */
const standsAfterTimeout = (): Defect => {
  const given = new Set<unknown>();
  return {
    request: (message, link) => {
      if (message.method === SYNCHRONIZE) {
        const { stream } = message.params;
        if (!hasTimeout(message) && given.has(stream)) {
          link.toSession(answer(message, { state: 'failed' }));
          return;
        }
        if (hasTimeout(message)) given.add(stream);
      }
      link.toEndpoint(message);
    },
  };
};

/** Waits until its own clock ticks. */
const waitsForHalf = (): Defect =>
  asks(
    SYNCHRONIZE,
    (message) => withTimeout(Math.floor(message.params.timeoutMilliseconds / 2))(message),
    hasTimeout,
  );

/** Likewise, and what it says too soon arrives in time once on each stream. */
const waitsForHalfHeldUp = (): Defect => {
  const heldUp = new Set<unknown>();
  const half = waitsForHalf();
  return {
    ...half,
    request: (message, link) => {
      const { stream, timeoutMilliseconds } = message.params ?? {};
      const isFirst = timeoutMilliseconds > 0 && !heldUp.has(stream);
      if (isFirst) heldUp.add(stream);
      const pass = (): void => {
        if (half.request) half.request(message, link);
        else link.toEndpoint(message);
      };
      if (isFirst) setTimeout(pass, 60);
      else pass();
    },
  };
};

const ticks = (milliseconds: number) => (message: Message) =>
  withTimeout(Math.ceil(message.params.timeoutMilliseconds / milliseconds) * milliseconds)(message);

export const streamWaitMutants: readonly Mutant[] = [
  {
    id: 'DRV-STR-003/waits',
    title: 'answers a query when the stream has nothing left to do',
    requirement: 'DRV-STR-003',
    breaks: 'DRV-STR-003/pending',
    defect: () => queryWaits,
  },
  {
    id: 'DRV-STR-003/always-complete',
    title: 'says that a stream is complete whenever it is asked',
    requirement: 'DRV-STR-003',
    breaks: 'DRV-STR-003/pending',
    defect: () => becomes(QUERY, 'pending', 'complete'),
  },
  {
    id: 'DRV-STR-003/error',
    title: 'calls it an error that a stream is not ready',
    requirement: 'DRV-STR-003',
    breaks: 'DRV-STR-003/pending',
    defect: () => notReady(QUERY),
  },
  {
    id: 'DRV-STR-003/never-complete',
    title: 'says that a stream is pending, once it was',
    requirement: 'DRV-STR-003',
    breaks: 'DRV-STR-003/complete',
    defect: () => () => {
      let was = false;
      return alterResult(QUERY, ({ state }) => {
        was ||= state === 'pending';
        return { state: was ? 'pending' : state };
      });
    },
  },
  {
    id: 'DRV-STR-003/new-pending',
    title: 'says that a stream is pending before anything was put into it',
    requirement: 'DRV-STR-003',
    breaks: 'DRV-STR-003/fresh',
    defect: () => becomes(QUERY, 'complete', 'pending'),
  },
  {
    id: 'DRV-STR-004/does-not-wait',
    title: 'says that a stream is complete, without waiting for it',
    requirement: 'DRV-STR-004',
    breaks: 'DRV-STR-004/waits',
    defect: () => () => answersItself(SYNCHRONIZE, { state: 'complete' }),
  },
  {
    id: 'DRV-STR-004/impatient',
    title: 'waits for a stream for a moment, and calls that complete',
    requirement: 'DRV-STR-004',
    breaks: 'DRV-STR-004/waits',
    shows: 'DRV-STR-004/waits',
    defect: () => impatient,
  },
  {
    id: 'DRV-STR-004/pending-after-all',
    title: 'says that a stream is pending when it has waited for it',
    requirement: 'DRV-STR-004',
    breaks: 'DRV-STR-004/waited',
    defect: () => becomes(SYNCHRONIZE, 'complete', 'pending'),
  },
  {
    id: 'DRV-STR-004/never-answers',
    title: 'does not answer who waits for a stream',
    requirement: 'DRV-STR-004',
    breaks: 'DRV-STR-004/synchronized',
    defect: () => () => ({
      request: (message, link) => {
        if (message.method !== SYNCHRONIZE || hasTimeout(message)) link.toEndpoint(message);
      },
    }),
  },
  {
    id: 'DRV-STR-004/loses-copies',
    title: 'loses one copy in a hundred',
    requirement: 'DRV-STR-004',
    breaks: 'DRV-STR-004/visible',
    defect: () => losesCopies(100),
  },
  {
    id: 'DRV-STR-004/loses-held-copies',
    title: 'loses what was put into a stream while it was held',
    requirement: 'DRV-STR-004',
    breaks: 'DRV-STR-004/held-visible',
    shows: 'DRV-STR-004/waits',
    defect: () => () => {
      let held = false;
      return {
        request: (message, link) => {
          if (message.method === 'driver.stream.waitEvent') held = true;
          if (message.method === 'driver.event.host.signal') held = false;
          if (held && message.method === COPY) link.toSession(answer(message, {}));
          else link.toEndpoint(message);
        },
      };
    },
  },
  {
    id: 'DRV-STR-004/timeout-complete',
    title: 'says that a stream is complete when the time is over',
    requirement: 'DRV-STR-004',
    breaks: 'DRV-STR-004/timeout',
    shows: 'DRV-STR-004/timeout',
    defect: () => becomes(SYNCHRONIZE, 'pending', 'complete'),
  },
  {
    id: 'DRV-STR-004/timeout-error',
    title: 'calls it an error that the time is over',
    requirement: 'DRV-STR-004',
    breaks: 'DRV-STR-004/timeout',
    shows: 'DRV-STR-004/timeout',
    defect: () => notReady(SYNCHRONIZE),
  },
  {
    id: 'DRV-STR-004/ignores-timeout',
    title: 'waits for a stream as long as it takes, whatever it is told',
    requirement: 'DRV-STR-004',
    breaks: 'DRV-STR-004/timeout',
    shows: 'DRV-STR-004/timeout',
    defect: () => () => asks(SYNCHRONIZE, withTimeout(undefined)),
  },
  {
    id: 'DRV-STR-004/short-time',
    title: 'waits for half of the time that it is told',
    requirement: 'DRV-STR-004',
    breaks: 'DRV-STR-004/whole-time',
    shows: 'DRV-STR-004/timeout',
    defect: () => waitsForHalf,
  },
  {
    id: 'DRV-STR-004/short-time-held-up',
    title:
      'waits for half of the time that it is told, and is held up the first time on each stream',
    requirement: 'DRV-STR-004',
    breaks: 'DRV-STR-004/whole-time',
    shows: 'DRV-STR-004/timeout',
    defect: () => waitsForHalfHeldUp,
  },
  {
    id: 'DRV-STR-004/stands-after-timeout',
    title: 'gives a stream up for which somebody waited in vain',
    requirement: 'DRV-STR-004',
    breaks: 'DRV-STR-004/goes-on',
    shows: 'DRV-STR-004/timeout',
    defect: () => standsAfterTimeout,
  },
  {
    id: 'DRV-STR-008/ticks',
    title: 'looks at the clock four times a second',
    requirement: 'DRV-STR-008',
    breaks: 'DRV-STR-008/in-time',
    defect: () => () => asks(SYNCHRONIZE, ticks(250), hasTimeout),
  },
  {
    id: 'DRV-STR-008/late-to-long',
    title: 'waits for more than twice the time that it is told where that is long',
    requirement: 'DRV-STR-008',
    breaks: 'DRV-STR-008/in-time',
    defect: () => () =>
      asks(
        SYNCHRONIZE,
        (message) => withTimeout(Math.round(2.2 * message.params.timeoutMilliseconds))(message),
        (message) => message.params.timeoutMilliseconds > 200,
      ),
  },
  {
    id: 'DRV-STR-008/complete',
    title: 'says that a stream is complete when the time is over',
    requirement: 'DRV-STR-008',
    breaks: 'DRV-STR-008/pending',
    defect: () => becomes(SYNCHRONIZE, 'pending', 'complete'),
  },
  {
    id: 'DRV-STR-011/slow',
    title: 'takes 30 ms to say how far a stream is',
    requirement: 'DRV-STR-011',
    breaks: 'DRV-STR-011/quick',
    defect: () => () => ({
      reply: (message, request, link) => {
        if (request?.method === QUERY) setTimeout(() => link.toSession(message), 30);
        else link.toSession(message);
      },
    }),
  },
];
