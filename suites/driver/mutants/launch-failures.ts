// Known-bad drivers: what they do when a kernel faults, and when one does not end (DRV-STR-007 and DRV-KRN-010).
import type { Defect, Message, Mutant } from '../../../core/mutant.ts';
import {
  alterReply,
  alterResult,
  answer,
  errorReply,
  hasNoRoomFor,
  noRoom,
  refuseServed,
  unhurried,
} from '../../defects.ts';
import { GET, LAUNCH, launches, launchesOtherwise, withNumber } from './kernel-defects.ts';
import { asks } from './stream-defects.ts';
import { alterDevice } from './visible.ts';

const CREATE = 'driver.stream.create';
const DESTROY = 'driver.stream.destroy';
const QUERY = 'driver.stream.query';
const SYNCHRONIZE = 'driver.stream.synchronize';
const COPY = 'driver.stream.copy';

/** Says something else where work failed. */
const saysOfFailed =
  (method: string, says: (result: { failure?: object }) => object) => (): Defect =>
    alterResult(method, (result) => (result.state === 'failed' ? says(result) : result));

const says = (state: string) => () => ({ state });

/** Says something else of the launch that failed. */
const blames = (method: string, failure: object | undefined) =>
  saysOfFailed(method, ({ failure: own }) => ({
    state: 'failed',
    ...(failure && { failure: { ...own, ...failure } }),
  }));

const lost = (id: unknown): Message => errorReply(id, 2021, 'UNAVAILABLE', 'DEVICE_LOST');

/** Is another driver once a stream failed. */
const onceFailed = (after: (reply: Message, request: Message | undefined) => Message) => {
  return (): Defect => {
    let failed = false;
    return alterReply((reply, request) => {
      const altered = failed ? after(reply, request) : reply;
      failed ||= reply.result?.failure !== undefined;
      return altered;
    });
  };
};

/** Has lost the device for one method, once a stream failed. */
const losesFor = (method: string) =>
  onceFailed((reply, request) => (request?.method === method ? lost(reply.id) : reply));

/** Says that all streams failed, once one did. */
const failsAll = onceFailed((reply, request) =>
  request?.method === SYNCHRONIZE && reply.result ? answer(reply, { state: 'failed' }) : reply,
);

/** Writes a word of the allocation that a request names, once a stream failed. */
const writesWhenFailed = (method: string, offsetBytes: string) => (): Defect => {
  let failed = false;
  return {
    request: (message, link) => {
      if (!failed || message.method !== method) {
        link.toEndpoint(message);
        return;
      }
      const { allocation } = message.params;
      const data = { base64: 'AQIDBA==' };
      const written = link.call('driver.memory.write', { allocation, offsetBytes, data });
      void written.then(() => link.toEndpoint(message));
    },
    reply: (message, _request, link) => {
      failed ||= message.result?.failure !== undefined;
      link.toSession(message);
    },
  };
};

