// Known-bad drivers: what they do with host code in a stream, and with graphs (DRV-STR-009 and -010).
import type { Defect, Message, Mutant } from '../../../core/mutant.ts';
import { alterRequest, answer, noRoom } from '../../defects.ts';
import { isCommand } from './stream-defects.ts';

const CALLBACK = 'driver.stream.callback';
const BEGIN = 'driver.stream.graph.begin';
const END = 'driver.stream.graph.end';
const LAUNCH = 'driver.stream.graph.launch';
const WAIT = 'driver.stream.waitEvent';
const SIGNAL = 'driver.event.host.signal';

/** Does something else in place of one method. */
const inPlaceOf = (method: string, instead: NonNullable<Defect['request']>): (() => Defect) => {
  return () => ({
    request: (message, link) => {
      if (message.method === method) instead(message, link);
      else link.toEndpoint(message);
    },
  });
};

/** Reaches for the commands that are put into a stream while it is captured. */
const whileCaptured =
  (
    reach: (
      message: Message,
      nth: number,
      link: Parameters<NonNullable<Defect['request']>>[1],
    ) => void,
  ) =>
  (): Defect => {
    let captured = false;
    let nth = 0;
    return {
      request: (message, link) => {
        if (message.method === BEGIN) {
          captured = true;
          nth = 0;
        }
        if (message.method === END) captured = false;
        if (captured && isCommand(message)) {
          nth += 1;
          reach(message, nth, link);
        } else link.toEndpoint(message);
      },
    };
  };

export const streamExtraMutants: readonly Mutant[] = [
  {
    id: 'DRV-STR-009/refuses',
    title: 'declares callbacks and has no room for one',
    requirement: 'DRV-STR-009',
    breaks: 'DRV-STR-009/put',
    defect: () => inPlaceOf(CALLBACK, ({ id }, link) => link.toSession(noRoom(id))),
  },
  {
    id: 'DRV-STR-009/calls-at-once',
    title: 'calls the host when it is told to, whatever the stream has to do before',
    requirement: 'DRV-STR-009',
    breaks: 'DRV-STR-009/not-before',
    defect: () =>
      inPlaceOf(CALLBACK, (message, link) => {
        const { stream, enter, leave } = message.params;
        void link
          .call(SIGNAL, { event: enter })
          .then(() => link.call(WAIT, { stream, event: leave }))
          .then(() => link.toSession(answer(message, {})));
      }),
  },
  {
    id: 'DRV-STR-009/never-calls',
    title: 'waits for the return of a callback that it never calls',
    requirement: 'DRV-STR-009',
    breaks: 'DRV-STR-009/called',
    defect: () =>
      inPlaceOf(CALLBACK, (message, link) => {
        const { stream, leave } = message.params;
        link.toEndpoint({ ...message, method: WAIT, params: { stream, event: leave } });
      }),
  },
  {
    id: 'DRV-STR-009/loses-what-was-before',
    title: 'calls the host and has lost what was put before',
    requirement: 'DRV-STR-009',
    breaks: 'DRV-STR-009/after',
    defect: () => () => {
      let held = false;
      return {
        request: (message, link) => {
          if (message.method === WAIT) held = true;
          if (message.method === CALLBACK) held = false;
          if (held && isCommand(message)) link.toSession(answer(message, {}));
          else link.toEndpoint(message);
        },
      };
    },
  },
  {
    id: 'DRV-STR-009/complete-while-called',
    title: 'says that a stream is complete while its callback runs',
    requirement: 'DRV-STR-009',
    breaks: 'DRV-STR-009/not-left',
    defect: () => () => ({
      reply: (message, request, link) => {
        const lies =
          request?.method === 'driver.stream.synchronize' && message.result?.state === 'pending';
        link.toSession(lies ? answer(message, { state: 'complete' }) : message);
      },
    }),
  },
  {
    id: 'DRV-STR-009/does-not-wait',
    title: 'goes on while its callback runs, and says that it does not',
    requirement: 'DRV-STR-009',
    breaks: 'DRV-STR-009/behind',
    defect: () => () => {
      let called = false;
      return {
        request: (message, link) => {
          if (message.method === CALLBACK) called = true;
          if (message.method === SIGNAL && called) called = false;
          if (!isCommand(message) || !called) {
            link.toEndpoint(message);
            return;
          }
          const { stream: _stream, ...params } = message.params;
          link.toEndpoint({ ...message, method: 'driver.memory.copy', params });
        },
      };
    },
  },
  {
    id: 'DRV-STR-010/refuses',
    title: 'captures thirty commands and no more',
    requirement: 'DRV-STR-010',
    breaks: 'DRV-STR-010/captured',
    defect: () =>
      whileCaptured((message, nth, link) =>
        nth > 30 ? link.toSession(noRoom(message.id)) : link.toEndpoint(message),
      ),
  },
  {
    id: 'DRV-STR-010/carries-out',
    title: 'carries out what it captures',
    requirement: 'DRV-STR-010',
    breaks: 'DRV-STR-010/not-carried-out',
    defect: () =>
      whileCaptured((message, _nth, link) => {
        const { stream: _stream, ...params } = message.params;
        const method = message.method?.replace('driver.stream.', 'driver.memory.') ?? '';
        void link.call(method, params).then(() => link.toEndpoint(message));
      }),
  },
  {
    id: 'DRV-STR-010/loses-last',
    title: 'loses the last of 40 commands that it captures',
    requirement: 'DRV-STR-010',
    breaks: 'DRV-STR-010/same',
    defect: () =>
      whileCaptured((message, nth, link) =>
        nth === 40 ? link.toSession(answer(message, {})) : link.toEndpoint(message),
      ),
  },
  {
    id: 'DRV-STR-010/byte-less',
    title: 'captures a copy of one byte less',
    requirement: 'DRV-STR-010',
    breaks: 'DRV-STR-010/same',
    defect: () => () =>
      alterRequest('driver.stream.copy', (params) => ({
        ...params,
        lengthBytes: String(Math.max(1, Number(params.lengthBytes) - 1)),
      })),
  },
  {
    id: 'DRV-STR-010/launches-ten',
    title: 'carries a graph out ten times',
    requirement: 'DRV-STR-010',
    breaks: 'DRV-STR-010/same',
    defect: () => () => {
      let launches = 0;
      return {
        request: (message, link) => {
          if (message.method === LAUNCH) launches += 1;
          if (message.method === LAUNCH && launches > 10) link.toSession(answer(message, {}));
          else link.toEndpoint(message);
        },
      };
    },
  },
  {
    id: 'DRV-STR-010/once',
    title: 'launches a graph once',
    requirement: 'DRV-STR-010',
    breaks: 'DRV-STR-010/launched',
    defect: () => () => {
      let launches = 0;
      return {
        request: (message, link) => {
          if (message.method === LAUNCH) launches += 1;
          if (message.method === LAUNCH && launches > 1) link.toSession(noRoom(message.id));
          else link.toEndpoint(message);
        },
      };
    },
  },
];
