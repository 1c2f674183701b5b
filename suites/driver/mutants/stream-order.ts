// Known-bad drivers: what waits for what, and what becomes of a stream that is given up (DRV-STR-005, -006).
import type { Defect, Message, Mutant } from '../../../core/mutant.ts';
import type { WorkState } from '../../../schemas/generated/types.ts';
import { admitRefused, answer, answersItself, errorReply } from '../../defects.ts';
import { alterDevice } from './visible.ts';

const WAIT = 'driver.stream.waitEvent';
const DESTROY = 'driver.stream.destroy';
const SIGNAL = 'driver.event.host.signal';
const HOST = 'driver.event.host.create';

/** Loses waits for the events that it picks; until the next signal it says of those streams what it is told to. */
const losesWaits = (says: WorkState, picks: (host: boolean) => boolean) => (): Defect => {
  const hosts = new Set<unknown>();
  /** For each stream of which a wait was lost, how many signals had been given then. */
  const loose = new Map<unknown, number>();
  let signals = 0;
  const asked = ({ method, params }: Message): boolean =>
    (method === 'driver.stream.query' || method === 'driver.stream.synchronize') &&
    loose.get(params.stream) === signals;
  return {
    request: (message, link) => {
      if (message.method === WAIT && picks(hosts.has(message.params.event))) {
        loose.set(message.params.stream, signals);
        link.toSession(answer(message, {}));
        return;
      }
      if (message.method === SIGNAL) signals += 1;
      if (asked(message)) {
        link.toSession(answer(message, { state: says }));
      } else link.toEndpoint(message);
    },
    reply: (message, request, link) => {
      if (request?.method === HOST) hosts.add(message.result?.event);
      link.toSession(message);
    },
  };
};

/** Lets every stream wait for what one of them waits for. */
const allWait = (): Defect => {
  const streams = new Set<unknown>();
  return {
    request: (message, link) => {
      if (message.method === DESTROY) streams.delete(message.params.stream);
      if (message.method !== WAIT) {
        link.toEndpoint(message);
        return;
      }
      const { event } = message.params;
      const calls = [...streams].map((stream) => link.call(WAIT, { stream, event }));
      void Promise.all(calls).then(() => link.toSession(answer(message, {})));
    },
    reply: (message, request, link) => {
      if (request?.method === 'driver.stream.create') streams.add(message.result?.stream);
      link.toSession(message);
    },
  };
};

/** Waits for an event that was not recorded until somebody records it. */
const waitsForUnrecorded = (): Defect => {
  const device = new Map<unknown, unknown>();
  const recorded = new Set<unknown>();
  return {
    request: (message, link) => {
      const { event, stream } = message.params ?? {};
      if (message.method === 'driver.event.record') recorded.add(event);
      if (message.method !== WAIT || recorded.has(event) || !device.has(event)) {
        link.toEndpoint(message);
        return;
      }
      void link
        .call(HOST, { device: device.get(event) })
        .then(({ result }) => link.call(WAIT, { stream, event: result.event }))
        .then(() => link.toSession(answer(message, {})));
    },
    reply: (message, request, link) => {
      if (request?.method === 'driver.event.create') {
        device.set(message.result?.event, request.params.device);
      }
      link.toSession(message);
    },
  };
};

/** Refuses or does something else with a stream that has work, or with one that does not. */
const whenBusy =
  (then: NonNullable<Defect['request']>): (() => Defect) =>
  () => ({
    request: (message, link) => {
      if (message.method !== DESTROY) {
        link.toEndpoint(message);
        return;
      }
      void link.call('driver.stream.query', message.params).then(({ result }) => {
        if (result?.state === 'pending') then(message, link);
        else link.toEndpoint(message);
      });
    },
  });

const opposite = (destroyBusy: string): string => (destroyBusy === 'drains' ? 'aborts' : 'drains');

