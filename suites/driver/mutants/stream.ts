// Known-bad drivers: what their streams carry out, in which order, and how they go on (DRV-STR-001, -002).
import type { Defect, Message, Mutant } from '../../../core/mutant.ts';
import {
  alterRequest,
  alterResult,
  answer,
  errorReply,
  noRoom,
  refuseServed,
} from '../../defects.ts';
import { isCommand } from './stream-defects.ts';
import { alterDevice } from './visible.ts';

const COPY = 'driver.stream.copy';
const CREATE = 'driver.stream.create';
const QUERY = 'driver.stream.query';
const SYNCHRONIZE = 'driver.stream.synchronize';

/** Puts every tenth command into its stream behind the one that comes after it. */
const swaps = (): Defect => {
  let late: Message | undefined;
  let commands = 0;
  const putLate = async (call: (method: string, params: unknown) => Promise<Message>) => {
    const { method = '', params } = late ?? {};
    late = undefined;
    if (method !== '') await call(method, params);
  };
  return {
    request: (message, link) => {
      if (isCommand(message)) {
        commands += 1;
        if (commands % 10 === 0) {
          late = message;
          link.toSession({ jsonrpc: '2.0', id: message.id, result: {} });
          return;
        }
      }
      link.toEndpoint(message);
      if (late && message.method?.startsWith('driver.stream.')) void putLate(link.call);
    },
  };
};

/** Answers every so-manieth command, and does not put it anywhere. */
const loses = (one: number) => (): Defect => {
  let commands = 0;
  return {
    request: (message, link) => {
      if (isCommand(message)) commands += 1;
      if (isCommand(message) && commands % one === 0) {
        link.toSession({ jsonrpc: '2.0', id: message.id, result: {} });
      } else link.toEndpoint(message);
    },
  };
};

/** Puts no more than `most` commands into a stream that is held. */
const fewWhileHeld = (most: number) => (): Defect => {
  let held = false;
  let commands = 0;
  return {
    request: (message, link) => {
      if (message.method === 'driver.stream.waitEvent') {
        held = true;
        commands = 0;
      }
      if (message.method === 'driver.event.host.signal') held = false;
      if (isCommand(message)) commands += 1;
      if (held && isCommand(message) && commands > most) link.toSession(noRoom(message.id));
      else link.toEndpoint(message);
    },
  };
};

/** Gives every stream a handle of its own, and carries all of them out as one. */
const oneQueue = (): Defect => {
  let first: string | undefined;
  return {
    request: (message, link) => {
      const { stream } = message.params ?? {};
      const shared = stream !== undefined && message.method !== 'driver.stream.destroy';
      link.toEndpoint(
        shared ? { ...message, params: { ...message.params, stream: first ?? stream } } : message,
      );
    },
    reply: (message, request, link) => {
      if (request?.method === CREATE) first ??= message.result?.stream;
      link.toSession(message);
    },
  };
};

/** While the stream that was made first is held, of those that are there, all of them are. */
const firstHoldsAll = (): Defect => {
  const streams: unknown[] = [];
  return {
    request: (message, link) => {
      const { stream, event } = message.params ?? {};
      link.toEndpoint(message);
      if (message.method !== 'driver.stream.waitEvent' || stream !== streams[0]) return;
      for (const other of streams.slice(1))
        void link.call(message.method, { stream: other, event });
    },
    reply: (message, request, link) => {
      if (request?.method === CREATE && message.result) streams.push(message.result.stream);
      if (request?.method === 'driver.stream.destroy' && message.result) {
        streams.splice(streams.indexOf(request.params.stream), 1);
      }
      link.toSession(message);
    },
  };
};

/** Does not begin with a stream's work until somebody waits for it, as far as anybody can see. */
const lazy = (): Defect => {
  const waitedFor = new Set<unknown>();
  return {
    request: (message, link) => {
      const { stream } = message.params ?? {};
      if (isCommand(message)) waitedFor.delete(stream);
      if (message.method === SYNCHRONIZE) waitedFor.add(stream);
      if (message.method === QUERY && !waitedFor.has(stream)) {
        link.toSession(answer(message, { state: 'pending' }));
      } else link.toEndpoint(message);
    },
  };
};

/** Loses what is put into the stream that was made last. */
const lastLoses = (): Defect => {
  let last: unknown;
  return {
    request: (message, link) => {
      if (isCommand(message) && message.params.stream === last) {
        link.toSession(answer(message, {}));
      } else link.toEndpoint(message);
    },
    reply: (message, request, link) => {
      if (request?.method === CREATE) last = message.result?.stream;
      link.toSession(message);
    },
  };
};

