// Known-bad drivers: what they say of events (DRV-EVT-001, -002, -003 and -009).
import type { Defect, Message, Mutant } from '../../../core/mutant.ts';
import {
  admitRefused,
  alterResult,
  answer,
  answersItself,
  errorReply,
  noRoom,
} from '../../defects.ts';

const CREATE = 'driver.event.create';
const RECORD = 'driver.event.record';
const QUERY = 'driver.event.query';
const SYNCHRONIZE = 'driver.event.synchronize';
const SIGNAL = 'driver.event.host.signal';
const HOST = 'driver.event.host.create';
const WAIT = 'driver.stream.waitEvent';

const becomes = (method: string, from: string, to: string) => (): Defect =>
  alterResult(method, ({ state }) => ({ state: state === from ? to : state }));

const hasTimeout = (message: Message): boolean => message.params.timeoutMilliseconds !== undefined;

/** Records an event once; later it says that it did. */
const recordsOnce = (picks: (completed: boolean) => boolean) => (): Defect => {
  const recorded = new Set<unknown>();
  const completed = new Set<unknown>();
  return {
    request: (message, link) => {
      const { event } = message.params ?? {};
      const again = message.method === RECORD && recorded.has(event);
      if (message.method === RECORD) recorded.add(event);
      if (again && picks(completed.has(event))) link.toSession(answer(message, {}));
      else link.toEndpoint(message);
    },
    reply: (message, request, link) => {
      if (message.result?.state === 'complete') completed.add(request?.params.event);
      link.toSession(message);
    },
  };
};

/** Lets an event wait for all of its stream, also for what was put there behind it. */
const waitsForAll = (): Defect => {
  const recordedIn = new Map<unknown, unknown>();
  const ofStream = (message: Message): Message => {
    const { event, timeoutMilliseconds } = message.params ?? {};
    const stream = recordedIn.get(event);
    if (stream === undefined) return message;
    if (message.method === QUERY) {
      return { ...message, method: 'driver.stream.query', params: { stream } };
    }
    const params = timeoutMilliseconds === undefined ? { stream } : { stream, timeoutMilliseconds };
    return { ...message, method: 'driver.stream.synchronize', params };
  };
  return {
    request: (message, link) => {
      if (message.method === RECORD) recordedIn.set(message.params.event, message.params.stream);
      const about = message.method === QUERY || message.method === SYNCHRONIZE;
      link.toEndpoint(about ? ofStream(message) : message);
    },
  };
};

/** Lets who waits for an event wait for what it was recorded for last, when the first is complete. */
const waitsForLatest = (): Defect => {
  const device = new Map<unknown, unknown>();
  const waits: { event: unknown; until: unknown }[] = [];
  return {
    request: (message, link) => {
      const { stream, event } = message.params ?? {};
      if (message.method === WAIT && device.has(event)) {
        void link.call(HOST, { device: device.get(event) }).then(async ({ result }) => {
          waits.push({ event, until: result.event });
          await link.call(WAIT, { stream, event: result.event });
          link.toSession(answer(message, {}));
        });
        return;
      }
      if (message.method === SIGNAL) {
        for (const wait of waits.splice(0)) {
          void link
            .call(SYNCHRONIZE, { event: wait.event })
            .then(() => link.call(SIGNAL, { event: wait.until }));
        }
      }
      link.toEndpoint(message);
    },
    reply: (message, request, link) => {
      if (request?.method === CREATE) device.set(message.result?.event, request.params.device);
      link.toSession(message);
    },
  };
};

/** Whether a refusal is about an event's state, of one method. */
const stateOf =
  (method: string) =>
  ({ reason }: Record<string, unknown>, request: Message | undefined): boolean =>
    reason === 'EVENT_STATE' && request?.method === method;

/** Has no room for the recording of an event that was recorded `times` times already. */
const records = (times: number) => (): Defect => {
  const recorded = new Map<unknown, number>();
  return {
    request: (message, link) => {
      const { event } = message.params ?? {};
      const before = recorded.get(event) ?? 0;
      if (message.method === RECORD) recorded.set(event, before + 1);
      if (message.method === RECORD && before >= times) link.toSession(noRoom(message.id));
      else link.toEndpoint(message);
    },
  };
};

/** An event that was complete stays so, in answer to a query. */
const staysComplete = (): Defect => {
  const completed = new Set<unknown>();
  return {
    reply: (message, request, link) => {
      const event = request?.params?.event;
      if (message.result?.state === 'complete') completed.add(event);
      const stays = request?.method === QUERY && completed.has(event);
      link.toSession(stays ? answer(message, { state: 'complete' }) : message);
    },
  };
};