const faultMutants: readonly Mutant[] = [
  {
    id: 'DRV-STR-007/does-not-launch',
    title: 'has no room for a launch',
    requirement: 'DRV-STR-007',
    breaks: 'DRV-STR-007/run',
    defect: () => hasNoRoomFor(LAUNCH),
  },
  {
    id: 'DRV-STR-007/no-names',
    title: 'does not say what a launch is called',
    requirement: 'DRV-STR-007',
    breaks: 'DRV-STR-007/command',
    defect: () => () => alterResult(LAUNCH, () => ({})),
  },
  {
    id: 'DRV-STR-007/one-name',
    title: 'calls all launches of a stream alike',
    requirement: 'DRV-STR-007',
    breaks: 'DRV-STR-007/command',
    defect: () => () =>
      alterResult(LAUNCH, (_result, { params }) => ({ command: `of-${params.stream}` })),
  },
  {
    id: 'DRV-STR-007/event-complete',
    title: 'says that an event is complete once nothing before it is open',
    requirement: 'DRV-STR-007',
    breaks: 'DRV-STR-007/event',
    defect: () => saysOfFailed('driver.event.synchronize', says('complete')),
  },
  {
    id: 'DRV-STR-007/query-complete',
    title: 'says that a stream is complete in which a kernel faulted',
    requirement: 'DRV-STR-007',
    breaks: 'DRV-STR-007/query',
    defect: () => saysOfFailed(QUERY, says('complete')),
  },
  {
    id: 'DRV-STR-007/query-pending',
    title: 'says that a stream is pending until somebody waits for it',
    requirement: 'DRV-STR-007',
    breaks: 'DRV-STR-007/query',
    defect: () => saysOfFailed(QUERY, says('pending')),
  },
  {
    id: 'DRV-STR-007/wait-complete',
    title: 'tells who waited that all is complete',
    requirement: 'DRV-STR-007',
    breaks: 'DRV-STR-007/synchronize',
    defect: () => saysOfFailed(SYNCHRONIZE, says('complete')),
  },
  {
    id: 'DRV-STR-007/first-item',
    title: 'does not see that the first item of a launch faults',
    requirement: 'DRV-STR-007',
    breaks: 'DRV-STR-007/synchronize',
    defect: () =>
      launchesOtherwise('fault', ({ arguments: given }) =>
        withNumber(given[2], (at) => (at === 0 ? 2 ** 32 - 1 : at)),
      ),
  },
  {
    id: 'DRV-STR-007/told-once',
    title: 'says that a stream failed once, and then that it is complete',
    requirement: 'DRV-STR-007',
    breaks: 'DRV-STR-007/synchronize',
    defect: () =>
      onceFailed((reply, request) =>
        request?.method === SYNCHRONIZE && reply.result
          ? answer(reply, { state: 'complete' })
          : reply,
      ),
  },
  {
    id: 'DRV-STR-007/blames-nobody',
    title: 'says that a stream failed, and not of which launch',
    requirement: 'DRV-STR-007',
    breaks: 'DRV-STR-007/named',
    defect: () => blames(QUERY, undefined),
  },
  {
    id: 'DRV-STR-007/blames-first',
    title: 'tells who waited that the first launch of the session is the one that faulted',
    requirement: 'DRV-STR-007',
    breaks: 'DRV-STR-007/named',
    defect: () => {
      let first: unknown;
      return () =>
        alterReply((reply, request) => {
          if (request?.method === LAUNCH) first ??= reply.result?.command;
          if (request?.method === SYNCHRONIZE && reply.result?.failure) {
            reply.result.failure.command = first;
          }
          return reply;
        });
    },
  },
  {
    id: 'DRV-STR-007/other-cause',
    title: 'says that a kernel that faulted ran for too long',
    requirement: 'DRV-STR-007',
    breaks: 'DRV-STR-007/named',
    defect: () => blames(QUERY, { cause: 'timeout' }),
  },
  {
    id: 'DRV-STR-007/drops-before',
    title: 'carries out nothing of a stream in which a kernel faults',
    requirement: 'DRV-STR-007',
    breaks: 'DRV-STR-007/before',
    defect: () =>
      launches('fault', (message, link, nth) => {
        if (nth === 1) link.toSession(answer(message, { command: 'dropped' }));
        else link.toEndpoint(message);
      }),
  },
  {
    id: 'DRV-STR-007/goes-on',
    title: 'carries out copies that are behind a kernel that faulted',
    requirement: 'DRV-STR-007',
    breaks: 'DRV-STR-007/behind',
    defect: () => () =>
      asks(COPY, ({ params: { stream: _stream, ...params }, ...message }) => ({
        ...message,
        method: 'driver.memory.copy',
        params,
      })),
  },
  {
    id: 'DRV-STR-007/all-fail',
    title: 'lets all streams fail when one does',
    requirement: 'DRV-STR-007',
    breaks: 'DRV-STR-007/others',
    defect: () => failsAll,
  },
  {
    id: 'DRV-STR-007/keeps-failed',
    title: 'does not end a stream that failed',
    requirement: 'DRV-STR-007',
    breaks: 'DRV-STR-007/destroyed',
    defect: () => losesFor(DESTROY),
  },
  {
    id: 'DRV-STR-007/no-more',
    title: 'makes no stream once a kernel faulted',
    requirement: 'DRV-STR-007',
    breaks: 'DRV-STR-007/anew',
    defect: () => losesFor(CREATE),
  },
];

const watchdogMutants: readonly Mutant[] = [
  {
    id: 'DRV-KRN-010/no-limit',
    title: 'declares a watchdog, and says of no device how long a launch may run',
    requirement: 'DRV-KRN-010',
    breaks: 'DRV-KRN-010/limit',
    defect: () => () =>
      alterDevice(({ kernels: { maxMilliseconds: _most, ...kernels }, ...device }) => ({
        ...device,
        kernels,
      })),
  },
  {
    id: 'DRV-KRN-010/does-not-give',
    title: 'loads a module and gives no kernel of it',
    requirement: 'DRV-KRN-010',
    breaks: 'DRV-KRN-010/run',
    defect: () => () => refuseServed(GET, noRoom),
  },
  {
    id: 'DRV-KRN-010/for-ever',
    title: 'lets a kernel run as long as it likes',
    requirement: 'DRV-KRN-010',
    breaks: 'DRV-KRN-010/stopped',
    defect: () => () => unhurried(SYNCHRONIZE, 100, saysOfFailed(SYNCHRONIZE, says('pending'))()),
  },
  {
    id: 'DRV-KRN-010/complete',
    title: 'says of a launch that it stopped that it is complete',
    requirement: 'DRV-KRN-010',
    breaks: 'DRV-KRN-010/stopped',
    defect: () => saysOfFailed(SYNCHRONIZE, says('complete')),
  },
  {
    id: 'DRV-KRN-010/a-fault',
    title: 'says of a launch that it stopped that it did what it must not',
    requirement: 'DRV-KRN-010',
    breaks: 'DRV-KRN-010/told',
    defect: () => blames(SYNCHRONIZE, { cause: 'fault' }),
  },
  {
    id: 'DRV-KRN-010/runs-on',
    title: 'calls a launch failed, and lets it run',
    requirement: 'DRV-KRN-010',
    breaks: 'DRV-KRN-010/ended',
    defect: () => writesWhenFailed('driver.memory.write', '4'),
  },
  {
    id: 'DRV-KRN-010/resets-all',
    title: 'gives up all streams when it stops a launch',
    requirement: 'DRV-KRN-010',
    breaks: 'DRV-KRN-010/others',
    defect: () => failsAll,
  },
  {
    id: 'DRV-KRN-010/loses-memory',
    title: 'loses the contents of memory when it stops a launch',
    requirement: 'DRV-KRN-010',
    breaks: 'DRV-KRN-010/kept',
    defect: () => writesWhenFailed('driver.memory.read', '8'),
  },
  {
    id: 'DRV-KRN-010/no-more',
    title: 'makes no stream once it stopped a launch',
    requirement: 'DRV-KRN-010',
    breaks: 'DRV-KRN-010/anew',
    defect: () => losesFor(CREATE),
  },
];

export const launchFailureMutants: readonly Mutant[] = [...faultMutants, ...watchdogMutants];