export const streamMutants: readonly Mutant[] = [
  {
    id: 'DRV-STR-001/swaps',
    title: 'carries out every tenth command after the one that follows it',
    requirement: 'DRV-STR-001',
    breaks: 'DRV-STR-001/order',
    defect: () => swaps,
  },
  {
    id: 'DRV-STR-001/loses-a-command',
    title: 'carries out no command that is a hundredth',
    requirement: 'DRV-STR-001',
    breaks: 'DRV-STR-001/order',
    defect: () => loses(100),
  },
  {
    id: 'DRV-STR-001/byte-less',
    title: 'copies a byte less than it is told, in a stream',
    requirement: 'DRV-STR-001',
    breaks: 'DRV-STR-001/order',
    defect: () => () =>
      alterRequest(COPY, (params) => ({
        ...params,
        lengthBytes: String(Math.max(1, Number(params.lengthBytes) - 1)),
      })),
  },
  {
    id: 'DRV-STR-001/copies-at-once',
    title: 'copies when it is told, whatever the stream has to do before',
    requirement: 'DRV-STR-001',
    breaks: 'DRV-STR-001/held-order',
    shows: 'DRV-STR-001/held',
    defect: () => () => ({
      request: (message, link) => {
        if (message.method !== COPY) {
          link.toEndpoint(message);
          return;
        }
        const { stream: _stream, ...params } = message.params;
        link.toEndpoint({ ...message, method: 'driver.memory.copy', params });
      },
    }),
  },
  {
    id: 'DRV-STR-001/takes-500',
    title: 'takes 500 commands into a stream and no more',
    requirement: 'DRV-STR-001',
    breaks: 'DRV-STR-001/put',
    defect: () => () => {
      let commands = 0;
      return refuseServed(COPY, noRoom, () => {
        commands += 1;
        return commands > 500;
      });
    },
  },
  {
    id: 'DRV-STR-001/takes-few-while-held',
    title: 'takes 16 commands into a stream that is held',
    requirement: 'DRV-STR-001',
    breaks: 'DRV-STR-001/held-put',
    shows: 'DRV-STR-001/held',
    defect: () => fewWhileHeld(16),
  },
  {
    id: 'DRV-STR-002/undeclared',
    title: 'does not say how many streams it has',
    requirement: 'DRV-STR-002',
    breaks: 'DRV-STR-002/declared',
    defect: () => () => alterDevice((device) => ({ ...device, streams: undefined })),
  },
  {
    id: 'DRV-STR-002/fewer',
    title: 'has half of the streams that it declares',
    requirement: 'DRV-STR-002',
    breaks: 'DRV-STR-002/created',
    defect: () => () => {
      let created = 0;
      return refuseServed(
        CREATE,
        (id) => errorReply(id, 2018, 'RESOURCE_EXHAUSTED', 'STREAMS'),
        () => {
          created += 1;
          return created > 8;
        },
      );
    },
  },
  {
    id: 'DRV-STR-002/lazy',
    title: 'begins with a stream’s work when somebody waits for it',
    requirement: 'DRV-STR-002',
    breaks: 'DRV-STR-002/completed',
    defect: () => lazy,
  },
  {
    id: 'DRV-STR-002/query-fails',
    title: 'says of a stream that is complete that it failed',
    requirement: 'DRV-STR-002',
    breaks: 'DRV-STR-002/completed',
    defect: () => () =>
      alterResult(QUERY, ({ state }) => ({ state: state === 'complete' ? 'failed' : state })),
  },
  {
    id: 'DRV-STR-002/last-loses',
    title: 'carries out nothing in the last of its streams',
    requirement: 'DRV-STR-002',
    breaks: 'DRV-STR-002/carried-out',
    defect: () => lastLoses,
  },
  {
    id: 'DRV-STR-002/one-queue',
    title: 'carries all streams out as one',
    requirement: 'DRV-STR-002',
    breaks: 'DRV-STR-002/others',
    defect: () => oneQueue,
  },
  {
    id: 'DRV-STR-002/first-holds-all',
    title: 'holds all streams while the first is held',
    requirement: 'DRV-STR-002',
    breaks: 'DRV-STR-002/others',
    defect: () => firstHoldsAll,
  },
  {
    id: 'DRV-STR-002/held-for-ever',
    title: 'does not let go of a stream that was held',
    requirement: 'DRV-STR-002',
    breaks: 'DRV-STR-002/released',
    defect: () => () => {
      const held = new Set<unknown>();
      return {
        request: (message, link) => {
          const { stream } = message.params ?? {};
          if (message.method === 'driver.stream.waitEvent') held.add(stream);
          if (message.method === QUERY && held.has(stream)) {
            link.toSession(answer(message, { state: 'pending' }));
          } else link.toEndpoint(message);
        },
      };
    },
  },
];