export const streamOrderMutants: readonly Mutant[] = [
  {
    id: 'DRV-STR-005/loses-waits',
    title: 'lets no stream wait for another',
    requirement: 'DRV-STR-005',
    breaks: 'DRV-STR-005/waits',
    defect: () => losesWaits('complete', (host) => !host),
  },
  {
    id: 'DRV-STR-005/hides-lost-waits',
    title: 'lets no stream wait for another, and says that it does',
    requirement: 'DRV-STR-005',
    breaks: 'DRV-STR-005/sees',
    defect: () => losesWaits('pending', (host) => !host),
  },
  {
    id: 'DRV-STR-005/loses-host-waits',
    title: 'lets no stream wait for a host event',
    requirement: 'DRV-STR-005',
    breaks: 'DRV-STR-005/held',
    defect: () => losesWaits('complete', (host) => host),
  },
  {
    id: 'DRV-STR-005/hides-lost-host-waits',
    title: 'lets no stream wait for a host event, and says that it does',
    requirement: 'DRV-STR-005',
    breaks: 'DRV-STR-005/held-sees',
    defect: () => losesWaits('pending', (host) => host),
  },
  {
    id: 'DRV-STR-005/refuses-waits',
    title: 'has no room for a wait in a stream',
    requirement: 'DRV-STR-005',
    breaks: 'DRV-STR-005/put',
    defect: () => () => {
      let waits = 0;
      return {
        request: (message, link) => {
          if (message.method === WAIT) waits += 1;
          if (message.method === WAIT && waits > 4) {
            link.toSession(errorReply(message.id, 2004, 'RESOURCE_EXHAUSTED', 'HOST_MEMORY'));
          } else link.toEndpoint(message);
        },
      };
    },
  },
  {
    id: 'DRV-STR-005/all-wait',
    title: 'lets all streams wait for what one of them waits for',
    requirement: 'DRV-STR-005',
    breaks: 'DRV-STR-005/others',
    defect: () => allWait,
  },
  {
    id: 'DRV-STR-005/waits-for-unrecorded',
    title: 'waits for an event that nobody has recorded',
    requirement: 'DRV-STR-005',
    breaks: 'DRV-STR-005/unrecorded',
    defect: () => waitsForUnrecorded,
  },
  {
    id: 'DRV-STR-006/dies',
    title: 'dies of the end of a stream that has work',
    requirement: 'DRV-STR-006',
    breaks: 'DRV-STR-006/destroyed',
    defect: () => whenBusy((_message, link) => link.kill()),
  },
  {
    id: 'DRV-STR-006/waits',
    title: 'waits for a stream before it ends it',
    requirement: 'DRV-STR-006',
    breaks: 'DRV-STR-006/destroyed',
    defect: () =>
      whenBusy((message, link) => {
        void link
          .call('driver.stream.synchronize', message.params)
          .then(() => link.toEndpoint(message));
      }),
  },
  {
    id: 'DRV-STR-006/refuses',
    title: 'does not end a stream that has work',
    requirement: 'DRV-STR-006',
    breaks: 'DRV-STR-006/destroyed',
    defect: () =>
      whenBusy(({ id }, link) =>
        link.toSession(errorReply(id, 2017, 'FAILED_PRECONDITION', 'EVENT_STATE')),
      ),
  },
  {
    id: 'DRV-STR-006/handle-lives',
    title: 'answers for a stream that is gone',
    requirement: 'DRV-STR-006',
    breaks: 'DRV-STR-006/gone',
    defect: () => () =>
      admitRefused(
        ({ reason }, request) =>
          reason === 'HANDLE_INVALID' && request?.method === 'driver.stream.query',
        { state: 'complete' },
      ),
  },
  {
    id: 'DRV-STR-006/destroyed-twice',
    title: 'ends a stream that is gone once more',
    requirement: 'DRV-STR-006',
    breaks: 'DRV-STR-006/gone',
    defect: () => () =>
      admitRefused(
        ({ reason }, request) => reason === 'HANDLE_INVALID' && request?.method === DESTROY,
      ),
  },
  {
    id: 'DRV-STR-006/dies-later',
    title: 'dies of the next request once a stream that has work was ended',
    requirement: 'DRV-STR-006',
    breaks: 'DRV-STR-006/serving',
    defect: () => () => {
      let ended = false;
      return {
        request: (message, link) => {
          ended ||= message.method === DESTROY;
          if (ended && message.method === 'system.ping') link.kill();
          else link.toEndpoint(message);
        },
      };
    },
  },
  {
    id: 'DRV-STR-006/declares-otherwise',
    title: 'declares that it aborts, and drains; or the other way round',
    requirement: 'DRV-STR-006',
    breaks: 'DRV-STR-006/as-declared',
    defect: () => () =>
      alterDevice((device) => ({
        ...device,
        streams: { ...device.streams, destroyBusy: opposite(device.streams.destroyBusy) },
      })),
  },
  {
    id: 'DRV-STR-006/drops-work',
    title: 'says that a drained stream’s work is complete, and has dropped it',
    requirement: 'DRV-STR-006',
    breaks: 'DRV-STR-006/as-declared',
    defect: () => () => {
      const gone = new Set<unknown>();
      return {
        request: (message, link) => {
          const { stream } = message.params ?? {};
          if (message.method === DESTROY) gone.add(stream);
          if (message.method === 'driver.stream.copy' && !gone.has(stream)) {
            link.toSession(answer(message, {}));
          } else link.toEndpoint(message);
        },
      };
    },
  },
  {
    id: 'DRV-STR-006/event-left',
    title: 'leaves an event pending that was recorded in a stream that is gone',
    requirement: 'DRV-STR-006',
    breaks: 'DRV-STR-006/as-declared',
    defect: () => () => answersItself('driver.event.synchronize', { state: 'pending' }),
  },
  {
    id: 'DRV-STR-006/shutdown-waits',
    title: 'does not end its session while a stream is held',
    requirement: 'DRV-STR-006',
    breaks: 'DRV-STR-006/shutdown',
    defect: () => () => {
      let held = false;
      return {
        request: (message, link) => {
          if (message.method === WAIT) held = true;
          if (message.method === SIGNAL) held = false;
          if (!held || message.method !== 'system.shutdown') link.toEndpoint(message);
        },
      };
    },
  },
  {
    id: 'DRV-STR-006/stays',
    title: 'stays there when its stdin closes while a stream is held',
    requirement: 'DRV-STR-006',
    breaks: 'DRV-STR-006/closed',
    defect: () => () => {
      let held = false;
      return {
        request: (message, link) => {
          if (message.method === WAIT) held = true;
          if (message.method === SIGNAL) held = false;
          link.toEndpoint(message);
        },
        close: (link) => {
          if (!held) link.close();
        },
      };
    },
  },
];
