// Known-bad drivers: events that are told right by one method and wrong by another, or wrong once they were recorded
// again (DRV-EVT-002, -003, -004 and -007).
import type { Defect, Message, Mutant } from '../../../core/mutant.ts';
import { alterReply, alterRequest, alterResult, answer } from '../../defects.ts';

const RECORD = 'driver.event.record';
const QUERY = 'driver.event.query';
const SYNCHRONIZE = 'driver.event.synchronize';
const WAIT = 'driver.stream.waitEvent';
const ELAPSED = 'driver.event.timing.elapsed';

/** Says, when it is asked, what is true of the stream in which an event was recorded. */
const queriesStream = (): Defect => {
  const recordedIn = new Map<unknown, unknown>();
  return {
    request: (message, link) => {
      if (message.method === RECORD) recordedIn.set(message.params.event, message.params.stream);
      const stream = recordedIn.get(message.params?.event);
      const asks = message.method === QUERY && stream !== undefined;
      link.toEndpoint(
        asks ? { ...message, method: 'driver.stream.query', params: { stream } } : message,
      );
    },
  };
};

/** Records an event in the stream where it was recorded first, and in no other. */
const oneStream = (): Defect => {
  const recordedIn = new Map<unknown, unknown>();
  return {
    request: (message, link) => {
      const { event, stream } = message.params ?? {};
      const first = recordedIn.get(event) ?? stream;
      if (message.method === RECORD) recordedIn.set(event, first);
      if (message.method === RECORD && first !== stream) link.toSession(answer(message, {}));
      else link.toEndpoint(message);
    },
  };
};

/** Forgets who waits for an event when it is recorded again. */
const letsGo = (): Defect => {
  const late = new Map<unknown, Message>();
  return {
    request: (message, link) => {
      const { stream, event } = message.params ?? {};
      const before = late.get(stream);
      late.delete(stream);
      if (message.method === WAIT) {
        late.set(stream, message);
        link.toSession(answer(message, {}));
        return;
      }
      for (const [other, wait] of late) {
        if (message.method === RECORD && wait.params.event === event) late.delete(other);
      }
      if (before) void link.call(WAIT, before.params).then(() => link.toEndpoint(message));
      else link.toEndpoint(message);
    },
  };
};

/** Says another time than it measured, of events between which there are others. */
const saysOtherwiseBetween = (): Defect => {
  const recorded: unknown[] = [];
  return alterReply((reply, request) => {
    const { event, start, end } = request?.params ?? {};
    if (request?.method === RECORD) recorded.push(event);
    const apart = Math.abs(recorded.indexOf(start) - recorded.indexOf(end));
    // From the first to the last of six it is right.
    if (request?.method !== ELAPSED || !reply.result || apart < 2 || apart > 4) return reply;
    const nanoseconds = String(2 * Number(reply.result.nanoseconds));
    return answer(reply, { ...reply.result, nanoseconds });
  });
};

/** Says the time of an event’s first recording while the second is pending. */
const saysEarlierTime = (): Defect => {
  const recordings = new Map<unknown, number>();
  return alterReply((reply, request) => {
    const { event, start, end } = request?.params ?? {};
    if (request?.method === RECORD) recordings.set(event, (recordings.get(event) ?? 0) + 1);
    const again = [start, end].some((one) => (recordings.get(one) ?? 0) > 1);
    return request?.method === ELAPSED && reply.error?.data.reason === 'EVENT_STATE' && again
      ? answer(reply, { nanoseconds: '1000', resolutionNanoseconds: '1' })
      : reply;
  });
};

export const eventEdgeMutants: readonly Mutant[] = [
  {
    id: 'DRV-EVT-002/query-of-stream',
    title: 'says to who asks, and not to who waits, that an event is pending while its stream is',
    requirement: 'DRV-EVT-002',
    breaks: 'DRV-EVT-002/later',
    defect: () => queriesStream,
  },
  {
    id: 'DRV-EVT-002/impatient',
    title: 'says to who waits for a while at once that an event is pending',
    requirement: 'DRV-EVT-002',
    breaks: 'DRV-EVT-002/timeout',
    defect: () => () =>
      alterRequest(SYNCHRONIZE, (params) =>
        params.timeoutMilliseconds === undefined ? params : { ...params, timeoutMilliseconds: 0 },
      ),
  },
  {
    id: 'DRV-EVT-002/pending-for-a-while',
    title: 'says to who waits for a while that an event is pending that is complete',
    requirement: 'DRV-EVT-002',
    breaks: 'DRV-EVT-002/complete',
    defect: () => () =>
      alterResult(SYNCHRONIZE, (result, { params }) =>
        params.timeoutMilliseconds === undefined ? result : { state: 'pending' },
      ),
  },
  {
    id: 'DRV-EVT-003/one-stream',
    title: 'does not record an event in a second stream',
    requirement: 'DRV-EVT-003',
    breaks: 'DRV-EVT-003/other-stream',
    defect: () => oneStream,
  },
  {
    id: 'DRV-EVT-003/lets-go',
    title: 'lets who was told to wait for an event go when it is recorded again',
    requirement: 'DRV-EVT-003',
    breaks: 'DRV-EVT-003/earlier-wait',
    defect: () => letsGo,
  },
  {
    id: 'DRV-EVT-004/otherwise-between',
    title: 'says twice the time between events that others lie between',
    requirement: 'DRV-EVT-004',
    breaks: 'DRV-EVT-004/adds-up',
    defect: () => saysOtherwiseBetween,
  },
  {
    id: 'DRV-EVT-007/earlier-time',
    title: 'says the time of an earlier recording for an event that is pending again',
    requirement: 'DRV-EVT-007',
    breaks: 'DRV-EVT-007/not-complete',
    defect: () => saysEarlierTime,
  },
  {
    id: 'DRV-EVT-007/both-untimed',
    title: 'says that no time passed where neither event was made for timing',
    requirement: 'DRV-EVT-007',
    breaks: 'DRV-EVT-007/untimed',
    defect: () => () =>
      alterReply((reply, request) => {
        const { start, end } = request?.params ?? {};
        return reply.error?.data.reason === 'TIMING_DISABLED' && start === end
          ? answer(reply, { nanoseconds: '0', resolutionNanoseconds: '1' })
          : reply;
      }),
  },
];