export const eventMutants: readonly Mutant[] = [
  {
    id: 'DRV-EVT-001/none',
    title: 'makes no events',
    requirement: 'DRV-EVT-001',
    breaks: 'DRV-EVT-001/created',
    defect: () => () => ({
      request: (message, link) => {
        if (message.method === CREATE) link.toSession(noRoom(message.id));
        else link.toEndpoint(message);
      },
    }),
  },
  {
    id: 'DRV-EVT-001/pending',
    title: 'says that an event is pending that nobody has recorded',
    requirement: 'DRV-EVT-001',
    breaks: 'DRV-EVT-001/query',
    defect: () => becomes(QUERY, 'unrecorded', 'pending'),
  },
  {
    id: 'DRV-EVT-001/failed',
    title: 'says that who waits for an event that nobody has recorded waits in vain',
    requirement: 'DRV-EVT-001',
    breaks: 'DRV-EVT-001/synchronize',
    defect: () => becomes(SYNCHRONIZE, 'unrecorded', 'failed'),
  },
  {
    id: 'DRV-EVT-001/waits',
    title: 'waits for an event that nobody has recorded',
    requirement: 'DRV-EVT-001',
    breaks: 'DRV-EVT-001/synchronize',
    defect: () => () => ({
      reply: (message, request, link) => {
        const waits = request?.method === SYNCHRONIZE && message.result?.state === 'unrecorded';
        if (!waits) link.toSession(message);
      },
    }),
  },
  {
    id: 'DRV-EVT-002/refuses',
    title: 'does not record an event in a stream that is held',
    requirement: 'DRV-EVT-002',
    breaks: 'DRV-EVT-002/recorded',
    defect: () => () => ({
      request: (message, link) => {
        if (message.method === RECORD) link.toSession(noRoom(message.id));
        else link.toEndpoint(message);
      },
    }),
  },
  {
    id: 'DRV-EVT-002/complete-at-once',
    title: 'says that an event is complete when it is recorded',
    requirement: 'DRV-EVT-002',
    breaks: 'DRV-EVT-002/pending',
    defect: () => becomes(QUERY, 'pending', 'complete'),
  },
  {
    id: 'DRV-EVT-002/timeout-complete',
    title: 'says that an event is complete when the time is over',
    requirement: 'DRV-EVT-002',
    breaks: 'DRV-EVT-002/timeout',
    defect: () => becomes(SYNCHRONIZE, 'pending', 'complete'),
  },
  {
    id: 'DRV-EVT-002/does-not-wait',
    title: 'says that an event is complete, without waiting for it',
    requirement: 'DRV-EVT-002',
    breaks: 'DRV-EVT-002/waits',
    defect: () => () =>
      answersItself(SYNCHRONIZE, { state: 'complete' }, (message) => !hasTimeout(message)),
  },
  {
    id: 'DRV-EVT-002/never-complete',
    title: 'says that an event is pending, once it was',
    requirement: 'DRV-EVT-002',
    breaks: 'DRV-EVT-002/complete',
    defect: () => () => {
      let was = false;
      return alterResult(QUERY, ({ state }) => {
        was ||= state === 'pending';
        return { state: was ? 'pending' : state };
      });
    },
  },
  {
    id: 'DRV-EVT-002/loses-copies',
    title: 'completes an event, and has lost what was copied before it',
    requirement: 'DRV-EVT-002',
    breaks: 'DRV-EVT-002/effects',
    defect: () => () => answersItself('driver.stream.copy', {}),
  },
  {
    id: 'DRV-EVT-002/loses-first-copies',
    title: 'loses a copy into a stream that was empty',
    requirement: 'DRV-EVT-002',
    breaks: 'DRV-EVT-002/later-effects',
    defect: () => () => {
      const held = new Set<unknown>();
      return {
        request: (message, link) => {
          const { stream } = message.params ?? {};
          if (message.method === WAIT) held.add(stream);
          if (message.method === 'driver.stream.copy' && !held.has(stream)) {
            link.toSession(answer(message, {}));
          } else link.toEndpoint(message);
        },
      };
    },
  },
  {
    id: 'DRV-EVT-002/waits-for-all',
    title: 'completes an event when its stream has nothing left to do',
    requirement: 'DRV-EVT-002',
    breaks: 'DRV-EVT-002/later',
    defect: () => waitsForAll,
  },
  {
    id: 'DRV-EVT-003/refuses',
    title: 'records an event once',
    requirement: 'DRV-EVT-003',
    breaks: 'DRV-EVT-003/recorded',
    defect: () => records(1),
  },
  {
    id: 'DRV-EVT-003/keeps-first',
    title: 'lets an event that is pending be what it was recorded for first',
    requirement: 'DRV-EVT-003',
    breaks: 'DRV-EVT-003/superseded',
    defect: () => recordsOnce((completed) => !completed),
  },
  {
    id: 'DRV-EVT-003/stays-complete',
    title: 'says that an event is complete once it was',
    requirement: 'DRV-EVT-003',
    breaks: 'DRV-EVT-003/again',
    defect: () => staysComplete,
  },
  {
    id: 'DRV-EVT-003/not-again',
    title: 'does not record an event that is complete',
    requirement: 'DRV-EVT-003',
    breaks: 'DRV-EVT-003/again',
    defect: () => recordsOnce((completed) => completed),
  },
  {
    id: 'DRV-EVT-003/second-fails',
    title: 'says of an event that was recorded twice that it failed',
    requirement: 'DRV-EVT-003',
    breaks: 'DRV-EVT-003/second',
    defect: () => () => {
      const recorded = new Map<unknown, number>();
      return {
        reply: (message, request, link) => {
          const { event } = request?.params ?? {};
          if (request?.method === RECORD) recorded.set(event, (recorded.get(event) ?? 0) + 1);
          const fails = message.result?.state === 'complete' && (recorded.get(event) ?? 0) === 2;
          link.toSession(fails ? answer(message, { state: 'failed' }) : message);
        },
      };
    },
  },
  {
    id: 'DRV-EVT-003/fails-in-round-five',
    title: 'says of an event that was recorded five times that it failed',
    requirement: 'DRV-EVT-003',
    breaks: 'DRV-EVT-003/round',
    defect: () => () => {
      let recorded = 0;
      return {
        reply: (message, request, link) => {
          if (request?.method === CREATE) recorded = 0;
          if (request?.method === RECORD) recorded += 1;
          const fails =
            request?.method === SYNCHRONIZE &&
            message.result?.state === 'complete' &&
            recorded === 5;
          link.toSession(fails ? answer(message, { state: 'failed' }) : message);
        },
      };
    },
  },
  {
    id: 'DRV-EVT-003/waits-for-latest',
    title: 'lets who was told to wait for an event wait for a recording that came later',
    requirement: 'DRV-EVT-003',
    breaks: 'DRV-EVT-003/earlier-wait',
    defect: () => waitsForLatest,
  },
  {
    id: 'DRV-EVT-003/wait-completes',
    title: 'says that an event is complete when a stream that waited for it goes on',
    requirement: 'DRV-EVT-003',
    breaks: 'DRV-EVT-003/still-pending',
    defect: () => () => {
      const waitedFor = new Set<unknown>();
      return {
        reply: (message, request, link) => {
          const { event } = request?.params ?? {};
          if (request?.method === WAIT) waitedFor.add(event);
          const lies = request?.method === QUERY && waitedFor.has(event);
          link.toSession(lies ? answer(message, { state: 'complete' }) : message);
        },
      };
    },
  },
  {
    id: 'DRV-EVT-009/not-offered',
    title: 'does not declare that the client can complete events',
    requirement: 'DRV-EVT-009',
    breaks: 'DRV-EVT-009/offered',
    defect: () => () =>
      alterResult('system.initialize', ({ capabilities, ...rest }) => ({
        ...rest,
        capabilities: { ...capabilities, 'driver.event.host': false },
      })),
  },
  {
    id: 'DRV-EVT-009/complete-before',
    title: 'says that a host event is complete before its signal',
    requirement: 'DRV-EVT-009',
    breaks: 'DRV-EVT-009/pending',
    defect: () => becomes(QUERY, 'pending', 'complete'),
  },
  {
    id: 'DRV-EVT-009/destroys-pending',
    title: 'ends a host event for which streams may wait',
    requirement: 'DRV-EVT-009',
    breaks: 'DRV-EVT-009/not-destroyed',
    defect: () => () => admitRefused(stateOf('driver.event.destroy')),
  },
  {
    id: 'DRV-EVT-009/records',
    title: 'records a host event in a stream',
    requirement: 'DRV-EVT-009',
    breaks: 'DRV-EVT-009/not-recorded',
    defect: () => () => admitRefused(stateOf(RECORD)),
  },
  {
    id: 'DRV-EVT-009/signal-lost',
    title: 'answers a signal and does not give it',
    requirement: 'DRV-EVT-009',
    breaks: 'DRV-EVT-009/complete',
    defect: () => () => answersItself(SIGNAL, {}),
  },
  {
    id: 'DRV-EVT-009/signals-twice',
    title: 'takes a second signal',
    requirement: 'DRV-EVT-009',
    breaks: 'DRV-EVT-009/once',
    defect: () => () => admitRefused(stateOf(SIGNAL)),
  },
  {
    id: 'DRV-EVT-009/keeps-signalled',
    title: 'does not end a host event that is signalled',
    requirement: 'DRV-EVT-009',
    breaks: 'DRV-EVT-009/destroyed',
    defect: () => () => {
      const signalled = new Set<unknown>();
      return {
        request: (message, link) => {
          const { event } = message.params ?? {};
          if (message.method === SIGNAL) signalled.add(event);
          if (message.method === 'driver.event.destroy' && signalled.has(event)) {
            link.toSession(errorReply(message.id, 2017, 'FAILED_PRECONDITION', 'EVENT_STATE'));
          } else link.toEndpoint(message);
        },
      };
    },
  },
];
